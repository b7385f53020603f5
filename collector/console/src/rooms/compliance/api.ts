import { ref } from 'vue'
import { call, query, sendText } from '../../api/client'
import type { components } from '../../api/schema'

type Schemas = components['schemas']
export type BranchTree = Schemas['BranchTree']
export type Branch = Schemas['Branch']
export type StaffPage = Schemas['StaffPage']
export type Domain = Schemas['Domain']
export type Verdict = Schemas['Verdict']
export type Evidence = Schemas['Evidence']
export type Figure = Schemas['Figure']
export type CountedFigure = Schemas['CountedFigure']
export type Monitoring = Schemas['Monitoring']
export type Inspection = Schemas['Inspection']
export type InspectionDetail = Schemas['InspectionDetail']
export type InspectedItem = InspectionDetail['items'][number]
export type NewAnswer = Schemas['NewAnswer']
export type Rectification = Schemas['Rectification']
export type Mark = Schemas['Mark']
export type MarkKind = Schemas['MarkKind']
export type Ranking = Schemas['Ranking']
export type RankedBranch = Schemas['RankedBranch']
export type BranchScore = Schemas['BranchScore']
export type ClosedPeriod = Schemas['ClosedPeriod']
export type ImportError = Schemas['ImportError']

export const domains: Domain[] = ['credit', 'payment', 'aml', 'it']

/** The month that the pages of this room look at, kept while going from one to another. */
export const period = ref('')

/** "2026-03" of a moment, by the bank's clock. */
export function monthOf(time: Date): string {
  return new Date(time.getTime() + 8 * 3600 * 1000).toISOString().slice(0, 7)
}

/** What the collector takes of a table, in bytes. */
export const largestFile = 16 * 1024 * 1024

export const compliance = {
  branches: () => call<BranchTree>('GET', '/branches'),
  importBranches: (table: File) => sendText<{ imported: number }>('/branches/import', table, 'text/csv'),
  staff: (parameters: { branch?: string; offset?: number; limit?: number }) => call<StaffPage>('GET', `/staff${query(parameters)}`),
  importStaff: (table: File) => sendText<{ imported: number }>('/staff/import', table, 'text/csv'),
  monitoring: (month: string) => call<Monitoring>('GET', `/monitoring${query({ period: month })}`),
  counted: (parameters: { period: string; branch: string; domain: Domain; figure: string }) => call<CountedFigure>('GET', `/monitoring/counted${query(parameters)}`),
  inspections: () => call<{ inspections: Inspection[] }>('GET', '/inspections'),
  plan: (wanted: Schemas['InspectionPlan']) => call<{ id: number }>('POST', '/inspections', wanted),
  inspection: (id: number | string) => call<InspectionDetail>('GET', `/inspections/${id}`),
  assign: (id: number, assignee: string, due: string | null) => call<void>('POST', `/inspections/${id}/assign`, { assignee, due }),
  answer: (id: number, answer: NewAnswer) => call<void>('POST', `/inspections/${id}/answers`, answer),
  correct: (id: number, answer: NewAnswer) => call<void>('POST', `/inspections/${id}/corrections`, answer),
  submit: (id: number) => call<{ findings: number }>('POST', `/inspections/${id}/submit`),
  rectifications: () => call<{ rectifications: Rectification[] }>('GET', '/rectifications'),
  assignRectification: (id: number, body: Schemas['RectificationOwner']) => call<void>('POST', `/rectifications/${id}/assign`, body),
  reportRectification: (id: number, note: string) => call<void>('POST', `/rectifications/${id}/report`, { note }),
  recheck: (id: number, passed: boolean, note: string) => call<void>('POST', `/rectifications/${id}/recheck`, { passed, note }),
  marks: () => call<{ marks: Mark[]; kinds: MarkKind[] }>('GET', '/marks'),
  addMark: (mark: Schemas['NewMark']) => call<{ id: number }>('POST', '/marks', mark),
  withdrawMark: (id: number, reason: string) => call<{ id: number }>('POST', `/marks/${id}/withdraw`, { reason }),
  ranking: (month: string) => call<Ranking>('GET', `/scores${query({ period: month })}`),
  score: (branch: string, month: string) => call<BranchScore>('GET', `/scores/${encodeURIComponent(branch)}${query({ period: month })}`),
  periods: () => call<{ current: string; closed: ClosedPeriod[] }>('GET', '/periods'),
  close: (month: string) => call<ClosedPeriod>('POST', `/periods/${month}/close`),
  bulletin: (month: string, branch?: string) => `/api/bulletins/${month}${branch ? `/${encodeURIComponent(branch)}` : ''}`,
}
