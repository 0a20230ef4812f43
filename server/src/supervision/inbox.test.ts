import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Member } from '../../test/heart-world.ts'
import { decideAs, memberAt, type RunWorld, startRunWorld } from '../../test/run-world.ts'
import { newId } from '../kernel/id.ts'
import { getSupervisionFigures } from './analytics.ts'
import { createDelegation } from './delegation.ts'
import { countInbox, type InboxQuery, listHistory, listInbox } from './inbox.ts'

let runs: RunWorld
let requester: Member
let manager: Member
let other: Member
let plain: Member
beforeAll(async () => {
  runs = await startRunWorld()
  requester = memberAt(runs, 0)
  manager = memberAt(runs, 1)
  other = memberAt(runs, 2)
  plain = memberAt(runs, 3)
  await runs.setMember(manager, { designations: ['manager'] })
  await runs.setMember(other, { designations: ['manager'] })
})
afterAll(() => runs.stop())

const LEVEL2 = { required: true, level2: {} } as const
const inbox = async (member: Member, query: InboxQuery = {}) =>
  runs.tx(async (tx) => listInbox(tx, await runs.actor(member), query))
const idsIn = async (member: Member, query: InboxQuery = {}) =>
  (await inbox(member, query)).items.map((each) => each.run_id)

test('the queue of a manager is what they may approve, most risk first and then longest waiting; their drafts are their own', async () => {
  const made: string[] = []
  for (const risk of ['low', 'high', 'medium', 'high'] as const) {
    const run_id = await runs.createDraft({ requester, supervision: LEVEL2, risk })
    expect(await idsIn(requester, { view: 'own' })).toEqual([run_id])
    expect(await idsIn(manager)).not.toContain(run_id)
    await decideAs(runs, requester, run_id, { act: 'acknowledge' })
    made.push(run_id)
  }
  const [low, high, medium, second] = made
  expect(await idsIn(manager)).toEqual([high, second, medium, low])
  expect(await idsIn(manager, { order: 'age' })).toEqual(made)
  expect(await idsIn(manager, { risk: 'high' })).toEqual([high, second])
  expect(await idsIn(plain)).toEqual([])
  for (const order of ['risk', 'age'] as const) {
    const first = await inbox(manager, { order, limit: 3 })
    const rest = await inbox(manager, { order, limit: 3, cursor: first.next_cursor ?? '' })
    expect([...first.items, ...rest.items].map((each) => each.run_id)).toEqual(await idsIn(manager, { order }))
    expect(rest.next_cursor).toBe(null)
  }
  const counts = await runs.tx(async (tx) => countInbox(tx, await runs.actor(manager)))
  expect(counts).toEqual({
    queue: 4,
    queue_by_risk: { low: 1, medium: 1, high: 2, critical: 0 },
    delegated: 0,
    own: 0,
  })
  // What is approved leaves the queue, and is in the history of whoever approved it.
  const item = (await inbox(manager)).items[0]
  await decideAs(runs, manager, item?.run_id ?? '', { act: 'approve', seen: Buffer.from(item?.draft ?? '', 'hex') })
  expect(await idsIn(manager)).toEqual([second, medium, low])
  const history = await runs.tx(async (tx) => listHistory(tx, await runs.actor(manager), {}))
  expect(history.items).toMatchObject([{ run_id: high, act: 'approve', state: 'finalised' }])
})

test('what waits for somebody by name reaches whoever stands in for them, who needs the permission themselves', async () => {
  const run_id = await runs.createDraft({ requester, supervision: LEVEL2 })
  await decideAs(runs, requester, run_id, { act: 'acknowledge' })
  await runs.tx((tx) =>
    tx
      .updateTable('supervision.gate')
      .set({ is_for_all: false, member_ids: [other.id] })
      .where('execution_id', '=', run_id)
      .execute(),
  )
  const hour_ms = 3_600_000
  for (const to of [manager, plain]) {
    await runs.tx(async (tx) =>
      createDelegation(tx, await runs.actor(other), {
        to_member_id: to.id,
        levels: [2],
        starts_at: new Date(Date.now() - hour_ms),
        ends_at: new Date(Date.now() + hour_ms),
        reason: null,
      }),
    )
  }
  expect(await idsIn(other)).toContain(run_id)
  expect(await idsIn(manager)).not.toContain(run_id)
  expect(await idsIn(manager, { view: 'delegated' })).toEqual([run_id])
  expect(await idsIn(plain, { view: 'delegated' })).toEqual([])
  expect(await decideAs(runs, manager, run_id, { act: 'approve' })).toMatchObject({ state: 'finalised' })
  const [decision] = await runs.rows(
    'select on_behalf_of from supervision.decision where execution_id = $1 and level = 2',
    [run_id],
  )
  expect(decision).toEqual({ on_behalf_of: other.id })
})

test('the figures tell how long levels take, how often they turn around, and what was approved unread', async () => {
  const run_id = await runs.createDraft({ requester, supervision: LEVEL2 })
  await decideAs(runs, requester, run_id, { act: 'acknowledge' })
  await decideAs(runs, manager, run_id, { act: 'return', comment: 'Once more' })
  const interval = { from: new Date(0), to: new Date('2100-01-01') }
  const { total, levels } = await runs.tx((tx) => getSupervisionFigures(tx, interval))
  expect(total.decisions).toBe(total.given + total.returned + total.rejected)
  expect(total).toMatchObject({ returned: 1, faster_than_reading: total.given })
  expect(total.reversal_rate).toBeCloseTo(1 / total.decisions)
  expect(levels.map(({ level }) => level)).toEqual([1, 2])
  expect(total.time_to_decision_p50_ms).toBeGreaterThan(0)
})

test('a queue of ten thousand is read along its index, page by page', async () => {
  const before = (await runs.tx(async (tx) => countInbox(tx, await runs.actor(manager)))).queue
  await runs.tx(async (tx) => {
    await sql`
      with made as (select kernel.new_id() as id, n from generate_series(1, 10000) n),
        executions as (
          insert into execution.execution (id, is_run, state, engine_type, trigger_source, risk, member_id, project_id,
            policy_version, platform_version, request_id, node_id, hold_micros, hold_wallet_micros, hold_tokens,
            admitted_at, admitted_on, input_hash)
          select id, true, 'acknowledged', 'prompt', 'in_app', 'low', ${requester.id}, ${requester.project_id}, 0, 0,
            ${newId()}, ${newId()}, 0, 0, 0, now(), now()::date, '' from made),
        rows as (
          insert into execution.run (execution_id, app_id, app_version_id, app_name, app_version, app_source,
            contract_hash, requester_id, quote_micros, confirmed_at, frozen_policy, level1, level2, level3, level2_quorum,
            level3_quorum, distinct_approvers, demands, revision, input, input_hash, output, output_hash, max_steps,
            max_seconds)
          select id, ${newId()}, ${newId()}, 'App', '1.0.0', 'internal', '', ${requester.id}, 0, now(), '{}', true, true,
            false, 1, 1, true, '[]', 1, '', '', '', '', 1, 1 from made)
      insert into supervision.gate (id, execution_id, level, revision, risk, app_id, requester_id, quorum, opened_at,
        expires_at)
      select kernel.new_id(), id, 2, 1, n % 4, ${newId()}, ${requester.id}, 1, now(), now() + interval '30 days' from made`.execute(
      tx,
    )
  })
  await runs.database.connection((client) => client.query('analyze'))
  const actor = await runs.actor(manager)
  // Of the whole queue little more is read than the page shows; how much more is the plan's affair.
  for (const query of [{}, { order: 'age' }, { risk: 'low' }] as const) {
    const read = await runs.tx(async (tx) => {
      const { items } = await listInbox(tx, actor, { limit: 50, ...query })
      expect(items).toHaveLength(50)
      const { rows } = await sql<{ name: string; rows: number }>`
        select relname as name, coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) as rows
        from pg_stat_xact_user_tables where relname in ('gate', 'run', 'execution', 'decision')`.execute(tx)
      return new Map(rows.map((row) => [row.name, row.rows]))
    })
    for (const name of ['gate', 'run', 'execution', 'decision']) expect(read.get(name) ?? 0, name).toBeLessThan(1000)
  }
  const first = await runs.tx((tx) => listInbox(tx, actor, { limit: 50 }))
  expect(first.items).toHaveLength(50)
  expect(first.items.every((each) => each.risk === 'critical')).toBe(true)
  const second = await runs.tx((tx) => listInbox(tx, actor, { limit: 50, cursor: first.next_cursor ?? '' }))
  expect(new Set([...first.items, ...second.items].map((each) => each.run_id)).size).toBe(100)
  expect((await runs.tx((tx) => countInbox(tx, actor))).queue).toBe(before + 10_000)
})
