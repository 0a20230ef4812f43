import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { APP_ID, memberAt, type RunWorld, startRunWorld } from '../../test/run-world.ts'
import { BROKEN_INVARIANTS } from '../../test/heart-world.ts'
import { newId } from '../kernel/id.ts'
import { verifyReceipt } from '../supervision/receipt.ts'
import { startRun, startRuns } from './creation.ts'
import { systemOrigin } from './internal/run-entry.ts'
import { cancelRun, cancelRunsOf, failRun, pauseRun, resumeRun } from './transition.ts'

let runs: RunWorld
beforeAll(async () => {
  runs = await startRunWorld()
  await runs.topUp(100_000)
})
afterAll(() => runs.stop())

const platform = systemOrigin('policy')
const sound = async () => expect(await runs.rows(BROKEN_INVARIANTS)).toEqual([])
const held = async () => Number((await runs.rows('select held_micros from ledger.gate'))[0]?.['held_micros'])
const receiptOf = async (id: string) =>
  String((await runs.rows('select content from supervision.receipt where id = $1', [id]))[0]?.['content'])

test('a run that nobody wants supervised is acknowledged by policy and finalised at once: sealed, charged its quote, with a receipt', async () => {
  const run_id = await runs.createDraft({ requester: memberAt(runs, 0), quote_micros: 250 })
  expect(await runs.stateOf(run_id)).toMatchObject({
    state: 'finalised',
    reason_code: 'completed',
    charge_micros: 250,
    revision: 1,
    open_level: null,
  })
  expect(await runs.told(run_id)).toEqual([
    'execution.created',
    'execution.started',
    'execution.output_produced',
    'execution.acknowledged',
    'execution.finalised completed',
  ])
  const [entry] = await runs.rows(
    `select actor_type, actor_role from audit.entry where execution_id = $1 and event = 'execution.acknowledged'`,
    [run_id],
  )
  expect(entry).toEqual({ actor_type: 'system', actor_role: 'policy' })
  const verified = verifyReceipt(await receiptOf(run_id))
  expect(verified).toMatchObject({ is_valid: true, receipt: { kind: 'finalisation' } })
  await sound()
})

test('a run that anybody wants supervised stays a draft with its hold until people have decided', async () => {
  const before = await held()
  const run_id = await runs.createDraft({ requester: memberAt(runs, 0), supervision: { required: true } })
  expect(await runs.stateOf(run_id)).toMatchObject({ state: 'draft', charge_micros: null, open_level: 1, revision: 1 })
  expect(await held()).toBe(before + 100)
  await sound()
})

test('a platform that becomes stricter while a run runs has its output acknowledged by a person', async () => {
  const { run_id } = await runs.create({ requester: memberAt(runs, 0) })
  await runs.tx((tx) => startRun(tx, { run_id, attempt: 1 }))
  await runs.putPlatformPolicy({ mandatory_ack: true })
  expect(await runs.produce(run_id)).toBe('draft')
  await runs.putPlatformPolicy({})
  expect(await runs.stateOf(run_id)).toMatchObject({ state: 'draft', level1: true, open_level: 1 })
})

test('a limit of time or steps that is narrowed while a run runs holds at its draft: it fails, uncharged, and widened again it holds no more', async () => {
  const before = await held()
  const running = async () => {
    const { run_id } = await runs.create({ requester: memberAt(runs, 0) })
    await runs.tx((tx) => startRun(tx, { run_id, attempt: 1 }))
    // Half of its 600 s are used.
    await runs.tx((tx) =>
      sql`update execution.run set runs_until = runs_until - interval '300 s' where execution_id = ${run_id}`.execute(
        tx,
      ),
    )
    return run_id
  }
  const [stepped, late, within, widened] = [await running(), await running(), await running(), await running()]
  await runs.putPlatformPolicy({ max_steps: 2 })
  expect(await runs.produce(stepped)).toBe('failed')
  await runs.putPlatformPolicy({})
  await runs.putPolicy({ max_execution_seconds: 299 })
  expect(await runs.produce(late)).toBe('failed')
  await runs.putPolicy({ max_execution_seconds: 500, max_steps: 3 })
  expect(await runs.produce(within)).toBe('finalised')
  await runs.putPolicy({})
  expect(await runs.produce(widened)).toBe('finalised')
  expect(await runs.rows('select steps_taken from execution.run where execution_id = $1', [within])).toEqual([
    { steps_taken: 3 },
  ])
  expect(await runs.stateOf(stepped)).toMatchObject({ state: 'failed', reason_code: 'step_limit', charge_micros: 0 })
  expect(await runs.stateOf(late)).toMatchObject({ state: 'failed', reason_code: 'time_limit', charge_micros: 0 })
  expect(await held()).toBe(before)
  await sound()
})

test('a run that fails gives its hold back and is charged nothing', async () => {
  const before = await held()
  const { run_id } = await runs.create({ requester: memberAt(runs, 1) })
  const act = { run_id, attempt: 1 }
  expect(await runs.tx((tx) => startRun(tx, act))).toBe(true)
  expect(await runs.tx((tx) => failRun(tx, act, 'output_invalid', '/total is missing'))).toBe(true)
  expect(await runs.stateOf(run_id)).toMatchObject({ state: 'failed', reason_code: 'output_invalid', charge_micros: 0 })
  expect(await held()).toBe(before)
  expect((await runs.told(run_id)).at(-1)).toBe('execution.failed output_invalid')
  await sound()
})

test('what an older attempt says of a run does not count', async () => {
  const { run_id } = await runs.create({ requester: memberAt(runs, 1) })
  await runs.tx((tx) =>
    tx.updateTable('execution.run').set({ attempt: 2 }).where('execution_id', '=', run_id).execute(),
  )
  const old = { run_id, attempt: 1 }
  expect(await runs.tx((tx) => startRun(tx, old))).toBe(false)
  expect(await runs.tx((tx) => startRun(tx, { run_id, attempt: 2 }))).toBe(true)
  expect(await runs.tx((tx) => pauseRun(tx, old, 'human_task'))).toBe(false)
  expect(await runs.tx((tx) => failRun(tx, old, 'late', ''))).toBe(false)
  expect(await runs.produce(run_id, 1)).toBe(null)
  expect(await runs.produce(run_id, 2)).toBe('finalised')
})

test('of runs that are started together each is judged alone', async () => {
  const [first, second, ended] = await Promise.all([0, 1, 2].map(() => runs.create({ requester: memberAt(runs, 1) })))
  const ids = [first, second, ended].map((each) => each?.run_id ?? '')
  const [one = '', two = '', three = ''] = ids
  await runs.tx((tx) => cancelRun(tx, platform, three, 'app_blocked'))
  const acts = [
    { run_id: one, attempt: 1 },
    { run_id: two, attempt: 7 },
    { run_id: three, attempt: 1 },
    { run_id: newId(), attempt: 1 },
  ]
  expect(await runs.tx((tx) => startRuns(tx, acts))).toEqual([true, false, false, false])
  expect(await runs.tx((tx) => startRuns(tx, acts))).toEqual([false, false, false, false])
  expect(await runs.told(one)).toEqual(['execution.created', 'execution.started'])
  expect(await runs.told(two)).toEqual(['execution.created'])
  const [row] = await runs.rows(
    `select runs_until - started_at = make_interval(secs => max_seconds) as is_whole, started_at > confirmed_at as is_later
     from execution.run where execution_id = $1`,
    [one],
  )
  expect(row).toEqual({ is_whole: true, is_later: true })
  expect(await runs.stateOf(two)).toMatchObject({ state: 'created' })
})

test('the time of a run stands still while it waits, and a paused run is bound to no worker', async () => {
  const { run_id } = await runs.create({ requester: memberAt(runs, 1) })
  const act = { run_id, attempt: 1 }
  await runs.tx((tx) => startRun(tx, act))
  expect(await runs.tx((tx) => pauseRun(tx, act, 'human_task'))).toBe(true)
  const [paused] = await runs.rows('select * from execution.run where execution_id = $1', [run_id])
  expect(paused).toMatchObject({ runs_until: null, due_at: null, claimed_by: null, pause_reason: 'human_task' })
  expect(Number(paused?.['remaining_ms'])).toBeLessThanOrEqual(600_000)
  expect(Number(paused?.['remaining_ms'])).toBeGreaterThan(500_000)
  expect(await runs.tx((tx) => resumeRun(tx, platform, run_id))).toBe(true)
  const [resumed] = await runs.rows('select * from execution.run where execution_id = $1', [run_id])
  expect(resumed).toMatchObject({ remaining_ms: null, pause_reason: null })
  expect(resumed?.['due_at']).not.toBe(null)
  expect(await runs.tx((tx) => resumeRun(tx, platform, run_id))).toBe(false)
})

test('a run can be cancelled in every state but an end, and its hold is free in the same commit', async () => {
  const before = await held()
  const created = (await runs.create({ requester: memberAt(runs, 2) })).run_id
  const draft = await runs.createDraft({ requester: memberAt(runs, 2), supervision: { required: true } })
  for (const run_id of [created, draft]) {
    expect(await runs.tx((tx) => cancelRun(tx, platform, run_id, 'cancelled_by_user'))).toBe(true)
    expect(await runs.stateOf(run_id)).toMatchObject({ state: 'cancelled', charge_micros: 0, open_level: null })
    expect(await runs.tx((tx) => cancelRun(tx, platform, run_id, 'cancelled_by_user'))).toBe(false)
  }
  expect(await held()).toBe(before)
  await sound()
})

test('a blocked app, a forbidden engine, a removed requester take all their open runs with them and no others (ruling 10)', async () => {
  const app_id = newId()
  const requester = memberAt(runs, 3)
  const ofApp = [
    (await runs.create({ requester, app_id })).run_id,
    await runs.createDraft({ requester, app_id, supervision: { required: true } }),
  ]
  const other = (await runs.create({ requester })).run_id
  expect(await runs.tx((tx) => cancelRunsOf(tx, platform, { app_id }, 'app_blocked'))).toBe(2)
  for (const run_id of ofApp)
    expect(await runs.stateOf(run_id)).toMatchObject({ state: 'cancelled', reason_code: 'app_blocked' })
  expect(await runs.stateOf(other)).toMatchObject({ state: 'created' })

  const agent = (await runs.create({ requester, engine_type: 'agent' })).run_id
  const only_engines = ['prompt', 'document'] as const
  expect(await runs.tx((tx) => cancelRunsOf(tx, platform, { only_engines }, 'engine_forbidden'))).toBe(1)
  expect(await runs.stateOf(agent)).toMatchObject({ state: 'cancelled', reason_code: 'engine_forbidden' })

  expect(await runs.tx((tx) => cancelRunsOf(tx, platform, { requester_id: requester.id }, 'requester_removed'))).toBe(1)
  expect(await runs.stateOf(other)).toMatchObject({ state: 'cancelled', reason_code: 'requester_removed' })
  expect(await runs.tx((tx) => cancelRunsOf(tx, platform, { app_id: APP_ID }, 'app_blocked'))).toBeGreaterThan(0)
  expect(await held()).toBe(0)
  await sound()
})

test('a run whose quote the wallet does not cover is refused, logged, and holds nothing', async () => {
  const { run_id, verdict } = await runs.create({ requester: memberAt(runs, 0), quote_micros: 1_000_000 })
  expect(verdict).toMatchObject({ letter: 'w', details: { reason: 'wallet_insufficient' } })
  expect(await runs.rows('select 1 from execution.run where execution_id = $1', [run_id])).toEqual([])
  expect(await runs.rows('select event from audit.entry where id = $1', [run_id])).toEqual([
    { event: 'wallet.blocked' },
  ])
})
