// What a policy would have done to the last 30 days: every execution that was admitted in them is put to the policy in force
// and to the one that is thought of, by the evaluator that decides at run time. Nothing is changed by it.

import { type RawBuilder, sql } from 'kysely'
import { listAvailableApps, listPublicApps } from '../apps/catalog.ts'
import type { AppContract } from '../apps/contract.ts'
import { contractOf, findPublishedApps } from '../apps/known-apps.ts'
import { inOrganisation, onPlatform } from '../apps/version-row.ts'
import { policyUnder, readPlatformFacts } from '../invocation/facts.ts'
import type { ControlDatabase, OrganisationDatabase, OrganisationTx } from '../kernel/database.ts'
import { listOwnModels, mergeModels } from '../models/assignment.ts'
import type { PolicyDocument } from '../policy/document.ts'
import { getPolicy } from '../policy/policy.ts'
import { countApprovers } from '../supervision/approver.ts'
import { listWorkflowsInForce } from '../supervision/workflow.ts'
import { type Bench, judgeApp, judgeCall, type Judgement, judgeRun, OUTCOMES, type Outcome } from './internal/replay.ts'

const DAYS = 30
const DAY_MS = 86_400_000
/** The newest so many of a kind are replayed; what is older is left out, and the answer says so. */
const MAX_CALLS = 100_000
const MAX_RUNS = 20_000
const MAX_SAMPLES = 8

/** Before: the policy in force. After: the one that is asked about. */
type Pair = { readonly before: Judgement; readonly after: Judgement }

/** Executions of the past that no policy can tell apart. */
type Group = Pair & {
  readonly name: string
  readonly count: number
  readonly member_ids: readonly string[]
  readonly newest_id: string
  readonly newest_at: Date
}

export type PolicyEffect = {
  readonly from: Date
  readonly to: Date
  /** How many were replayed; all of the time if `is_complete`. */
  readonly executions: number
  readonly is_complete: boolean
  readonly changed: number
  readonly people: number
  readonly outcomes: readonly { readonly outcome: Outcome; readonly before: number; readonly after: number }[]
  readonly changes: readonly (Pair & { readonly executions: number })[]
  readonly samples: readonly (Pair & {
    readonly execution_id: string
    readonly name: string
    readonly admitted_at: Date
    readonly executions: number
  })[]
  /** Apps that could be run otherwise than now, or no more. */
  readonly apps: readonly (Pair & { readonly app_id: string; readonly name: string })[]
  /** Levels that would be asked for and that too few people may give. */
  readonly missing: readonly { readonly level: 2 | 3; readonly needed: number; readonly found: number }[]
}

type Benches = { readonly before: Bench; readonly after: Bench }

/**
 * What an organisation's document would change. A value that is looser than the platform's has no effect here, as it has
 * none when it is in force. What the records do not hold is not replayed: the size of inputs, how long levels waited.
 */
export async function previewPolicy(
  control: ControlDatabase,
  organisation: OrganisationDatabase,
  organisation_id: string,
  document: PolicyDocument,
): Promise<PolicyEffect> {
  const platform = await readPlatformFacts(control, organisation_id)
  const open = await control.transaction(async (tx) => {
    const listed = await listPublicApps(tx)
    return { listed, published: await findPublishedApps(onPlatform(tx), 'public', namesOf(listed)) }
  })
  const to = new Date()
  const from = new Date(to.getTime() - DAYS * DAY_MS)
  return organisation.transaction(async (tx) => {
    const own = await getPolicy(tx)
    const common = {
      workflows: await listWorkflowsInForce(tx),
      models: mergeModels(platform.models, await listOwnModels(tx)),
    }
    const benches: Benches = {
      before: { ...common, policy: policyUnder(platform, own.document) },
      after: { ...common, policy: policyUnder(platform, document) },
    }
    const available = await listAvailableApps(tx, open.listed, {})
    const internal = available.filter(({ source }) => source === 'internal')
    const published = [
      ...(await findPublishedApps(inOrganisation(tx), 'internal', namesOf(internal))),
      ...open.published.filter(({ app_id }) => available.some((app) => app.app_id === app_id)),
    ]
    const apps = published.map(({ app_id, contract }) => ({
      app_id,
      name: contract.info.name,
      ...both(benches, (bench) => judgeApp(bench, contract)),
    }))
    const calls = await replayCalls(tx, benches, from)
    const runs = await replayRuns(tx, benches, from)
    const missing = await findMissing(tx, benches.after, [...apps, ...calls, ...runs])
    return { from, to, ...summarise(calls, runs), apps: apps.filter(isChanged), missing }
  })
}

const namesOf = (apps: readonly { readonly app_id: string }[]) =>
  apps.map(({ app_id }) => ({ app_id, version: undefined }))

const both = ({ before, after }: Benches, judge: (bench: Bench) => Judgement): Pair => ({
  before: judge(before),
  after: judge(after),
})

const isChanged = ({ before, after }: Pair): boolean =>
  before.outcome !== after.outcome || before.persons !== after.persons

/**
 * A column as exact as two limits need it: one more than the limits it is over, else 0. So executions are counted by what
 * policies can tell apart, and not one by one.
 */
function overLimits(column: RawBuilder<unknown>, limits: readonly (number | undefined)[]): RawBuilder<number> {
  const [low, high] = limits.filter((limit) => limit !== undefined).toSorted((a, b) => a - b)
  if (low === undefined) return sql<number>`0`
  const most = high ?? low
  return sql<number>`case when ${column} > ${most} then ${most + 1}::bigint
    when ${column} > ${low} then ${low + 1}::bigint else 0 end`
}

type CallRow = Omit<Group, keyof Pair | 'name'> & {
  readonly model: string
  readonly has_use_case: boolean
  readonly output_tokens: number
  readonly seconds: number
}

async function replayCalls(tx: OrganisationTx, benches: Benches, from: Date): Promise<readonly Group[]> {
  const limitsOf = (field: 'max_output_tokens' | 'max_execution_seconds') =>
    [benches.before, benches.after].map(({ policy }) => policy.values[field])
  const tokens = overLimits(sql`e.output_tokens`, limitsOf('max_output_tokens'))
  const seconds = overLimits(sql`e.duration_ms / 1000.0`, limitsOf('max_execution_seconds'))
  const { rows } = await sql<CallRow>`
    select e.model, e.use_case_id is not null as has_use_case, ${tokens} as output_tokens, ${seconds} as seconds,
      count(*) as count, coalesce(array_agg(distinct e.member_id) filter (where e.member_id is not null), '{}') as member_ids,
      (array_agg(e.id order by e.id desc))[1] as newest_id, max(e.admitted_at) as newest_at
    from (select * from execution.execution
      where admitted_at >= ${from} and not is_run and parent_id is null and model is not null
      order by id desc limit ${MAX_CALLS}) e
    group by 1, 2, 3, 4`.execute(tx)
  return rows.map((row) => ({ ...row, name: row.model, ...both(benches, (bench) => judgeCall(bench, row)) }))
}

type RunRow = Omit<Group, keyof Pair | 'name'> & {
  readonly app_name: string
  readonly contract_hash: Buffer
  readonly called_hashes: readonly Buffer[]
  readonly models: readonly string[]
  readonly jurisdiction: string | null
  readonly has_use_case: boolean
  readonly steps: number
}

async function replayRuns(tx: OrganisationTx, benches: Benches, from: Date): Promise<readonly Group[]> {
  const steps = overLimits(
    sql`r.steps_taken`,
    [benches.before, benches.after].map(({ policy }) => policy.values.max_steps),
  )
  const { rows } = await sql<RunRow>`
    with past as (
      select e.id, e.member_id, e.admitted_at, e.use_case_id is not null as has_use_case, r.app_name, r.contract_hash,
        r.jurisdiction, ${steps} as steps,
        array(select distinct s.contract_hash from execution.run_sub_app s where s.execution_id = e.id order by 1)
          as called_hashes,
        array(select distinct c.model from execution.execution c
          where c.parent_id = e.id and c.model is not null and c.model_id is not null order by 1) as models
      from (select * from execution.execution where admitted_at >= ${from} and is_run and trigger_source <> 'test' order by id desc limit ${MAX_RUNS}) e
        join execution.run r on r.execution_id = e.id
    )
    select app_name, contract_hash, called_hashes, models, jurisdiction, has_use_case, steps, count(*) as count,
      coalesce(array_agg(distinct member_id) filter (where member_id is not null), '{}') as member_ids,
      (array_agg(id order by id desc))[1] as newest_id, max(admitted_at) as newest_at
    from past group by 1, 2, 3, 4, 5, 6, 7`.execute(tx)
  const contracts = await readContracts(
    tx,
    rows.flatMap((row) => [row.contract_hash, ...row.called_hashes]),
  )
  return rows.map((row) => {
    const run = { ...row, contracts: [contracts(row.contract_hash), ...row.called_hashes.map(contracts)] as const }
    return { ...row, name: row.app_name, ...both(benches, (bench) => judgeRun(bench, run)) }
  })
}

async function readContracts(tx: OrganisationTx, hashes: readonly Buffer[]): Promise<(hash: Buffer) => AppContract> {
  const { rows } = await sql<{ hash: Buffer; content: unknown }>`
    select hash, content from apps.contract where hash = any(${hashes}::bytea[])`.execute(tx)
  const found = new Map(rows.map(({ hash, content }) => [hash.toString('base64'), contractOf(hash, content)]))
  return (hash) => {
    const contract = found.get(hash.toString('base64'))
    if (contract === undefined) throw new Error('The contract of a run is not there')
    return contract
  }
}

const countOf = (groups: readonly Group[]): number => groups.reduce((sum, { count }) => sum + count, 0)

function summarise(calls: readonly Group[], runs: readonly Group[]) {
  const all = [...calls, ...runs]
  const changed = all.filter(isChanged).toSorted((a, b) => b.newest_at.getTime() - a.newest_at.getTime())
  const countWhere = (is: (pair: Pair) => boolean): number => countOf(all.filter(is))
  const outcomes = OUTCOMES.map((outcome) => ({
    outcome,
    before: countWhere(({ before }) => before.outcome === outcome),
    after: countWhere(({ after }) => after.outcome === outcome),
  }))
  const ways = Map.groupBy(changed, ({ before, after }) => JSON.stringify([before, after]))
  const changes = [...ways.values()].flatMap((groups) => {
    const [first] = groups
    return first === undefined ? [] : [{ before: first.before, after: first.after, executions: countOf(groups) }]
  })
  return {
    executions: countOf(all),
    is_complete: countOf(calls) < MAX_CALLS && countOf(runs) < MAX_RUNS,
    changed: countOf(changed),
    people: new Set(changed.flatMap(({ member_ids }) => member_ids)).size,
    outcomes: outcomes.filter(({ before, after }) => before + after > 0),
    changes: changes.toSorted((a, b) => b.executions - a.executions),
    samples: changed.slice(0, MAX_SAMPLES).map(({ name, newest_id, newest_at, count, before, after }) => ({
      execution_id: newest_id,
      name,
      admitted_at: newest_at,
      executions: count,
      before,
      after,
    })),
  }
}

/** Levels 2 and 3 that something would need, and that fewer people may give than are needed. */
async function findMissing(
  tx: OrganisationTx,
  { policy }: Bench,
  judged: readonly Pair[],
): Promise<PolicyEffect['missing']> {
  const { level2_quorum, level3_quorum } = policy.values
  const needs = (outcomes: readonly Outcome[]) => judged.some(({ after }) => outcomes.includes(after.outcome))
  const asked = [
    ...(needs(['approved', 'signed_off']) ? [{ level: 2 as const, needed: level2_quorum }] : []),
    ...(needs(['signed_off']) ? [{ level: 3 as const, needed: level3_quorum }] : []),
  ]
  const missing: { level: 2 | 3; needed: number; found: number }[] = []
  for (const { level, needed } of asked) {
    const found = await countApprovers(tx, level)
    if (found < needed) missing.push({ level, needed, found })
  }
  return missing
}
