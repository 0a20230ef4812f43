// Executions as their record shows them: who ran what, what was decided on which policy, what was held and what it came
// to. Only what the reader may see exists for them: their own, those of teams they manage, or all.

import type { ExpressionBuilder } from 'kysely'
import { type Actor, memberIdOf } from '../access/actor.ts'
import { hasPermission } from '../access/require.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import { firstIdAt } from '../kernel/id.ts'
import type { DB } from '../kernel/organisation-tables.ts'
import { DEFAULT_PAGE_SIZE, type Page, type PageQuery, pageOf, parseCursor } from '../kernel/page.ts'
import { notFound } from '../kernel/problem.ts'
import { listManagedTeamIds, seesCosts } from '../ledger/usage-reach.ts'
import type { EngineType, Risk } from '../policy/document.ts'
import type { RecordedState } from './state.ts'

/** Money is missing for a reader from whom costs are kept. */
type Money = {
  readonly hold_micros?: number
  /** Null until the execution has ended. */
  readonly charge_micros?: number | null
}

export type Execution = Money & {
  readonly id: string
  readonly state: string
  readonly reason_code: string | null
  readonly engine_type: string
  readonly trigger_source: string
  readonly risk: string
  readonly member_id: string | null
  readonly api_key_id: string | null
  readonly team_id: string | null
  readonly project_id: string
  readonly use_case_id: string | null
  /** Null for a run: its calls name their models. */
  readonly model: string | null
  readonly is_run: boolean
  /** The run that a model call belongs to. */
  readonly parent_id: string | null
  /** The app of a run, by its name when it ran; null for a call. */
  readonly app_id: string | null
  readonly app_name: string | null
  readonly is_streamed: boolean
  readonly admitted_at: Date
  readonly settled_at: Date | null
  readonly duration_ms: number | null
  readonly hold_tokens: number
  readonly input_tokens: number | null
  readonly cached_input_tokens: number | null
  readonly output_tokens: number | null
  readonly tokens_estimated: boolean | null
}

/** What was decided, and on which facts. */
export type ExecutionDetail = Execution & {
  /** What its places and its key are called today: whoever may see the execution reads where it was counted. */
  readonly project_name: string | null
  readonly use_case_name: string | null
  readonly team_name: string | null
  readonly api_key_name: string | null
  readonly actor_role: string | null
  readonly model_id: string | null
  readonly price_version: number | null
  readonly policy_version: number
  readonly platform_version: number
  readonly request_id: string
  readonly billing: 'wallet' | 'metered'
  readonly late_settled_at: Date | null
  readonly provider_status: number | null
  /** SHA-256, hexadecimal. */
  readonly input_hash: string
  readonly output_hash: string | null
  /** Whether input or output was kept and can be opened from the log. */
  readonly has_content: boolean
}

export type ExecutionFilter = {
  readonly from: Date | null
  readonly to: Date | null
  /** As it is recorded: that a run is archived is told where runs are listed. */
  readonly state?: RecordedState
  readonly reason_code?: string
  readonly model?: string
  readonly engine_type?: EngineType
  readonly risk?: Risk
  readonly trigger_source?: TriggerSource
  readonly member_id?: string
  readonly api_key_id?: string
  readonly team_id?: string
  readonly project_id?: string
  readonly use_case_id?: string
  /** Runs of this app and the calls inside them. */
  readonly app_id?: string
  /** Runs of apps, or calls of models: through the gateway and inside runs. */
  readonly kind?: 'run' | 'call'
}

/** What began an execution (rulings, "Engine types"). */
export const TRIGGER_SOURCES = ['in_app', 'chat', 'schedule', 'api', 'test'] as const
export type TriggerSource = (typeof TRIGGER_SOURCES)[number]

const COLUMNS = [
  'e.id',
  'e.state',
  'e.reason_code',
  'e.engine_type',
  'e.trigger_source',
  'e.risk',
  'e.member_id',
  'e.api_key_id',
  'e.team_id',
  'e.project_id',
  'e.use_case_id',
  'e.model',
  'e.is_run',
  'e.parent_id',
  'e.is_streamed',
  'e.admitted_at',
  'e.settled_at',
  'e.duration_ms',
  'e.hold_tokens',
  'e.hold_micros',
  'e.charge_micros',
  'e.input_tokens',
  'e.cached_input_tokens',
  'e.output_tokens',
  'e.tokens_estimated',
  'r.app_id',
  'r.app_name',
] as const

const selectExecutions = (tx: OrganisationTx) =>
  tx.selectFrom('execution.execution as e').leftJoin('execution.run as r', 'r.execution_id', 'e.id').select(COLUMNS)

/**
 * An execution's id is made before it is admitted: it waits for the ledger, on a machine whose clock is not quite the
 * database's. Ids bound what is read, `admitted_at` decides.
 */
const CLOCK_MARGIN_MS = 300_000

const idAt = (at: Date, shift_ms: number): string => firstIdAt(new Date(at.getTime() + shift_ms))

type Condition = (is: ExpressionBuilder<DB & { e: DB['execution.execution'] }, 'e'>) => ReturnType<typeof is.or>

/**
 * What the actor may see. A key without `run.view_org` sees nothing outside its project, as it reaches nothing there;
 * the organisation's key has no person, so its own are those it made itself.
 */
export async function visibleTo(tx: OrganisationTx, actor: Actor): Promise<Condition> {
  if (hasPermission(actor, 'run.view_org')) return (is) => is.and([])
  const team_ids = await listManagedTeamIds(tx, actor, 'run.view_team')
  const member_id = memberIdOf(actor)
  const { use } = actor
  return (is) => {
    const own =
      actor.kind === 'api_key' ? is('e.api_key_id', '=', actor.use.api_key_id) : is('e.member_id', '=', member_id)
    const seen = team_ids.length === 0 ? own : is.or([own, is('e.team_id', 'in', [...team_ids])])
    return is.and(use.via === 'api_key' ? [seen, is('e.project_id', '=', use.project_id)] : [seen])
  }
}

const FILTERS = [
  'state',
  'reason_code',
  'model',
  'engine_type',
  'risk',
  'trigger_source',
  'member_id',
  'api_key_id',
  'team_id',
  'project_id',
  'use_case_id',
] as const

const runsOf = (is: Parameters<Condition>[0], app_id: string) =>
  is.selectFrom('execution.run').select('execution_id').where('app_id', '=', app_id)

const matching =
  (filter: ExecutionFilter, cursor: string | null): Condition =>
  (is) => {
    const { from, to, app_id, kind } = filter
    return is.and([
      ...FILTERS.flatMap((name) => (filter[name] === undefined ? [] : [is(`e.${name}`, '=', filter[name])])),
      ...(from === null ? [] : [is('e.admitted_at', '>=', from), is('e.id', '>=', idAt(from, -CLOCK_MARGIN_MS))]),
      ...(to === null ? [] : [is('e.admitted_at', '<', to), is('e.id', '<', idAt(to, CLOCK_MARGIN_MS))]),
      ...(cursor === null ? [] : [is('e.id', '<', cursor)]),
      ...(kind === undefined ? [] : [is('e.is_run', '=', kind === 'run')]),
      ...(app_id === undefined
        ? []
        : [is.or([is('e.id', 'in', runsOf(is, app_id)), is('e.parent_id', 'in', runsOf(is, app_id))])]),
    ])
  }

/** A page of the executions that the actor may see, those admitted last first. */
export async function listExecutions(
  tx: OrganisationTx,
  actor: Actor,
  filter: ExecutionFilter,
  query: PageQuery,
): Promise<Page<Execution>> {
  const visible = await visibleTo(tx, actor)
  const matches = matching(filter, parseCursor(query))
  const rows = await selectExecutions(tx)
    .where((is) => visible(is))
    .where((is) => matches(is))
    .orderBy('e.id', 'desc')
    .limit((query.limit ?? DEFAULT_PAGE_SIZE) + 1)
    .execute()
  const costs = seesCosts(actor)
  return pageOf(
    rows.map((row) => (costs ? row : withoutMoney(row))),
    query,
  )
}

const withoutMoney = <Row extends Money>({ hold_micros: _hold, charge_micros: _charge, ...row }: Row) => row

/**
 * One execution with what was decided about it. Throws `not_found` for one that is not there or not for the actor to
 * see.
 */
export async function getExecution(tx: OrganisationTx, actor: Actor, execution_id: string): Promise<ExecutionDetail> {
  const visible = await visibleTo(tx, actor)
  const found = await selectExecutions(tx)
    .select(['e.actor_role', 'e.model_id', 'e.price_version', 'e.policy_version', 'e.platform_version', 'e.request_id'])
    .select(['e.hold_wallet_micros', 'e.late_settled_at', 'e.provider_status', 'e.input_hash', 'e.output_hash'])
    .leftJoin('tenancy.project as p', 'p.id', 'e.project_id')
    .leftJoin('tenancy.use_case as u', 'u.id', 'e.use_case_id')
    .leftJoin('tenancy.team as t', 't.id', 'e.team_id')
    .leftJoin('tenancy.api_key as k', 'k.id', 'e.api_key_id')
    .select(['p.name as project_name', 'u.name as use_case_name', 't.name as team_name', 'k.name as api_key_name'])
    .select((is) =>
      is
        .exists(
          is.selectFrom('execution.content as c').select('c.execution_id').whereRef('c.execution_id', '=', 'e.id'),
        )
        .as('has_content'),
    )
    .where('e.id', '=', execution_id)
    .where((is) => visible(is))
    .executeTakeFirst()
  if (found === undefined) throw notFound()
  const { hold_wallet_micros, input_hash, output_hash, has_content, ...row } = found
  return {
    ...(seesCosts(actor) ? row : withoutMoney(row)),
    billing: hold_wallet_micros > 0 ? 'wallet' : 'metered',
    input_hash: input_hash.toString('hex'),
    output_hash: output_hash?.toString('hex') ?? null,
    has_content: has_content === true,
  }
}
