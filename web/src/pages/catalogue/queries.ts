import { queryOptions } from '@tanstack/react-query'
import type { Desk } from '../../api/app-desk.ts'
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
