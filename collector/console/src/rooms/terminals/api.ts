import { call } from '../../api/client'
import type { components } from '../../api/schema'

export type TerminalDetail = components['schemas']['TerminalDetail']
export type Inventory = components['schemas']['Inventory']
export type Figures = components['schemas']['InventoryFigures']
export type BranchCoverage = components['schemas']['BranchCoverage']
export type TerminalCoverage = components['schemas']['TerminalCoverage']
export type CoverageOverview = components['schemas']['CoverageOverview']

export const terminalApi = {
  terminal: (id: string) => call<TerminalDetail>('GET', `/terminals/${encodeURIComponent(id)}`),
  coverage: () => call<CoverageOverview>('GET', '/coverage'),
}

/** Wholly inspected files, in per cent; null where there is none. Never rounded up to 100. */
export function share(figures: Figures): number | null {
  if (figures.files === 0) return null
  return Math.floor((figures.inspected / figures.files) * 1000) / 10
}
