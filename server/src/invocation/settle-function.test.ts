import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cloneOrganisationDatabase } from '../../test/harness.ts'
import {
  BROKEN_INVARIANTS,
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
const execution = async (call: Row) =>
  (await heart.rows<Record<string, unknown>>('select * from execution.execution where id = $1', [call.execution_id]))[0]
const wallet = async () => (await heart.rows('select balance_micros, held_micros from ledger.gate'))[0]
const counted = async () =>
  (
    await heart.rows(
      'select spent_total_micros as micros, used_total_tokens as tokens from ledger.counter where id = $1',
      [ORGANISATION],
    )
  )[0]
const transfers = () =>
  heart.rows('select id, kind, debit_account, credit_account, amount_micros from ledger.transfer where kind <> $1', [
    'top_up',
  ])
const entries = () => heart.rows<Record<string, unknown>>('select * from audit.entry order by event')

describe('an end', () => {
  test('finalised: the charge leaves the wallet, the rest of the hold is free, the log has the numbers', async () => {
    await heart.useWallet()
    await heart.topUp(1000)
    const call = await admitted()
    expect(await wallet()).toEqual({ balance_micros: 1000, held_micros: 100 })
    const end = settlement(call.execution_id)
    expect(await heart.settle([end])).toBe('s')
    expect(await wallet()).toEqual({ balance_micros: 960, held_micros: 0 })
    expect(await counted()).toEqual({ micros: 40, tokens: 5 })
    expect(await transfers()).toEqual([
      {
        id: call.execution_id,
        kind: 'charge',
        debit_account: 'wallet',
        credit_account: 'usage',
        amount_micros: 40,
      },
    ])
    expect(await execution(call)).toMatchObject({
      state: 'finalised',
      reason_code: 'completed',
      charge_micros: 40,
      input_tokens: 3,
      cached_input_tokens: 1,
      output_tokens: 2,
      tokens_estimated: false,
      duration_ms: 812,
      provider_status: 200,
    })
    expect(await entries()).toMatchObject([
      {
        id: end['entry_id'],
        event: 'execution.finalised',
        outcome: 'succeeded',
        reason_code: 'completed',
        actor_type: 'user',
        actor_id: anna.id,
        actor_role: 'member',
        via: 'api_key',
        api_key_id: anna.key_id,
        execution_id: call.execution_id,
        request_id: call['request_id'],
        data: {
          model: 'small',
          policy_version: 3,
          billing: 'wallet',
          hold_micros: 100,
          cost_micros: 40,
          charge_micros: 40,
          hold_tokens: 10,
          input_tokens: 3,
          cached_input_tokens: 1,
          output_tokens: 2,
        },
      },
    ])
  })

  test('metered: the charge accrues and the wallet is not touched', async () => {
    const call = await admitted()
    await heart.settle([settlement(call.execution_id)])
    expect(await wallet()).toEqual({ balance_micros: 0, held_micros: 0 })
    expect(await transfers()).toMatchObject([
      { debit_account: 'receivable', credit_account: 'usage', amount_micros: 40 },
    ])
  })

  test('failed: the money is free again, the tokens stay counted, nothing is charged whatever it cost', async () => {
    await heart.useWallet()
    await heart.topUp(100)
    const call = await admitted()
    await heart.settle([settlement(call.execution_id, { state: 'failed', reason_code: 'provider_cut' })])
    expect(await wallet()).toEqual({ balance_micros: 100, held_micros: 0 })
    expect(await counted()).toEqual({ micros: 0, tokens: 5 })
    expect(await transfers()).toEqual([])
    expect(await entries()).toMatchObject([
      { event: 'execution.failed', outcome: 'failed', reason_code: 'provider_cut', data: { charge_micros: 0 } },
    ])
  })

  const WITHDRAWN = {
    state: 'cancelled',
    cost_micros: 0,
    input_tokens: 0,
    cached_input_tokens: 0,
    output_tokens: 0,
  }

  test('withdrawn: money and tokens return in full, the log is silent, the Idempotency-Key is free', async () => {
    const key = { idempotency_hash: '\\x01', fingerprint: '\\xaa' }
    const call = await admitted(key)
    await heart.settle([settlement(call.execution_id, { ...WITHDRAWN, reason_code: 'withdrawn', entry_id: null })])
    expect(await counted()).toEqual({ micros: 0, tokens: 0 })
    expect(await execution(call)).toMatchObject({ state: 'cancelled', reason_code: 'withdrawn', charge_micros: 0 })
    expect(await entries()).toEqual([])
    await admitted({ idempotency_hash: '\\x01', fingerprint: '\\xbb' })
  })

  test('cancelled with an entry: a refusal after admission is logged as one', async () => {
    const call = await admitted()
    const end = { ...WITHDRAWN, reason_code: 'organisation_inactive' }
    await heart.settle([settlement(call.execution_id, end)])
    expect(await entries()).toMatchObject([
      { event: 'execution.cancelled', outcome: 'refused', reason_code: 'organisation_inactive' },
    ])
  })

  test('more than was held: the charge stops at the hold, the tokens count as reported, the log tells it', async () => {
    await heart.useWallet()
    await heart.topUp(100)
    const call = await admitted()
    const overrun_entry_id = newId()
    const end = settlement(call.execution_id, { cost_micros: 170, output_tokens: 20, overrun_entry_id })
    expect(await heart.settle([end])).toBe('s')
    expect(await wallet()).toEqual({ balance_micros: 0, held_micros: 0 })
    expect(await counted()).toEqual({ micros: 100, tokens: 23 })
    expect(await entries()).toMatchObject([
      { id: end['entry_id'], event: 'execution.finalised' },
      {
        id: overrun_entry_id,
        event: 'wallet.overrun',
        outcome: 'failed',
        data: { cost_micros: 170, charge_micros: 100, hold_micros: 100, hold_tokens: 10, output_tokens: 20 },
      },
    ])
  })

  test('an overrun that its node did not foresee is logged all the same', async () => {
    const call = await admitted()
    await heart.settle([settlement(call.execution_id, { state: 'failed', output_tokens: 20 })])
    expect((await entries()).map((entry) => entry['event'])).toEqual(['execution.failed', 'wallet.overrun'])
  })

  test('a settlement without its cost or its tokens is an error, and the call stays open', async () => {
    const call = await admitted()
    for (const missing of ['cost_micros', 'input_tokens', 'reason_code', 'state']) {
      await expect(heart.settle([settlement(call.execution_id, { [missing]: null })])).rejects.toThrow()
    }
    await expect(heart.settle([settlement(call.execution_id, { cost_micros: -1 })])).rejects.toThrow()
    await expect(heart.settle([settlement(call.execution_id, { state: 'running' })])).rejects.toThrow()
    expect(await execution(call)).toMatchObject({ state: 'running' })
  })

  test('what is kept of input and answer is written once', async () => {
    const call = await admitted()
    const kept = { content_input: '\\x01', content_output: '\\x02', answer_status: 200, answer_body: '\\x03' }
    await heart.settle([settlement(call.execution_id, kept)])
    await heart.settle([settlement(call.execution_id, { ...kept, answer_body: '\\x04' })])
    expect(
      await heart.rows(`select c.input, c.output, a.status, a.body
        from execution.content c join execution.answer a using (execution_id)`),
    ).toEqual([{ input: '\\x01', output: '\\x02', status: 200, body: '\\x03' }])
  })
})

describe('once', () => {
  test('a settlement sent again changes nothing', async () => {
    const call = await admitted()
    const end = settlement(call.execution_id)
    expect(await heart.settle([end])).toBe('s')
    expect(await heart.settle([end, settlement(call.execution_id, { cost_micros: 90 })])).toBe('dd')
    expect(await execution(call)).toMatchObject({ charge_micros: 40 })
  })

  test('of two settlements of one call in a batch the first counts', async () => {
    const [one, two] = [await admitted(), await admitted()]
    const codes = await heart.settle([
      settlement(one.execution_id, { cost_micros: 1 }),
      settlement(two.execution_id, { cost_micros: 2 }),
      settlement(one.execution_id, { cost_micros: 3 }),
      settlement(newId()),
    ])
    expect(codes).toBe('ssdn')
    expect(await execution(one)).toMatchObject({ charge_micros: 1 })
  })

  test('a call that was never admitted is unknown, and nothing is written', async () => {
    expect(await heart.settle([settlement(newId())])).toBe('n')
    expect(await entries()).toEqual([])
  })
})

test('money that a settlement frees is granted in the same step', async () => {
  await heart.useWallet()
  await heart.topUp(100)
  const call = await admitted()
  const next = heart.request(anna)
  expect(await heart.step({ admit: [next] })).toMatchObject({ admit_codes: 'w' })
  const answer = await heart.step({
    settle: [settlement(call.execution_id, { state: 'failed' })],
    admit: [heart.request(anna), heart.request(anna)],
  })
  expect(answer).toMatchObject({ settle_codes: 's', admit_codes: 'aw' })
})

describe('the billing mode changes while calls are open', () => {
  test('a call that was held on the wallet is paid from it, one that was metered accrues', async () => {
    await heart.topUp(1000)
    const metered = await admitted()
    await heart.useWallet()
    const held = await admitted()
    expect(await wallet()).toEqual({ balance_micros: 1000, held_micros: 100 })
    await heart.client.query(`update ledger.gate set billing_mode = 'metered'`)
    await heart.settle([settlement(held.execution_id)])
    await heart.useWallet()
    await heart.settle([settlement(metered.execution_id)])
    expect(await transfers()).toMatchObject([
      { id: held.execution_id, debit_account: 'wallet' },
      { id: metered.execution_id, debit_account: 'receivable' },
    ])
    expect(await wallet()).toEqual({ balance_micros: 960, held_micros: 0 })
  })
})

test('settling and admitting around midnight keeps every window to its own calls', async () => {
  await heart.useWallet()
  await heart.topUp(10_000)
  const nights = ['2026-11-29', '2026-11-30', '2026-12-01', '2026-12-31', '2027-01-01', '2027-01-03', '2027-01-04']
  let open: readonly Row[] = []
  for (const night of nights) {
    const calls = [1, 2, 3].map(() => heart.request(anna))
    const settle = open.slice(1).map((call) => settlement(call.execution_id))
    expect(await heart.step({ settle, admit: calls, at: `${night}T00:00:00Z` })).toMatchObject({ admit_codes: 'aaa' })
    expect(await heart.rows(BROKEN_INVARIANTS)).toEqual([])
    open = [...open.slice(0, 1), ...calls]
  }
  expect(await heart.settle(open.map((call) => settlement(call.execution_id)))).toBe('s'.repeat(open.length))
})
