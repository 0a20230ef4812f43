// The policy of an organisation or of the platform, for the same screen.

import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Answer } from './answer.ts'
import { answerOf, api } from './client.ts'
import { listQuery, type PageOf } from './list.ts'
import type { paths } from './schema.d.ts'

/** A policy document as the API takes it, beside the reason for it. */
export type PolicyDocument = Omit<
  NonNullable<paths['/api/orgs/{org}/policy']['put']['requestBody']>['content']['application/json'],
  'reason'
>

export type Version = Answer<'/api/orgs/{org}/policy/versions', 'get'>['items'][number]

/** One field: what stands above, what the level itself says, and what holds. */
export type FieldShown = {
  readonly field: string
  /** What the level above demands: the platform for an organisation; nothing for the platform. */
  readonly above: unknown
  readonly own: unknown
  /** What holds where `own` is silent. */
  readonly inherited: unknown
  readonly effective: unknown
  /** The own value demands more than what is inherited. */
  readonly isOwn: boolean
  readonly isOverruled: boolean
  /** The account tier that demands what holds, by its name. */
  readonly tier: string | null
}

export type Policy = { readonly version: number; readonly fields: readonly FieldShown[] }

/** A hook that names the authors of versions. */
export type AuthorNames = (ids: readonly (string | null)[]) => (id: string | null) => string | null

export type PolicyLevel = {
  /** The organisation; null on the platform. */
  readonly org: string | null
  readonly path: string
  readonly key: readonly string[]
  readonly get: () => Promise<Policy>
  readonly versions: (page: { readonly cursor?: string; readonly limit: number }) => Promise<PageOf<Version>>
  /** Puts a new version in the place of the one that was read, and says why; refuses when another has come between. */
  readonly put: (replaces: number, document: PolicyDocument, reason: string) => Promise<Version>
}

export const organisationPolicy = (org: string): PolicyLevel => ({
  org,
  path: `/api/orgs/${org}/policy`,
  key: ['org', org, 'policy'],
  async get() {
    const policy = await answerOf(api.GET('/api/orgs/{org}/policy', { params: { path: { org } } }))
    const fields = policy.fields.map(({ field, platform, organisation, effective, set_by, overruled }) => ({
      field,
      effective,
      above: platform,
      own: organisation,
      inherited: platform,
      isOwn: set_by === 'organisation',
      isOverruled: overruled !== null,
      tier: set_by === 'tier' ? (policy.tier?.name ?? null) : null,
    }))
    return { version: policy.organisation.version, fields }
  },
  versions: (page) => answerOf(api.GET('/api/orgs/{org}/policy/versions', { params: { path: { org }, query: page } })),
  put: (replaces, document, reason) =>
    answerOf(
      api.PUT('/api/orgs/{org}/policy', {
        params: { path: { org }, query: { replaces } },
        body: { ...document, reason },
      }),
    ),
})

/** The baseline: nothing stands above it, and every organisation is at least as strict. */
export const platformPolicy: PolicyLevel = {
  org: null,
  path: '/api/platform/policy',
  key: ['platform', 'policy'],
  async get() {
    const policy = await answerOf(api.GET('/api/platform/policy'))
    const fields = policy.fields.map(({ field, platform, default: usual }) => ({
      field,
      above: null,
      own: platform,
      inherited: usual,
      effective: platform ?? usual,
      isOwn: platform !== null,
      isOverruled: false,
      tier: null,
    }))
    return { version: policy.version, fields }
  },
  versions: (page) => answerOf(api.GET('/api/platform/policy/versions', { params: { query: page } })),
  put: (replaces, document, reason) =>
    answerOf(api.PUT('/api/platform/policy', { params: { query: { replaces } }, body: { ...document, reason } })),
}

export const policyQuery = (level: PolicyLevel) => queryOptions({ queryKey: level.key, queryFn: level.get })

export const versionsQuery = (level: PolicyLevel) => listQuery([...level.key, 'versions'], level.versions)

export type PolicyEffect = Answer<'/api/orgs/{org}/policy/effect', 'get'>

/** What a document would have made of the last 30 days; `document` is its JSON. */
export const effectQuery = (org: string, document: string) =>
  queryOptions({
    queryKey: ['org', org, 'policy', 'effect', document],
    queryFn: () =>
      answerOf(api.GET('/api/orgs/{org}/policy/effect', { params: { path: { org }, query: { document } } })),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
