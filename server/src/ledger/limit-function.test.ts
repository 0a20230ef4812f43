import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cloneOrganisationDatabase } from '../../test/harness.ts'
import { type Budget, buildWorld, type Heart, type Member, openHeart, resetWorld } from '../../test/heart-world.ts'
import { newId } from '../kernel/id.ts'

let heart: Heart
let anna: Member
let ben: Member

beforeAll(async () => {
  const database = await cloneOrganisationDatabase()
  const world = await buildWorld(database.url, { members: 2, scopes: 2 })
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

const userTokens = (scope_id: string | null, period: Budget['period'], amount: number): Budget => ({
  unit: 'tokens',
  scope_kind: 'user',
  scope_id,
  period,
  amount,
})
const limits = async (id: string) =>
  (
    await heart.rows(
      `select limit_day_tokens as day, limit_week_tokens as week, limit_month_tokens as month,
         limit_total_tokens as total, limit_day_micros as day_micros
       from ledger.counter where id = $1`,
      [id],
    )
  )[0]

describe('the limits of a scope', () => {
  test('are its own where it has one, else the default of its kind, period by period', async () => {
    await heart.setBudgets([
      userTokens(null, 'day', 100),
      userTokens(null, 'month', 1000),
      userTokens(anna.id, 'day', 500),
      userTokens(anna.id, 'week', 700),
      { unit: 'micros', scope_kind: 'team', scope_id: null, period: 'day', amount: 9 },
    ])
    expect(await limits(anna.id)).toEqual({ day: 500, week: 700, month: 1000, total: null, day_micros: null })
    expect(await limits(ben.id)).toEqual({ day: 100, week: null, month: 1000, total: null, day_micros: null })
    expect(await limits(anna.team_id)).toMatchObject({ day: null, day_micros: 9 })
    expect(await limits(anna.project_id)).toMatchObject({ day: null, day_micros: null })
  })

  test('vanish with their budget', async () => {
    await heart.setBudgets([userTokens(null, 'day', 100), userTokens(anna.id, 'day', 500)])
    await heart.client.query('delete from ledger.budget where scope_id is not null')
    await heart.client.query('select ledger.refresh_limits($1, $2)', ['user', anna.id])
    expect(await limits(anna.id)).toMatchObject({ day: 100 })
    await heart.client.query('delete from ledger.budget')
    await heart.client.query('select ledger.refresh_limits($1)', ['user'])
    expect([await limits(anna.id), await limits(ben.id)]).toMatchObject([{ day: null }, { day: null }])
  })

  test('hold for a scope from its birth, defaults and its own alike', async () => {
    await heart.setBudgets([userTokens(null, 'day', 100)])
    const id = newId()
    await heart.client.query('begin')
    await heart.client.query('insert into tenancy.member (id, user_id) values ($1, $1)', [id])
    await heart.client.query(
      `insert into ledger.budget (id, unit, scope_kind, scope_id, period, amount, updated_by)
         values ($1, 'tokens', 'user', $1, 'week', 7, $1)`,
      [id],
    )
    await heart.client.query('commit')
    expect(await limits(id)).toEqual({ day: 100, week: 7, month: null, total: null, day_micros: null })
  })

  test('a default that is set while a scope is being made holds for it', async () => {
    const other = await openHeart(heart.world)
    const id = newId()
    await heart.client.query('begin')
    await heart.client.query('insert into tenancy.member (id, user_id) values ($1, $1)', [id])
    await other.setBudgets([userTokens(null, 'day', 100)])
    await heart.client.query('commit')
    await other.close()
    expect(await limits(id)).toMatchObject({ day: 100 })
  })

  test('cannot be set where nothing would enforce them', async () => {
    const insert = (unit: string, scope_kind: string) =>
      heart.client.query(
        `insert into ledger.budget (id, unit, scope_kind, period, amount, updated_by) values ($1, $2, $3, 'day', 1, $1)`,
        [newId(), unit, scope_kind],
      )
    await expect(insert('tokens', 'team')).rejects.toThrow(/budget__unit_fits_scope/)
    await expect(insert('micros', 'project')).rejects.toThrow(/budget__unit_fits_scope/)
    await expect(insert('micros', 'use_case')).rejects.toThrow(/budget__unit_fits_scope/)
  })
})

describe('a token top-up', () => {
  const grant = async (id: string, scope_kind: string, scope_id: string | null, period = 'day') =>
    (
      await heart.rows(`select verdict from ledger.grant_quota_top_up($1, $2, $3, $4, 20, 'because', $1)`, [
        id,
        scope_kind,
        scope_id,
        period,
      ])
    )[0]

  test('is granted once', async () => {
    await heart.setBudgets([userTokens(null, 'day', 10)])
    const id = newId()
    expect([await grant(id, 'user', anna.id), await grant(id, 'user', anna.id)]).toEqual([
      { verdict: 'granted' },
      { verdict: 'repeated' },
    ])
    expect(await heart.admit(Array.from({ length: 4 }, () => heart.request(anna)))).toBe('aaaq')
    expect(await heart.rows('select scope_kind, scope_id, period, amount_tokens from ledger.quota_top_up')).toEqual([
      { scope_kind: 'user', scope_id: anna.id, period: 'day', amount_tokens: 20 },
    ])
  })

  test('of the organisation raises its quota', async () => {
    await heart.setBudgets([
      { unit: 'tokens', scope_kind: 'organisation', scope_id: null, period: 'month', amount: 10 },
    ])
    expect(await grant(newId(), 'organisation', null, 'month')).toEqual({ verdict: 'granted' })
    expect(await heart.admit(Array.from({ length: 4 }, () => heart.request(anna)))).toBe('aaaq')
  })

  test('of a scope that does not exist, or of another kind, is refused and leaves no trace', async () => {
    expect(await grant(newId(), 'user', newId())).toEqual({ verdict: 'unknown_scope' })
    expect(await grant(newId(), 'user', anna.project_id)).toEqual({ verdict: 'unknown_scope' })
    expect(await heart.rows('select from ledger.quota_top_up')).toEqual([])
  })
})
