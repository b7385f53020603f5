import { call, query, sendText } from '../../api/client'
import type { components } from '../../api/schema'

export type CustomerList = components['schemas']['CustomerList']
export type Imported = components['schemas']['CustomerListImport']
export type TableFaults = components['schemas']['ImportError']['error']
/** Which of the two lists, as the API's path has it. */
export type ListName = 'authorisations' | 'holds'

export const lists = {
  show: (name: ListName) => call<CustomerList>('GET', `/customer-lists/${name}`),
  /** The file goes as it is: the collector knows its encoding better than a browser. */
  import: (name: ListName, file: File, mode: 'add' | 'replace') =>
    sendText<Imported>(`/customer-lists/${name}${query({ mode, file: file.name })}`, file, 'text/csv'),
}
