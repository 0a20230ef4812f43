import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { buildWorld, type Heart, type Member, openHeart, resetWorld, settlement } from '../../test/heart-world.ts'
import { openClonedOrganisation, type OpenedOrganisation } from '../../test/organisation-database.ts'
import { findLedgerViolations } from './invariants.ts'

let opened: OpenedOrganisation
let heart: Heart
let members: readonly Member[]
beforeAll(async () => {
  opened = await openClonedOrganisation()
  const world = await buildWorld(opened.url, { members: 3, scopes: 2 })
  members = world.members
  heart = await openHeart(world)
})
afterAll(async () => {
  await heart.close()
  await opened.drop()
})

const find = (): Promise<readonly string[]> => opened.database.transaction(findLedgerViolations)
const admit = async (index: number, changes: Readonly<Record<string, unknown>>, at: string): Promise<string> => {
  const member = members[index]
  if (member === undefined) throw new Error('There is no such member')
  await heart.readFacts()
  const request = heart.request(member, changes)
  expect(await heart.admit([request], at)).toBe('a')
  return request.execution_id
}

const SATURDAY = '2100-11-27T22:00:00Z'
const TUESDAY = '2100-11-30T09:00:00Z'
const WEDNESDAY = '2100-12-01T09:00:00Z'

/**
 * A history over three windows of each kind: charges, failures, an overrun, an open call, and a lapsed call that came
 * late.
 */
beforeEach(async () => {
  await resetWorld(heart)
  await heart.useWallet()
  await heart.topUp(10_000, '2101-01-01', SATURDAY)
  await heart.setBudgets([
    { unit: 'micros', scope_kind: 'user', scope_id: null, period: 'week', amount: 5000 },
    { unit: 'tokens', scope_kind: 'project', scope_id: members[0]?.project_id ?? '', period: 'day', amount: 5000 },
  ])
  const first = await admit(0, {}, SATURDAY)
  const failed = await admit(1, { team_id: null, use_case_id: null }, SATURDAY)
  const lapsed = await admit(2, {}, SATURDAY)
  await heart.settle([settlement(first)], SATURDAY)
  await heart.settle([settlement(failed, { state: 'failed', reason_code: 'provider_error', cost_micros: 0 })], TUESDAY)
  await heart.settle(
    [settlement(await admit(0, {}, TUESDAY), { cost_micros: 900, input_tokens: 80, output_tokens: 20 })],
    TUESDAY,
  )
  await heart.client.query(`update execution.execution set node_id = gen_random_uuid() where id = $1`, [lapsed])
  await heart.client.query(`select invocation.expire_holds(array[gen_random_uuid()], $1)`, [TUESDAY])
  await heart.settle([settlement(lapsed)], WEDNESDAY)
  await admit(1, {}, WEDNESDAY)
})
/** Triggers are off only while a superuser falsifies a row. */
afterEach(async () => {
  await heart.client.query(`set session_replication_role = origin`)
})

const falsify = async (sql: string): Promise<readonly string[]> => {
  await heart.client.query('set session_replication_role = replica')
  await heart.client.query(sql)
  return find()
}

test('a ledger that only the heart wrote has no violation, however its history went', async () => {
  expect(await find()).toEqual([])
  const kinds = await heart.rows<{ kind: string }>('select kind from ledger.transfer order by posted_at, kind')
  expect(kinds.map(({ kind }) => kind)).toEqual(['top_up', 'charge', 'charge', 'late_charge'])
})

test('an empty ledger has no violation', async () => {
  await resetWorld(heart)
  expect(await find()).toEqual([])
})

test('a balance that its transfers do not make is told', async () => {
  expect(await falsify('update ledger.gate set balance_micros = balance_micros + 7')).toEqual([
    expect.stringMatching(/^The wallet says 9827, its transfers sum to 9820\.$/),
    expect.stringMatching(/^The lots leave /),
  ])
})

test('a hold that no open call has is told', async () => {
  expect(await falsify('update ledger.gate set held_micros = held_micros + 1')).toEqual([
    'The wallet says that 101 is held, open executions hold 100.',
  ])
})

test('more held than there is, is told', async () => {
  await heart.client.query('alter table ledger.gate drop constraint gate__held_within_balance')
  const found = await falsify('update ledger.gate set held_micros = 10001')
  await heart.client.query(`update ledger.gate set held_micros = 100`)
  await heart.client.query(`alter table ledger.gate add constraint gate__held_within_balance
    check (held_micros >= 0 and held_micros <= balance_micros)`)
  expect(found).toContain('Held is 10001 of a balance of 9820.')
})

test('a lot that was drawn by nobody is told', async () => {
  expect(await falsify('update ledger.lot set drawn_micros = drawn_micros + 5')).toEqual([
    expect.stringMatching(/^The lots leave \d+, less \d+ not yet drawn; the balance is 9820\.$/),
  ])
})

test('a charge without its execution, without its transfer, or over another amount is told', async () => {
  expect(await falsify(`update execution.execution set charge_micros = 0 where charge_micros = 100`)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^Transfer \S+ charges an execution that is not there\.$/)]),
  )
})

test('an execution that was charged without a transfer is told', async () => {
  const found = await falsify(`delete from ledger.transfer where kind = 'charge' and amount_micros = 100`)
  expect(found).toEqual(
    expect.arrayContaining([expect.stringMatching(/^Execution \S+ was charged 100, and no transfer tells it\.$/)]),
  )
})

test('a transfer over another amount, or from another account, is told', async () => {
  const other = await falsify(
    `update ledger.transfer set amount_micros = 99 where kind = 'charge' and amount_micros = 100`,
  )
  expect(other).toEqual(
    expect.arrayContaining([expect.stringMatching(/^Execution \S+ was charged 100, its transfer moved 99\.$/)]),
  )
  const accrued = await falsify(`update ledger.transfer set debit_account = 'receivable' where kind = 'late_charge'`)
  expect(accrued).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^Execution \S+ was charged to receivable, it was not held there\.$/),
    ]),
  )
})

test.each(['spent_day_micros', 'spent_week_micros', 'spent_month_micros', 'spent_total_micros'])(
  'a counter whose %s are not those of its executions is told',
  async (column) => {
    expect(await falsify(`update ledger.counter set ${column} = ${column} + 1 where kind = 'organisation'`)).toEqual([
      expect.stringMatching(/^The counter of the organisation \S+ says \{.*\}; its executions come to \{.*\}\.$/),
    ])
  },
)

test.each(['used_day_tokens', 'used_week_tokens', 'used_month_tokens', 'used_total_tokens'])(
  'a counter whose %s are not those of its executions is told',
  async (column) => {
    const counter = `(select id from ledger.counter where kind = 'user' order by id limit 1)`
    expect(await falsify(`update ledger.counter set ${column} = ${column} + 1 where id = ${counter}`)).toEqual([
      expect.stringMatching(/^The counter of the user /),
    ])
  },
)

test('limits that no budget says, and budgets that no limit follows, are told', async () => {
  const found = await falsify(`update ledger.counter set limit_day_micros = 3 where kind = 'team'`)
  expect(found).toHaveLength(2)
  expect(found[0]).toMatch(/^The team \S+ is limited to 3 micros a day; the budgets say no\.$/)
  await falsify(`update ledger.counter set limit_day_micros = null where kind = 'team'`)
  const unset = await falsify(`update ledger.budget set amount = 4999 where unit = 'micros'`)
  expect(unset).toHaveLength(3)
  expect(unset[0]).toMatch(/^The user \S+ is limited to 5000 micros a week; the budgets say 4999\.$/)
})

test('of one kind no more than 20 violations are told', async () => {
  await heart.client.query(`insert into ledger.counter (id, kind, spent_total_micros)
    select gen_random_uuid(), 'user', 1 from generate_series(1, 50)`)
  await heart.client.query(`select ledger.refresh_limits()`)
  expect(await find()).toHaveLength(20)
})
