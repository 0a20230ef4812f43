import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Content, Desk } from '../../api/app-desk.ts'
import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { listQuery } from '../../api/list.ts'

export type Catalogue = Answer<'/api/orgs/{org}/catalog', 'get'>
export type PublicApp = Catalogue['public_apps'][number]
export type InternalApp = Catalogue['internal_apps'][number]
export const MODES = ['all', 'allowlist', 'blocklist'] as const

export const catalogueKey = (org: string) => ['org', org, 'catalogue'] as const

export const catalogueQuery = (org: string) =>
  queryOptions({
    queryKey: catalogueKey(org),
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/catalog', { params: { path: { org } } })),
  })

export const submissionsQuery = (desk: Desk) =>
  queryOptions({ queryKey: [...desk.key, 'submissions'], queryFn: () => desk.submissions() })

export const workedQuery = (desk: Desk) => listQuery([...desk.key, 'apps'], (page) => desk.apps(page))

export const versionQuery = (desk: Desk, version: string) =>
  queryOptions({ queryKey: [...desk.key, 'version', version], queryFn: () => desk.version(version) })

export const versionsQuery = (desk: Desk, app: string) =>
  queryOptions({ queryKey: [...desk.key, 'versions', app], queryFn: () => desk.versions(app) })

export const diffQuery = (desk: Desk, version: string, revision: number) =>
  queryOptions({ queryKey: [...desk.key, 'diff', version, revision], queryFn: () => desk.diff(version) })

/** What the checks make of what is typed; what was found before stands until the answer is there. */
export const unsavedChecksQuery = (desk: Desk, version: string, content: Content) =>
  queryOptions({
    queryKey: [...desk.key, 'checks', version, content],
    queryFn: () => desk.check(version, content),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  })

type CallableApp = { readonly id: string; readonly name: string; readonly version: string }

/** The apps that another one may call: in an organisation all that may be run there, on the platform the public ones. */
export const callableAppsQuery = (org: string | undefined) =>
  queryOptions({
    queryKey: org === undefined ? ['platform', 'callable-apps'] : ['org', org, 'callable-apps'],
    async queryFn(): Promise<readonly CallableApp[]> {
      if (org !== undefined) {
        const { items } = await answerOf(api.GET('/api/orgs/{org}/apps', { params: { path: { org } } }))
        return items.map(({ app_id, name, version }) => ({ id: app_id, name, version }))
      }
      const query = { state: 'published', limit: 100 } as const
      const { items } = await answerOf(api.GET('/api/platform/apps', { params: { query } }))
      return items.map(({ id, name, current }) => ({ id, name, version: current?.version ?? '' }))
    },
  })
