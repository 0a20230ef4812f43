// Claiming runs. A claim lasts a few seconds and is renewed; each raises `attempt`, the fencing token: what an attempt
// writes after it has been overtaken changes nothing. Runs that wait for people are not due and cost no worker anything.

import type { OrganisationDatabase } from '../../kernel/database.ts'
import { ENGINE_TYPES, type EngineType, RISKS, type Risk } from '../../policy/document.ts'

/** How long a claim lasts without being renewed. */
export const CLAIM_S = 15

/** A run as a worker takes it, with what it needs to go on. */
export type ClaimedRun = {
  readonly execution_id: string
  readonly attempt: number
  readonly state: string
  /** Nobody has worked on it before: nothing of it is recorded. */
  readonly is_new: boolean
  readonly engine_type: EngineType
  readonly trigger_source: string
  readonly risk: Risk
  readonly request_id: string
  readonly project_id: string
  readonly use_case_id: string | null
  readonly requester_id: string
  readonly app_id: string
  readonly contract_hash: Buffer
  readonly jurisdiction: string | null
  readonly frozen_policy: unknown
  readonly input: Buffer
  readonly max_steps: number
  readonly max_seconds: number
  readonly confirmed_at: Date
  /** What is left of its time by the database's clock; null before it has started or while it waits. */
  readonly remaining_ms: number | null
  readonly pause_reason: string | null
  readonly needed_tokens: number | null
}

const COLUMNS = `
  r.execution_id, r.attempt, e.state, r.attempt = 1 as is_new, e.engine_type, e.trigger_source, e.risk, e.request_id, e.project_id, e.use_case_id,
  r.requester_id, r.app_id, r.contract_hash, r.jurisdiction, r.frozen_policy, r.input, r.max_steps, r.max_seconds,
  r.confirmed_at, r.pause_reason, r.needed_tokens,
  (extract(epoch from r.runs_until - clock_timestamp()) * 1000)::bigint as remaining_ms`

// A row lock of the strongest kind: it waits for no record that is being written, and a record that comes later waits for
// it and then sees the new attempt.
const CLAIM = `
  with due as (
    select q.execution_id from execution.run q
    where q.due_at <= clock_timestamp() and (q.claimed_until is null or q.claimed_until < clock_timestamp())
    order by q.due_at limit $2
    for update skip locked)
  update execution.run r
  set attempt = r.attempt + 1, claimed_by = $1, claimed_until = clock_timestamp() + make_interval(secs => ${CLAIM_S})
  from due, execution.execution e
  where r.execution_id = due.execution_id and e.id = r.execution_id
  returning ${COLUMNS}`

// It waits for no row: it would hold others meanwhile, and who holds the gate may want those. A row that is being written to
// at this moment still stands, and is renewed the next time.
const RENEW = `
  with mine as (
    select r.execution_id, r.attempt
    from execution.run r join unnest($2::uuid[], $3::integer[]) held (execution_id, attempt) using (execution_id, attempt)
    where r.claimed_by = $1),
  free as (
    select r.execution_id, r.attempt from execution.run r join mine using (execution_id, attempt)
    where r.claimed_by = $1 for no key update of r skip locked),
  renewed as (
    update execution.run r set claimed_until = clock_timestamp() + make_interval(secs => ${CLAIM_S})
    from free where r.execution_id = free.execution_id and r.attempt = free.attempt and r.claimed_by = $1)
  select execution_id from mine`

const RELEASE = `
  update execution.run r
  set claimed_by = null, claimed_until = null, due_at = clock_timestamp() + make_interval(secs => $4)
  where r.execution_id = $1 and r.attempt = $2 and r.claimed_by = $3`

type ClaimedRow = Omit<ClaimedRun, 'engine_type' | 'risk'> & { readonly engine_type: string; readonly risk: string }

function wordOf<Word extends string>(words: readonly Word[], text: string): Word {
  const word = words.find((each) => each === text)
  if (word === undefined) throw new Error(`The database holds an unknown word: ${text}`)
  return word
}

/** Claims up to `limit` runs that are due, the longest due first. */
export async function claimRuns(
  database: OrganisationDatabase,
  worker_id: string,
  limit: number,
): Promise<readonly ClaimedRun[]> {
  return database.connection(async (client) => {
    const { rows } = await client.query<ClaimedRow>({
      name: 'execution.claim',
      text: CLAIM,
      values: [worker_id, limit],
    })
    return rows.map((row) => ({
      ...row,
      engine_type: wordOf(ENGINE_TYPES, row.engine_type),
      risk: wordOf(RISKS, row.risk),
    }))
  })
}

type Held = Pick<ClaimedRun, 'execution_id' | 'attempt'>

/** Renews claims; answers those that still stand. A run that has ended, or was taken by another, is not among them. */
export async function renewClaims(
  database: OrganisationDatabase,
  worker_id: string,
  runs: readonly Held[],
): Promise<ReadonlySet<string>> {
  return database.connection(async (client) => {
    const values = [worker_id, runs.map(({ execution_id }) => execution_id), runs.map(({ attempt }) => attempt)]
    const { rows } = await client.query<{ execution_id: string }>({ name: 'execution.renew', text: RENEW, values })
    return new Set(rows.map(({ execution_id }) => execution_id))
  })
}

/** Gives a claim back: any worker may take the run after so many seconds. */
export async function releaseClaim(
  database: OrganisationDatabase,
  worker_id: string,
  { execution_id, attempt }: Held,
  after_s: number,
): Promise<void> {
  await database.connection((client) => client.query(RELEASE, [execution_id, attempt, worker_id, after_s]))
}

/** SQL: whether a run is due that nobody works on. */
export const HAS_DUE_RUNS = `exists (
  select from execution.run
  where due_at <= clock_timestamp() and (claimed_until is null or claimed_until < clock_timestamp()))`

/** Whether any run is due: what every organisation is asked now and then, whatever hints were lost. */
export async function hasDueRuns(database: OrganisationDatabase): Promise<boolean> {
  return database.connection(async (client) => {
    const { rows } = await client.query<{ due: boolean }>(`select ${HAS_DUE_RUNS} as due`)
    return rows[0]?.due === true
  })
}
