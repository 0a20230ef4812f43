import { Type } from 'typebox'
import type { PlatformActor } from '../../access/actor.ts'
import { notSignedIn } from '../../http/problems.ts'
import { Nothing, type Route, route } from '../../http/route.ts'
import { Id } from '../../http/schema.ts'
import {
  changeConnection,
  clientSecretPath,
  createConnection,
  deleteConnection,
  getConnection,
  listConnections,
  storeClientSecret,
  useClientSecret,
} from '../../identity/sso/connection.ts'
import {
  mappingUnknown,
  ssoConnectionDisabled,
  ssoPresetInvalid,
  ssoProviderUnavailable,
  ssoSecretMissing,
  tooManyConnections,
} from '../../identity/sso/problems.ts'
import { egressRefused } from '../../kernel/egress.ts'
import { notFound } from '../../kernel/problem.ts'
import { listPlatformMappings, listReach, setPlatformMappings } from '../sso/platform-entrance.ts'
import { checkProvider } from '../sso/provider-check.ts'
import type { SsoRouteNeeds } from '../sso/route-needs.ts'
import { beginSso } from '../sso/sign-in.ts'
import { withdrawConnection } from '../sso/withdrawal.ts'
import { entitlementRoutes } from './sso-entitlement-routes.ts'
import { platformTokenRoutes } from './scim-platform-routes.ts'
import { platformDomainRoutes } from './sso-platform-domain-routes.ts'
import {
  BegunSignIn,
  ClientSecret,
  ConnectionCheck,
  ConnectionDraft,
  ConnectionPatch,
  ConnectionView,
  GroupName,
  Role,
  viewOf,
} from './sso-schema.ts'

const tag = 'Platform single sign-on'
const scope = 'platform'
const permission = 'platform.settings.manage'
const PATH = '/api/platform/sso/connections'
const ONE = `${PATH}/:connection`
const params = Type.Object({ connection: Id }, { additionalProperties: false })

/** Connections of the platform, domains that the super-admin gives, and which organisations may use single sign-on. */
export function ssoPlatformRoutes(needs: SsoRouteNeeds): readonly Route[] {
  return [
    ...readingRoutes(needs),
    ...changeRoutes(needs),
    ...wideRoutes(needs),
    ...platformDomainRoutes(needs),
    ...mappingRoutes(),
    ...platformTokenRoutes(),
    ...entitlementRoutes(needs),
  ]
}

function readingRoutes(needs: SsoRouteNeeds): readonly Route[] {
  return [
    route({
      operation: 'platform_sso_connection_list',
      method: 'GET',
      path: PATH,
      summary: "List the platform's connections to identity providers",
      tag,
      scope,
      permission,
      response: Type.Object({ items: Type.Array(ConnectionView) }),
      handle: async (tx) => ({ items: (await listConnections(tx, null)).map((each) => viewOf(each, needs.origin())) }),
    }),
    route({
      operation: 'platform_sso_connection_view',
      method: 'GET',
      path: ONE,
      summary: 'Show a connection of the platform',
      tag,
      scope,
      permission,
      params,
      response: ConnectionView,
      problems: [notFound],
      handle: async (tx, _actor, input) =>
        viewOf(await getConnection(tx, null, input.params.connection), needs.origin()),
    }),
    route({
      operation: 'platform_sso_connection_check',
      method: 'GET',
      path: `${ONE}/check`,
      summary: 'Ask the provider what it says about itself',
      tag,
      scope: 'platform_wide',
      permission,
      params,
      response: ConnectionCheck,
      problems: [notFound, ssoProviderUnavailable],
      handle: async (control, _actor, input) =>
        checkProvider(needs, await control.transaction((tx) => getConnection(tx, null, input.params.connection))),
    }),
  ]
}

function changeRoutes(needs: SsoRouteNeeds): readonly Route[] {
  return [
    route({
      operation: 'platform_sso_connection_create',
      method: 'POST',
      path: PATH,
      summary: 'Make a connection of the platform, as a draft; its groups lead into organisations',
      tag,
      scope,
      permission,
      step_up: true,
      body: ConnectionDraft,
      response: ConnectionView,
      status: 201,
      problems: [ssoPresetInvalid, egressRefused, tooManyConnections],
      audit: { event: 'sso_connection.created', written_by: 'handler' },
      handle: async (tx, _actor, { body }, { origin, act_id }) =>
        viewOf(await createConnection(tx, origin, null, body, needs.egress, act_id), needs.origin()),
    }),
    route({
      operation: 'platform_sso_connection_change',
      method: 'PATCH',
      path: ONE,
      summary: 'Change a connection of the platform, take it into use, or stop using it',
      tag,
      scope,
      permission,
      step_up: true,
      params,
      body: ConnectionPatch,
      response: ConnectionView,
      problems: [notFound, ssoPresetInvalid, egressRefused, ssoSecretMissing],
      audit: { event: 'sso_connection.updated', written_by: 'handler' },
      handle: async (tx, _actor, input, { origin }) =>
        viewOf(
          await changeConnection(tx, origin, null, input.params.connection, input.body, needs.egress),
          needs.origin(),
        ),
    }),
  ]
}

/** A session's person; the operator has none. */
function personOf(actor: PlatformActor): string {
  if (actor.kind !== 'user') throw notSignedIn()
  return actor.user_id
}

function wideRoutes(needs: SsoRouteNeeds): readonly Route[] {
  return [
    route({
      operation: 'platform_sso_connection_set_secret',
      method: 'PUT',
      path: `${ONE}/secret`,
      summary: 'Set the client secret of a connection; it is never shown again',
      tag,
      scope: 'platform_wide',
      permission,
      step_up: true,
      params,
      body: ClientSecret,
      response: ConnectionView,
      problems: [notFound],
      audit: { event: 'sso_connection.secret_set', written_by: 'handler' },
      async handle(control, _actor, input, { origin }) {
        const { connection: id } = input.params
        await control.transaction((tx) => getConnection(tx, null, id))
        const stored = await storeClientSecret(needs.secrets, clientSecretPath(null, id), input.body.client_secret)
        return viewOf(await control.transaction((tx) => useClientSecret(tx, origin, null, id, stored)), needs.origin())
      },
    }),
    route({
      operation: 'platform_sso_connection_test',
      method: 'POST',
      path: `${ONE}/test-sign-in`,
      summary: 'Begin a test: you sign in at the provider and see what would come of it',
      tag,
      scope: 'platform_wide',
      permission,
      params,
      body: Type.Object(
        { return_to: Type.Optional(Type.String({ maxLength: 2000 })) },
        { additionalProperties: false },
      ),
      response: BegunSignIn,
      problems: [notFound, ssoConnectionDisabled, ssoProviderUnavailable],
      audit: { event: 'sso.tested', written_by: 'handler' },
      async handle(control, actor, input, request, reply) {
        const { connection } = input.params
        await control.transaction((tx) => getConnection(tx, null, connection))
        const beginning = {
          connection_id: connection,
          purpose: 'test',
          user_id: personOf(actor),
          return_to: input.body.return_to ?? '/',
          login_hint: null,
          reauthenticates: false,
        } as const
        const begun = await beginSso(needs, beginning, request.browser_secret)
        reply.setBrowserSecret(begun.browser_secret)
        return { authorization_url: begun.authorization_url }
      },
    }),
    route({
      operation: 'platform_sso_connection_delete',
      method: 'DELETE',
      path: ONE,
      summary: 'Delete a connection of the platform; what its groups gave is taken back everywhere',
      tag,
      scope: 'platform_wide',
      permission,
      step_up: true,
      params,
      response: Nothing,
      status: 204,
      problems: [notFound],
      audit: { event: 'sso_connection.deleted', written_by: 'handler' },
      async handle(control, _actor, input, request) {
        const { connection: id } = input.params
        const reach = await control.transaction(async (tx) => {
          await changeConnection(tx, request.origin, null, id, { status: 'disabled' }, needs.egress)
          return listReach(tx, id)
        })
        for (const organisation of reach) {
          await withdrawConnection(await needs.databases.of(organisation), organisation, id, request)
        }
        const { secret_path } = await control.transaction((tx) => deleteConnection(tx, request.origin, null, id))
        if (secret_path !== null) await needs.secrets.destroy(secret_path)
        return {}
      },
    }),
  ]
}

function mappingRoutes(): readonly Route[] {
  const Mapping = Type.Object(
    { group_name: GroupName, organisation_id: Id, base_role: Role },
    { additionalProperties: false },
  )
  const Mappings = Type.Object({ mappings: Type.Array(Mapping, { maxItems: 1000 }) }, { additionalProperties: false })
  return [
    route({
      operation: 'platform_sso_mapping_list',
      method: 'GET',
      path: `${ONE}/mappings`,
      summary: 'List which groups lead into which organisations',
      tag,
      scope,
      permission,
      params,
      response: Mappings,
      problems: [notFound],
      handle: async (tx, _actor, input) => ({
        mappings: [...(await listPlatformMappings(tx, input.params.connection))],
      }),
    }),
    route({
      operation: 'platform_sso_mapping_set',
      method: 'PUT',
      path: `${ONE}/mappings`,
      summary: 'Set which groups lead into which organisations, and as what',
      tag,
      scope,
      permission,
      step_up: true,
      params,
      body: Mappings,
      response: Mappings,
      problems: [notFound, mappingUnknown],
      audit: { event: 'sso_mapping.updated', written_by: 'handler' },
      handle: async (tx, _actor, input, { origin }) => ({
        mappings: [...(await setPlatformMappings(tx, origin, input.params.connection, input.body.mappings))],
      }),
    }),
  ]
}
