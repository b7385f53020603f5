import { call, query } from '../../api/client'
import type { components, operations } from '../../api/schema'

export type OwnKey = components['schemas']['OwnKey']
export type Reveal = components['schemas']['Reveal']
export type RevealDetail = components['schemas']['RevealDetail']
export type RevealQuery = NonNullable<operations['listReveals']['parameters']['query']>

const at = (id: string) => `/reveals/${encodeURIComponent(id)}`

export const evidenceApi = {
  ownKeys: () => call<{ keys: OwnKey[] }>('GET', '/evidence/keys/own'),
  addKey: (certificate: string, locked: string) => call<void>('POST', '/evidence/keys/own', { certificate, locked }),
  ask: (incident: string, reason: string) => call<RevealDetail>('POST', `/incidents/${encodeURIComponent(incident)}/reveals`, { reason }),
  list: (parameters: RevealQuery) => call<{ total: number; reveals: Reveal[] }>('GET', `/reveals${query(parameters)}`),
  get: (id: string) => call<RevealDetail>('GET', at(id)),
  withdraw: (id: string) => call<RevealDetail>('DELETE', at(id)),
  envelope: (id: string) => call<{ envelope: string }>('GET', `${at(id)}/envelope`),
  approve: (id: string, handed: string) => call<RevealDetail>('POST', `${at(id)}/approval`, { package: handed }),
  refuse: (id: string, reason: string) => call<RevealDetail>('POST', `${at(id)}/refusal`, { reason }),
  package: (id: string) => call<{ package: string }>('GET', `${at(id)}/package`),
}
