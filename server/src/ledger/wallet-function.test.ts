import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cloneOrganisationDatabase } from '../../test/harness.ts'
import {
  BROKEN_INVARIANTS,
  buildWorld,
  type Heart,
  type Member,
  openHeart,
  resetWorld,
  type Row,
  settlement,
} from '../../test/heart-world.ts'
import { newId } from '../kernel/id.ts'

let heart: Heart
let anna: Member

beforeAll(async () => {
  const database = await cloneOrganisationDatabase()
  const world = await buildWorld(database.url, { members: 1, scopes: 1 })
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
  await heart.useWallet()
  return async () => expect(await heart.rows(BROKEN_INVARIANTS)).toEqual([])
})

type Posted = { verdict: string; balance_micros: number; held_micros: number }
const post = async (
  id: string,
  kind: string,
  amount: number,
  expires_at: string | null = 'infinity',
  at: string | null = null,
): Promise<Posted | undefined> =>
  (
    await heart.rows<Posted>(`select * from ledger.post_transfer($1, $2, $3, $4, 'because', $5, $6)`, [
      id,
      kind,
      amount,
      expires_at,
      anna.id,
      at,
    ])
  )[0]
const gate = async () =>
  (await heart.rows<Record<string, unknown>>('select balance_micros, held_micros, undrawn_micros from ledger.gate'))[0]
const lots = () =>
  heart.rows(
    'select amount_micros as amount, drawn_micros as drawn, expired_micros as expired from ledger.lot order by expires_at, id',
  )
const drawLots = (at: string) => heart.rows('select * from ledger.draw_lots($1)', [at])
const admitted = async (hold_micros: number, at: string): Promise<Row> => {
  const call = heart.request(anna, { hold_micros })
  expect(await heart.admit([call], at)).toBe('a')
  return call
}

const JANUARY = '2100-01-01T00:00:00Z'
const MARCH = '2100-03-01T00:00:00Z'
const MAY = '2100-05-01T00:00:00Z'
const before = (instant: string): string => new Date(Date.parse(instant) - 1000).toISOString()

describe('a transfer', () => {
  test('tops the wallet up once, as a lot of its own', async () => {
    const id = newId()
    expect(await post(id, 'top_up', 500)).toEqual({ verdict: 'posted', balance_micros: 500, held_micros: 0 })
    expect(await post(id, 'top_up', 500)).toEqual({ verdict: 'repeated', balance_micros: 500, held_micros: 0 })
    expect(await heart.rows('select * from ledger.transfer')).toMatchObject([
      { id, kind: 'top_up', debit_account: 'funding', credit_account: 'wallet', amount_micros: 500, reason: 'because' },
    ])
    expect(await lots()).toEqual([{ amount: 500, drawn: 0, expired: 0 }])
  })

  test('adjusts both ways, but never takes what open calls hold', async () => {
    await post(newId(), 'top_up', 500)
    await admitted(200, JANUARY)
    expect(await post(newId(), 'adjustment', 50)).toMatchObject({ verdict: 'posted', balance_micros: 550 })
    expect(await post(newId(), 'adjustment', -351, null)).toEqual({
      verdict: 'below_held',
      balance_micros: 550,
      held_micros: 200,
    })
    expect(await post(newId(), 'adjustment', -350, null)).toMatchObject({ verdict: 'posted', balance_micros: 200 })
    expect(
      await heart.rows(`select debit_account, credit_account, amount_micros from ledger.transfer
        where kind = 'adjustment' order by id`),
    ).toEqual([
      { debit_account: 'funding', credit_account: 'wallet', amount_micros: 50 },
      { debit_account: 'wallet', credit_account: 'funding', amount_micros: 350 },
    ])
  })

  test('that no caller may post is an error: credit that has expired, a negative top-up, another kind', async () => {
    await expect(post(newId(), 'top_up', 1, '2000-01-01')).rejects.toThrow(/expiry/)
    await expect(post(newId(), 'top_up', 1, null)).rejects.toThrow(/expiry/)
    await expect(post(newId(), 'top_up', -1)).rejects.toThrow(/not posted here/)
    await expect(post(newId(), 'charge', 1)).rejects.toThrow(/not posted here/)
    await expect(post(newId(), 'adjustment', 0)).rejects.toThrow()
    expect(await gate()).toMatchObject({ balance_micros: 0 })
  })
})

describe('lots', () => {
  test('the one that expires first is drawn first', async () => {
    await post(newId(), 'top_up', 300, MAY, JANUARY)
    await post(newId(), 'top_up', 100, MARCH, JANUARY)
    for (const cost of [70, 70]) {
      const call = await admitted(100, JANUARY)
      await heart.settle([settlement(call.execution_id, { cost_micros: cost })], JANUARY)
    }
    expect(await gate()).toEqual({ balance_micros: 260, held_micros: 0, undrawn_micros: 140 })
    await drawLots(JANUARY)
    expect(await lots()).toEqual([
      { amount: 100, drawn: 100, expired: 0 },
      { amount: 300, drawn: 40, expired: 0 },
    ])
    expect(await gate()).toMatchObject({ undrawn_micros: 0 })
  })

  test('what was charged before a lot existed does not draw on it', async () => {
    await post(newId(), 'top_up', 100, MAY, JANUARY)
    const call = await admitted(100, JANUARY)
    await heart.settle([settlement(call.execution_id, { cost_micros: 70 })], JANUARY)
    await post(newId(), 'top_up', 50, MARCH, JANUARY)
    await drawLots(MARCH)
    expect(await lots()).toEqual([
      { amount: 50, drawn: 0, expired: 50 },
      { amount: 100, drawn: 70, expired: 0 },
    ])
  })

  test('what is left of a lot expires at its time, before anything is granted from it', async () => {
    await post(newId(), 'top_up', 100, MARCH, JANUARY)
    await post(newId(), 'top_up', 50, MAY, JANUARY)
    const call = await admitted(100, JANUARY)
    await heart.settle([settlement(call.execution_id, { cost_micros: 30 })], JANUARY)
    expect(await heart.admit([heart.request(anna, { hold_micros: 120 })], before(MARCH))).toBe('a')
    await heart.client.query('delete from kernel.node_lease')
    await heart.rows('select invocation.expire_holds($1, $2)', [[newId()], before(MARCH)])
    await heart.client.query(`insert into kernel.node_lease values ($1, 'infinity')`, [heart.world.node_id])
    const answer = await heart.step({ admit: [heart.request(anna, { hold_micros: 51 })], at: MARCH })
    expect(answer.details?.['0']).toMatchObject({ reason: 'wallet_insufficient', available: 50 })
    expect(await lots()).toEqual([
      { amount: 100, drawn: 30, expired: 70 },
      { amount: 50, drawn: 0, expired: 0 },
    ])
    expect(
      await heart.rows(`select event, outcome, actor_type, data ->> 'amount_micros' as amount from audit.entry
        where event = 'wallet.lot_expired'`),
    ).toEqual([{ event: 'wallet.lot_expired', outcome: 'succeeded', actor_type: 'system', amount: '70' }])
    expect(
      await heart.rows(`select debit_account, credit_account, amount_micros from ledger.transfer
        where kind = 'lot_expired'`),
    ).toEqual([{ debit_account: 'wallet', credit_account: 'expired', amount_micros: 70 }])
  })

  test('an open hold pins the lot it was placed on, and what it does not use expires as it is decided', async () => {
    await post(newId(), 'top_up', 100, MARCH, JANUARY)
    await post(newId(), 'top_up', 50, MAY, JANUARY)
    const call = await admitted(80, JANUARY)
    await drawLots(MARCH)
    expect(await lots()).toMatchObject([{ expired: 20 }, { expired: 0 }])
    expect(await gate()).toMatchObject({ balance_micros: 130, held_micros: 80 })
    await admitted(50, MARCH)
    expect(await heart.admit([heart.request(anna, { hold_micros: 1 })], MARCH)).toBe('w')
    const answer = await heart.step({
      settle: [settlement(call.execution_id, { cost_micros: 30 })],
      admit: [heart.request(anna, { hold_micros: 1 })],
      at: MARCH,
    })
    expect(answer).toMatchObject({ settle_codes: 's', admit_codes: 'w' })
    expect(await lots()).toEqual([
      { amount: 100, drawn: 30, expired: 70 },
      { amount: 50, drawn: 0, expired: 0 },
    ])
    expect(await gate()).toEqual({ balance_micros: 50, held_micros: 50, undrawn_micros: 0 })
  })

  test('a hold placed after an expiry does not keep the expired lot alive', async () => {
    await post(newId(), 'top_up', 100, MARCH, JANUARY)
    await post(newId(), 'top_up', 100, MAY, JANUARY)
    const early = await admitted(60, JANUARY)
    await admitted(90, MARCH)
    await heart.settle([settlement(early.execution_id, { state: 'failed' })], MARCH)
    expect(await lots()).toMatchObject([{ expired: 100 }, { expired: 0 }])
    expect(await gate()).toMatchObject({ balance_micros: 100, held_micros: 90 })
  })

  test('what pins a lot is released by a lapse as well', async () => {
    await post(newId(), 'top_up', 100, MARCH, JANUARY)
    await admitted(60, JANUARY)
    await drawLots(MARCH)
    await heart.client.query('delete from kernel.node_lease')
    await heart.rows('select invocation.expire_holds($1, $2)', [[newId()], MARCH])
    expect(await gate()).toMatchObject({ balance_micros: 0, held_micros: 0 })
  })

  test('credit that is used up asks for nothing when its time comes', async () => {
    await post(newId(), 'top_up', 100, MARCH, JANUARY)
    const call = await admitted(100, JANUARY)
    await heart.settle([settlement(call.execution_id, { cost_micros: 100 })], JANUARY)
    await drawLots(MARCH)
    expect(await heart.rows(`select kind from ledger.transfer where kind = 'lot_expired'`)).toEqual([])
    expect(await heart.rows(`select next_lot_expires_at = 'infinity' as never from ledger.gate`)).toEqual([
      { never: true },
    ])
  })
})
