import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Administration,
  type Calls,
  enableCalls,
  expectRefusal,
  memberOf,
  type Person,
  plain,
  startAdministration,
} from '../../test/administration.ts'
import { type Answered, answered, type Reply } from '../../test/client.ts'
import { buildWorld, type Heart, openHeart, resetWorld, settlement } from '../../test/heart-world.ts'
import { openClonedOrganisation, type OpenedOrganisation } from '../../test/organisation-database.ts'
import { newId } from '../kernel/id.ts'
import { type Dimension, DIMENSIONS, rankUsage, sumUsage, sumUsageOverTime, type Usage } from './usage.ts'

const FIGURES = [
  'calls',
  'failed_calls',
  'input_tokens',
  'cached_input_tokens',
  'output_tokens',
  'total_tokens',
  'charge_micros',
] as const
const NOTHING = Object.fromEntries(FIGURES.map((name) => [name, 0]))

const sumOf = (rows: readonly Usage[]): Readonly<Record<string, number>> =>
  Object.fromEntries(FIGURES.map((name) => [name, rows.reduce((sum, row) => sum + row[name], 0)]))

describe('the sums', () => {
  let opened: OpenedOrganisation
  let heart: Heart
  beforeAll(async () => {
    opened = await openClonedOrganisation()
    heart = await openHeart(await buildWorld(opened.url, { members: 4, scopes: 3 }))
  })
  afterAll(async () => {
    await heart.close()
    await opened.drop()
  })

  const START = Date.UTC(2100, 10, 20)
  const DAY = 86_400_000
  const at = (ms: number): string => new Date(ms).toISOString()

  type Played = {
    readonly member: number
    readonly starts_h: number
    readonly lasts_h: number
    readonly end: 'finalised' | 'failed' | 'cancelled' | 'late' | 'open'
    readonly cost: number
    readonly tokens: number
    readonly is_plain: boolean
  }
  const played: fc.Arbitrary<Played> = fc.record({
    member: fc.nat({ max: 3 }),
    starts_h: fc.nat({ max: 24 * 12 }),
    lasts_h: fc.nat({ max: 50 }),
    end: fc.constantFrom('finalised', 'finalised', 'finalised', 'failed', 'cancelled', 'late', 'open'),
    cost: fc.nat({ max: 150 }),
    tokens: fc.nat({ max: 20 }),
    is_plain: fc.boolean(),
  })

  /** Plays the calls in the order of time, as the heart sees it: time never runs backwards in an organisation. */
  async function play(calls: readonly Played[]): Promise<void> {
    await resetWorld(heart)
    await heart.readFacts()
    const acts = calls.flatMap((call) => {
      const member = heart.world.members[call.member]
      if (member === undefined) throw new Error('There is no such member')
      const models = ['small', 'large', 'odd']
      const changes = { model: models[call.tokens % 3], ...(call.is_plain && { team_id: null, use_case_id: null }) }
      const request = heart.request(member, changes)
      const { execution_id } = request
      const ended = settlement(execution_id, {
        state: call.end === 'late' ? 'finalised' : call.end,
        cost_micros: call.end === 'finalised' || call.end === 'late' ? call.cost : 0,
        ...(call.end === 'cancelled'
          ? { input_tokens: 0, cached_input_tokens: 0, output_tokens: 0 }
          : { input_tokens: call.tokens, cached_input_tokens: call.tokens >> 1, output_tokens: call.tokens }),
      })
      const starts = START + call.starts_h * 3_600_000
      const ends = starts + call.lasts_h * 3_600_000
      const settle = { when: ends, run: () => heart.settle([ended], at(ends)) }
      const lapse = {
        when: ends,
        run: async () => {
          await heart.client.query('update execution.execution set node_id = gen_random_uuid() where id = $1', [
            execution_id,
          ])
          await heart.client.query('select invocation.expire_holds(array[gen_random_uuid()], $1)', [at(ends)])
        },
      }
      const late = { when: ends + DAY, run: () => heart.settle([ended], at(ends + DAY)) }
      return [
        { when: starts, run: () => heart.admit([request], at(starts)) },
        ...(call.end === 'open' ? [] : call.end === 'late' ? [lapse, late] : [settle]),
      ]
    })
    for (const act of [...acts].sort((a, b) => a.when - b.when)) await act.run()
  }

  test('of an interval are those of the ledger, and those of its parts, however the calls ended', async () => {
    const interval = fc.tuple(fc.nat({ max: 16 }), fc.integer({ min: 1, max: 8 }))
    await fc.assert(
      fc.asyncProperty(fc.array(played, { maxLength: 25 }), interval, async (calls, [first, days]) => {
        await play(calls)
        const between = { from: new Date(START + first * DAY), to: new Date(START + (first + days) * DAY) }
        await opened.database.transaction(async (tx) => {
          const total = await sumUsage(tx, between)
          const charged = await tx
            .selectFrom('ledger.transfer')
            .select((is) => is.fn.coalesce(is.fn.sum<number>('amount_micros'), is.lit(0)).as('sum'))
            .where('kind', 'in', ['charge', 'late_charge'])
            .where('posted_at', '>=', between.from)
            .where('posted_at', '<', between.to)
            .executeTakeFirstOrThrow()
          expect(total.charge_micros).toBe(charged.sum)
          for (const by of DIMENSIONS) {
            expect(sumOf(await rankUsage(tx, between, by, 'money', 200)), by).toEqual({ ...total })
          }
          for (const bucket of ['hour', 'day', 'week', 'month'] as const) {
            expect(sumOf(await sumUsageOverTime(tx, between, bucket)), bucket).toEqual({ ...total })
          }
        })
      }),
      { numRuns: 12 },
    )
  }, 120_000)

  test('count a call on the day it ended, and a late one when it was settled after all', async () => {
    const call = { member: 0, starts_h: 1, lasts_h: 24, cost: 70, tokens: 5, is_plain: false } as const
    await play([
      { ...call, end: 'finalised' },
      { ...call, end: 'late' },
      { ...call, end: 'open' },
    ])
    const days = await opened.database.transaction((tx) =>
      sumUsageOverTime(tx, { from: new Date(START), to: new Date(START + 4 * DAY) }, 'day'),
    )
    expect(days.map(({ calls, charge_micros }) => [calls, charge_micros])).toEqual([
      [0, 0],
      [1, 70],
      [1, 70],
      [0, 0],
    ])
    expect(days.map(({ starts_at }) => starts_at.getTime())).toEqual([0, 1, 2, 3].map((day) => START + day * DAY))
  })

  test('an interval in which nothing was used sums to nothing', async () => {
    await resetWorld(heart)
    const between = { from: new Date(START), to: new Date(START + DAY) }
    await opened.database.transaction(async (tx) => {
      expect(await sumUsage(tx, between)).toEqual(NOTHING)
      expect(await rankUsage(tx, between, 'user', 'money', 10)).toEqual([])
      expect(await sumUsageOverTime(tx, between, 'day')).toEqual([{ starts_at: new Date(START), ...NOTHING }])
    })
  })

  test('the greatest stand first, by money or by tokens, and no more than asked for', async () => {
    const call = { starts_h: 1, lasts_h: 1, end: 'finalised', is_plain: false } as const
    await play([
      { ...call, member: 0, cost: 10, tokens: 20 },
      { ...call, member: 1, cost: 90, tokens: 1 },
      { ...call, member: 2, cost: 50, tokens: 5 },
    ])
    const ids = heart.world.members.map(({ id }) => id)
    const between = { from: new Date(START), to: new Date(START + DAY) }
    const rank = async (rank_by: 'money' | 'tokens', limit: number, by: Dimension = 'user') =>
      (await opened.database.transaction((tx) => rankUsage(tx, between, by, rank_by, limit))).map(({ key }) => key)
    expect(await rank('money', 10)).toEqual([ids[1], ids[2], ids[0]])
    expect(await rank('tokens', 10)).toEqual([ids[0], ids[2], ids[1]])
    expect(await rank('money', 1)).toEqual([ids[1]])
    expect(await rank('money', 1, 'engine_type')).toEqual(['gateway'])
  })
})

describe('usage over the API', () => {
  let office: Administration
  let calls: Calls
  let member: Person
  let manager: Person
  let team: string
  beforeAll(async () => {
    office = await startAdministration()
    calls = await enableCalls(office)
    member = await office.join()
    manager = await office.join({ designations: ['manager'] })
    const { as } = office.organisation.owner
    const { path } = office.organisation
    team = (await office.client.call('POST', `${path}/teams`, { as, body: { name: 'Mine' } })).text('id')
    for (const [person, is_manager] of [
      [member, false],
      [manager, true],
    ] as const) {
      const member_path = `${path}/teams/${team}/members/${person.member_id}`
      await office.client.call('PUT', member_path, { as, body: { is_manager } })
    }
    const profile = { as, body: { primary_team_id: team } }
    await office.client.call('PATCH', `${path}/members/${member.member_id}`, profile)
    for (const person of [member, member, office.organisation.owner]) {
      expect((await calls.call(person)).status).toBe(200)
    }
  })
  afterAll(async () => {
    await office.stop()
    await calls.stop()
  })

  const ask = (path: string, { as }: { readonly as: Person['as'] }): Promise<Reply> =>
    office.client.request('GET', `${office.organisation.path}/usage${path}`, { as })
  const totalOf = (reply: Reply): Answered => answered(reply.body).object('total')
  const keysOf = (reply: Reply): readonly unknown[] =>
    answered(reply.body)
      .list('items')
      .map((item) => memberOf(item.body, 'key'))

  test('the total is for every member; it is what the ledger charged', async () => {
    const total = totalOf(await ask('', member)).body
    expect(total).toMatchObject({ calls: 3, failed_calls: 0 })
    const charged = await office.inside(office.organisation.id, (tx) =>
      tx
        .selectFrom('ledger.transfer')
        .select((is) => is.fn.sum<number>('amount_micros').as('sum'))
        .executeTakeFirstOrThrow(),
    )
    expect(total).toMatchObject({ charge_micros: charged.sum })
    const overTime = answered((await ask('/over-time?bucket=week', member)).body).list('items')
    expect(overTime.at(-1)?.body).toMatchObject({ calls: 3, charge_micros: charged.sum })
  })

  test('everybody sees their own, by time and by model', async () => {
    const own = answered((await ask('/own', member)).body)
    expect(own.object('total').body).toMatchObject({ calls: 2 })
    expect(own.list('models').map((model) => model.body)).toMatchObject([{ key: 'echo', calls: 2 }])
    expect(own.list('periods').at(-1)?.body).toMatchObject({ calls: 2 })
    expect(totalOf(await ask(`?member_id=${member.member_id}`, member)).body).toMatchObject({ calls: 2 })
  })

  test('figures per person are for those who see everybody, and for the manager of the team', async () => {
    const { owner } = office.organisation
    expect(new Set(keysOf(await ask('/ranking?by=user', owner)))).toEqual(new Set([member.member_id, owner.member_id]))
    for (const path of [
      '/ranking?by=user',
      `?member_id=${owner.member_id}`,
      `/over-time?member_id=${owner.member_id}`,
      `?team_id=${team}`,
      `/ranking?by=user&team_id=${team}`,
      '/ranking?by=team',
    ]) {
      expectRefusal(await ask(path, member), 403, 'forbidden')
    }
    expect(keysOf(await ask(`/ranking?by=user&team_id=${team}`, manager))).toEqual([member.member_id])
    expect(keysOf(await ask('/ranking?by=team', manager))).toEqual([team])
    expect(totalOf(await ask(`?team_id=${team}&member_id=${member.member_id}`, manager)).body).toMatchObject({
      calls: 2,
    })
    expectRefusal(await ask('/ranking?by=user', manager), 403, 'forbidden')
    expectRefusal(await ask(`?member_id=${owner.member_id}`, manager), 403, 'forbidden')
  })

  test('a team project does not appear to those who may not know of it', async () => {
    const { owner } = office.organisation
    const path = `${office.organisation.path}/projects`
    const secret = (await office.client.call('POST', path, { as: owner.as, body: { name: 'Secret' } })).text('id')
    await office.inside(office.organisation.id, async (tx) => {
      await tx
        .updateTable('execution.execution')
        .set({ project_id: secret })
        .where('member_id', '=', owner.member_id)
        .execute()
    })
    expect(keysOf(await ask('/ranking?by=project', owner))).toContain(secret)
    expect(keysOf(await ask('/ranking?by=project', member))).not.toContain(secret)
    expectRefusal(await ask(`?project_id=${secret}`, member), 404, 'not_found')
    expect(totalOf(await ask(`?project_id=${secret}`, owner)).body).toMatchObject({ calls: 1 })
  })

  test('who is denied billing gets no money, and no order that would tell it', async () => {
    const denied = await office.join({ denies: ['billing.view'], grants: ['usage.view_org'] })
    for (const path of ['', '/over-time', '/own', '/ranking?by=user', '/ranking?by=model&rank_by=money']) {
      const reply = await ask(path, denied)
      expect(reply.status, path).toBe(200)
      expect(reply.text, path).not.toContain('micros')
    }
  })

  test('an interval that is none, or has too many steps, is refused by name', async () => {
    for (const path of [
      '?from=2030-01-02T00:00:00Z&to=2030-01-01T00:00:00Z',
      '?from=2030-01-01T00:00:00Z&to=2030-01-01T00:00:00Z',
      '?from=2016-12-31T23:59:60Z',
      '/over-time?bucket=hour&from=2020-01-01T00:00:00Z&to=2030-01-01T00:00:00Z',
    ]) {
      expectRefusal(await ask(path, member), 422, 'interval_refused')
    }
    expectRefusal(await ask('?from=yesterday', member), 422, 'invalid_input')
    expectRefusal(await ask('/ranking', member), 422, 'invalid_input')
  })

  test('another organisation gets the same 404', async () => {
    for (const path of ['', '/over-time', '/own', '/ranking?by=model']) {
      const foreign = await ask(path, office.other.owner)
      const unknown = await office.client.request('GET', `/api/orgs/${newId()}/usage${path}`, office.other.owner)
      expectRefusal(foreign, 404, 'not_found')
      expect(plain(foreign)).toBe(plain(unknown))
    }
  })

  test('a key of the organisation has usage and executions of its own, and no person', async () => {
    const { owner, path } = office.organisation
    const scopes = ['run.execute', 'run.view_own', 'usage.view_own']
    const body = { name: 'Machine', scopes }
    const made = await office.client.call('POST', `${path}/api-keys`, { as: owner.as, body })
    const key = { as: { key: made.text('key') } }
    expect(totalOf(await ask('/own', key)).body).toMatchObject({ calls: 0 })
    await calls.callAs(made.text('key'))
    expect(totalOf(await ask('/own', key)).body).toMatchObject({ calls: 1 })
    const seen = await office.client.request('GET', `${path}/executions`, key)
    expect(
      answered(seen.body)
        .list('items')
        .map((item) => item.body),
    ).toMatchObject([{ member_id: null }])
    // The key may not see costs: its scopes alone are its rights.
    expect(seen.text).not.toContain('micros')
    const limits = await office.client.request('GET', `${path}/limits`, key)
    const kinds = answered(limits.body)
      .list('items')
      .map((item) => item.text('scope_kind'))
    expect(new Set(kinds)).toEqual(new Set(['organisation', 'project']))
    expectRefusal(await ask('', key), 403, 'forbidden')
  })
})
