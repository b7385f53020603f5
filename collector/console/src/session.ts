import { ref } from 'vue'
import { ApiError, api, type Element, type Session } from './api/client'

/** Who is signed in: undefined before the first answer, null when nobody. */
export const session = ref<Session | null>()

/** Data elements by id, loaded once a session. */
export const elements = ref(new Map<string, Element>())

export async function restoreSession() {
  try {
    session.value = await api.session()
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error
    session.value = null
  }
}

export async function loadElements() {
  if (elements.value.size > 0) return
  const { elements: list } = await api.catalog()
  elements.value = new Map(list.map((element) => [element.id, element]))
}
