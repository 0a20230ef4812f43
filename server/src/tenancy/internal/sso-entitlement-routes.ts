import { Type } from 'typebox'
import { type Route, route } from '../../http/route.ts'
import { Id } from '../../http/schema.ts'
import { getEntitlement, setEntitlement } from '../../identity/sso/connection.ts'
import { notFound } from '../../kernel/problem.ts'
import { deliverAfter } from '../entry-delivery.ts'
import type { SsoRouteNeeds } from '../sso/route-needs.ts'

const tag = 'Platform single sign-on'
const scope = 'platform'
const permission = 'platform.settings.manage'
const organisationParams = Type.Object({ organisation: Id }, { additionalProperties: false })

/** Which organisations may use single sign-on. */
export function entitlementRoutes(needs: SsoRouteNeeds): readonly Route[] {
  const Entitlement = Type.Object(
    {
      is_entitled: Type.Boolean(),
      contact: Type.String({ maxLength: 200, description: 'Whom the organisation asks for it' }),
    },
    { additionalProperties: false },
  )
  return [
    route({
      operation: 'platform_sso_entitlement_view',
      method: 'GET',
      path: '/api/platform/organisations/:organisation/sso-entitlement',
      summary: 'Whether an organisation may use single sign-on',
      tag,
      scope,
      permission,
      params: organisationParams,
      response: Entitlement,
      handle: (tx, _actor, input) => getEntitlement(tx, input.params.organisation),
    }),
    route({
      operation: 'platform_sso_entitlement_set',
      method: 'PUT',
      path: '/api/platform/organisations/:organisation/sso-entitlement',
      summary: 'Let an organisation use single sign-on, or not; without it nobody comes in through its connections',
      tag,
      scope: 'platform_wide',
      permission,
      step_up: true,
      params: organisationParams,
      body: Entitlement,
      response: Entitlement,
      problems: [notFound],
      audit: { event: 'sso_entitlement.changed', written_by: 'handler' },
      handle: (control, _actor, input, { origin }) => {
        const { organisation } = input.params
        return deliverAfter(control, needs.databases, organisation, () =>
          control.transaction((tx) => setEntitlement(tx, origin, organisation, input.body)),
        )
      },
    }),
  ]
}
