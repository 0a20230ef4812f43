// How supervision goes (requirements 1.7 and 4.16): how long levels take, how often they turn a draft around, and how often
// somebody approved faster than anybody reads.

import { type RawBuilder, sql } from 'kysely'
import type { OrganisationTx } from '../kernel/database.ts'
import type { Interval } from '../kernel/interval.ts'

export type SupervisionFigures = {
  readonly decisions: number
  readonly given: number
  readonly given_after_edit: number
  readonly returned: number
  readonly rejected: number
  /** Returned or rejected among all decisions, 0 to 1; null without any. */
  readonly reversal_rate: number | null
  /** From the opening of the level to the decision, half and nine tenths of them within. */
  readonly time_to_decision_p50_ms: number | null
  readonly time_to_decision_p90_ms: number | null
  /** Given although the draft was never opened, or sooner after its opening than reading it takes. */
  readonly faster_than_reading: number
}

export type LevelFigures = SupervisionFigures & { readonly level: number }
export type AppFigures = SupervisionFigures & { readonly app_id: string; readonly app_name: string }
export type MemberFigures = SupervisionFigures & { readonly member_id: string }

const FIGURES = sql`
  count(*) as decisions,
  count(*) filter (where d.act in ('acknowledge', 'approve', 'sign_off')) as given,
  count(*) filter (where d.act in ('acknowledge', 'approve', 'sign_off') and d.is_edited) as given_after_edit,
  count(*) filter (where d.act = 'return') as returned,
  count(*) filter (where d.act = 'reject') as rejected,
  (count(*) filter (where d.act in ('return', 'reject')))::float8 / nullif(count(*), 0) as reversal_rate,
  percentile_cont(0.5) within group (order by extract(epoch from d.decided_at - d.level_opened_at) * 1000)::float8
    as time_to_decision_p50_ms,
  percentile_cont(0.9) within group (order by extract(epoch from d.decided_at - d.level_opened_at) * 1000)::float8
    as time_to_decision_p90_ms,
  count(*) filter (where d.act in ('acknowledge', 'approve', 'sign_off') and d.reading_ms is not null
    and (d.opened_at is null or d.decided_at - d.opened_at < make_interval(secs => d.reading_ms / 1000.0)))
    as faster_than_reading`

const MAX_GROUPS = 100

const within = ({ from, to }: Interval): RawBuilder<unknown> =>
  sql`d.decided_at >= ${from} and d.decided_at < ${to} and d.member_id is not null`

/** The figures of decisions by people in an interval: in all, by level, and by app and person (those with most, at most 100). */
export async function getSupervisionFigures(
  tx: OrganisationTx,
  interval: Interval,
): Promise<{
  readonly total: SupervisionFigures
  readonly levels: readonly LevelFigures[]
  readonly apps: readonly AppFigures[]
  readonly members: readonly MemberFigures[]
}> {
  const { rows: total } = await sql<SupervisionFigures>`
    select ${FIGURES} from supervision.decision d where ${within(interval)}`.execute(tx)
  const { rows: levels } = await sql<LevelFigures>`
    select d.level, ${FIGURES} from supervision.decision d where ${within(interval)} group by d.level order by d.level`.execute(
    tx,
  )
  const { rows: apps } = await sql<AppFigures>`
    select r.app_id, max(r.app_name) as app_name, ${FIGURES}
    from supervision.decision d join execution.run r on r.execution_id = d.execution_id
    where ${within(interval)} group by r.app_id order by count(*) desc, r.app_id limit ${MAX_GROUPS}`.execute(tx)
  const { rows: members } = await sql<MemberFigures>`
    select d.member_id, ${FIGURES} from supervision.decision d
    where ${within(interval)} group by d.member_id order by count(*) desc, d.member_id limit ${MAX_GROUPS}`.execute(tx)
  const [all] = total
  if (all === undefined) throw new Error('The figures are missing')
  return { total: all, levels, apps, members }
}
