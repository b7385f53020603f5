import { call, query } from '../../api/client'
import type { components, operations } from '../../api/schema'

export type AuditEntry = components['schemas']['AuditEntry']
export type AuditPage = components['schemas']['AuditPage']
export type AuditChain = components['schemas']['AuditChain']
export type Verification = components['schemas']['Verification']
export type AuditQuery = NonNullable<operations['listAudit']['parameters']['query']>

export const audit = {
  page: (parameters: AuditQuery) => call<AuditPage>('GET', `/audit${query(parameters)}`),
  chain: () => call<AuditChain>('GET', '/audit/chain'),
  verify: () => call<Verification>('GET', '/verification'),
}
