import { Type } from 'typebox'
import { Nothing, type Route, route } from '../../http/route.ts'
import { Id } from '../../http/schema.ts'
import { findConnection } from '../../identity/sso/connection.ts'
import { claimDomain, grantDomain, listDomains, releaseDomain, verifyDomain } from '../../identity/sso/domain.ts'
import {
  dnsUnavailable,
  domainInvalid,
  domainLooksAlike,
  domainNotProven,
  domainTaken,
  tooManyConnections,
} from '../../identity/sso/problems.ts'
import type { ControlTx } from '../../kernel/database.ts'
import { notFound } from '../../kernel/problem.ts'
import { deliverAfter } from '../entry-delivery.ts'
import type { SsoRouteNeeds } from '../sso/route-needs.ts'
import { DomainClaim, DomainName, DomainView } from './sso-schema.ts'

const tag = 'Platform single sign-on'
const scope = 'platform'
const permission = 'platform.settings.manage'
const ONE = '/api/platform/sso/connections/:connection'
const DOMAIN = `${ONE}/domains/:domain`
const params = Type.Object({ connection: Id }, { additionalProperties: false })
const domainParams = Type.Object({ connection: Id, domain: DomainName }, { additionalProperties: false })

/** Domains of every connection, whoever it belongs to: the super-admin gives and takes them. */
export function platformDomainRoutes(needs: SsoRouteNeeds): readonly Route[] {
  return [
    route({
      operation: 'platform_sso_domain_list',
      method: 'GET',
      path: `${ONE}/domains`,
      summary: 'List the domains of a connection, of the platform or of an organisation',
      tag,
      scope,
      permission,
      params,
      response: Type.Object({ items: Type.Array(DomainView) }),
      problems: [notFound],
      async handle(tx, _actor, input) {
        const owner = await ownerOf(tx, input.params.connection)
        return { items: [...(await listDomains(tx, owner, input.params.connection))] }
      },
    }),
    route({
      operation: 'platform_sso_domain_claim',
      method: 'POST',
      path: `${ONE}/domains`,
      summary: 'Claim a domain for a connection of the platform',
      tag,
      scope,
      permission,
      params,
      body: DomainClaim,
      response: DomainView,
      status: 201,
      problems: [notFound, domainInvalid, tooManyConnections],
      audit: { event: 'domain.claimed', written_by: 'handler' },
      handle: (tx, _actor, input, { origin }) =>
        claimDomain(tx, origin, null, input.params.connection, input.body.domain),
    }),
    route({
      operation: 'platform_sso_domain_verify',
      method: 'POST',
      path: `${DOMAIN}/verify`,
      summary: 'Look for the DNS record that proves a domain of a connection of the platform',
      tag,
      scope: 'platform_wide',
      permission,
      step_up: true,
      params: domainParams,
      response: DomainView,
      problems: [notFound, domainNotProven, domainTaken, domainLooksAlike, dnsUnavailable],
      audit: { event: 'domain.verified', written_by: 'handler' },
      handle(control, _actor, input, { origin }) {
        const { connection: connection_id, domain } = input.params
        return verifyDomain(control, needs.lookUpTexts, origin, { owner: null, connection_id, domain })
      },
    }),
    route({
      operation: 'platform_sso_domain_grant',
      method: 'POST',
      path: `${DOMAIN}/grant`,
      summary: 'Give a claimed domain to its connection without a DNS record, whoever the connection belongs to',
      tag,
      scope: 'platform_wide',
      permission,
      step_up: true,
      params: domainParams,
      response: DomainView,
      problems: [notFound, domainTaken],
      audit: { event: 'domain.verified', written_by: 'handler' },
      async handle(control, _actor, input, { origin }) {
        const { connection: connection_id, domain } = input.params
        const owner = await control.transaction((tx) => ownerOf(tx, connection_id))
        const given = { owner, connection_id, domain, by: 'superadmin' } as const
        const act = () => control.transaction((tx) => grantDomain(tx, origin, given))
        return owner === null ? act() : deliverAfter(control, needs.databases, owner, act)
      },
    }),
    route({
      operation: 'platform_sso_domain_release',
      method: 'DELETE',
      path: DOMAIN,
      summary: 'Take a domain from its connection, whoever that belongs to',
      tag,
      scope: 'platform_wide',
      permission,
      params: domainParams,
      response: Nothing,
      status: 204,
      problems: [notFound],
      audit: { event: 'domain.released', written_by: 'handler' },
      async handle(control, _actor, input, { origin }) {
        const { connection, domain } = input.params
        const owner = await control.transaction((tx) => ownerOf(tx, connection))
        const act = () => control.transaction((tx) => releaseDomain(tx, origin, owner, connection, domain))
        await (owner === null ? act() : deliverAfter(control, needs.databases, owner, act))
        return {}
      },
    }),
  ]
}

/** Whose a connection is; `not_found` for none. */
async function ownerOf(tx: ControlTx, connection_id: string): Promise<string | null> {
  const connection = await findConnection(tx, connection_id)
  if (connection === null) throw notFound()
  return connection.organisation_id
}
