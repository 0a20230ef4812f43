// What the platform does by itself to runs that wait: deadlines that escalate or cancel, levels that expire, policies that
// became stricter. All by the clock of the database; when nothing is due, each question is one look at one index or row.

import { sql } from 'kysely'
import type { OrganisationDatabase, OrganisationTx } from '../kernel/database.ts'
import type { Log } from '../kernel/log.ts'
import type { Sweep } from '../kernel/sweep.ts'
import { boundHashOf } from '../supervision/binding.ts'
import { findOpenLevel } from '../supervision/completeness.ts'
import { escalateGate, type Gate, findGate, listDueGates, shortenGate } from '../supervision/gate.ts'
import { isRaisedBy } from '../supervision/levels.ts'
import { listGiven } from './internal/decision-facts.ts'
import { endRun, type RunEnd } from './internal/move.ts'
import { appendRunEntries, endEntry, systemOrigin } from './internal/run-entry.ts'
import { findRun, listRunRows, lockGate, type LockedRun, type RunRow } from './internal/run-row.ts'
import { ackTimeoutDays, keepLevels, levelsNow, openLevel, storedLevels } from './internal/supervise.ts'
import { type Governance, type PlatformPolicy, readGovernance, type RunTools } from './run-tools.ts'
import { isEnded } from './state.ts'
import { cancelRunsOf } from './transition.ts'

const DAY_MS = 86_400_000
const AT_ONCE = 100

const CLOCK = systemOrigin('clock')
const POLICY = systemOrigin('policy')

export type Watched = { readonly expired: number; readonly escalated: number }

/**
 * Looks after the levels of one organisation whose time has come: one that waited too long cancels its run
 * (`ack_timeout`), one whose deadline has passed goes on to those it escalates to, or cancels. Never an approval.
 */
export async function watchGates(
  tools: RunTools,
  database: OrganisationDatabase,
  organisation_id: string,
): Promise<Watched> {
  let watched: Watched = { expired: 0, escalated: 0 }
  for (;;) {
    const due = await database.transaction((tx) => listDueGates(tx, AT_ONCE))
    if (due.length === 0) return watched
    const platform = await tools.platformPolicy()
    for (const execution_id of due) {
      const done = await database.transaction((tx) => expireRun(tx, tools, organisation_id, platform, execution_id))
      watched = {
        expired: watched.expired + (done === 'expired' ? 1 : 0),
        escalated: watched.escalated + (done === 'escalated' ? 1 : 0),
      }
    }
    if (due.length < AT_ONCE) return watched
  }
}

/** Does to one waiting run what its time demands now, under the gate; null when nothing is due any more. */
async function expireRun(
  tx: OrganisationTx,
  tools: RunTools,
  organisation_id: string,
  platform: PlatformPolicy,
  run_id: string,
): Promise<'expired' | 'escalated' | null> {
  const { now, access_version } = await lockGate(tx)
  const row = await findRun(tx, run_id)
  const gate = await findGate(tx, run_id)
  if (row === null || gate === null || isEnded(row.state)) return null
  const run = { ...row, now, access_version }
  const governance = await tools.governance(tx, organisation_id, access_version, platform)
  const isOver = now.getTime() >= expiryOf(gate, run, governance).getTime()
  const isLate = gate.deadline_at !== null && now >= gate.deadline_at
  if (!isOver && !isLate) return null
  if (!isOver && gate.on_timeout === 'escalate') {
    await escalateGate(tx, gate.id, now)
    const data = { level: gate.level, revision: run.revision, deadline_at: gate.deadline_at }
    await appendRunEntries(tx, run, [{ origin: CLOCK, event: 'execution.escalated', data }])
    return 'escalated'
  }
  const end: RunEnd = { state: 'cancelled', reason_code: 'ack_timeout', now }
  await endRun(tx, run, 'expire', end)
  await appendRunEntries(tx, run, [endEntry(run, CLOCK, end, { level: gate.level, revision: run.revision })])
  return 'expired'
}

function expiryOf(gate: Gate, run: RunRow, governance: Governance): Date {
  const by_policy_ms = gate.opened_at.getTime() + ackTimeoutDays(run, governance) * DAY_MS
  return new Date(Math.min(gate.expires_at.getTime(), by_policy_ms))
}

export type Applied = { readonly cancelled: number; readonly raised: number }

/**
 * Holds every open run against policies and workflows that changed since the last time (rulings 1 and 10): runs of engines
 * that may run no more are cancelled, levels that are demanded now are added, shorter waits hold. When nothing has
 * changed it reads one row.
 */
export async function applyPolicies(database: OrganisationDatabase, platform: PlatformPolicy): Promise<Applied> {
  const changed = await database.transaction((tx) => findChange(tx, platform))
  if (changed === null) return { cancelled: 0, raised: 0 }
  const cancelled = await database.transaction(async (tx) => cancelForbidden(tx, await readGovernance(tx, platform)))
  let raised = 0
  let after: string | null = null
  for (;;) {
    const batch = await database.transaction((tx) => raiseBatch(tx, platform, after))
    raised += batch.raised
    after = batch.last
    if (after === null) break
  }
  await database.transaction((tx) => noteApplied(tx, changed))
  return { cancelled, raised }
}

type Stamp = { readonly platform_version: number; readonly policy_version: number; readonly workflows: string }

/** What the open runs were last held against, and what the organisation demands now. */
const APPLIED_AND_NOW = `supervision.applied_policy a cross join lateral (select
  coalesce((select max(version) from policy.document), 0) as policy_version,
  coalesce((select md5(string_agg(id::text || version || is_enabled, ',' order by id)) from supervision.workflow), '')
    as workflows) now`

/** What is in force, if it is not what the open runs were last held against. */
async function findChange(tx: OrganisationTx, platform: PlatformPolicy): Promise<Stamp | null> {
  const { rows } = await sql<Stamp & { readonly is_same: boolean }>`
    select ${platform.version}::bigint as platform_version, now.policy_version, now.workflows,
      (a.platform_version, a.policy_version, a.workflows) = (${platform.version}::bigint, now.policy_version, now.workflows)
        as is_same
    from ${sql.raw(APPLIED_AND_NOW)}`.execute(tx)
  const [row] = rows
  return row === undefined || row.is_same ? null : row
}

async function noteApplied(tx: OrganisationTx, { platform_version, policy_version, workflows }: Stamp): Promise<void> {
  await tx.updateTable('supervision.applied_policy').set({ platform_version, policy_version, workflows }).execute()
}

async function cancelForbidden(tx: OrganisationTx, { policy }: Governance): Promise<number> {
  const { allowed_engines } = policy.values
  if (allowed_engines === 'all') return 0
  return cancelRunsOf(tx, POLICY, { only_engines: allowed_engines }, 'engine_forbidden')
}

async function raiseBatch(
  tx: OrganisationTx,
  platform: PlatformPolicy,
  after: string | null,
): Promise<{ readonly raised: number; readonly last: string | null }> {
  const gate = await lockGate(tx)
  const governance = await readGovernance(tx, platform)
  const rows = await listRunRows(tx, (runs) =>
    runs
      .where('e.is_run', '=', true)
      .where('e.settled_at', 'is', null)
      .$if(after !== null, (narrowed) => narrowed.where('e.id', '>', after))
      .orderBy('e.id')
      .limit(AT_ONCE),
  )
  let raised = 0
  for (const row of rows) if (await raise(tx, { ...row, ...gate }, governance)) raised += 1
  return { raised, last: rows.length < AT_ONCE ? null : (rows.at(-1)?.id ?? null) }
}

/** Adds what is demanded now to one run; a lower level that is missing opens, a quorum that grew holds. */
async function raise(tx: OrganisationTx, run: LockedRun, governance: Governance): Promise<boolean> {
  const before = storedLevels(run)
  const levels = levelsNow(run, governance)
  const gate = await findGate(tx, run.id)
  if (gate !== null && expiryOf(gate, run, governance) < gate.expires_at) {
    await shortenGate(tx, gate.id, expiryOf(gate, run, governance))
  }
  if (!isRaisedBy(before, levels)) return false
  await keepLevels(tx, run, levels)
  if (gate !== null) {
    const bound_hash = boundHashOf(run)
    const open = findOpenLevel(levels, { ...run, bound_hash }, await listGiven(tx, run, bound_hash))
    if (open !== null && (open.level !== gate.level || open.quorum !== gate.quorum)) {
      await openLevel(tx, run, governance, open)
    }
  }
  const { demands: _, ...needs } = levels
  const added = levels.demands.filter((each) => !before.demands.some((known) => known.rule === each.rule))
  const data = { ...needs, demands: added, policy_version_seen: governance.policy_version }
  const versioned = { ...data, platform_version_seen: governance.platform_version }
  await appendRunEntries(tx, run, [{ origin: POLICY, event: 'execution.levels_added', data: versioned }])
  return true
}

/** Cancels what an organisation's new policy forbids, in the transaction that puts it in force (ruling 10). */
export async function cancelWhatPolicyForbids(tx: OrganisationTx, platform: PlatformPolicy): Promise<number> {
  return cancelForbidden(tx, await readGovernance(tx, platform))
}

/** Levels whose time has come, and what an organisation changed about its own rules. */
export function watchSweeps(tools: RunTools, log: Log): readonly Sweep[] {
  return [
    {
      due: 'exists (select from supervision.gate where acts_at <= clock_timestamp())',
      run: (database, organisation_id) => watchGates(tools, database, organisation_id),
    },
    {
      due: `select (a.policy_version, a.workflows) is distinct from (now.policy_version, now.workflows) from ${APPLIED_AND_NOW}`,
      run: async (database, organisation_id) =>
        noteApplication(log, organisation_id, await applyPolicies(database, await tools.platformPolicy())),
    },
  ]
}

/** Says in the log of the node what policies did to open runs, when they did anything. */
export function noteApplication(log: Log, organisation_id: string, { cancelled, raised }: Applied): void {
  if (cancelled + raised > 0) log.info({ organisation_id, cancelled, raised }, 'policies were applied to open runs')
}
