import { Type } from 'typebox'
import { type Route, route } from '../../http/route.ts'
import { Id, nullable } from '../../http/schema.ts'
import { getTierOf, listTiers, removeTier, setTier, setTierOf, tierInUse } from '../tier.ts'

const tag = 'tiers'
const TierName = Type.String({ pattern: '^[a-z][a-z0-9_-]{0,39}$' })
const limit = (maximum: number) => nullable(Type.Integer({ minimum: 1, maximum }))
const limits = {
  position: Type.Integer({ minimum: 0, maximum: 1000 }),
  max_execution_seconds: limit(30 * 86_400),
  max_input_bytes: limit(1_000_000_000_000),
  max_steps: limit(100_000),
}
const Tier = Type.Object({ name: Type.String(), is_default: Type.Boolean(), ...limits })
const params = Type.Object({ tier: TierName }, { additionalProperties: false })

/** Account tiers and their maxima; which organisation has which. */
export function tierRoutes(): readonly Route[] {
  return [
    route({
      operation: 'tier_list',
      method: 'GET',
      path: '/api/platform/tiers',
      scope: 'platform',
      permission: 'platform.policy.manage',
      tag,
      summary: 'List the account tiers with their maxima',
      response: Type.Object({
        items: Type.Array(Type.Object({ ...Tier.properties, organisations: Type.Integer() })),
      }),
      handle: async (tx) => ({ items: await listTiers(tx) }),
    }),
    route({
      operation: 'tier_set',
      method: 'PUT',
      path: '/api/platform/tiers/:tier',
      scope: 'platform',
      permission: 'platform.policy.manage',
      tag,
      summary: 'Make an account tier, or change its maxima',
      params,
      body: Type.Object(limits, { additionalProperties: false }),
      response: Tier,
      audit: {
        event: 'tier.set',
        target: ({ name }) => ({ type: 'tier', id: name }),
        data: ({ before, ...after }) => ({ before, after }),
      },
      handle: (tx, _actor, { params: { tier }, body }) => setTier(tx, tier, body),
    }),
    route({
      operation: 'tier_remove',
      method: 'DELETE',
      path: '/api/platform/tiers/:tier',
      scope: 'platform',
      permission: 'platform.policy.manage',
      tag,
      summary: 'Remove an account tier that no organisation has',
      params,
      response: Type.Object({}),
      status: 204,
      problems: [tierInUse],
      audit: { event: 'tier.removed', target: (_output, input) => ({ type: 'tier', id: input.params.tier }) },
      async handle(tx, _actor, { params: { tier } }) {
        await removeTier(tx, tier)
        return {}
      },
    }),
    route({
      operation: 'organisation_tier_get',
      method: 'GET',
      path: '/api/platform/organisations/:organisation/tier',
      scope: 'platform',
      permission: 'platform.policy.manage',
      tag,
      summary: 'Get the account tier that binds an organisation: its own, else the default one',
      params: Type.Object({ organisation: Id }, { additionalProperties: false }),
      response: Type.Object({ organisation_id: Id, tier: nullable(Tier) }),
      handle: (tx, _actor, { params: { organisation } }) => getTierOf(tx, organisation),
    }),
    route({
      operation: 'organisation_tier_set',
      method: 'PUT',
      path: '/api/platform/organisations/:organisation/tier',
      scope: 'platform',
      permission: 'platform.policy.manage',
      step_up: true,
      tag,
      summary: 'Give an organisation an account tier; its limits of time and steps bind runs under way too',
      params: Type.Object({ organisation: Id }, { additionalProperties: false }),
      body: Type.Object({ tier: TierName }, { additionalProperties: false }),
      response: Type.Object({ organisation_id: Id, tier: Tier }),
      audit: {
        event: 'organisation.tier_set',
        target: ({ organisation_id }) => ({ type: 'organisation', id: organisation_id }),
        data: ({ tier, before }) => ({ before, after: tier.name }),
      },
      handle: (tx, _actor, { params: { organisation }, body }) => setTierOf(tx, organisation, body.tier),
    }),
  ]
}
