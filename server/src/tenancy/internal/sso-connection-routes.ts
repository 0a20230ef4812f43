import { Type } from 'typebox'
import { ORGANISATION_PATH, type OrganisationRequest, type Route, Nothing, route } from '../../http/route.ts'
import { Id, orgParams } from '../../http/schema.ts'
import {
  changeConnection,
  clientSecretPath,
  createConnection,
  deleteConnection,
  getConnection,
  listConnections,
  requireEntitled,
  storeClientSecret,
  useClientSecret,
} from '../../identity/sso/connection.ts'
import { claimDomain, listDomains, releaseDomain, verifyDomain } from '../../identity/sso/domain.ts'
import { getEnforcement } from '../../identity/sso/enforcement.ts'
import {
  dnsUnavailable,
  domainInvalid,
  domainLooksAlike,
  domainNotProven,
  domainTaken,
  ssoNotEntitled,
  ssoPresetInvalid,
  ssoProviderUnavailable,
  ssoSecretMissing,
  ssoStillEnforced,
  tooManyConnections,
} from '../../identity/sso/problems.ts'
import { egressRefused } from '../../kernel/egress.ts'
import { notFound } from '../../kernel/problem.ts'
import { deliverAfter } from '../entry-delivery.ts'
import { checkProvider } from '../sso/provider-check.ts'
import { withdrawConnection } from '../sso/withdrawal.ts'
import type { SsoRouteNeeds } from '../sso/route-needs.ts'
import {
  ClientSecret,
  ConnectionCheck,
  ConnectionDraft,
  ConnectionPatch,
  ConnectionView,
  DomainClaim,
  DomainName,
  DomainView,
  viewOf,
} from './sso-schema.ts'

const tag = 'Single sign-on'
const scope = 'organisation_wide'
const permission = 'sso.manage'
const PATH = `${ORGANISATION_PATH}/sso/connections`
const ONE = `${PATH}/:connection`
const DOMAIN = `${ONE}/domains/:domain`
const domainParams = Type.Object({ org: Id, connection: Id, domain: DomainName }, { additionalProperties: false })

/** The connections of an organisation and the domains they may speak for. */
export function ssoConnectionRoutes(needs: SsoRouteNeeds): readonly Route[] {
  return [...readingRoutes(needs), ...changeRoutes(needs), ...secretRoutes(needs), ...domainRoutes(needs)]
}

/** What control has decided and written stands in the organisation's log before the answer goes out. */
const told = <Result>(needs: SsoRouteNeeds, { organisation }: OrganisationRequest, work: () => Promise<Result>) =>
  deliverAfter(needs.control, needs.databases, organisation.id, work)

function readingRoutes(needs: SsoRouteNeeds): readonly Route[] {
  return [
    route({
      operation: 'sso_connection_list',
      method: 'GET',
      path: PATH,
      summary: 'List the connections to identity providers',
      tag,
      scope,
      permission,
      params: orgParams(),
      response: Type.Object({ items: Type.Array(ConnectionView) }),
      async handle({ control }, _actor, { params }) {
        const items = await control.transaction((tx) => listConnections(tx, params.org))
        return { items: items.map((each) => viewOf(each, needs.origin())) }
      },
    }),
    route({
      operation: 'sso_connection_view',
      method: 'GET',
      path: ONE,
      summary: 'Show a connection, with the addresses to register at the provider',
      tag,
      scope,
      permission,
      params: orgParams('connection'),
      response: ConnectionView,
      problems: [notFound],
      handle: async ({ control }, _actor, { params }) =>
        viewOf(await control.transaction((tx) => getConnection(tx, params.org, params.connection)), needs.origin()),
    }),
    route({
      operation: 'sso_connection_check',
      method: 'GET',
      path: `${ONE}/check`,
      summary: 'Ask the provider what it says about itself: whether it can be reached and is who it should be',
      tag,
      scope,
      permission,
      params: orgParams('connection'),
      response: ConnectionCheck,
      problems: [notFound, ssoProviderUnavailable],
      handle: async ({ control }, _actor, { params }) =>
        checkProvider(needs, await control.transaction((tx) => getConnection(tx, params.org, params.connection))),
    }),
  ]
}

function changeRoutes(needs: SsoRouteNeeds): readonly Route[] {
  return [
    route({
      operation: 'sso_connection_create',
      method: 'POST',
      path: PATH,
      summary: 'Make a connection to an identity provider, as a draft',
      tag,
      scope,
      permission,
      step_up: true,
      params: orgParams(),
      body: ConnectionDraft,
      response: ConnectionView,
      status: 201,
      problems: [ssoNotEntitled, ssoPresetInvalid, egressRefused, tooManyConnections],
      audit: { event: 'sso_connection.created', written_by: 'handler' },
      handle: ({ control }, _actor, { params, body }, request) =>
        told(needs, request, async () =>
          viewOf(
            await control.transaction((tx) =>
              createConnection(tx, request.origin, params.org, body, needs.egress, request.act_id),
            ),
            needs.origin(),
          ),
        ),
    }),
    route({
      operation: 'sso_connection_change',
      method: 'PATCH',
      path: ONE,
      summary: 'Change a connection, take it into use, or stop using it, which ends the sessions made through it',
      tag,
      scope,
      permission,
      step_up: true,
      params: orgParams('connection'),
      body: ConnectionPatch,
      response: ConnectionView,
      problems: [notFound, ssoNotEntitled, ssoPresetInvalid, egressRefused, ssoSecretMissing, ssoStillEnforced],
      audit: { event: 'sso_connection.updated', written_by: 'handler' },
      handle: ({ control }, _actor, { params, body }, request) =>
        told(needs, request, async () => {
          const connection = await control.transaction(async (tx) => {
            if (body.status === 'disabled') await requireAnotherWay(tx, params.org, params.connection)
            return changeConnection(tx, request.origin, params.org, params.connection, body, needs.egress)
          })
          return viewOf(connection, needs.origin())
        }),
    }),
    route({
      operation: 'sso_connection_delete',
      method: 'DELETE',
      path: ONE,
      summary: 'Delete a connection; what its groups gave is taken back, and its sessions end',
      tag,
      scope,
      permission,
      step_up: true,
      params: orgParams('connection'),
      response: Nothing,
      status: 204,
      problems: [notFound, ssoStillEnforced],
      audit: { event: 'sso_connection.deleted', written_by: 'handler' },
      handle: ({ control, organisation }, _actor, { params }, request) =>
        told(needs, request, async () => {
          const { connection: id, org } = params
          // Out of use first, so that nobody comes in while what it gave is taken back.
          await control.transaction(async (tx) => {
            await requireAnotherWay(tx, org, id)
            await changeConnection(tx, request.origin, org, id, { status: 'disabled' }, needs.egress)
          })
          await withdrawConnection(organisation, org, id, request)
          const { secret_path } = await control.transaction((tx) => deleteConnection(tx, request.origin, org, id))
          if (secret_path !== null) await needs.secrets.destroy(secret_path)
          return {}
        }),
    }),
  ]
}

type Tx = Parameters<typeof getEnforcement>[0]

/** Refuses (`sso_still_enforced`) to take the last connection away through which people must come in. */
async function requireAnotherWay(tx: Tx, organisation_id: string, connection_id: string): Promise<void> {
  await getConnection(tx, organisation_id, connection_id)
  const { is_enforced } = await getEnforcement(tx, organisation_id)
  const others = (await listConnections(tx, organisation_id)).filter(
    (each) => each.id !== connection_id && each.status === 'enabled',
  )
  if (is_enforced && others.length === 0) throw ssoStillEnforced()
}

function secretRoutes(needs: SsoRouteNeeds): readonly Route[] {
  return [
    route({
      operation: 'sso_connection_set_secret',
      method: 'PUT',
      path: `${ONE}/secret`,
      summary: 'Set the client secret of a connection; it is never shown again',
      tag,
      scope,
      permission,
      step_up: true,
      params: orgParams('connection'),
      body: ClientSecret,
      response: ConnectionView,
      problems: [notFound, ssoNotEntitled],
      audit: { event: 'sso_connection.secret_set', written_by: 'handler' },
      handle: ({ control }, _actor, { params, body }, request) =>
        told(needs, request, async () => {
          const { org, connection: id } = params
          await control.transaction(async (tx) => {
            await getConnection(tx, org, id)
            await requireEntitled(tx, org)
          })
          const stored = await storeClientSecret(needs.secrets, clientSecretPath(org, id), body.client_secret)
          const connection = await control.transaction((tx) => useClientSecret(tx, request.origin, org, id, stored))
          return viewOf(connection, needs.origin())
        }),
    }),
  ]
}

function domainRoutes(needs: SsoRouteNeeds): readonly Route[] {
  return [
    route({
      operation: 'sso_domain_list',
      method: 'GET',
      path: `${ONE}/domains`,
      summary: 'List the domains of a connection, with the DNS records that prove them',
      tag,
      scope,
      permission,
      params: orgParams('connection'),
      response: Type.Object({ items: Type.Array(DomainView) }),
      problems: [notFound],
      handle: async ({ control }, _actor, { params }) => ({
        items: [...(await control.transaction((tx) => listDomains(tx, params.org, params.connection)))],
      }),
    }),
    route({
      operation: 'sso_domain_claim',
      method: 'POST',
      path: `${ONE}/domains`,
      summary: 'Claim a domain for a connection; it counts once it is proven',
      tag,
      scope,
      permission,
      params: orgParams('connection'),
      body: DomainClaim,
      response: DomainView,
      status: 201,
      problems: [notFound, ssoNotEntitled, domainInvalid, tooManyConnections],
      audit: { event: 'domain.claimed', written_by: 'handler' },
      handle: ({ control }, _actor, { params, body }, request) =>
        told(needs, request, () =>
          control.transaction((tx) => claimDomain(tx, request.origin, params.org, params.connection, body.domain)),
        ),
    }),
    route({
      operation: 'sso_domain_verify',
      method: 'POST',
      path: `${DOMAIN}/verify`,
      summary: 'Look for the DNS record that proves a domain',
      tag,
      scope,
      permission,
      step_up: true,
      params: domainParams,
      response: DomainView,
      problems: [notFound, domainNotProven, domainTaken, domainLooksAlike, dnsUnavailable],
      audit: { event: 'domain.verified', written_by: 'handler' },
      handle: ({ control }, _actor, { params }, request) =>
        told(needs, request, () => {
          const claimed = { owner: params.org, connection_id: params.connection, domain: params.domain }
          return verifyDomain(control, needs.lookUpTexts, request.origin, claimed)
        }),
    }),
    route({
      operation: 'sso_domain_release',
      method: 'DELETE',
      path: DOMAIN,
      summary: 'Give a domain up',
      tag,
      scope,
      permission,
      params: domainParams,
      response: Nothing,
      status: 204,
      problems: [notFound],
      audit: { event: 'domain.released', written_by: 'handler' },
      handle: ({ control }, _actor, { params }, request) =>
        told(needs, request, async () => {
          const { org, connection, domain } = params
          await control.transaction((tx) => releaseDomain(tx, request.origin, org, connection, domain))
          return {}
        }),
    }),
  ]
}
