// Runs as their record shows them: state, price, steps, levels and decisions; and what they were given and made, opened for
// those who may see it. Every opening by somebody else than the requester is told to the log.

import { sql } from 'kysely'
import { type Actor, memberIdOf } from '../access/actor.ts'
import { hasPermission } from '../access/require.ts'
import { appendEntry, type Origin } from '../audit/append.ts'
import type { AppContract } from '../apps/contract.ts'
import type { AppNode } from '../apps/node.ts'
import { contractOf, findContract } from '../apps/known-apps.ts'
import type { OrganisationDatabase, OrganisationTx } from '../kernel/database.ts'
import { readJson } from '../kernel/json-text.ts'
import { DEFAULT_PAGE_SIZE, type Page, type PageQuery, pageOf, parseCursor } from '../kernel/page.ts'
import { notFound } from '../kernel/problem.ts'
import type { FieldVault } from '../keys/field-vault.ts'
import { seesCosts } from '../ledger/usage-reach.ts'
import { type TriggerSource, visibleTo } from './execution.ts'
import { runPlace } from './internal/run-house.ts'
import { lanesOf } from './internal/run-lanes.ts'
import { stepPlace } from './internal/step-record.ts'
import { commonStatusOf, isEnded, isEndState, recordedStateOf, type State, stateOf } from './state.ts'

export type RunFilter = {
  readonly state?: State
  readonly app_id?: string
  readonly trigger_source?: TriggerSource
  readonly requester_id?: string
  readonly schedule_id?: string
  readonly thread_id?: string
}

const COLUMNS = [
  'e.id',
  'e.state',
  'e.archived_at',
  'e.reason_code',
  'e.engine_type',
  'e.trigger_source',
  'e.risk',
  'e.project_id',
  'e.use_case_id',
  'e.team_id',
  'e.admitted_at',
  'e.settled_at',
  'e.charge_micros',
  'r.app_id',
  'r.app_name',
  'r.app_version',
  'r.app_source',
  'r.category',
  'r.jurisdiction',
  'r.requester_id',
  'r.schedule_id',
  'r.thread_id',
  'r.quote_micros',
  'r.revision',
  'r.level1',
  'r.level2',
  'r.level3',
  'r.pause_reason',
  'r.failure',
  'r.started_at',
  'r.draft_at',
] as const

type Row = {
  readonly state: string
  readonly archived_at: Date | null
  readonly charge_micros: number | null
  readonly quote_micros: number
}

/** Where a run stands, and how it ended: an archived one too. */
function standOf(row: Pick<Row, 'state' | 'archived_at' | 'charge_micros'>) {
  const recorded = recordedStateOf(row.state)
  return {
    state: stateOf(row),
    status: commonStatusOf(recorded),
    ended_as: isEndState(recorded) ? recorded : null,
    is_charged: isEnded(recorded) ? (row.charge_micros ?? 0) > 0 : null,
  }
}

/** What every reader sees of a run; money is missing for one from whom costs are kept. */
function shown<R extends Row>(row: R, costs: boolean) {
  const { charge_micros, quote_micros, ...rest } = row
  return { ...rest, ...standOf(row), ...(costs && { charge_micros, quote_micros }) }
}

const selectRuns = (tx: OrganisationTx) =>
  tx.selectFrom('execution.run as r').innerJoin('execution.execution as e', 'e.id', 'r.execution_id').select(COLUMNS)

/** A page of the runs the actor may see, newest first: archived ones only where that state is asked for. */
export async function listRuns(tx: OrganisationTx, actor: Actor, filter: RunFilter, query: PageQuery) {
  const cursor = parseCursor(query)
  const visible = await visibleTo(tx, actor)
  const { state, trigger_source } = filter
  const recorded = state === 'archived' ? undefined : state
  const rows = await selectRuns(tx)
    .where((is) => visible(is))
    .where('e.is_run', '=', true)
    .where('e.archived_at', state === 'archived' ? 'is not' : 'is', null)
    .$if(recorded !== undefined, (select) => select.where('e.state', '=', recorded ?? 'created'))
    .$if(trigger_source !== undefined, (select) => select.where('e.trigger_source', '=', trigger_source ?? 'api'))
    .where((is) =>
      is.and(
        (['app_id', 'requester_id', 'schedule_id', 'thread_id'] as const).flatMap((name) => {
          const wanted = filter[name]
          return wanted === undefined ? [] : [is(`r.${name}`, '=', wanted)]
        }),
      ),
    )
    .$if(cursor !== null, (select) => select.where('r.execution_id', '<', cursor ?? ''))
    .orderBy('r.execution_id', 'desc')
    .limit((query.limit ?? DEFAULT_PAGE_SIZE) + 1)
    .execute()
  const costs = seesCosts(actor)
  const page: Page<(typeof rows)[number]> = pageOf(rows, query)
  return { ...page, items: page.items.map((row) => shown(row, costs)) }
}

/** The levels whose open gates an actor may look into: those they could give. */
const levelsOf = (actor: Actor): readonly number[] => [
  ...(hasPermission(actor, 'run.acknowledge_others') ? [1] : []),
  ...(hasPermission(actor, 'run.approve_manager') ? [2] : []),
  ...(hasPermission(actor, 'run.approve_compliance') ? [3] : []),
]

/**
 * A run that the actor may see: as executions are seen, and besides by whoever could give the level that is open, or has
 * decided. Throws `not_found` for any other.
 */
async function getVisible(tx: OrganisationTx, actor: Actor, run_id: string) {
  const visible = await visibleTo(tx, actor)
  const levels = levelsOf(actor)
  const member_id = memberIdOf(actor)
  const row = await selectRuns(tx)
    .select(['r.contract_hash', 'r.input_hash', 'r.output_hash', 'r.human_hash', 'r.demands', 'r.statements'])
    .select(['r.level2_quorum', 'r.level3_quorum', 'r.distinct_approvers', 'r.max_steps', 'r.max_seconds', 'r.tier'])
    .select(['r.runs_until', 'r.confirmed_at', 'r.sealed_at', 'r.attempt', 'e.policy_version', 'e.platform_version'])
    .select(['e.actor_role', 'e.api_key_id', 'e.request_id'])
    .where('r.execution_id', '=', run_id)
    .where((is) =>
      is.or([
        visible(is),
        is.exists(
          is
            .selectFrom('supervision.gate as g')
            .select('g.id')
            .whereRef('g.execution_id', '=', 'e.id')
            .where('g.level', 'in', [...levels, 0]),
        ),
        is.exists(
          is
            .selectFrom('supervision.decision as d')
            .select('d.id')
            .whereRef('d.execution_id', '=', 'e.id')
            .where('d.member_id', '=', member_id),
        ),
      ]),
    )
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  return row
}

/** One run with its steps, levels and decisions. */
export async function getRun(tx: OrganisationTx, actor: Actor, run_id: string) {
  const row = await getVisible(tx, actor, run_id)
  const [steps, gate, decisions, usage, { pipeline }] = await Promise.all([
    listSteps(tx, run_id),
    // Of a run that needs no level nobody has decided anything.
    row.level1 ? findOpenLevel(tx, run_id) : null,
    row.level1 ? listDecisions(tx, run_id) : [],
    readUsage(tx, run_id),
    readContract(tx, row.contract_hash),
  ])
  const { contract_hash, input_hash, output_hash, human_hash, demands, ...rest } = row
  const { calls_micros, ...counts } = usage
  return {
    ...shown(rest, seesCosts(actor)),
    ...(seesCosts(actor) && { calls_micros }),
    demands: readDemands(demands),
    contract_sha256: contract_hash.toString('hex'),
    input_sha256: input_hash.toString('hex'),
    output_sha256: output_hash?.toString('hex') ?? null,
    human_sha256: human_hash?.toString('hex') ?? null,
    pipeline: pipeline.nodes.map(outline),
    steps,
    open_level: gate,
    decisions,
    ...counts,
  }
}

const listSteps = (tx: OrganisationTx, run_id: string) =>
  tx
    .selectFrom('execution.step')
    .select(['path', 'node_id', 'node_type', 'state', 'retries', 'started_at', 'ended_at'])
    .select(['error_code', 'error_detail', 'call_execution_id'])
    .where('execution_id', '=', run_id)
    .orderBy('started_at')
    .orderBy('path')
    .execute()

async function findOpenLevel(tx: OrganisationTx, run_id: string) {
  const gate = await tx
    .selectFrom('supervision.gate')
    .select(['level', 'quorum', 'given', 'opened_at', 'deadline_at', 'expires_at', 'escalated_at'])
    .where('execution_id', '=', run_id)
    .executeTakeFirst()
  return gate ?? null
}

const listDecisions = (tx: OrganisationTx, run_id: string) =>
  tx
    .selectFrom('supervision.decision')
    .select(['id', 'revision', 'level', 'act', 'member_id', 'actor_role', 'on_behalf_of', 'is_edited', 'decided_at'])
    .where('execution_id', '=', run_id)
    .orderBy('id')
    .execute()

const readUsage = (tx: OrganisationTx, run_id: string) =>
  tx
    .selectFrom('execution.execution')
    .select([
      sql<number>`count(*)`.as('model_calls'),
      sql<number>`coalesce(sum(input_tokens), 0)::bigint`.as('input_tokens'),
      sql<number>`coalesce(sum(output_tokens), 0)::bigint`.as('output_tokens'),
      sql<number>`coalesce(sum(charge_micros), 0)::bigint`.as('calls_micros'),
    ])
    .where('parent_id', '=', run_id)
    .executeTakeFirstOrThrow()

async function readContract(tx: OrganisationTx, hash: Buffer): Promise<AppContract> {
  const known = findContract(hash)
  if (known !== null) return known
  const row = await tx.selectFrom('apps.contract').select('content').where('hash', '=', hash).executeTakeFirstOrThrow()
  return contractOf(hash, row.content)
}

const outline = ({ id, type, title }: AppNode) => ({ id, type, title })

function readDemands(demands: unknown): readonly { level: number; rule: string; set_by: string }[] {
  if (!Array.isArray(demands)) return []
  return demands.map((each: unknown) => ({
    level: Number(member(each, 'level')),
    rule: String(member(each, 'rule')),
    set_by: String(member(each, 'set_by')),
  }))
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

/** The state of a run, or null: nothing else of it, for whoever waits and is judged afterwards. */
export async function findRunState(database: OrganisationDatabase, run_id: string): Promise<State | null> {
  return (await lanesOf(database).state.ask(run_id)).state
}

/** What of a run can change while somebody watches it: cheap to ask again and again. */
export async function getRunProgress(tx: OrganisationTx, actor: Actor, run_id: string) {
  const run = await getVisible(tx, actor, run_id)
  const { reason_code, revision, pause_reason, failure } = run
  const steps = await tx
    .selectFrom('execution.step')
    .select(['path', 'node_id', 'node_type', 'state', 'retries', 'started_at', 'ended_at', 'error_code'])
    .where('execution_id', '=', run_id)
    .orderBy('started_at')
    .orderBy('path')
    .execute()
  return { ...standOf(run), reason_code, revision, pause_reason, failure, steps }
}

export type RunContent = {
  readonly input: unknown
  readonly output: unknown
  readonly revision: number
  readonly is_sealed: boolean
}

/**
 * What a run was given and what it made, opened. The requester, whoever may give or has given a level, and whoever holds
 * `audit.view_content` may; others who see the run's record get `not_found`.
 */
export async function openRunContent(
  vault: FieldVault,
  place: { readonly organisation_id: string; readonly database: OrganisationDatabase },
  actor: Actor,
  origin: Origin,
  run_id: string,
): Promise<RunContent> {
  const { database } = place
  const owner = { id: place.organisation_id, database }
  const row = await database.transaction(async (tx) => {
    const run = await getVisible(tx, actor, run_id)
    const isOwn =
      run.requester_id === memberIdOf(actor) || (actor.kind === 'api_key' && run.api_key_id === actor.use.api_key_id)
    if (!isOwn && !hasPermission(actor, 'audit.view_content') && !(await mayJudge(tx, actor, run_id))) throw notFound()
    if (!isOwn) {
      await appendEntry(tx, origin, {
        event: 'execution.content_opened',
        target: { type: 'run', id: run_id },
        execution_id: run_id,
      })
    }
    return tx
      .selectFrom('execution.run')
      .select(['input', 'output', 'revision', 'sealed_at'])
      .where('execution_id', '=', run_id)
      .executeTakeFirstOrThrow()
  })
  const open = async (column: 'input' | 'output', sealed: Buffer | null): Promise<unknown> =>
    sealed === null ? null : readJson((await vault.open(owner, runPlace(run_id, column), sealed)).toString())
  return {
    input: await open('input', row.input),
    output: await open('output', row.output),
    revision: row.revision,
    is_sealed: row.sealed_at !== null,
  }
}

async function mayJudge(tx: OrganisationTx, actor: Actor, run_id: string): Promise<boolean> {
  const gate = await tx
    .selectFrom('supervision.gate')
    .select('level')
    .where('execution_id', '=', run_id)
    .executeTakeFirst()
  if (gate !== undefined && levelsOf(actor).includes(gate.level)) return true
  const decision = await tx
    .selectFrom('supervision.decision')
    .select('id')
    .where('execution_id', '=', run_id)
    .where('member_id', '=', memberIdOf(actor))
    .executeTakeFirst()
  return decision !== undefined
}

/** The output of one step, opened as a run's content is. Throws `not_found`. */
export async function openStepOutput(
  vault: FieldVault,
  place: { readonly organisation_id: string; readonly database: OrganisationDatabase },
  actor: Actor,
  origin: Origin,
  run_id: string,
  path: string,
): Promise<{ readonly output: unknown }> {
  await openRunContent(vault, place, actor, origin, run_id)
  const { database } = place
  const step = await database.transaction((tx) =>
    tx
      .selectFrom('execution.step')
      .select('output')
      .where('execution_id', '=', run_id)
      .where('path', '=', path)
      .executeTakeFirst(),
  )
  if (step === undefined) throw notFound()
  if (step.output === null) return { output: null }
  const owner = { id: place.organisation_id, database }
  const plain = await vault.open(owner, stepPlace(run_id, path), step.output)
  const output: unknown = readJson(plain.toString())
  return { output }
}
