import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cloneOrganisationDatabase } from '../../test/harness.ts'
import {
  BROKEN_INVARIANTS,
  type Budget,
  buildWorld,
  type Heart,
  type Member,
  openHeart,
  ORGANISATION,
  resetWorld,
  type Row,
  settlement,
} from '../../test/heart-world.ts'
import { newId } from '../kernel/id.ts'

let heart: Heart
let anna: Member

beforeAll(async () => {
  const database = await cloneOrganisationDatabase()
  const world = await buildWorld(database.url, { members: 2, scopes: 2 })
  const [first] = world.members
  if (first === undefined) throw new Error('The world is too small')
  anna = first
  heart = await openHeart(world)
  return async () => {
    await heart.close()
    await database.drop()
  }
})
beforeEach(async () => {
  await resetWorld(heart)
  return async () => expect(await heart.rows(BROKEN_INVARIANTS)).toEqual([])
})

const admitted = async (changes: Readonly<Record<string, unknown>> = {}, at?: string): Promise<Row> => {
  const call = heart.request(anna, changes)
  expect(await heart.admit([call], at)).toBe('a')
  return call
}
const expire = async (most = 10, at: string | null = null): Promise<number | undefined> =>
  (
    await heart.rows<{ count: number }>('select invocation.expire_holds($1, $2) as count', [
      Array.from({ length: most }, newId),
      at,
    ])
  )[0]?.count
/** The node dies and its holds lapse; then it comes back. */
const lapse = async (at: string | null = null): Promise<void> => {
  await heart.client.query(`update kernel.node_lease set expires_at = '-infinity'`)
  expect(await expire(10, at)).toBeGreaterThan(0)
  await heart.client.query(`update kernel.node_lease set expires_at = 'infinity'`)
}
const execution = async (call: Row) =>
  (await heart.rows<Record<string, unknown>>('select * from execution.execution where id = $1', [call.execution_id]))[0]
const wallet = async () => (await heart.rows('select balance_micros, held_micros from ledger.gate'))[0]
const used = async () =>
  (await heart.rows('select used_total_tokens as tokens from ledger.counter where id = $1', [ORGANISATION]))[0]
const entries = () => heart.rows<Record<string, unknown>>('select * from audit.entry order by id')
const charged = async (call: Row) => (await execution(call))?.['charge_micros']

describe('a hold whose node is gone', () => {
  test('lapses: the money is free, the reserved tokens count as used, the log says why', async () => {
    await heart.useWallet()
    await heart.topUp(100)
    const call = await admitted()
    await lapse()
    expect(await wallet()).toEqual({ balance_micros: 100, held_micros: 0 })
    expect(await used()).toEqual({ tokens: 10 })
    expect(await execution(call)).toMatchObject({
      state: 'failed',
      reason_code: 'hold_lapsed',
      charge_micros: 0,
      input_tokens: 10,
      output_tokens: 0,
      tokens_estimated: true,
    })
    expect(await entries()).toMatchObject([
      { event: 'execution.failed', outcome: 'failed', reason_code: 'hold_lapsed', execution_id: call.execution_id },
    ])
  })

  test('lapses as well when nobody knows the node', async () => {
    await admitted()
    await heart.client.query('delete from kernel.node_lease')
    expect(await expire()).toBe(1)
  })

  test('the calls of nodes that live stay open', async () => {
    const other = newId()
    await heart.client.query(`insert into kernel.node_lease values ($1, clock_timestamp())`, [other])
    const mine = await admitted()
    const theirs = await admitted()
    await heart.client.query('update execution.execution set node_id = $1 where id = $2', [other, theirs.execution_id])
    expect(await expire()).toBe(1)
    expect(await heart.rows('select id, state from execution.execution order by state')).toEqual([
      { id: mine.execution_id, state: 'running' },
      { id: theirs.execution_id, state: 'failed' },
    ])
  })

  test('at most as many lapse at once as there are entry ids, and nobody waits for the gate when none does', async () => {
    for (let index = 0; index < 5; index++) await admitted()
    await heart.client.query('delete from kernel.node_lease')
    expect([await expire(3), await expire(3)]).toEqual([3, 2])
    const other = await openHeart(heart.world)
    await other.client.query('begin')
    await other.client.query('select ledger.lock_gate()')
    expect(await expire(3)).toBe(0)
    await other.close()
  })
})

describe('a node that reports after its hold has lapsed', () => {
  test('is charged once; the state stays, the true tokens replace the reserved ones', async () => {
    const call = await admitted()
    await lapse()
    const end = settlement(call.execution_id)
    expect(await heart.settle([end, settlement(call.execution_id, { cost_micros: 90 })])).toBe('ld')
    expect(await heart.settle([end])).toBe('d')
    expect(await execution(call)).toMatchObject({
      state: 'failed',
      reason_code: 'hold_lapsed',
      charge_micros: 40,
      input_tokens: 3,
      output_tokens: 2,
      tokens_estimated: false,
    })
    expect(await used()).toEqual({ tokens: 5 })
    expect(await heart.rows('select kind, debit_account, amount_micros from ledger.transfer')).toEqual([
      { kind: 'late_charge', debit_account: 'receivable', amount_micros: 40 },
    ])
    expect((await entries()).at(-1)).toMatchObject({
      id: end['entry_id'],
      event: 'execution.settled_late',
      outcome: 'succeeded',
      data: { cost_micros: 40, charge_micros: 40 },
    })
  })

  test('whose call failed is charged nothing, and its tokens are corrected', async () => {
    const call = await admitted()
    await lapse()
    expect(await heart.settle([settlement(call.execution_id, { state: 'failed' })])).toBe('l')
    expect([await charged(call), await used()]).toEqual([0, { tokens: 5 }])
  })

  test('is charged no more than its hold, and the rest is told as an overrun', async () => {
    const call = await admitted()
    await lapse()
    await heart.settle([settlement(call.execution_id, { cost_micros: 170 })])
    expect(await charged(call)).toBe(100)
    expect((await entries()).map((entry) => entry['event'])).toContain('wallet.overrun')
  })

  test('is charged no more than the wallet has available', async () => {
    await heart.useWallet()
    await heart.topUp(130)
    const call = await admitted()
    await lapse()
    await admitted()
    await heart.settle([settlement(call.execution_id, { cost_micros: 90 })])
    expect(await charged(call)).toBe(30)
    expect(await wallet()).toEqual({ balance_micros: 100, held_micros: 100 })
  })

  test('may get nothing from a wallet that is spent, and is settled all the same', async () => {
    await heart.useWallet()
    await heart.topUp(100)
    const call = await admitted()
    await lapse()
    await admitted()
    expect(await heart.settle([settlement(call.execution_id)])).toBe('l')
    expect(await charged(call)).toBe(0)
    expect(await heart.settle([settlement(call.execution_id)])).toBe('d')
  })

  const limit = (scope_kind: 'user' | 'team' | 'organisation', period: Budget['period'], amount: number): Budget => ({
    unit: 'micros',
    scope_kind,
    scope_id: null,
    period,
    amount,
  })

  test.each([
    ['user', 'day'],
    ['team', 'week'],
    ['organisation', 'month'],
    ['user', 'total'],
  ] as const)('is charged no more than the spend limit of its %s by %s leaves', async (scope_kind, period) => {
    await heart.setBudgets([limit(scope_kind, period, 125)])
    const calls = [await admitted()]
    await lapse()
    calls.push(await admitted())
    const [late, open] = calls
    if (late === undefined || open === undefined) throw new Error('unreachable')
    await heart.settle([settlement(late.execution_id, { cost_micros: 60 })])
    expect(await charged(late)).toBe(25)
    expect(await heart.settle([settlement(open.execution_id, { cost_micros: 100 })])).toBe('s')
  })

  test('two late ones share what a limit leaves', async () => {
    await heart.setBudgets([limit('team', 'day', 200)])
    const [one, two] = [await admitted(), await admitted()]
    await lapse()
    await admitted()
    await heart.settle([one, two].map((call) => settlement(call.execution_id, { cost_micros: 60 })))
    expect([await charged(one), await charged(two)]).toEqual([60, 40])
  })

  describe('in a window that has ended', () => {
    const SUNDAY = '2026-11-29T23:00:00Z'
    const MONDAY = '2026-11-30T01:00:00Z'

    test('is bound by what was spent in that window, and by nothing of the new one', async () => {
      await heart.setBudgets([limit('user', 'day', 250), limit('organisation', 'week', 500)])
      const [one, two, open] = [
        await admitted({}, SUNDAY),
        await admitted({}, SUNDAY),
        await admitted({ hold_micros: 50 }, SUNDAY),
      ]
      await heart.client.query('update execution.execution set node_id = $1 where id = any ($2)', [
        newId(),
        [one.execution_id, two.execution_id],
      ])
      expect(await expire(10, SUNDAY)).toBe(2)
      expect(await heart.admit([heart.request(anna)], SUNDAY)).toBe('a')
      // Sunday has spent 150 of 250, then 110: what was open over midnight ends for 10.
      expect(await heart.admit([heart.request(anna), heart.request(anna)], MONDAY)).toBe('aa')
      await heart.settle([settlement(open.execution_id, { cost_micros: 10 })], MONDAY)
      const late = [one, two].map((call) => settlement(call.execution_id, { cost_micros: 80 }))
      expect(await heart.settle(late, MONDAY)).toBe('ll')
      expect([await charged(one), await charged(two)]).toEqual([80, 60])
      expect(
        await heart.rows(
          `select period, starts_on, spent_micros from ledger.closed_window where counter_id = $1 order by 1`,
          [anna.id],
        ),
      ).toEqual([
        { period: 'day', starts_on: '2026-11-29', spent_micros: 250 },
        { period: 'week', starts_on: '2026-11-23', spent_micros: 250 },
      ])
      expect(
        await heart.rows('select spent_day_micros, spent_month_micros from ledger.counter where id = $1', [anna.id]),
      ).toEqual([{ spent_day_micros: 200, spent_month_micros: 450 }])
    })

    test('is charged in full where that window had spent nothing else', async () => {
      await heart.setBudgets([limit('user', 'day', 100)])
      const call = await admitted({}, SUNDAY)
      await lapse(SUNDAY)
      await admitted({}, MONDAY)
      await heart.settle([settlement(call.execution_id, { cost_micros: 100 })], MONDAY)
      expect(await charged(call)).toBe(100)
    })
  })

  test('keeps its answer, so that a repeated Idempotency-Key gets it', async () => {
    const key = { idempotency_hash: '\\x01', fingerprint: '\\xaa' }
    const call = await admitted(key)
    await lapse()
    await heart.settle([settlement(call.execution_id, { answer_status: 200, answer_body: '\\x03' })])
    expect(await heart.admit([heart.request(anna, key)])).toBe('r')
    expect(await heart.rows('select status from execution.answer')).toEqual([{ status: 200 }])
  })
})
