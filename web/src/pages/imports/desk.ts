// Where files of people are brought in: into one organisation, where everybody is invited, or by super-admins into any of
// them. Both have the same acts, so that one set of screens serves both.

import { queryOptions } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { listQuery, type PageOf } from '../../api/list.ts'

export type Import = Answer<'/api/orgs/{org}/imports', 'get'>['items'][number]
export type ImportRow = Answer<'/api/orgs/{org}/imports/{import}/rows', 'get'>['items'][number]
type RowState = ImportRow['state']
export type Cell = ImportRow['errors'][number]['cell']

type Page = { readonly cursor?: string; readonly limit: number }

export type ImportDesk = {
  readonly key: readonly string[]
  /** The organisation that everybody is invited into; null where each row names its own. */
  readonly org: string | null
  readonly cells: readonly Cell[]
  /** Below which the API has imports. */
  readonly path: string
  readonly create: (file: Blob, file_name: string) => Promise<Import>
  readonly list: (page: Page) => Promise<PageOf<Import>>
  readonly read: (id: string) => Promise<Import>
  readonly rows: (id: string, page: Page, state: RowState | undefined) => Promise<PageOf<ImportRow>>
  readonly change: (id: string, row: number, cell: Cell, text: string) => Promise<ImportRow>
  readonly drop: (id: string, row: number) => Promise<unknown>
  readonly discard: (id: string) => Promise<unknown>
  readonly start: (id: string) => Promise<Import>
  /** The workbook of what became of it; one-time passwords stand in the first that is taken. */
  readonly result: (id: string) => Promise<Blob>
}

/** The contract says "string" of bytes; what is sent are the bytes themselves. */
const upload = (file: Blob) => ({
  headers: { 'content-type': 'application/octet-stream' },
  body: '',
  bodySerializer: () => file,
})

const given = <Query extends object>(page: Query, state: RowState | undefined) => ({
  ...page,
  ...(state !== undefined && { state }),
})

/** Imports of one organisation. */
function organisationDesk(org: string): ImportDesk {
  const one = (id: string) => ({ path: { org, import: id } })
  const row = (id: string, number: number) => ({ path: { org, import: id, row: number } })
  return {
    key: ['org', org, 'imports'],
    org,
    cells: ['org_id', 'email', 'display_name', 'role'],
    path: `/api/orgs/${org}/imports`,
    create: (file, file_name) =>
      answerOf(
        api.POST('/api/orgs/{org}/imports', { params: { path: { org }, query: { file_name } }, ...upload(file) }),
      ),
    list: (query) => answerOf(api.GET('/api/orgs/{org}/imports', { params: { path: { org }, query } })),
    read: (id) => answerOf(api.GET('/api/orgs/{org}/imports/{import}', { params: one(id) })),
    rows: (id, page, state) =>
      answerOf(api.GET('/api/orgs/{org}/imports/{import}/rows', { params: { ...one(id), query: given(page, state) } })),
    change: (id, number, cell, text) =>
      answerOf(
        api.PATCH('/api/orgs/{org}/imports/{import}/rows/{row}', { params: row(id, number), body: { [cell]: text } }),
      ),
    drop: (id, number) => api.DELETE('/api/orgs/{org}/imports/{import}/rows/{row}', { params: row(id, number) }),
    discard: (id) => api.DELETE('/api/orgs/{org}/imports/{import}', { params: one(id) }),
    start: (id) => answerOf(api.POST('/api/orgs/{org}/imports/{import}/start', { params: one(id) })),
    result: (id) => answerOf(api.GET('/api/orgs/{org}/imports/{import}/result', { params: one(id), parseAs: 'blob' })),
  }
}

/** Imports of super-admins, into any active organisation. */
function platformDesk(): ImportDesk {
  const one = (id: string) => ({ path: { import: id } })
  const row = (id: string, number: number) => ({ path: { import: id, row: number } })
  return {
    key: ['platform', 'imports'],
    org: null,
    cells: ['org_id', 'email', 'display_name', 'role', 'password'],
    path: '/api/platform/imports',
    create: (file, file_name) =>
      answerOf(api.POST('/api/platform/imports', { params: { query: { file_name } }, ...upload(file) })),
    list: (query) => answerOf(api.GET('/api/platform/imports', { params: { query } })),
    read: (id) => answerOf(api.GET('/api/platform/imports/{import}', { params: one(id) })),
    rows: (id, page, state) =>
      answerOf(api.GET('/api/platform/imports/{import}/rows', { params: { ...one(id), query: given(page, state) } })),
    change: (id, number, cell, text) =>
      answerOf(
        api.PATCH('/api/platform/imports/{import}/rows/{row}', { params: row(id, number), body: { [cell]: text } }),
      ),
    drop: (id, number) => api.DELETE('/api/platform/imports/{import}/rows/{row}', { params: row(id, number) }),
    discard: (id) => api.DELETE('/api/platform/imports/{import}', { params: one(id) }),
    start: (id) => answerOf(api.POST('/api/platform/imports/{import}/start', { params: one(id) })),
    result: (id) => answerOf(api.POST('/api/platform/imports/{import}/result', { params: one(id), parseAs: 'blob' })),
  }
}

/** The desk of the address one is at. */
export function useDesk(): ImportDesk {
  const { org } = useParams({ strict: false })
  return org === undefined ? platformDesk() : organisationDesk(org)
}

/** Where the screens of a desk are. */
export const homeOf = ({ org }: ImportDesk): string =>
  org === null ? '/platform/people/import' : `/o/${org}/people/import`

export const pathOf = (desk: ImportDesk, id: string): string => `${homeOf(desk)}/${id}`

export const importsQuery = (desk: ImportDesk) => listQuery([...desk.key, 'all'], desk.list)

const LIVE_MS = 1000

/** One import; asked for again and again while it runs. */
export const importQuery = (desk: ImportDesk, id: string) =>
  queryOptions({
    queryKey: [...desk.key, id],
    queryFn: () => desk.read(id),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? LIVE_MS : false),
  })

/** What became of the rows of one kind. */
export const outcomeQuery = (desk: ImportDesk, id: string, state: RowState) =>
  listQuery([...desk.key, id, 'outcome', state], (page) => desk.rows(id, page, state))

export const rowsKey = (desk: ImportDesk, id: string) => [...desk.key, id, 'rows'] as const
