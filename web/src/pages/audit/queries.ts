// The log of an organisation or of the platform, for the same screen.

import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { usePlatformNames } from '../../api/accounts.ts'
import type { Answer } from '../../api/answer.ts'
import type { AuditFilter as OrganisationFilter, Entry as OrganisationEntry } from '../../api/audit.ts'
import { answerOf, api } from '../../api/client.ts'
import { useMemberName } from '../../api/directory.ts'
import { given } from '../../api/given.ts'
import { listQuery, type PageOf } from '../../api/list.ts'
import { announceExport, announcePlatformExport } from '../../api/list-exports.ts'

export type AuditFilter = OrganisationFilter & {
  /** In the platform's log only. */
  readonly organisation_id?: string | undefined
}

export type Entry = Omit<OrganisationEntry, 'execution_id'> & {
  /** The execution it tells of; null in the platform's log. */
  readonly execution_id: string | null
  /** The organisation it concerns, in the platform's log. */
  readonly organisation_id: string | null
}
export type EntryDetail = Entry & { readonly data?: unknown }
export type Histogram = Answer<'/api/orgs/{org}/audit/histogram', 'get'>
type Facets = Answer<'/api/orgs/{org}/audit/facets', 'get'>
type Bucket = 'hour' | 'day' | 'week'
type Page = { readonly cursor?: string; readonly limit: number }

export type AuditLog = {
  /** The organisation; null on the platform. */
  readonly org: string | null
  readonly path: string
  readonly key: readonly string[]
  readonly entries: (filter: AuditFilter, page: Page) => Promise<PageOf<Entry>>
  readonly entry: (id: string) => Promise<EntryDetail>
  readonly histogram: (filter: AuditFilter, bucket: Bucket) => Promise<Histogram>
  readonly facets: (filter: AuditFilter) => Promise<Facets>
  /** Tells the server that what the filter leaves is about to be saved as a file. */
  readonly announceExport: (filter: AuditFilter) => Promise<unknown>
  /** A hook: what those with the ids are called. */
  readonly useNames: (ids: readonly (string | null)[]) => (id: string | null) => string | null
  /** The kinds of object whose names that hook knows. */
  readonly namedTargets: readonly string[]
}

/** The id of what an entry is about, where it can be asked for its name. */
export const namedTargetOf = (
  log: AuditLog,
  { target_type, target_id }: Pick<Entry, 'target_type' | 'target_id'>,
): string | null => (target_type !== null && log.namedTargets.includes(target_type) ? target_id : null)

export function organisationLog(org: string): AuditLog {
  const path = { org }
  const known = (filter: AuditFilter) => {
    const { organisation_id: _, ...own } = filter
    return given(own)
  }
  return {
    org,
    path: `/api/orgs/${org}/audit/entries`,
    key: ['org', org, 'audit'],
    async entries(filter, page) {
      const query = { ...page, ...known(filter) }
      const { items, next_cursor } = await answerOf(
        api.GET('/api/orgs/{org}/audit/entries', { params: { path, query } }),
      )
      return { items: items.map((entry) => ({ ...entry, organisation_id: null })), next_cursor }
    },
    async entry(entry) {
      const params = { path: { org, entry } }
      const found = await answerOf(api.GET('/api/orgs/{org}/audit/entries/{entry}', { params }))
      return { ...found, organisation_id: null }
    },
    histogram: (filter, bucket) =>
      answerOf(api.GET('/api/orgs/{org}/audit/histogram', { params: { path, query: { ...known(filter), bucket } } })),
    facets: (filter) => answerOf(api.GET('/api/orgs/{org}/audit/facets', { params: { path, query: known(filter) } })),
    announceExport: (filter) => announceExport(org, 'audit', known(filter)),
    useNames: useMemberName,
    namedTargets: ['member'],
  }
}

const ofPlatform = (filter: AuditFilter) => {
  const { execution_id: _, ...own } = filter
  return given(own)
}

export const platformLog: AuditLog = {
  org: null,
  path: '/api/platform/audit/entries',
  key: ['platform', 'audit'],
  async entries(filter, page) {
    const query = { ...page, ...ofPlatform(filter) }
    const { items, next_cursor } = await answerOf(api.GET('/api/platform/audit/entries', { params: { query } }))
    return { items: items.map((entry) => ({ ...entry, execution_id: null })), next_cursor }
  },
  async entry(entry) {
    const found = await answerOf(api.GET('/api/platform/audit/entries/{entry}', { params: { path: { entry } } }))
    return { ...found, execution_id: null }
  },
  histogram: (filter, bucket) =>
    answerOf(api.GET('/api/platform/audit/histogram', { params: { query: { ...ofPlatform(filter), bucket } } })),
  facets: (filter) => answerOf(api.GET('/api/platform/audit/facets', { params: { query: ofPlatform(filter) } })),
  announceExport: (filter) => announcePlatformExport(ofPlatform(filter)),
  useNames: usePlatformNames,
  namedTargets: ['user', 'organisation'],
}

export const entriesQuery = (log: AuditLog, filter: AuditFilter) =>
  listQuery([...log.key, filter], (page) => log.entries(filter, page))

export const entryQuery = (log: AuditLog, entry: string) =>
  queryOptions({
    queryKey: [...log.key, 'entry', entry],
    queryFn: () => log.entry(entry),
    // Entries never change.
    staleTime: Number.POSITIVE_INFINITY,
  })

export const histogramQuery = (log: AuditLog, filter: AuditFilter, bucket: Bucket) =>
  queryOptions({
    queryKey: [...log.key, 'histogram', filter, bucket],
    queryFn: () => log.histogram(filter, bucket),
    placeholderData: keepPreviousData,
  })

export const facetsQuery = (log: AuditLog, filter: AuditFilter) =>
  queryOptions({
    queryKey: [...log.key, 'facets', filter],
    queryFn: () => log.facets(filter),
    placeholderData: keepPreviousData,
  })

/** Opening what was kept is an act that the log notes: it is asked for, never fetched ahead. */
export const openContent = (org: string, entry: string) =>
  answerOf(api.GET('/api/orgs/{org}/audit/entries/{entry}/content', { params: { path: { org, entry } } }))
