import type { components, operations } from './schema'

export type Session = components['schemas']['Session']
export type TotpSecret = components['schemas']['TotpSecret']
export type Incident = components['schemas']['Incident']
export type IncidentPage = components['schemas']['IncidentPage']
export type IncidentDetail = components['schemas']['IncidentDetail']
export type Terminal = components['schemas']['Terminal']
export type Element = components['schemas']['Element']
export type Summary = components['schemas']['Summary']
export type IncidentQuery = NonNullable<operations['listIncidents']['parameters']['query']>

/** A refusal by the collector, in its own words, or the lack of an answer (code `offline`). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly zh: string,
    readonly en: string,
    /** The whole error, for those whose code says that there is more in it. */
    readonly body?: unknown,
  ) {
    super(en)
  }
}

let onSignedOut = () => {}
/** Called whenever the collector says that the session has ended. */
export function whenSignedOut(handler: () => void) {
  onSignedOut = handler
}

/** Makes one call; a room's own api.ts builds on it. `path` is below /api. */
export const call = <T>(method: string, path: string, body?: unknown): Promise<T> =>
  send<T>(method, path, body === undefined ? undefined : JSON.stringify(body), 'application/json')

/** Posts text or a file as it is. */
export const sendText = <T>(path: string, body: BodyInit, type: string): Promise<T> => send<T>('POST', path, body, type)

async function send<T>(method: string, path: string, body: BodyInit | undefined, type: string): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json' }
  // A page of another origin cannot send this header; the collector asks for it on every change.
  if (method !== 'GET') headers['X-Huxin'] = '1'
  if (body !== undefined) headers['Content-Type'] = type
  let response: Response
  try {
    response = await fetch(`/api${path}`, {
      method,
      headers,
      credentials: 'same-origin',
      body,
    })
  } catch {
    throw new ApiError(0, 'offline', '无法连接采集中心，请稍后重试', 'The collector cannot be reached; try again')
  }
  if (response.ok) return response.status === 204 ? (undefined as T) : ((await response.json()) as T)
  const { error } = (await response.json().catch(() => ({}))) as Partial<components['schemas']['Error']>
  if (response.status === 401 && error?.code === 'unauthenticated') onSignedOut()
  throw new ApiError(
    response.status,
    error?.code ?? 'unknown',
    error?.message_zh ?? `服务器返回 ${response.status}`,
    error?.message_en ?? `The server answered ${response.status}`,
    error,
  )
}

/** "?a=1&b=2" of what is set. */
export function query(parameters: object): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  }
  const text = search.toString()
  return text ? `?${text}` : ''
}

export const api = {
  signIn: (user: string, password: string, code?: string) =>
    call<Session>('POST', '/session', { user, password, code }),
  session: () => call<Session>('GET', '/session'),
  signOut: () => call<void>('DELETE', '/session'),
  changePassword: (old: string, fresh: string) =>
    call<Session>('POST', '/session/password', { old, new: fresh }),
  beginTotp: () => call<TotpSecret>('POST', '/session/totp'),
  confirmTotp: (code: string) => call<Session>('PUT', '/session/totp', { code }),
  incidents: (parameters: IncidentQuery) => call<IncidentPage>('GET', `/incidents${query(parameters)}`),
  incident: (id: string) => call<IncidentDetail>('GET', `/incidents/${encodeURIComponent(id)}`),
  terminals: () => call<{ terminals: Terminal[] }>('GET', '/terminals'),
  catalog: () => call<{ elements: Element[] }>('GET', '/catalog'),
  summary: () => call<Summary>('GET', '/summary'),
}
