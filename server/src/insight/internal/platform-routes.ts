import { Type } from 'typebox'
import { type Route, route } from '../../http/route.ts'
import { nullable } from '../../http/schema.ts'
import { readVersion } from '../../kernel/version.ts'
import type { SecretStore } from '../../secrets/secret-store.ts'
import { readOverview } from '../platform-overview.ts'
import { listNamed, PLATFORM_FOUND_KINDS, searchPlatform } from '../platform-search.ts'

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const Ids = Type.String({
  pattern: `^${UUID}(?:,${UUID}){0,99}$`,
  maxLength: 3700,
  description: 'Up to 100 ids, separated by commas',
})
const Count = Type.Integer({ minimum: 0 })

const Overview = Type.Object({
  version: Type.String(),
  currency: Type.String({ description: 'The one currency of the deployment, ISO 4217' }),
  is_named: Type.Boolean({ description: 'Somebody chose what the deployment is called' }),
  organisations: Type.Object({
    awaiting_owner: Count,
    active: Count,
    suspended: Count,
    archived: Count,
    pending_purge: Count,
    new: Count,
  }),
  people: Type.Object({
    active: Count,
    disabled: Count,
    superadmins: Count,
    unprotected_superadmins: Count,
    seen: Count,
  }),
  models: Type.Object({ providers: Count, keyless_providers: Count, models: Count, callable: Count }),
  health: Type.Object({
    nodes: Count,
    spare_databases: Count,
    mails_waiting: Count,
    mails_failed: Count,
    imports_running: Count,
    has_mail_server: Type.Boolean(),
    secrets_failure: nullable(Type.String({ description: 'Why secrets cannot be read now' })),
  }),
})

const Found = Type.Object({
  kind: Type.Enum(PLATFORM_FOUND_KINDS),
  id: Type.String(),
  name: Type.String(),
  detail: Type.String({ description: 'The status of an organisation, the address of an account' }),
})

export type InsightNeeds = { readonly secrets: Pick<SecretStore, 'health'> }

/** How the deployment stands, and finding organisations and accounts in it. */
export function platformInsightRoutes({ secrets }: InsightNeeds): readonly Route[] {
  const version = readVersion()
  return [
    route({
      operation: 'platform_overview_get',
      method: 'GET',
      path: '/api/platform/overview',
      scope: 'platform_wide',
      permission: 'platform.organisation.view',
      tag: 'Platform',
      summary: 'Count organisations, people, models and what runs, as the platform itself knows them',
      response: Overview,
      async handle(control) {
        const [overview, store] = await Promise.all([control.transaction(readOverview), secrets.health()])
        const secrets_failure = store.healthy ? null : store.reason
        return { version, ...overview, health: { ...overview.health, secrets_failure } }
      },
    }),
    route({
      operation: 'platform_search',
      method: 'GET',
      path: '/api/platform/search',
      scope: 'platform',
      // Whoever sees every organisation is a super-admin and sees every account.
      permission: 'platform.organisation.view',
      tag: 'Search',
      summary: 'Find organisations and accounts by a part of their name or address, or by their id',
      query: Type.Object(
        { q: Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000]*$' }) },
        { additionalProperties: false },
      ),
      response: Type.Object({ items: Type.Array(Found) }),
      handle: async (tx, _actor, { query }) => ({ items: [...(await searchPlatform(tx, query.q))] }),
    }),
    route({
      operation: 'platform_name_list',
      method: 'GET',
      path: '/api/platform/names',
      scope: 'platform',
      permission: 'platform.organisation.view',
      tag: 'Search',
      summary: 'What organisations and accounts are called, by their ids',
      query: Type.Object({ ids: Ids }, { additionalProperties: false }),
      response: Type.Object({ items: Type.Array(Found) }),
      handle: async (tx, _actor, { query }) => ({ items: [...(await listNamed(tx, query.ids.split(',')))] }),
    }),
  ]
}
