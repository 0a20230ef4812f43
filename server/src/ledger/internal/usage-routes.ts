import type { Static } from 'typebox'
import { ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { orgParams } from '../../http/schema.ts'
import { intervalRefused, parseInterval, requireFewBuckets } from '../../kernel/interval.ts'
import {
  OwnUsage,
  OwnUsageQuery,
  UsageOverTime,
  UsageOverTimeQuery,
  UsageParts,
  UsagePartsQuery,
  UsageQuery,
  UsageTotal,
} from '../schema.ts'
import { narrowToReach, ownFilterOf, seesCosts } from '../usage-reach.ts'
import { rankUsage, sumUsage, sumUsageOverTime, type Usage, type UsageFilter } from '../usage.ts'

const tag = 'usage'
const USUAL_DAYS = 30
const USUAL_PARTS = 50

const filterOf = ({ from: _from, to: _to, ...rest }: Static<typeof UsageQuery>) => rest

/** The figures as the reader may see them: without money, where costs are kept from them. */
const shownTo =
  (costs: boolean) =>
  <Row extends Usage>(row: Row) => {
    const { charge_micros, ...rest } = row
    return costs ? { ...rest, charge_micros } : rest
  }

export function usageRoutes(): readonly Route[] {
  return [...totalRoutes(), partsRoute(), ownRoute()]
}

function totalRoutes(): readonly Route[] {
  const scope = 'organisation'
  const permission = 'insights.view'
  return [
    route({
      operation: 'usage_get',
      method: 'GET',
      path: `${ORGANISATION_PATH}/usage`,
      scope,
      permission,
      tag,
      summary: 'Get calls, tokens and costs of an interval; the last 30 days unless asked otherwise',
      params: orgParams(),
      query: UsageQuery,
      response: UsageTotal,
      problems: [intervalRefused],
      async handle(tx, actor, { query }) {
        const between = parseInterval(query, USUAL_DAYS)
        const filter = await narrowToReach(tx, actor, { ...filterOf(query), ...between }, null)
        return { ...between, total: shownTo(seesCosts(actor))(await sumUsage(tx, filter)) }
      },
    }),
    route({
      operation: 'usage_get_over_time',
      method: 'GET',
      path: `${ORGANISATION_PATH}/usage/over-time`,
      scope,
      permission,
      tag,
      summary: 'Get calls, tokens and costs of an interval by hour, day, week or month (UTC)',
      params: orgParams(),
      query: UsageOverTimeQuery,
      response: UsageOverTime,
      problems: [intervalRefused],
      async handle(tx, actor, { query: { bucket = 'day', ...query } }) {
        const between = parseInterval(query, USUAL_DAYS)
        requireFewBuckets(between, bucket)
        const filter = await narrowToReach(tx, actor, { ...filterOf(query), ...between }, null)
        const items = await sumUsageOverTime(tx, filter, bucket)
        return { ...between, items: items.map(shownTo(seesCosts(actor))) }
      },
    }),
  ]
}

function partsRoute(): Route {
  return route({
    operation: 'usage_rank',
    method: 'GET',
    path: `${ORGANISATION_PATH}/usage/ranking`,
    scope: 'organisation',
    permission: 'insights.view',
    tag,
    summary:
      'Rank the members, teams, projects, use cases, models or engine types of an interval by what they cost or used',
    params: orgParams(),
    query: UsagePartsQuery,
    response: UsageParts,
    problems: [intervalRefused],
    async handle(tx, actor, { query: { by, rank_by = 'money', limit = USUAL_PARTS, ...query } }) {
      const between = parseInterval(query, USUAL_DAYS)
      const filter = await narrowToReach(tx, actor, { ...filterOf(query), ...between }, by)
      const costs = seesCosts(actor)
      // An order by money would tell what the columns keep back.
      const items = await rankUsage(tx, filter, by, costs ? rank_by : 'tokens', limit)
      const total = await sumUsage(tx, filter)
      return { ...between, total: shownTo(costs)(total), items: items.map(shownTo(costs)) }
    },
  })
}

function ownRoute(): Route {
  return route({
    operation: 'usage_get_own',
    method: 'GET',
    path: `${ORGANISATION_PATH}/usage/own`,
    scope: 'organisation',
    permission: 'usage.view_own',
    tag,
    summary: 'Get own calls, tokens and costs of an interval, over time and by model',
    params: orgParams(),
    query: OwnUsageQuery,
    response: OwnUsage,
    problems: [intervalRefused],
    async handle(tx, actor, { query: { bucket = 'day', ...query } }) {
      const between = parseInterval(query, USUAL_DAYS)
      requireFewBuckets(between, bucket)
      const filter: UsageFilter = { ...ownFilterOf(actor), ...between }
      const costs = seesCosts(actor)
      const shown = shownTo(costs)
      const periods = await sumUsageOverTime(tx, filter, bucket)
      const models = await rankUsage(tx, filter, 'model', costs ? 'money' : 'tokens', USUAL_PARTS)
      return {
        ...between,
        total: shown(await sumUsage(tx, filter)),
        periods: periods.map(shown),
        models: models.map(shown),
      }
    },
  })
}
