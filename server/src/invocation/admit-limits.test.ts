import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cloneOrganisationDatabase } from '../../test/harness.ts'
import {
  ALL_BUDGETS,
  type Budget,
  buildWorld,
  type Heart,
  type Member,
  openHeart,
  ORGANISATION,
  resetWorld,
  settlement,
} from '../../test/heart-world.ts'
import { newId } from '../kernel/id.ts'

let heart: Heart
let anna: Member
let ben: Member

beforeAll(async () => {
  const database = await cloneOrganisationDatabase()
  const world = await buildWorld(database.url, { members: 3, scopes: 3 })
  const [first, second] = world.members
  if (first === undefined || second === undefined) throw new Error('The world is too small')
  anna = first
  ben = second
  heart = await openHeart(world)
  return async () => {
    await heart.close()
    await database.drop()
  }
})
beforeEach(() => resetWorld(heart))

const many = (count: number, member: Member, changes = {}) =>
  Array.from({ length: count }, () => heart.request(member, changes))
const scopeOf = (member: Member, scope_kind: Budget['scope_kind']): string | null => {
  switch (scope_kind) {
    case 'organisation':
      return null
    case 'team':
      return member.team_id
    case 'project':
      return member.project_id
    case 'use_case':
      return member.use_case_id
    case 'user':
      return member.id
  }
}

const WEDNESDAY = '2026-11-25T10:00:00Z'
const RESETS: Readonly<Record<Budget['period'], string | null>> = {
  day: '2026-11-26T00:00:00Z',
  week: '2026-11-30T00:00:00Z',
  month: '2026-12-01T00:00:00Z',
  total: null,
}
const refusalOf = (unit: Budget['unit']) =>
  unit === 'tokens'
    ? { letter: 'q', reason: 'quota_exceeded', event: 'quota.blocked', hold: 10 }
    : { letter: 's', reason: 'spend_limit_exceeded', event: 'spend_limit.blocked', hold: 100 }

describe('each limit alone', () => {
  test.each(ALL_BUDGETS)(
    'the $unit of a $scope_kind by $period are granted to the last call that fits, and the next one is told why',
    async ({ unit, scope_kind, period }) => {
      const { letter, reason, event, hold } = refusalOf(unit)
      const limit = 5 * hold + 7
      const scope_id = scopeOf(anna, scope_kind)
      await heart.setBudgets([{ unit, scope_kind, scope_id, period, amount: limit }])
      expect(await heart.admit(many(2, anna), WEDNESDAY)).toBe('aa')
      const answer = await heart.step({ admit: many(6, anna), at: WEDNESDAY })
      expect(answer.admit_codes).toBe(`aaa${letter.repeat(3)}`)
      const facts = {
        scope: scope_kind,
        scope_id,
        unit,
        window: period,
        limit,
        top_up: 0,
        used: 5 * hold,
        requested: hold,
        resets_at: RESETS[period],
      }
      expect(answer.details).toEqual({
        '3': { reason, ...facts },
        '4': { reason, ...facts },
        '5': { reason, ...facts },
      })
      const entries = await heart.rows('select event, outcome, reason_code, data from audit.entry')
      expect(entries).toHaveLength(3)
      expect(entries[0]).toEqual({
        event,
        outcome: 'refused',
        reason_code: reason,
        data: { ...facts, model: 'small', hold_micros: 100, hold_tokens: 10 },
      })
      const others = scope_kind === 'organisation' ? letter : 'a'
      expect(await heart.admit(many(1, ben), WEDNESDAY)).toBe(others)
    },
  )

  test('the wallet is granted to the last call that fits, and the next one is told what there is', async () => {
    await heart.useWallet()
    await heart.topUp(570)
    const answer = await heart.step({ admit: [...many(4, anna), ...many(3, ben)] })
    expect(answer.admit_codes).toBe('aaaaaww')
    expect(answer.details?.['6']).toEqual({
      reason: 'wallet_insufficient',
      unit: 'micros',
      available: 70,
      requested: 100,
    })
    expect(await heart.admit(many(1, ben, { hold_micros: 70 }))).toBe('a')
    expect(await heart.rows('select event, reason_code, data from audit.entry order by id limit 1')).toEqual([
      {
        event: 'wallet.blocked',
        reason_code: 'wallet_insufficient',
        data: { unit: 'micros', available: 70, requested: 100, model: 'small', hold_micros: 100, hold_tokens: 10 },
      },
    ])
    expect(await heart.rows('select balance_micros, held_micros from ledger.gate')).toEqual([
      { balance_micros: 570, held_micros: 570 },
    ])
  })

  test('in mode metered the wallet is not asked and nothing is held on it', async () => {
    expect(await heart.admit(many(3, anna))).toBe('aaa')
    expect(
      await heart.rows('select sum(hold_micros) as hold, sum(hold_wallet_micros) as wallet from execution.execution'),
    ) //
      .toEqual([{ hold: 300, wallet: 0 }])
    expect(await heart.rows('select held_micros from ledger.gate')).toEqual([{ held_micros: 0 }])
  })

  test('a smaller call still fits where a larger one was refused', async () => {
    await heart.setBudgets([
      { unit: 'tokens', scope_kind: 'user', scope_id: null, period: 'day', amount: 25 },
      { unit: 'micros', scope_kind: 'team', scope_id: null, period: 'day', amount: 250 },
    ])
    const sizes = [20, 10, 5, 1].map((hold_tokens) => heart.request(anna, { hold_tokens, hold_micros: 1 }))
    expect(await heart.admit(sizes)).toBe('aqaq')
    const costs = [200, 100, 49, 1].map((hold_micros) => heart.request(ben, { hold_tokens: 1, hold_micros }))
    expect(await heart.admit(costs)).toBe('asaa')
  })

  test('a call that asks for no money is not refused by an exhausted spend limit or wallet', async () => {
    await heart.admit(many(1, anna))
    await heart.useWallet()
    await heart.setBudgets([{ unit: 'micros', scope_kind: 'user', scope_id: null, period: 'total', amount: 50 }])
    expect(await heart.admit([heart.request(anna), heart.request(anna, { hold_micros: 0 })])).toBe('sa')
  })

  test('a limit lowered below what is used refuses the next call and takes nothing back', async () => {
    expect(await heart.admit(many(3, anna), WEDNESDAY)).toBe('aaa')
    await heart.setBudgets([{ unit: 'tokens', scope_kind: 'user', scope_id: anna.id, period: 'week', amount: 10 }])
    const answer = await heart.step({ admit: many(1, anna), at: WEDNESDAY })
    expect(answer.details?.['0']).toMatchObject({ window: 'week', used: 30, limit: 10, requested: 10 })
  })
})

describe('which limit is named', () => {
  test('token quotas before spend limits before the wallet; among scopes in the order of the rulings', async () => {
    const order = [
      ...(['organisation', 'project', 'use_case', 'user'] as const).map((kind) => ['tokens', kind] as const),
      ...(['user', 'team', 'organisation'] as const).map((kind) => ['micros', kind] as const),
    ]
    await heart.useWallet()
    const at = (amount: number, unit: Budget['unit'], scope_kind: Budget['scope_kind']): Budget => ({
      unit,
      scope_kind,
      scope_id: null,
      period: 'day',
      amount,
    })
    await heart.setBudgets(order.map(([unit, kind]) => at(0, unit, kind)))
    const named: unknown[] = []
    for (const [unit, kind] of order) {
      const { details } = await heart.step({ admit: many(1, anna) })
      named.push([details?.['0']?.['unit'], details?.['0']?.['scope']])
      await heart.setBudgets([at(1000, unit, kind)])
    }
    expect(named).toEqual(order)
    expect(await heart.admit(many(1, anna))).toBe('w')
    await heart.topUp(100)
    expect(await heart.admit(many(1, anna))).toBe('a')
  })

  const named = async (at: string): Promise<unknown> =>
    (await heart.step({ admit: many(1, anna), at })).details?.['0']?.['window']
  const limit = async (...periods: readonly Budget['period'][]) =>
    heart.setBudgets(
      periods.map((period) => ({ unit: 'tokens', scope_kind: 'user', scope_id: null, period, amount: 9 }) as const),
    )

  test('inside a scope the window that frees last; the total never frees', async () => {
    await limit('day')
    expect(await named(WEDNESDAY)).toBe('day')
    await limit('week')
    expect(await named(WEDNESDAY)).toBe('week')
    await limit('month')
    expect(await named(WEDNESDAY)).toBe('month')
    // On the last day of a month that is a Monday the week ends later than the month.
    expect(await named('2026-11-30T10:00:00Z')).toBe('week')
    await limit('total')
    expect(await named('2026-11-30T10:00:00Z')).toBe('total')
  })

  test('of two windows that end together the longer one', async () => {
    await limit('day', 'week')
    expect(await named('2026-11-29T12:00:00Z')).toBe('week')
    await limit('month')
    // The last day of January 2027 is a Sunday.
    expect(await named('2027-01-31T23:59:59Z')).toBe('month')
  })
})

describe('windows', () => {
  const user = (period: Budget['period'], amount: number): Budget => ({
    unit: 'tokens',
    scope_kind: 'user',
    scope_id: null,
    period,
    amount,
  })

  test('days, weeks from Monday and months end at midnight UTC, each on its own', async () => {
    await heart.setBudgets([user('day', 30), user('week', 45), user('month', 80)])
    const days: [string, string, string | undefined][] = []
    for (const at of [
      '2026-11-29T00:00:00Z',
      '2026-11-29T23:59:59.999Z',
      '2026-11-30T00:00:00Z',
      '2026-12-01T00:00:00Z',
      '2026-12-01T12:00:00Z',
      '2026-12-02T00:00:00Z',
      '2026-12-07T00:00:00Z',
      '2027-01-04T00:00:00Z',
    ]) {
      const answer = await heart.step({ admit: many(4, anna), at })
      const last = Object.values(answer.details ?? {}).at(-1)
      days.push([at.slice(0, 10), answer.admit_codes, last === undefined ? undefined : String(last['window'])])
    }
    expect(days).toEqual([
      ['2026-11-29', 'aaaq', 'day'],
      ['2026-11-29', 'qqqq', 'day'],
      ['2026-11-30', 'aaaq', 'day'],
      ['2026-12-01', 'aqqq', 'week'],
      ['2026-12-01', 'qqqq', 'week'],
      ['2026-12-02', 'qqqq', 'week'],
      ['2026-12-07', 'aaaq', 'day'],
      ['2027-01-04', 'aaaq', 'day'],
    ])
  })

  test('a window is granted once although the clocks of the callers disagree', async () => {
    await heart.setBudgets([user('day', 30)])
    expect(await heart.admit(many(4, anna), '2026-11-29T23:59:59Z')).toBe('aaaq')
    expect(await heart.admit(many(2, anna), '2026-11-30T00:00:01Z')).toBe('aa')
    expect(await heart.admit(many(2, anna), '2026-11-29T23:59:59Z')).toBe('aq')
    expect(await heart.admit(many(1, anna), '2026-11-30T00:00:02Z')).toBe('q')
  })

  test('the total survives every roll-over', async () => {
    await heart.setBudgets([user('total', 30)])
    expect(await heart.admit(many(2, anna), '2026-11-29T12:00:00Z')).toBe('aa')
    expect(await heart.admit(many(2, anna), '2027-11-29T12:00:00Z')).toBe('aq')
  })

  test('what settles after its window has ended changes the windows of its admission that are still open', async () => {
    const [call] = many(1, anna)
    if (call === undefined) throw new Error('unreachable')
    // A Monday, the last of November: the day and the month end, the week goes on.
    await heart.admit([call], '2026-11-30T12:00:00Z')
    await heart.settle([settlement(call.execution_id)], '2026-12-01T12:00:00Z')
    expect(
      await heart.rows(
        `select used_day_tokens as day, used_week_tokens as week, used_month_tokens as month, used_total_tokens as total,
           spent_day_micros, spent_week_micros, spent_month_micros, spent_total_micros
         from ledger.counter where id = any ($1)`,
        [[ORGANISATION, anna.id]],
      ),
    ).toEqual(
      [1, 2].map(() => ({
        day: 0,
        week: 5,
        month: 0,
        total: 5,
        spent_day_micros: 0,
        spent_week_micros: 40,
        spent_month_micros: 0,
        spent_total_micros: 40,
      })),
    )
  })

  test('a top-up raises the limit of its window and lapses with it', async () => {
    const grant = async (period: string, at: string) =>
      heart.rows(`select * from ledger.grant_quota_top_up($1, 'user', $2, $3, 20, 'month end', $1, $4)`, [
        newId(),
        anna.id,
        period,
        at,
      ])
    await heart.setBudgets([user('day', 10), user('week', 30)])
    expect(await grant('day', '2026-11-29T12:00:00Z')).toEqual([{ verdict: 'granted', window_starts_on: '2026-11-29' }])
    const answer = await heart.step({ admit: many(4, anna), at: '2026-11-29T13:00:00Z' })
    expect(answer.admit_codes).toBe('aaaq')
    expect(answer.details?.['3']).toMatchObject({ window: 'week', limit: 30, top_up: 0 })
    expect(await grant('week', '2026-11-29T13:00:00Z')).toEqual([
      { verdict: 'granted', window_starts_on: '2026-11-23' },
    ])
    expect((await heart.step({ admit: many(1, anna), at: '2026-11-29T14:00:00Z' })).details?.['0']).toMatchObject({
      window: 'day',
      limit: 30,
      top_up: 20,
      used: 30,
    })
    expect(await heart.admit(many(2, anna), '2026-11-30T00:00:00Z')).toBe('aq')
    expect(await heart.admit(many(2, anna), '2026-12-01T00:00:00Z')).toBe('aq')
  })
})
