import { call, query } from '../../api/client'
import type { components, operations } from '../../api/schema'

export type Order = components['schemas']['Order']
export type OrderDetail = components['schemas']['OrderDetail']
export type OrderDraft = components['schemas']['OrderDraft']
export type Statement = components['schemas']['DestructionStatement']
export type OrderQuery = NonNullable<operations['listOrders']['parameters']['query']>

const at = (id: string) => `/orders/${encodeURIComponent(id)}`

export const orders = {
  list: (parameters: OrderQuery) => call<{ total: number; orders: Order[] }>('GET', `/orders${query(parameters)}`),
  get: (id: string) => call<OrderDetail>('GET', at(id)),
  draft: (draft: OrderDraft) => call<OrderDetail>('POST', '/orders', draft),
  approve: (id: string, password: string, code?: string) =>
    call<OrderDetail>('POST', `${at(id)}/approve`, code ? { password, code } : { password }),
  cancel: (id: string, reason: string) => call<OrderDetail>('POST', `${at(id)}/cancel`, { reason }),
  /** Where a browser fetches the file itself, byte for byte. */
  file: (id: string) => `/api${at(id)}/certificate`,
}

export const stateColour: Record<string, 'primary' | 'success' | 'warning' | 'danger' | 'info'> = {
  drafted: 'warning',
  approved: 'primary',
  delivered: 'primary',
  done: 'success',
  partial: 'warning',
  refused: 'danger',
  failed: 'danger',
  expired: 'info',
  cancelled: 'info',
}
