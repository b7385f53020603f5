import { call } from '../../api/client'
import type { components } from '../../api/schema'
import type { Role } from '../../room'

export type User = components['schemas']['User']

const path = (name: string) => `/users/${encodeURIComponent(name)}`

export const users = {
  list: () => call<{ users: User[] }>('GET', '/users'),
  add: (name: string, ends: string | null) =>
    call<{ user: User; one_time_password: string }>('POST', '/users', { name, ends }),
  setRoles: (name: string, roles: Role[], ends: string | null) =>
    call<User>('PUT', `${path(name)}/roles`, { roles, ends }),
  setDisabled: (name: string, disabled: boolean) => call<User>('PUT', `${path(name)}/disabled`, { disabled }),
  resetPassword: (name: string) => call<{ one_time_password: string }>('POST', `${path(name)}/password`),
  resetTotp: (name: string) => call<User>('DELETE', `${path(name)}/totp`),
}
