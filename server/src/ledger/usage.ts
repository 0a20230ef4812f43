// Usage reports (requirements 4.9, 4.10): calls, tokens and money of an interval, in total, over time, and by what they
// were used for. An execution counts on the day it ended, or was settled late, which is when its charge was posted: the
// sums are those of the ledger.

import { type RawBuilder, sql } from 'kysely'
import type { OrganisationTx } from '../kernel/database.ts'
import type { Bucket, Interval } from '../kernel/interval.ts'

export type Usage = {
  /** Executions that ended; those that were taken back before anything was sent are none. */
  readonly calls: number
  readonly failed_calls: number
  readonly input_tokens: number
  /** Part of the input. */
  readonly cached_input_tokens: number
  readonly output_tokens: number
  readonly total_tokens: number
  readonly charge_micros: number
}

export const DIMENSIONS = ['user', 'team', 'project', 'use_case', 'app', 'model', 'engine_type'] as const
export type Dimension = (typeof DIMENSIONS)[number]

export type UsageFilter = Interval & {
  readonly member_id?: string
  readonly api_key_id?: string
  readonly team_id?: string
  readonly project_id?: string
  readonly use_case_id?: string
  readonly model?: string
  readonly engine_type?: string
  readonly risk?: string
  readonly trigger_source?: string
  /** Runs of this app and the calls inside them. */
  readonly app_id?: string
  /** Runs of apps, or calls of models. */
  readonly kind?: 'run' | 'call'
  /** Only what belongs to one of these projects. */
  readonly project_ids?: readonly string[]
  /** Only what was charged to one of these teams. */
  readonly team_ids?: readonly string[]
}

const FIGURES = sql`
  count(*) filter (where e.state in ('finalised', 'failed')) as calls,
  count(*) filter (where e.state = 'failed') as failed_calls,
  coalesce(sum(e.input_tokens), 0) as input_tokens,
  coalesce(sum(e.cached_input_tokens), 0) as cached_input_tokens,
  coalesce(sum(e.output_tokens), 0) as output_tokens,
  coalesce(sum(e.input_tokens + e.output_tokens), 0) as total_tokens,
  coalesce(sum(e.charge_micros), 0) as charge_micros`

/**
 * When an execution counts. A call of a node that had died is settled twice; what it came to in the end counts then.
 */
const COUNTED_AT = sql`coalesce(e.late_settled_at, e.settled_at)`

const EXACT = [
  'member_id',
  'api_key_id',
  'team_id',
  'project_id',
  'use_case_id',
  'model',
  'engine_type',
  'risk',
  'trigger_source',
] as const

const isOfApp = (app_id: string): RawBuilder<unknown> => {
  const runs = sql`select r.execution_id from execution.run r where r.app_id = ${app_id}`
  return sql`(e.id in (${runs}) or e.parent_id in (${runs}))`
}

function conditionsOf(filter: UsageFilter): RawBuilder<unknown> {
  const { from, to, project_ids, team_ids, app_id, kind } = filter
  const conditions = [
    // Written out instead of COUNTED_AT, so that an index on either column can serve it.
    sql`(e.late_settled_at is null and e.settled_at >= ${from} and e.settled_at < ${to}
      or e.late_settled_at >= ${from} and e.late_settled_at < ${to})`,
    ...EXACT.flatMap((name) => (filter[name] === undefined ? [] : [sql`${sql.ref(`e.${name}`)} = ${filter[name]}`])),
    ...(app_id === undefined ? [] : [isOfApp(app_id)]),
    ...(kind === undefined ? [] : [sql`e.is_run = ${kind === 'run'}`]),
    ...(project_ids === undefined ? [] : [sql`e.project_id = any (${[...project_ids]}::uuid[])`]),
    ...(team_ids === undefined ? [] : [sql`e.team_id = any (${[...team_ids]}::uuid[])`]),
  ]
  return sql.join(conditions, sql` and `)
}

/** What was used in the interval, altogether. */
export async function sumUsage(tx: OrganisationTx, filter: UsageFilter): Promise<Usage> {
  const { rows } = await sql<Usage>`
    select ${FIGURES} from execution.execution e where ${conditionsOf(filter)}`.execute(tx)
  const [usage] = rows
  if (usage === undefined) throw new Error('There is no sum')
  return usage
}

export type UsageStep = Usage & { readonly starts_at: Date }

/** What was used in each step of the interval, UTC; steps in which nothing was are there with 0. */
export async function sumUsageOverTime(
  tx: OrganisationTx,
  filter: UsageFilter,
  bucket: Bucket,
): Promise<readonly UsageStep[]> {
  const { rows } = await sql<UsageStep>`
    with used as (
      select date_trunc(${bucket}, ${COUNTED_AT}, 'UTC') as starts_at, ${FIGURES}
      from execution.execution e where ${conditionsOf(filter)} group by 1
    )
    select step.starts_at, coalesce(u.calls, 0) as calls, coalesce(u.failed_calls, 0) as failed_calls,
      coalesce(u.input_tokens, 0) as input_tokens, coalesce(u.cached_input_tokens, 0) as cached_input_tokens,
      coalesce(u.output_tokens, 0) as output_tokens, coalesce(u.total_tokens, 0) as total_tokens,
      coalesce(u.charge_micros, 0) as charge_micros
    from generate_series(date_trunc(${bucket}, ${filter.from}::timestamptz, 'UTC'),
        ${filter.to}::timestamptz - interval '1 microsecond', ${`1 ${bucket}`}::interval, 'UTC') step (starts_at)
      left join used u using (starts_at)
    order by 1`.execute(tx)
  return rows
}

export type UsagePart = Usage & {
  /** The id of the scope, the name of the model or engine type; null for what belongs to none. */
  readonly key: string | null
  readonly name: string | null
}

const KEYS: Readonly<Record<Dimension, RawBuilder<unknown>>> = {
  user: sql`e.member_id::text`,
  team: sql`e.team_id::text`,
  project: sql`e.project_id::text`,
  use_case: sql`e.use_case_id::text`,
  // A call that a run made belongs to the app of the run; one that was made directly to none.
  app: sql`case when e.is_run or e.parent_id is not null then (
    select r.app_id::text from execution.run r where r.execution_id = coalesce(e.parent_id, e.id)) end`,
  model: sql`e.model`,
  engine_type: sql`e.engine_type::text`,
}

/** Names of people are not kept here; whoever may know them asks the directory. */
const NAMES: Readonly<Record<Dimension, RawBuilder<unknown>>> = {
  user: sql`null::text`,
  team: sql`(select t.name from tenancy.team t where t.id = u.key::uuid)`,
  project: sql`(select p.name from tenancy.project p where p.id = u.key::uuid)`,
  use_case: sql`(select c.name from tenancy.use_case c where c.id = u.key::uuid)`,
  app: sql`(select r.app_name from execution.run r where r.app_id = u.key::uuid order by r.execution_id desc limit 1)`,
  model: sql`u.key`,
  engine_type: sql`u.key`,
}

/**
 * The `limit` parts of the interval's usage that were greatest, ranked by money, by tokens where money is equal or
 * `rank_by` says so. The parts beyond the limit are what is missing to the sum.
 */
export async function rankUsage(
  tx: OrganisationTx,
  filter: UsageFilter,
  by: Dimension,
  rank_by: 'money' | 'tokens',
  limit: number,
): Promise<readonly UsagePart[]> {
  const order = rank_by === 'money' ? sql`u.charge_micros desc, u.total_tokens desc` : sql`u.total_tokens desc`
  const { rows } = await sql<UsagePart>`
    select u.*, ${NAMES[by]} as name
    from (
      select ${KEYS[by]} as key, ${FIGURES} from execution.execution e where ${conditionsOf(filter)} group by 1
    ) u
    order by ${order}, u.key limit ${limit}`.execute(tx)
  return rows
}
