// How apps do in an organisation (requirements 1.7): how often they succeed, how often people accept what they made without
// changing it, and what their users say. Sums over runs and decisions, tests left out; nobody is named.

import { type RawBuilder, sql } from 'kysely'
import type { OrganisationTx } from '../kernel/database.ts'
import { firstIdAt } from '../kernel/id.ts'
import type { Interval } from '../kernel/interval.ts'

export type AppHealth = {
  readonly app_id: string
  readonly app_name: string
  readonly runs: number
  /** Runs that came to a draft, whatever people made of it. */
  readonly drafted: number
  readonly failed: number
  /** Failed because the output broke the contract's schema. */
  readonly broke_schema: number
  readonly finalised: number
  readonly rejected: number
  readonly cancelled: number
  /** Runs whose draft was returned at least once. */
  readonly returned: number
  /** Drafted among those that came to a draft or failed, 0 to 1; null without any. */
  readonly success_rate: number | null
  readonly failure_rate: number | null
  /** Drafts on which people decided for good: made final, or rejected. */
  readonly judged: number
  /** Made final by people without a change of the output or a return. */
  readonly accepted_unchanged: number
  /** Accepted unchanged among those judged; null without any. */
  readonly acceptance_rate: number | null
  readonly rejection_rate: number | null
  /** From the start to the draft, half and nine tenths of them within. */
  readonly draft_p50_ms: number | null
  readonly draft_p90_ms: number | null
  readonly helpful: number
  readonly not_helpful: number
}

const MOST_APPS = 200
/** Ids are made before a run is admitted: a run of the interval has at least this one. */
const CLOCK_MARGIN_MS = 300_000

const REJECTED = sql`e.reason_code in ('rejected_l1', 'rejected_l2', 'rejected_l3')`

const COUNTED = sql`
  select r.app_id, r.app_name, r.execution_id, e.state, e.reason_code, r.started_at, r.draft_at, f.is_helpful,
    r.draft_at is not null as is_drafted,
    e.state = 'cancelled' and ${REJECTED} as is_rejected,
    e.state = 'finalised' and exists (select from supervision.decision d
      where d.execution_id = r.execution_id and d.member_id is not null) as is_given,
    r.human_changes > 0 as is_changed,
    r.revision > 1 as is_returned
  from execution.run r
    join execution.execution e on e.id = r.execution_id
    left join insight.run_feedback f on f.execution_id = r.execution_id`

const DRAFT_MS = sql`extract(epoch from c.draft_at - c.started_at) * 1000`

const FIGURES = sql`
  count(*) as runs,
  count(*) filter (where c.is_drafted) as drafted,
  count(*) filter (where c.state = 'failed') as failed,
  count(*) filter (where c.state = 'failed' and c.reason_code = 'output_invalid') as broke_schema,
  count(*) filter (where c.state = 'finalised') as finalised,
  count(*) filter (where c.is_rejected) as rejected,
  count(*) filter (where c.state = 'cancelled' and not c.is_rejected) as cancelled,
  count(*) filter (where c.is_returned) as returned,
  count(*) filter (where c.is_given or c.is_rejected) as judged,
  count(*) filter (where c.is_given and not c.is_changed and not c.is_returned) as accepted_unchanged,
  percentile_cont(0.5) within group (order by ${DRAFT_MS}) filter (where c.is_drafted)::float8 as draft_p50_ms,
  percentile_cont(0.9) within group (order by ${DRAFT_MS}) filter (where c.is_drafted)::float8 as draft_p90_ms,
  count(*) filter (where c.is_helpful) as helpful,
  count(*) filter (where not c.is_helpful) as not_helpful`

type Counted = Omit<AppHealth, 'success_rate' | 'failure_rate' | 'acceptance_rate' | 'rejection_rate'>

/** The apps that ran in an interval, those with most runs first, at most 200; or one of them. */
export async function listAppHealth(
  tx: OrganisationTx,
  { from, to }: Interval,
  app_id: string | null,
): Promise<readonly AppHealth[]> {
  const first = firstIdAt(new Date(from.getTime() - CLOCK_MARGIN_MS))
  const only: RawBuilder<unknown> = app_id === null ? sql`true` : sql`r.app_id = ${app_id}`
  const { rows } = await sql<Counted>`
    select c.app_id, (array_agg(c.app_name order by c.execution_id desc))[1] as app_name, ${FIGURES}
    from (${COUNTED}
      where ${only} and r.execution_id >= ${first} and e.admitted_at >= ${from} and e.admitted_at < ${to} and e.trigger_source <> 'test') c
    group by c.app_id order by count(*) desc, c.app_id limit ${MOST_APPS}`.execute(tx)
  return rows.map(withRates)
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

const withRates = (row: Counted): AppHealth => ({
  ...row,
  success_rate: share(row.drafted, row.drafted + row.failed),
  failure_rate: share(row.failed, row.drafted + row.failed),
  acceptance_rate: share(row.accepted_unchanged, row.judged),
  rejection_rate: share(row.rejected, row.judged),
})
