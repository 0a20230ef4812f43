import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  type Administration,
  entriesOf,
  expectRefusal,
  type Person,
  plain,
  platformEntriesOf,
  startAdministration,
} from '../../test/administration.ts'
import { type Answered, answered, type Reply } from '../../test/client.ts'
import { buildWorld, type Heart, type Member, openHeart, resetWorld, settlement } from '../../test/heart-world.ts'
import { openClonedOrganisation, type OpenedOrganisation } from '../../test/organisation-database.ts'
import { newId } from '../kernel/id.ts'
import { type LimitWindow, readLimits } from './limit.ts'
import { grantTopUp, listQuotas, removeQuota, setQuota } from './quota.ts'
import { listSpendLimits, removeSpendLimit, setSpendLimit } from './spend-limit.ts'

describe('where a scope stands', () => {
  let opened: OpenedOrganisation
  let heart: Heart
  let anna: Member
  beforeAll(async () => {
    opened = await openClonedOrganisation()
    const world = await buildWorld(opened.url, { members: 2, scopes: 1 })
    const [first] = world.members
    if (first === undefined) throw new Error('The world is too small')
    anna = first
    heart = await openHeart(world)
  })
  afterAll(async () => {
    await heart.close()
    await opened.drop()
  })
  beforeEach(() => resetWorld(heart))

  const user = () => ({ scope_kind: 'user', scope_id: anna.id }) as const
  const windows = async (unit: 'micros' | 'tokens'): Promise<Readonly<Record<string, LimitWindow>>> => {
    const [limits] = await opened.database.transaction((tx) => readLimits(tx, [user()]))
    return Object.fromEntries((limits?.[unit] ?? []).map((window) => [window.period, window]))
  }
  const call = async (changes: Readonly<Record<string, unknown>>, at: string): Promise<string> => {
    await heart.readFacts()
    const request = heart.request(anna, changes)
    expect(await heart.admit([request], at)).toBe('a')
    return request.execution_id
  }
  const quota = (period: 'day' | 'week' | 'month', limit_tokens: number) =>
    opened.database.transaction((tx) => setQuota(tx, anna.id, 'organisation', { ...user(), period, limit_tokens }))

  // A Monday; the windows of the day, the week and the month end apart.
  const MONDAY = '2100-11-29T10:00:00Z'

  test('counts what is open with its hold and what has ended with what it came to', async () => {
    await quota('day', 100)
    const execution_id = await call({ hold_tokens: 30, hold_micros: 900 }, MONDAY)
    expect((await windows('tokens'))['day']).toMatchObject({ limit: 100, used: 30, room: 70, is_binding: true })
    expect((await windows('micros'))['total']).toMatchObject({ limit: null, used: 900, room: null, is_binding: false })
    await heart.settle([settlement(execution_id)], MONDAY)
    expect((await windows('tokens'))['day']).toMatchObject({ used: 5, room: 95 })
    expect((await windows('micros'))['total']).toMatchObject({ used: 40 })
  })

  test('the window that leaves least binds; of equals the one that frees last', async () => {
    await quota('day', 100)
    await quota('month', 90)
    expect((await windows('tokens'))['month']).toMatchObject({ is_binding: true })
    await quota('week', 90)
    await call({ hold_tokens: 90 }, MONDAY)
    const standing = await windows('tokens')
    // The month ends on Wednesday, the week on Sunday.
    expect(standing['month']).toMatchObject({ room: 0, resets_at: new Date('2100-12-01T00:00:00Z'), is_binding: false })
    expect(standing['week']).toMatchObject({ room: 0, resets_at: new Date('2100-12-06T00:00:00Z'), is_binding: true })
    expect(standing['day']).toMatchObject({ room: 10, resets_at: new Date('2100-11-30T00:00:00Z'), is_binding: false })
  })

  test('a window that has ended is empty before anybody calls in the next, and its top-up has lapsed', async () => {
    await quota('day', 100)
    await call({ hold_tokens: 60 }, MONDAY)
    const draft = { ...user(), period: 'day', amount_tokens: 50, reason: 'busy' } as const
    await opened.database.transaction((tx) => grantTopUp(tx, anna.id, 'organisation', draft))
    expect((await windows('tokens'))['day']).toMatchObject({ limit: 100, top_up: 50, used: 60, room: 90 })
    await heart.client.query(`update ledger.gate set clock = '2100-11-30T00:00:00Z'`)
    expect((await windows('tokens'))['day']).toMatchObject({ top_up: 0, used: 0, room: 100 })
    expect((await windows('tokens'))['week']).toMatchObject({ used: 60 })
  })

  test('an overrun leaves no room, not less than none', async () => {
    await quota('day', 10)
    const execution_id = await call({ hold_tokens: 10 }, MONDAY)
    await heart.settle([settlement(execution_id, { input_tokens: 30, output_tokens: 5 })], MONDAY)
    expect((await windows('tokens'))['day']).toMatchObject({ limit: 10, used: 35, room: 0 })
  })

  test('a budget of a scope stands before the default of its kind, and the default holds again without it', async () => {
    const set = (scope_id: string | null, limit_micros: number) =>
      opened.database.transaction((tx) =>
        setSpendLimit(tx, anna.id, { scope_kind: 'user', scope_id, period: 'week', limit_micros }),
      )
    await set(null, 500)
    expect((await windows('micros'))['week']?.limit).toBe(500)
    const own = await set(anna.id, 80)
    expect(own.before).toBe(null)
    expect((await windows('micros'))['week']?.limit).toBe(80)
    expect(await set(anna.id, 90)).toMatchObject({ id: own.id, amount: 90, before: 80 })
    await opened.database.transaction((tx) => removeSpendLimit(tx, own.id))
    expect((await windows('micros'))['week']?.limit).toBe(500)
    const again = opened.database.transaction((tx) => removeSpendLimit(tx, own.id))
    await expect(again).rejects.toMatchObject({ code: 'not_found' })
  })

  test('a list shows each budget with the window it limits; a default has none', async () => {
    await opened.database.transaction((tx) =>
      setSpendLimit(tx, anna.id, { scope_kind: 'team', scope_id: anna.team_id, period: 'month', limit_micros: 300 }),
    )
    await opened.database.transaction((tx) =>
      setSpendLimit(tx, anna.id, { scope_kind: 'user', scope_id: null, period: 'month', limit_micros: 70 }),
    )
    const { items } = await opened.database.transaction((tx) => listSpendLimits(tx, {}))
    expect(items).toMatchObject([
      { scope_kind: 'user', scope_id: null, window: null },
      { scope_kind: 'team', scope_name: anna.team_id, window: { period: 'month', limit: 300, is_binding: true } },
    ])
    const page = await opened.database.transaction((tx) => listSpendLimits(tx, { limit: 1 }))
    const rest = await opened.database.transaction((tx) => listSpendLimits(tx, { cursor: page.next_cursor ?? '' }))
    expect([...page.items, ...rest.items]).toEqual(items)
    expect(await opened.database.transaction((tx) => listQuotas(tx, {}))).toEqual({ items: [], next_cursor: null })
  })

  test('a quota of the whole organisation is set and removed by the platform alone', async () => {
    const whole = { scope_kind: 'organisation', scope_id: null, period: 'day', limit_tokens: 1000 } as const
    const set = (level: 'platform' | 'organisation') =>
      opened.database.transaction((tx) => setQuota(tx, anna.id, level, whole))
    await expect(set('organisation')).rejects.toMatchObject({ code: 'organisation_quota_reserved' })
    const { id } = await set('platform')
    const remove = (level: 'platform' | 'organisation') =>
      opened.database.transaction((tx) => removeQuota(tx, level, id))
    await expect(remove('organisation')).rejects.toMatchObject({ code: 'organisation_quota_reserved' })
    expect(await remove('platform')).toMatchObject({ amount: 1000 })
  })

  test('a top-up is granted once under its id, and only where a quota limits its window', async () => {
    const draft = { id: newId(), ...user(), period: 'week', amount_tokens: 40, reason: 'busy' } as const
    const grant = (changes: object = {}) =>
      opened.database.transaction((tx) => grantTopUp(tx, anna.id, 'organisation', { ...draft, ...changes }))
    await expect(grant()).rejects.toMatchObject({ code: 'quota_not_set' })
    await quota('week', 100)
    expect(await grant()).toMatchObject({ id: draft.id, is_repeated: false })
    expect(await grant()).toMatchObject({ id: draft.id, is_repeated: true })
    await expect(grant({ amount_tokens: 41 })).rejects.toMatchObject({ code: 'top_up_id_used' })
    expect((await windows('tokens'))['week']).toMatchObject({ top_up: 40, room: 140 })
    await expect(grant({ id: newId(), period: 'month' })).rejects.toMatchObject({ code: 'quota_not_set' })
  })
})

describe('limits over the API', () => {
  let office: Administration
  let admin: Person
  let member: Person
  beforeAll(async () => {
    office = await startAdministration()
    admin = await office.join({ base_role: 'admin' })
    member = await office.join()
  })
  afterAll(() => office.stop())

  const ask = (method: string, path: string, { as }: { readonly as: Person['as'] }, body?: object): Promise<Reply> =>
    office.client.request(method, `${office.organisation.path}${path}`, { as, ...(body !== undefined && { body }) })
  const itemsOf = (reply: Reply): readonly Answered[] => answered(reply.body).list('items')
  const monthly = (limit_micros: number) => ({ scope_kind: 'user', scope_id: null, period: 'month', limit_micros })
  const daily = (limit_tokens: number) => ({ scope_kind: 'user', scope_id: null, period: 'day', limit_tokens })

  test('an admin sets, lists and removes a spend limit; the log tells what it was before', async () => {
    const set = await ask('PUT', '/spend-limits', admin, monthly(7000))
    expect(set.body).toMatchObject({ ...monthly(7000), updated_by: admin.member_id })
    const again = await ask('PUT', '/spend-limits', admin, monthly(9000))
    const id = answered(again.body).text('id')
    expect(answered(set.body).text('id')).toBe(id)
    expect(itemsOf(await ask('GET', '/spend-limits', admin)).map((item) => item.body)).toMatchObject([monthly(9000)])
    expect((await entriesOf(office, office.organisation.id, 'spend_limit.set')).map(({ data }) => data)).toMatchObject([
      { ...monthly(7000), before: null },
      { ...monthly(9000), before: 7000 },
    ])
    expect((await ask('DELETE', `/spend-limits/${id}`, admin)).status).toBe(204)
    expect((await entriesOf(office, office.organisation.id, 'spend_limit.removed')).at(-1)).toMatchObject({
      actor_id: admin.member_id,
      target_id: id,
      data: { before: { amount: 9000, period: 'month' } },
    })
    expectRefusal(await ask('DELETE', `/spend-limits/${id}`, admin), 404, 'not_found')
  })

  test('an admin sets and removes a token quota and tops it up; each act is in the log', async () => {
    const own = { scope_kind: 'user', scope_id: member.member_id, period: 'day' }
    const set = answered((await ask('PUT', '/quotas', admin, { ...own, limit_tokens: 500 })).body)
    const top_up = { ...own, amount_tokens: 250, reason: 'a busy day' }
    expect((await ask('POST', '/quota-top-ups', admin, top_up)).body).toMatchObject(top_up)
    expect(itemsOf(await ask('GET', '/quota-top-ups', admin)).map((item) => item.body)).toMatchObject([top_up])
    const [listed] = itemsOf(await ask('GET', `/quotas?scope_id=${member.member_id}`, admin))
    expect(listed?.body).toMatchObject({
      limit_tokens: 500,
      standing: { top_up: 250, used: 0, room: 750, is_binding: true },
    })
    expect((await ask('DELETE', `/quotas/${set.text('id')}`, admin)).status).toBe(204)
    for (const [event, data] of [
      ['quota.set', { ...own, limit_tokens: 500, before: null }],
      ['quota.topped_up', top_up],
      ['quota.removed', { before: { amount: 500 } }],
    ] as const) {
      expect((await entriesOf(office, office.organisation.id, event)).at(-1), event).toMatchObject({ data })
    }
  })

  test('bad input is named', async () => {
    const refusals: readonly [string, object, string, string][] = [
      ['/spend-limits', { ...monthly(-1) }, 'invalid_input', '/limit_micros'],
      ['/spend-limits', { ...monthly(1), scope_kind: 'project' }, 'invalid_input', '/scope_kind'],
      ['/spend-limits', { ...monthly(1), scope_id: newId() }, 'reference_unknown', '/scope_id'],
      [
        '/spend-limits',
        { ...monthly(1), scope_kind: 'organisation', scope_id: newId() },
        'reference_unknown',
        '/scope_id',
      ],
      ['/spend-limits', { ...monthly(1), extra: 1 }, 'invalid_input', '/extra'],
      ['/quotas', { ...daily(1), period: 'total' }, 'invalid_input', '/period'],
      ['/quotas', { ...daily(1), scope_kind: 'team' }, 'invalid_input', '/scope_kind'],
      ['/quotas', { ...daily(1), scope_kind: 'project', scope_id: newId() }, 'reference_unknown', '/scope_id'],
    ]
    for (const [path, body, code, pointer] of refusals) {
      const refusal = expectRefusal(await ask('PUT', path, admin, body), 422, code)
      expect(refusal.list('fields')[0]?.text('pointer')).toBe(pointer)
    }
    const top_up = { scope_kind: 'user', scope_id: member.member_id, period: 'month', amount_tokens: 0, reason: 'none' }
    expectRefusal(await ask('POST', '/quota-top-ups', admin, top_up), 422, 'invalid_input')
    expectRefusal(await ask('POST', '/quota-top-ups', admin, { ...top_up, amount_tokens: 1 }), 409, 'quota_not_set')
  })

  test('a member sets no limit, tops up nothing and sees nobody else', async () => {
    const refusals: readonly [string, string, object?][] = [
      ['GET', '/spend-limits'],
      ['PUT', '/spend-limits', monthly(1)],
      ['DELETE', `/spend-limits/${newId()}`],
      ['GET', '/quotas'],
      ['PUT', '/quotas', daily(1)],
      ['DELETE', `/quotas/${newId()}`],
      ['GET', '/quota-top-ups'],
      ['POST', '/quota-top-ups', { ...daily(1), limit_tokens: undefined, amount_tokens: 1, reason: 'more' }],
      ['GET', `/limits?scope_kind=user&scope_id=${admin.member_id}`],
    ]
    for (const [method, path, body] of refusals) {
      expectRefusal(await ask(method, path, member, body), 403, 'forbidden')
    }
  })

  test('another organisation gets the same 404 everywhere', async () => {
    const stranger = { as: office.other.owner.as }
    for (const [method, path, body] of [
      ['GET', '/limits'],
      ['GET', '/spend-limits'],
      ['PUT', '/spend-limits', monthly(1)],
      ['DELETE', `/spend-limits/${newId()}`],
      ['PUT', '/quotas', daily(1)],
      ['DELETE', `/quotas/${newId()}`],
      ['POST', '/quota-top-ups', { ...daily(1), limit_tokens: undefined, amount_tokens: 1, reason: 'more' }],
    ] as const) {
      const foreign = await ask(method, path, stranger, body)
      const unknown = await office.client.request(method, `/api/orgs/${newId()}${path}`, {
        ...stranger,
        ...(body !== undefined && { body }),
      })
      expectRefusal(foreign, 404, 'not_found')
      expect(plain(foreign)).toBe(plain(unknown))
    }
  })

  test('every member sees where they and the organisation stand, without money if billing is denied to them', async () => {
    const { organisation } = office
    await ask('PUT', '/spend-limits', admin, { ...monthly(5000), scope_id: member.member_id })
    const own = itemsOf(await ask('GET', '/limits', member))
    expect(own.map((item) => item.text('scope_kind'))).toEqual(['organisation', 'user'])
    expect(own[1]?.list('micros').find((window) => window.text('period') === 'month')?.body).toMatchObject({
      limit: 5000,
      used: 0,
      room: 5000,
      is_binding: true,
    })
    const denied = await office.join({ denies: ['billing.view'] })
    const kept = await ask('GET', '/limits', denied)
    expect(kept.text).not.toContain('micros')
    expect(itemsOf(kept)).toHaveLength(2)
    const asked = `/limits?scope_kind=user&scope_id=${member.member_id}`
    expect(itemsOf(await ask('GET', asked, organisation.owner))).toHaveLength(1)
    expect(itemsOf(await ask('GET', asked, member))).toHaveLength(1)
    expectRefusal(await ask('GET', asked, denied), 403, 'forbidden')
    expectRefusal(await ask('GET', `/limits?scope_kind=user&scope_id=${newId()}`, admin), 404, 'not_found')
    expectRefusal(await ask('GET', `/limits?scope_kind=team&scope_id=${member.member_id}`, admin), 404, 'not_found')
  })

  test('a manager sees where their team and its members stand, and no other team', async () => {
    const manager = await office.join({ designations: ['manager'] })
    const makeTeam = async (name: string) =>
      answered((await ask('POST', '/teams', office.organisation.owner, { name })).body).text('id')
    const [mine, theirs] = [await makeTeam('Mine'), await makeTeam('Theirs')]
    const put = (team: string, person: Person, is_manager: boolean) =>
      ask('PUT', `/teams/${team}/members/${person.member_id}`, office.organisation.owner, { is_manager })
    expect((await put(mine, manager, true)).status).toBeLessThan(300)
    expect((await put(mine, member, false)).status).toBeLessThan(300)
    for (const [scope, status] of [
      [`team&scope_id=${mine}`, 200],
      [`team&scope_id=${theirs}`, 403],
      [`user&scope_id=${member.member_id}`, 200],
      [`user&scope_id=${admin.member_id}`, 403],
    ] as const) {
      expect((await ask('GET', `/limits?scope_kind=${scope}`, manager)).status, scope).toBe(status)
    }
  })

  test("a team project's limits are for those who have a role in it", async () => {
    const project = answered((await ask('POST', '/projects', office.organisation.owner, { name: 'Secret' })).body).text(
      'id',
    )
    const asked = `/limits?scope_kind=project&scope_id=${project}`
    expectRefusal(await ask('GET', asked, member), 404, 'not_found')
    const role = { role: 'viewer' }
    await ask('PUT', `/projects/${project}/members/${member.member_id}`, office.organisation.owner, role)
    expect(itemsOf(await ask('GET', asked, member))[0]?.body).toMatchObject({ name: 'Secret' })
  })

  test('the quota of a whole organisation is set, topped up and removed by the super-admin, and both logs tell of it', async () => {
    const base = `/api/platform/organisations/${office.organisation.id}`
    const asked = (method: string, path: string, as: Person['as'], body?: object) =>
      office.client.request(method, `${base}${path}`, { as, ...(body !== undefined && { body }) })
    const draft = { period: 'month', limit_tokens: 1_000_000 }
    expectRefusal(await asked('PUT', '/quotas', office.organisation.owner.as, draft), 403, 'forbidden')
    const whole = { ...draft, scope_kind: 'organisation', scope_id: null }
    expectRefusal(await ask('PUT', '/quotas', office.organisation.owner, whole), 403, 'organisation_quota_reserved')
    const set = await asked('PUT', '/quotas', office.superadmin, draft)
    expect(set.body).toMatchObject(whole)
    const quota = answered(set.body).text('id')
    expectRefusal(
      await ask('DELETE', `/quotas/${quota}`, office.organisation.owner),
      403,
      'organisation_quota_reserved',
    )
    const id = newId()
    const top_up = { id, period: 'month', amount_tokens: 500, reason: 'granted' }
    for (const _ of [1, 2]) expect((await asked('POST', '/quota-top-ups', office.superadmin, top_up)).status).toBe(201)
    const [organisation] = itemsOf(await ask('GET', '/limits?scope_kind=organisation', member))
    expect(organisation?.list('tokens').find((window) => window.text('period') === 'month')?.body).toMatchObject({
      limit: 1_000_000,
      top_up: 500,
    })
    expect((await asked('DELETE', `/quotas/${quota}`, office.superadmin)).status).toBe(204)
    for (const [event, target_id] of [
      ['quota.set', quota],
      ['quota.topped_up', id],
      ['quota.removed', quota],
    ] as const) {
      for (const entries of [
        await entriesOf(office, office.organisation.id, event),
        await platformEntriesOf(office, event),
      ]) {
        expect(
          entries.filter((entry) => entry.target_id === target_id),
          event,
        ).toHaveLength(1)
      }
    }
    expectRefusal(await asked('DELETE', `/quotas/${quota}`, office.superadmin), 404, 'not_found')
  })
})
