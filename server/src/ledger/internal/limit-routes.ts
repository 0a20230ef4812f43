import { Type } from 'typebox'
import type { Origin } from '../../audit/append.ts'
import { ORGANISATION_PATH, Nothing, type Route, route } from '../../http/route.ts'
import { Id, orgParams, PageQuery, pageSchema } from '../../http/schema.ts'
import type { OrganisationDatabases } from '../../kernel/organisation-databases.ts'
import { badCursor } from '../../kernel/page.ts'
import { notFound } from '../../kernel/problem.ts'
import { referenceUnknown } from '../../tenancy/problems.ts'
import { listVisibleLimits } from '../limit-reach.ts'
import { organisationQuotaReserved, quotaNotSet, topUpIdUsed } from '../problems.ts'
import { grantTopUp, listQuotas, listTopUps, removeQuota, setQuota } from '../quota.ts'
import {
  LimitQuery,
  ListedQuota,
  ListedSpendLimit,
  OrganisationQuotaDraft,
  OrganisationTopUpDraft,
  Quota,
  QuotaDraft,
  QuotaQuery,
  ScopeLimits,
  SpendLimit,
  SpendLimitDraft,
  SpendLimitQuery,
  TopUp,
  TopUpDraft,
} from '../schema.ts'
import { listSpendLimits, removeSpendLimit, setSpendLimit } from '../spend-limit.ts'
import { seesCosts } from '../usage-reach.ts'
import { withId } from './act-id.ts'
import type { Budget, StandingBudget } from './budget.ts'
import { type Act, actOnOrganisation, readOrganisation } from './platform-act.ts'

const tag = 'limits'
const PLATFORM_PATH = '/api/platform/organisations/:organisation'

/** Whoever sets a budget, as the log names them. */
function actingId({ actor_id }: Origin): string {
  if (actor_id === null) throw new Error('Nobody acts')
  return actor_id
}

const quotaOf = <Row extends Budget>({ amount, ...row }: Row) => ({ ...row, limit_tokens: amount })
const spendLimitOf = <Row extends Budget>({ amount, ...row }: Row) => ({ ...row, limit_micros: amount })

/** Where a budget stands; its window has a limit, and with it room. */
const standingOf = ({ window, ...row }: StandingBudget) => ({
  ...row,
  standing: window === null ? null : { ...window, room: window.room ?? 0 },
})

/** Where one stands: for every member their own limits, for those who may see more also others'. */
export function limitRoutes(): readonly Route[] {
  return [
    route({
      operation: 'limit_list',
      method: 'GET',
      path: `${ORGANISATION_PATH}/limits`,
      scope: 'organisation',
      permission: 'usage.view_own',
      tag,
      summary: 'Get limit, use, room and reset of own scopes, or of the one that is asked for',
      params: orgParams(),
      query: LimitQuery,
      response: Type.Object({ items: Type.Array(ScopeLimits) }),
      handle: async (tx, actor, { query }) => ({ items: await listVisibleLimits(tx, actor, query) }),
    }),
  ]
}

export function spendLimitRoutes(): readonly Route[] {
  const scope = 'organisation'
  const permission = 'spend_limit.manage'
  return [
    route({
      operation: 'spend_limit_list',
      method: 'GET',
      path: `${ORGANISATION_PATH}/spend-limits`,
      scope,
      permission,
      tag,
      summary: 'List the spend limits that are set, with where each stands',
      params: orgParams(),
      query: SpendLimitQuery,
      response: pageSchema(ListedSpendLimit),
      problems: [badCursor],
      async handle(tx, actor, { query }) {
        const page = await listSpendLimits(tx, query)
        const costs = seesCosts(actor)
        const items = page.items.map((each) => spendLimitOf(standingOf(costs ? each : { ...each, window: null })))
        return { ...page, items }
      },
    }),
    route({
      operation: 'spend_limit_set',
      method: 'PUT',
      path: `${ORGANISATION_PATH}/spend-limits`,
      scope,
      permission,
      tag,
      summary: 'Set the spend limit of a scope, or of every scope of a kind, for a period',
      params: orgParams(),
      body: SpendLimitDraft,
      response: SpendLimit,
      problems: [referenceUnknown],
      audit: {
        event: 'spend_limit.set',
        target: ({ id }) => ({ type: 'spend_limit', id }),
        data: ({ before }, { body }) => ({ ...body, before }),
      },
      handle: async (tx, _actor, { body }, { origin }) => spendLimitOf(await setSpendLimit(tx, actingId(origin), body)),
    }),
    route({
      operation: 'spend_limit_remove',
      method: 'DELETE',
      path: `${ORGANISATION_PATH}/spend-limits/:spend_limit`,
      scope,
      permission,
      tag,
      status: 204,
      summary: 'Remove a spend limit',
      params: orgParams('spend_limit'),
      response: Nothing,
      audit: {
        event: 'spend_limit.removed',
        target: (_output, { params }) => ({ type: 'spend_limit', id: params.spend_limit }),
        data: ({ before }) => ({ before }),
      },
      handle: async (tx, _actor, { params }) => ({ before: await removeSpendLimit(tx, params.spend_limit) }),
    }),
  ]
}

export function quotaRoutes(): readonly Route[] {
  const scope = 'organisation'
  const permission = 'quota.manage'
  return [
    route({
      operation: 'quota_list',
      method: 'GET',
      path: `${ORGANISATION_PATH}/quotas`,
      scope,
      permission,
      tag,
      summary: 'List the token quotas that are set, with where each stands',
      params: orgParams(),
      query: QuotaQuery,
      response: pageSchema(ListedQuota),
      problems: [badCursor],
      async handle(tx, _actor, { query }) {
        const page = await listQuotas(tx, query)
        return { ...page, items: page.items.map((each) => quotaOf(standingOf(each))) }
      },
    }),
    route({
      operation: 'quota_set',
      method: 'PUT',
      path: `${ORGANISATION_PATH}/quotas`,
      scope,
      permission,
      tag,
      summary: 'Set the token quota of a scope below the organisation, or of every scope of a kind, for a period',
      params: orgParams(),
      body: QuotaDraft,
      response: Quota,
      problems: [referenceUnknown, organisationQuotaReserved],
      audit: {
        event: 'quota.set',
        target: ({ id }) => ({ type: 'quota', id }),
        data: ({ before }, { body }) => ({ ...body, before }),
      },
      handle: async (tx, _actor, { body }, { origin }) =>
        quotaOf(await setQuota(tx, actingId(origin), 'organisation', body)),
    }),
    route({
      operation: 'quota_remove',
      method: 'DELETE',
      path: `${ORGANISATION_PATH}/quotas/:quota`,
      scope,
      permission,
      tag,
      status: 204,
      summary: 'Remove a token quota',
      params: orgParams('quota'),
      response: Nothing,
      problems: [organisationQuotaReserved],
      audit: {
        event: 'quota.removed',
        target: (_output, { params }) => ({ type: 'quota', id: params.quota }),
        data: ({ before }) => ({ before }),
      },
      handle: async (tx, _actor, { params }) => ({ before: await removeQuota(tx, 'organisation', params.quota) }),
    }),
    ...topUpRoutes(),
  ]
}

function topUpRoutes(): readonly Route[] {
  const scope = 'organisation'
  const permission = 'quota.topup'
  return [
    route({
      operation: 'quota_top_up_list',
      method: 'GET',
      path: `${ORGANISATION_PATH}/quota-top-ups`,
      scope,
      permission,
      tag,
      summary: 'List the top-ups that were granted, newest first',
      params: orgParams(),
      query: QuotaQuery,
      response: pageSchema(TopUp),
      problems: [badCursor],
      handle: (tx, _actor, { query }) => listTopUps(tx, query),
    }),
    route({
      operation: 'quota_top_up_grant',
      method: 'POST',
      path: `${ORGANISATION_PATH}/quota-top-ups`,
      scope,
      permission,
      tag,
      status: 201,
      summary:
        'Add tokens to a quota below the organisation for its current window; under the same id they are added once',
      params: orgParams(),
      body: TopUpDraft,
      response: TopUp,
      problems: [referenceUnknown, organisationQuotaReserved, quotaNotSet, topUpIdUsed],
      audit: {
        event: 'quota.topped_up',
        target: ({ id }) => ({ type: 'quota_top_up', id }),
        data: (_output, { body: { id: _id, ...body } }) => body,
      },
      handle: (tx, _actor, { body }, { origin, act_id }) =>
        grantTopUp(tx, actingId(origin), 'organisation', withId(body, act_id)),
    }),
  ]
}

const PlatformParams = Type.Object({ organisation: Id }, { additionalProperties: false })
const PlatformQuotaParams = Type.Object({ organisation: Id, quota: Id }, { additionalProperties: false })
const WHOLE = { scope_kind: 'organisation', scope_id: null } as const

/** The quota of a whole organisation, which is the super-admin's to set. */
export function platformQuotaRoutes(databases: OrganisationDatabases): readonly Route[] {
  const scope = 'platform_wide'
  const permission = 'platform.quota.manage'
  return [
    route({
      operation: 'platform_quota_list',
      method: 'GET',
      path: `${PLATFORM_PATH}/quotas`,
      scope,
      permission,
      tag,
      summary: 'List the token quotas of a whole organisation, with what is used of them',
      params: PlatformParams,
      query: PageQuery,
      response: pageSchema(ListedQuota),
      problems: [notFound, badCursor],
      async handle(control, _actor, { params, query }) {
        const page = await readOrganisation({ control, databases }, params.organisation, (tx) =>
          listQuotas(tx, { ...query, scope_kind: 'organisation' }),
        )
        return { ...page, items: page.items.map((row) => quotaOf(standingOf(row))) }
      },
    }),
    route({
      operation: 'platform_quota_set',
      method: 'PUT',
      path: `${PLATFORM_PATH}/quotas`,
      scope,
      permission,
      tag,
      summary: 'Set the token quota of an organisation for a period',
      params: PlatformParams,
      body: OrganisationQuotaDraft,
      response: Quota,
      problems: [notFound],
      audit: { event: 'quota.set', written_by: 'handler' },
      handle: (control, _actor, { params, body }, { origin }) =>
        actOnOrganisation({ control, databases, origin }, params.organisation, async (tx) => {
          const { before, ...quota } = await setQuota(tx, actingId(origin), 'platform', { ...WHOLE, ...body })
          const target = { type: 'quota', id: quota.id }
          const result = quotaOf(quota)
          const entry = { event: 'quota.set', target, data: { ...WHOLE, ...body, before } } as const
          return { result, is_repeated: false, entry } satisfies Act<typeof result>
        }),
    }),
    route({
      operation: 'platform_quota_remove',
      method: 'DELETE',
      path: `${PLATFORM_PATH}/quotas/:quota`,
      scope,
      permission,
      tag,
      status: 204,
      summary: 'Remove a token quota of an organisation',
      params: PlatformQuotaParams,
      response: Nothing,
      problems: [notFound],
      audit: { event: 'quota.removed', written_by: 'handler' },
      handle: (control, _actor, { params }, { origin }) =>
        actOnOrganisation({ control, databases, origin }, params.organisation, async (tx) => {
          const before = await removeQuota(tx, 'platform', params.quota)
          const target = { type: 'quota', id: params.quota }
          const entry = { event: 'quota.removed', target, data: { before } } as const
          return { result: {}, is_repeated: false, entry }
        }),
    }),
    route({
      operation: 'platform_quota_top_up_grant',
      method: 'POST',
      path: `${PLATFORM_PATH}/quota-top-ups`,
      scope,
      permission,
      tag,
      status: 201,
      summary: "Add tokens to an organisation's quota for its current window; under the same id they are added once",
      params: PlatformParams,
      body: OrganisationTopUpDraft,
      response: TopUp,
      problems: [notFound, quotaNotSet, topUpIdUsed],
      audit: { event: 'quota.topped_up', written_by: 'handler' },
      handle: (control, _actor, { params, body }, { origin, act_id }) =>
        actOnOrganisation({ control, databases, origin }, params.organisation, async (tx) => {
          const draft = { ...WHOLE, ...withId(body, act_id) }
          const result = await grantTopUp(tx, actingId(origin), 'platform', draft)
          const { id, period, amount_tokens, reason, is_repeated } = result
          const data = { ...WHOLE, period, amount_tokens, reason }
          const entry = { event: 'quota.topped_up', target: { type: 'quota_top_up', id }, data } as const
          return { result, is_repeated, entry } satisfies Act<typeof result>
        }),
    }),
  ]
}
