import { Type } from 'typebox'
import { BASE_ROLES, DESIGNATIONS } from '../../access/permission.ts'
import { PROJECT_ROLES } from '../../access/scope-role.ts'
import { appendEntry } from '../../audit/append.ts'
import { notSignedIn } from '../../http/problems.ts'
import { Nothing, ORGANISATION_PATH, type OrganisationActor, type Route, route } from '../../http/route.ts'
import { Id, nullable, orgParams, Timestamp } from '../../http/schema.ts'
import { getConnection, getEntitlement } from '../../identity/sso/connection.ts'
import { MAX_BREAK_GLASS_DAYS } from '../../identity/sso/enforcement.ts'
import {
  breakGlassNeeded,
  mappingUnknown,
  scimTokenLimit,
  ssoConnectionDisabled,
  ssoLocksOut,
  ssoNotEntitled,
  ssoNotTested,
  ssoProviderUnavailable,
} from '../../identity/sso/problems.ts'
import { createScimToken, listScimTokens, revokeScimToken } from '../../identity/sso/scim-token.ts'
import { notFound } from '../../kernel/problem.ts'
import { deliverAfter } from '../entry-delivery.ts'
import { changeEnforcement, getEnforcementView } from '../sso/enforcement-view.ts'
import { listMappings, MAX_MAPPINGS, setMappings } from '../sso/mapping.ts'
import type { SsoRouteNeeds } from '../sso/route-needs.ts'
import { beginSso } from '../sso/sign-in.ts'
import { BegunSignIn, GroupName, NewToken, TokenDraft, TokenItem } from './sso-schema.ts'

const tag = 'Single sign-on'
const scope = 'organisation_wide'
const permission = 'sso.manage'
const SSO = `${ORGANISATION_PATH}/sso`
const ONE = `${SSO}/connections/:connection`

const Mapping = Type.Object(
  {
    group_name: GroupName,
    base_role: nullable(Type.Enum(BASE_ROLES)),
    designations: Type.Array(Type.Enum(DESIGNATIONS), { uniqueItems: true, maxItems: DESIGNATIONS.length }),
    team_id: nullable(Id),
    is_manager: Type.Boolean(),
    project_id: nullable(Id),
    project_role: nullable(Type.Enum(PROJECT_ROLES)),
  },
  { additionalProperties: false },
)
const Mappings = Type.Object(
  { mappings: Type.Array(Mapping, { maxItems: MAX_MAPPINGS }) },
  { additionalProperties: false },
)

const Enforcement = Type.Object({
  is_enforced: Type.Boolean(),
  enforced_at: nullable(Timestamp),
  break_glass: nullable(
    Type.Object(
      { member_id: Id, until: Timestamp, is_able: Type.Boolean() },
      {
        description:
          'Who may come in without single sign-on, and how long; they are able to only while they are an active owner',
      },
    ),
  ),
  impact: Type.Object({
    active_members: Type.Integer(),
    linked_members: Type.Integer({ description: 'Members who have come in through a connection and can again' }),
    you_are_linked: Type.Boolean(),
  }),
})

/** What a connection gives, who must come through one, and the tokens with which providers provision. */
export function ssoAccessRoutes(needs: SsoRouteNeeds): readonly Route[] {
  return [...overviewRoutes(), ...mappingRoutes(), testRoute(needs), ...enforcementRoutes(needs), ...tokenRoutes(needs)]
}

/** The person who asks; keys hold no `sso.manage`. */
function personOf(actor: OrganisationActor): string {
  if (actor.kind !== 'user') throw notSignedIn()
  return actor.user_id
}

function overviewRoutes(): readonly Route[] {
  return [
    route({
      operation: 'sso_entitlement_view',
      method: 'GET',
      path: `${SSO}/entitlement`,
      summary: 'Whether the organisation may use single sign-on, and whom to ask for it',
      tag,
      scope,
      permission,
      params: orgParams(),
      response: Type.Object({ is_entitled: Type.Boolean(), contact: Type.String() }),
      handle: ({ control }, _actor, { params }) => control.transaction((tx) => getEntitlement(tx, params.org)),
    }),
  ]
}

function mappingRoutes(): readonly Route[] {
  return [
    route({
      operation: 'sso_mapping_list',
      method: 'GET',
      path: `${ONE}/mappings`,
      summary: 'List what groups at the provider give here',
      tag,
      scope,
      permission,
      params: orgParams('connection'),
      response: Mappings,
      problems: [notFound],
      async handle({ control, organisation }, _actor, { params }) {
        await control.transaction((tx) => getConnection(tx, params.org, params.connection))
        const mappings = await organisation.transaction((tx) => listMappings(tx, params.connection))
        return { mappings: mappings.map((each) => ({ ...each, designations: [...each.designations] })) }
      },
    }),
    route({
      operation: 'sso_mapping_set',
      method: 'PUT',
      path: `${ONE}/mappings`,
      summary: 'Set what groups at the provider give here; it is computed anew at each sign-in',
      tag,
      scope,
      permission,
      step_up: true,
      params: orgParams('connection'),
      body: Mappings,
      response: Mappings,
      problems: [notFound, ssoNotEntitled, mappingUnknown],
      audit: { event: 'sso_mapping.updated', written_by: 'handler' },
      async handle({ control, decide }, _actor, { params, body }, { origin }) {
        await control.transaction((tx) => getConnection(tx, params.org, params.connection))
        return decide(async (tx) => {
          const { mappings, before } = await setMappings(tx, params.connection, body.mappings)
          const target = { type: 'sso_connection', id: params.connection }
          await appendEntry(tx, origin, { event: 'sso_mapping.updated', target, data: { before, after: mappings } })
          return { mappings: mappings.map((each) => ({ ...each, designations: [...each.designations] })) }
        })
      },
    }),
  ]
}

function testRoute(needs: SsoRouteNeeds): Route {
  return route({
    operation: 'sso_connection_test',
    method: 'POST',
    path: `${ONE}/test-sign-in`,
    summary: 'Begin a test: you sign in at the provider and see what would come of it; nothing else happens',
    tag,
    scope,
    permission,
    params: orgParams('connection'),
    body: Type.Object({ return_to: Type.Optional(Type.String({ maxLength: 2000 })) }, { additionalProperties: false }),
    response: BegunSignIn,
    problems: [notFound, ssoNotEntitled, ssoConnectionDisabled, ssoProviderUnavailable],
    audit: { event: 'sso.tested', written_by: 'handler' },
    async handle({ control }, actor, { params, body }, request, reply) {
      await control.transaction((tx) => getConnection(tx, params.org, params.connection))
      const beginning = {
        connection_id: params.connection,
        purpose: 'test',
        user_id: personOf(actor),
        return_to: body.return_to ?? '/',
        login_hint: null,
        reauthenticates: false,
      } as const
      const begun = await beginSso(needs, beginning, request.browser_secret)
      reply.setBrowserSecret(begun.browser_secret)
      return { authorization_url: begun.authorization_url }
    },
  })
}

function enforcementRoutes(needs: SsoRouteNeeds): readonly Route[] {
  return [
    route({
      operation: 'sso_enforcement_view',
      method: 'GET',
      path: `${SSO}/enforcement`,
      summary: 'Whether people must come through single sign-on, and who could not any more',
      tag,
      scope,
      permission,
      params: orgParams(),
      response: Enforcement,
      handle: (both, actor, { params }) =>
        getEnforcementView(both, { organisation_id: params.org, user_id: personOf(actor) }),
    }),
    route({
      operation: 'sso_enforcement_set',
      method: 'PUT',
      path: `${SSO}/enforcement`,
      summary:
        'Let people in through single sign-on only, but for one owner who may break the glass; or let them in again',
      tag,
      scope,
      permission,
      step_up: true,
      params: orgParams(),
      body: Type.Object(
        {
          is_enforced: Type.Boolean(),
          break_glass: nullable(
            Type.Object(
              { member_id: Id, days: Type.Integer({ minimum: 1, maximum: MAX_BREAK_GLASS_DAYS }) },
              { additionalProperties: false },
            ),
          ),
          confirm_lockout: Type.Optional(Type.Boolean()),
        },
        { additionalProperties: false },
      ),
      response: Enforcement,
      problems: [ssoNotEntitled, ssoNotTested, breakGlassNeeded, ssoLocksOut],
      audit: { event: 'sso_enforcement.changed', written_by: 'handler' },
      async handle(both, actor, { params, body }, { origin }) {
        const place = { organisation_id: params.org, user_id: personOf(actor) }
        const input = { ...body, confirm_lockout: body.confirm_lockout === true }
        await deliverAfter(needs.control, needs.databases, params.org, () =>
          changeEnforcement(both, origin, place, input),
        )
        return getEnforcementView(both, place)
      },
    }),
  ]
}

function tokenRoutes(needs: SsoRouteNeeds): readonly Route[] {
  const PATH = `${ONE}/scim-tokens`
  return [
    route({
      operation: 'scim_token_list',
      method: 'GET',
      path: PATH,
      summary: 'List the tokens with which the provider provisions people',
      tag,
      scope,
      permission,
      params: orgParams('connection'),
      response: Type.Object({ items: Type.Array(TokenItem) }),
      problems: [notFound],
      handle: async ({ control }, _actor, { params }) => ({
        items: [...(await control.transaction((tx) => listScimTokens(tx, params.org, params.connection)))],
      }),
    }),
    route({
      operation: 'scim_token_create',
      method: 'POST',
      path: PATH,
      summary: 'Make a token for provisioning; it is shown once, and a second one may live beside it',
      tag,
      scope,
      permission,
      step_up: true,
      params: orgParams('connection'),
      body: TokenDraft,
      response: NewToken,
      status: 201,
      shown_once: ['token'],
      problems: [notFound, ssoNotEntitled, scimTokenLimit],
      audit: { event: 'scim_token.created', written_by: 'handler' },
      handle: ({ control }, _actor, { params, body }, { origin }) =>
        deliverAfter(control, needs.databases, params.org, () =>
          control.transaction((tx) => createScimToken(tx, origin, params.org, params.connection, body.days ?? 365)),
        ),
    }),
    route({
      operation: 'scim_token_revoke',
      method: 'DELETE',
      path: `${PATH}/:token`,
      summary: 'Revoke a token for provisioning at once',
      tag,
      scope,
      permission,
      params: orgParams('connection', 'token'),
      response: Nothing,
      status: 204,
      problems: [notFound],
      audit: { event: 'scim_token.revoked', written_by: 'handler' },
      handle: ({ control }, _actor, { params }, { origin }) =>
        deliverAfter(control, needs.databases, params.org, async () => {
          const { org, connection, token } = params
          await control.transaction((tx) => revokeScimToken(tx, origin, org, connection, token))
          return {}
        }),
    }),
  ]
}
