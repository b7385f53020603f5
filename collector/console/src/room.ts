import type { RouteRecordRaw } from 'vue-router'
import type { components } from './api/schema'

export type Role = components['schemas']['Role']

/** What every message of a room is written in; Chinese first. */
export interface Words {
  zh: Record<string, unknown>
  en: Record<string, unknown>
}

/** One folder below rooms/: its pages, its words in both languages, and its place in the header. */
export interface Room {
  routes: RouteRecordRaw[]
  words?: Words
  nav?: {
    path: string
    /** A message, e.g. `nav.incidents`. */
    label: string
    /** Who sees the entry; the collector decides who may call what. */
    roles: Role[]
    /** Small is left. */
    order: number
  }[]
}
