// Connections to identity providers: those of an organisation, set up by its owner, and those of the platform, set up by
// super-admins. Both have the same acts, so that one set of screens serves both.

import { queryOptions } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'

export type Connection = Answer<'/api/orgs/{org}/sso/connections', 'get'>['items'][number]
export type Domain = Answer<'/api/orgs/{org}/sso/connections/{connection}/domains', 'get'>['items'][number]
export type ScimToken = Answer<'/api/orgs/{org}/sso/connections/{connection}/scim-tokens', 'get'>['items'][number]
type MadeToken = ScimToken & { readonly token: string | null }
type Check = Answer<'/api/orgs/{org}/sso/connections/{connection}/check', 'get'>

export const PRESETS = ['entra_id', 'google_workspace', 'oracle_idcs', 'other'] as const
export type Preset = (typeof PRESETS)[number]
export const ADMISSIONS = ['members', 'mapped_groups', 'everyone'] as const

/** What is asked for when a connection is made. */
export type Draft = {
  readonly name: string
  readonly client_id: string
  readonly preset: Preset
  readonly tenant?: string
  readonly domain_url?: string
  readonly issuer?: string
}
type Change = Partial<Draft> & {
  scopes?: string[]
  readonly groups_claim?: string
  readonly admission?: (typeof ADMISSIONS)[number]
  readonly trusts_mfa?: boolean
  readonly status?: 'enabled' | 'disabled'
}

export type SsoDesk = {
  readonly key: readonly string[]
  /** Null for connections of the platform. */
  readonly org: string | null
  /** Below which the API has connections. */
  readonly path: string
  /** Below which the portal has them. */
  readonly home: string
  readonly list: () => Promise<{ readonly items: readonly Connection[] }>
  readonly read: (id: string) => Promise<Connection>
  readonly create: (draft: Draft) => Promise<Connection>
  readonly change: (id: string, change: Change) => Promise<Connection>
  readonly remove: (id: string) => Promise<unknown>
  readonly setSecret: (id: string, client_secret: string) => Promise<Connection>
  /** Asks the provider what it says about itself. */
  readonly check: (id: string) => Promise<Check>
  readonly domains: (id: string) => Promise<{ readonly items: readonly Domain[] }>
  readonly claim: (id: string, domain: string) => Promise<Domain>
  readonly verify: (id: string, domain: string) => Promise<Domain>
  readonly release: (id: string, domain: string) => Promise<unknown>
  /** Gives a domain without its DNS record; only super-admins, only for the platform's own connections. */
  readonly grant: ((id: string, domain: string) => Promise<Domain>) | null
  /** With which the provider provisions. */
  readonly tokens: (id: string) => Promise<{ readonly items: readonly ScimToken[] }>
  readonly makeToken: (id: string, days: number) => Promise<MadeToken>
  readonly revokeToken: (id: string, token: string) => Promise<unknown>
  readonly test: (id: string, return_to: string) => Promise<{ readonly authorization_url: string }>
}

/** The connections of an organisation. */
function organisationDesk(org: string): SsoDesk {
  const one = (connection: string) => ({ params: { path: { org, connection } } })
  const at = (connection: string, domain: string) => ({ params: { path: { org, connection, domain } } })
  return {
    key: ['org', org, 'sso'],
    org,
    path: `/api/orgs/${org}/sso/connections`,
    home: `/o/${org}/sso`,
    list: () => answerOf(api.GET('/api/orgs/{org}/sso/connections', { params: { path: { org } } })),
    read: (id) => answerOf(api.GET('/api/orgs/{org}/sso/connections/{connection}', one(id))),
    create: (body) => answerOf(api.POST('/api/orgs/{org}/sso/connections', { params: { path: { org } }, body })),
    change: (id, body) => answerOf(api.PATCH('/api/orgs/{org}/sso/connections/{connection}', { ...one(id), body })),
    remove: (id) => api.DELETE('/api/orgs/{org}/sso/connections/{connection}', one(id)),
    setSecret: (id, client_secret) =>
      answerOf(api.PUT('/api/orgs/{org}/sso/connections/{connection}/secret', { ...one(id), body: { client_secret } })),
    check: (id) => answerOf(api.GET('/api/orgs/{org}/sso/connections/{connection}/check', one(id))),
    domains: (id) => answerOf(api.GET('/api/orgs/{org}/sso/connections/{connection}/domains', one(id))),
    claim: (id, domain) =>
      answerOf(api.POST('/api/orgs/{org}/sso/connections/{connection}/domains', { ...one(id), body: { domain } })),
    verify: (id, domain) =>
      answerOf(api.POST('/api/orgs/{org}/sso/connections/{connection}/domains/{domain}/verify', at(id, domain))),
    release: (id, domain) =>
      api.DELETE('/api/orgs/{org}/sso/connections/{connection}/domains/{domain}', at(id, domain)),
    grant: null,
    tokens: (id) => answerOf(api.GET('/api/orgs/{org}/sso/connections/{connection}/scim-tokens', one(id))),
    makeToken: (id, days) =>
      answerOf(api.POST('/api/orgs/{org}/sso/connections/{connection}/scim-tokens', { ...one(id), body: { days } })),
    revokeToken: (connection, token) =>
      api.DELETE('/api/orgs/{org}/sso/connections/{connection}/scim-tokens/{token}', {
        params: { path: { org, connection, token } },
      }),
    test: (id, return_to) =>
      answerOf(
        api.POST('/api/orgs/{org}/sso/connections/{connection}/test-sign-in', { ...one(id), body: { return_to } }),
      ),
  }
}

/** The connections of the platform. */
function platformDesk(): SsoDesk {
  const one = (connection: string) => ({ params: { path: { connection } } })
  const at = (connection: string, domain: string) => ({ params: { path: { connection, domain } } })
  return {
    key: ['platform', 'sso'],
    org: null,
    path: '/api/platform/sso/connections',
    home: '/platform/sso',
    list: () => answerOf(api.GET('/api/platform/sso/connections')),
    read: (id) => answerOf(api.GET('/api/platform/sso/connections/{connection}', one(id))),
    create: (body) => answerOf(api.POST('/api/platform/sso/connections', { body })),
    change: (id, body) => answerOf(api.PATCH('/api/platform/sso/connections/{connection}', { ...one(id), body })),
    remove: (id) => api.DELETE('/api/platform/sso/connections/{connection}', one(id)),
    setSecret: (id, client_secret) =>
      answerOf(api.PUT('/api/platform/sso/connections/{connection}/secret', { ...one(id), body: { client_secret } })),
    check: (id) => answerOf(api.GET('/api/platform/sso/connections/{connection}/check', one(id))),
    domains: (id) => answerOf(api.GET('/api/platform/sso/connections/{connection}/domains', one(id))),
    claim: (id, domain) =>
      answerOf(api.POST('/api/platform/sso/connections/{connection}/domains', { ...one(id), body: { domain } })),
    verify: (id, domain) =>
      answerOf(api.POST('/api/platform/sso/connections/{connection}/domains/{domain}/verify', at(id, domain))),
    release: (id, domain) => api.DELETE('/api/platform/sso/connections/{connection}/domains/{domain}', at(id, domain)),
    grant: (id, domain) =>
      answerOf(api.POST('/api/platform/sso/connections/{connection}/domains/{domain}/grant', at(id, domain))),
    tokens: (id) => answerOf(api.GET('/api/platform/sso/connections/{connection}/scim-tokens', one(id))),
    makeToken: (id, days) =>
      answerOf(api.POST('/api/platform/sso/connections/{connection}/scim-tokens', { ...one(id), body: { days } })),
    revokeToken: (connection, token) =>
      api.DELETE('/api/platform/sso/connections/{connection}/scim-tokens/{token}', {
        params: { path: { connection, token } },
      }),
    test: (id, return_to) =>
      answerOf(
        api.POST('/api/platform/sso/connections/{connection}/test-sign-in', { ...one(id), body: { return_to } }),
      ),
  }
}

/** The desk of the address one is at. */
export function useSsoDesk(): SsoDesk {
  const { org } = useParams({ strict: false })
  return org === undefined ? platformDesk() : organisationDesk(org)
}

/** The screen of a connection. */
export const pathOf = ({ home }: SsoDesk, id: string): string => `${home}/${id}`

export const connectionsQuery = (desk: SsoDesk) =>
  queryOptions({ queryKey: [...desk.key, 'all'], queryFn: async () => (await desk.list()).items })

export const connectionQuery = (desk: SsoDesk, id: string) =>
  queryOptions({ queryKey: [...desk.key, id], queryFn: () => desk.read(id) })

export const domainsQuery = (desk: SsoDesk, id: string) =>
  queryOptions({ queryKey: [...desk.key, id, 'domains'], queryFn: async () => (await desk.domains(id)).items })

export const scimTokensQuery = (desk: SsoDesk, id: string) =>
  queryOptions({ queryKey: [...desk.key, id, 'scim tokens'], queryFn: async () => (await desk.tokens(id)).items })
