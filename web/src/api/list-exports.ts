import { answerOf, api } from './client.ts'

type Filter = Readonly<Record<string, string | undefined>>
type List = 'executions' | 'people' | 'ledger' | 'audit'

const chosen = (filter: Filter): Record<string, string> =>
  Object.fromEntries(
    Object.entries(filter).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]])),
  )

/** Tells the server that a list of the organisation is about to be saved as a file; refused without a fresh proof. */
export const announceExport = (org: string, list: List, filter: Filter): Promise<unknown> =>
  answerOf(
    api.POST('/api/orgs/{org}/list-exports', { params: { path: { org } }, body: { list, filter: chosen(filter) } }),
  )

/** The same for the log of the platform. */
export const announcePlatformExport = (filter: Filter): Promise<unknown> =>
  answerOf(api.POST('/api/platform/list-exports', { body: { list: 'audit', filter: chosen(filter) } }))
