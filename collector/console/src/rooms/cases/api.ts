import { call, query } from '../../api/client'
import type { components, operations } from '../../api/schema'

export type Case = components['schemas']['Case']
export type CaseDetail = components['schemas']['CaseDetail']
export type CaseEvent = components['schemas']['CaseEvent']
export type CaseState = components['schemas']['CaseState']
export type Timing = components['schemas']['Timing']
export type CaseChange = components['schemas']['CaseChange']
export type CaseQuery = NonNullable<operations['listCases']['parameters']['query']>
export type Owner = { name: string; general: boolean; confidential: boolean }

const at = (id: string) => `/cases/${encodeURIComponent(id)}`

export const casesApi = {
  list: (parameters: CaseQuery) => call<{ total: number; cases: Case[] }>('GET', `/cases${query(parameters)}`),
  open: (opening: components['schemas']['CaseOpening']) => call<CaseDetail>('POST', '/cases', opening),
  get: (id: string) => call<CaseDetail>('GET', at(id)),
  change: (id: string, change: CaseChange) => call<CaseDetail>('PATCH', at(id), change),
  note: (id: string, text: string) => call<CaseDetail>('POST', `${at(id)}/notes`, { text }),
  ofIncident: (id: string) => call<{ case: Case | null; timing: Timing }>('GET', `/incidents/${encodeURIComponent(id)}/case`),
  owners: () => call<{ owners: Owner[] }>('GET', '/case-owners'),
}

/** Where a case may go from each state, as collector/review/workflow.hpp has it. */
export const nextStates: Record<CaseState, CaseState[]> = {
  open: ['investigating', 'waiting', 'closed'],
  investigating: ['waiting', 'closed'],
  waiting: ['investigating', 'closed'],
  closed: ['investigating'],
}

export const verdicts = ['confirmed', 'false_alarm', 'permitted', 'test'] as const

export const stateColour: Record<CaseState, 'danger' | 'primary' | 'warning' | 'info'> = {
  open: 'danger',
  investigating: 'primary',
  waiting: 'warning',
  closed: 'info',
}
