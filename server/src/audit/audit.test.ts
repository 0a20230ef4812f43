import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Administration,
  type Calls,
  enableCalls,
  entriesOf,
  expectRefusal,
  memberOf,
  type Person,
  plain,
  platformEntriesOf,
  startAdministration,
} from '../../test/administration.ts'
import { type Answered, answered, type As, type Reply } from '../../test/client.ts'
import { newId } from '../kernel/id.ts'
import { listRequests } from './request.ts'

let office: Administration
let auditor: Person
let member: Person
beforeAll(async () => {
  office = await startAdministration()
  auditor = await office.join({ designations: ['compliance_officer'] })
  member = await office.join()
  const { owner, path } = office.organisation
  for (const name of ['One', 'Two', 'Three']) {
    await office.client.call('POST', `${path}/teams`, { as: owner.as, body: { name } })
  }
  expect((await office.client.request('POST', `${path}/teams`, { as: member.as, body: { name: 'Four' } })).status).toBe(
    403,
  )
})
afterAll(() => office.stop())

/** Requests are written within 100 ms; a busy machine may take longer. */
const PATIENCE = { timeout: 10_000 }

const ask = (path: string, { as }: { readonly as: As } = auditor): Promise<Reply> =>
  office.client.request('GET', `${office.organisation.path}/audit${path}`, { as })
const itemsOf = (reply: Reply): readonly Answered[] => answered(reply.body).list('items')
const entries = async (query: string): Promise<readonly Answered[]> => itemsOf(await ask(`/entries?limit=200${query}`))
const stored = () =>
  office.inside(office.organisation.id, (tx) =>
    tx.selectFrom('audit.entry').selectAll().orderBy('id', 'desc').execute(),
  )

describe('the log of an organisation', () => {
  test('is read newest first, page by page, each entry once', async () => {
    const all = (await stored()).map(({ id }) => id)
    const seen: string[] = []
    let query = '?limit=4'
    while (query !== '') {
      const page = await ask(`/entries${query}`)
      seen.push(...itemsOf(page).map((entry) => entry.text('id')))
      const cursor = memberOf(page.body, 'next_cursor')
      query = typeof cursor === 'string' ? `?limit=4&cursor=${cursor}` : ''
    }
    expect(seen).toEqual(all)
  })

  test('is narrowed by actor, event, kind of event, target, outcome, reason, request and words', async () => {
    const rows = await stored()
    const team = rows.find(({ event }) => event === 'team.created')
    const denied = rows.find(({ event }) => event === 'access.denied')
    expect([team?.outcome, denied?.outcome]).toEqual(['succeeded', 'refused'])
    const idsWhere = (matches: (row: (typeof rows)[number]) => boolean) => rows.filter(matches).map(({ id }) => id)
    const cases: readonly [string, readonly string[]][] = [
      ['', idsWhere(() => true)],
      [`&actor_id=${member.member_id}`, idsWhere(({ actor_id }) => actor_id === member.member_id)],
      ['&event=team.created', idsWhere(({ event }) => event === 'team.created')],
      ['&event=member.*', idsWhere(({ event }) => event.startsWith('member.'))],
      ['&event=mem.*', []],
      [`&target_type=team&target_id=${team?.target_id}`, idsWhere(({ target_id }) => target_id === team?.target_id)],
      ['&target_type=project', idsWhere(({ target_type }) => target_type === 'project')],
      ['&outcome=refused', idsWhere(({ outcome }) => outcome === 'refused')],
      ['&reason=ORBID', idsWhere(({ reason_code }) => reason_code === 'forbidden')],
      ['&reason=%25', []],
      ['&search=%20EAM.cre%20', idsWhere(({ event }) => event === 'team.created')],
      ['&search=team%20fuse', idsWhere(({ target_type, outcome }) => target_type === 'team' && outcome === 'refused')],
      [
        `&search=${team?.target_id?.slice(5, 20).toUpperCase()}`,
        idsWhere(({ target_id }) => target_id === team?.target_id),
      ],
      ['&search=127.0.0', idsWhere(({ address }) => address !== null)],
      ['&search=%25', []],
      [
        '&search=_',
        idsWhere(({ event, reason_code, target_type, actor_type }) =>
          [event, reason_code, target_type, actor_type].some((text) => text?.includes('_') === true),
        ),
      ],
      [`&request_id=${team?.request_id}`, idsWhere(({ request_id }) => request_id === team?.request_id)],
      [`&execution_id=${newId()}`, []],
      [
        `&event=team.*&outcome=succeeded&actor_id=${office.organisation.owner.member_id}`,
        idsWhere(({ event, outcome }) => event.startsWith('team.') && outcome === 'succeeded'),
      ],
    ]
    for (const [query, ids] of cases) {
      expect(
        (await entries(query)).map((entry) => entry.text('id')),
        query,
      ).toEqual(ids)
    }
  })

  test('is narrowed to an interval by when things happened, from inclusive, to exclusive', async () => {
    const rows = await stored()
    const [from, to] = [rows.at(-3)?.at ?? new Date(0), rows.at(2)?.at ?? new Date(0)]
    // An answer tells whole milliseconds, so the bounds are cut to them here as well.
    const idsWhere = (matches: (at: number) => boolean) =>
      rows.filter(({ at }) => matches(at.getTime())).map(({ id }) => id)
    const query = `&from=${from.toISOString()}&to=${to.toISOString()}`
    expect((await entries(query)).map((entry) => entry.text('id'))).toEqual(
      idsWhere((at) => at >= from.getTime() && at < to.getTime()),
    )
    expect(await entries('&from=2100-01-01T00:00:00Z')).toEqual([])
    expect(await entries('&to=2000-01-01T00:00:00Z')).toEqual([])
  })

  test('finds an entry whose id is some minutes older than what it tells', async () => {
    const id = newId()
    await office.inside(office.organisation.id, (tx) =>
      tx
        .insertInto('audit.entry')
        .values({
          id,
          at: new Date(Date.now() + 240_000),
          event: 'user.logout',
          outcome: 'succeeded',
          actor_type: 'system',
          via: 'system',
        })
        .execute(),
    )
    const from = new Date(Date.now() + 200_000).toISOString()
    expect((await entries(`&from=${from}`)).map((entry) => entry.text('id'))).toEqual([id])
  })

  test('shows what an entry tells in the entry, and not in the list', async () => {
    const row = (await stored()).find(({ event }) => event === 'member.designation_changed')
    const shown = await ask(`/entries/${row?.id}`)
    expect(memberOf(shown.body, 'data')).toEqual(row?.data)
    const [listed] = await entries('&event=member.designation_changed')
    expect(memberOf(listed?.body, 'data')).toBeUndefined()
    expectRefusal(await ask(`/entries/${newId()}`), 404, 'not_found')
  })

  test('is counted over time and by what there is to filter by', async () => {
    const rows = await stored()
    const interval = '&to=2090-01-01T00:00:00Z&from=2020-01-01T00:00:00Z'
    const counts = itemsOf(await ask(`/histogram?bucket=month&event=access.denied${interval}`))
    const refused = counts.reduce((sum, count) => sum + Number(memberOf(count.body, 'refused')), 0)
    expect(refused).toBe(rows.filter(({ event }) => event === 'access.denied').length)
    expect(counts.length).toBe(70 * 12)
    const facets = answered((await ask(`/facets?${interval.slice(1)}`)).body)
    const numbersOf = (name: 'events' | 'actors', key: string) =>
      new Map(facets.list(name).map(({ body }) => [memberOf(body, key), memberOf(body, 'count')]))
    const countBy = (name: 'event' | 'actor_id') =>
      new Map([...Map.groupBy(rows, (row) => row[name])].map(([key, group]) => [key, group.length]))
    expect(numbersOf('events', 'event')).toEqual(countBy('event'))
    expect(numbersOf('actors', 'actor_id')).toEqual(countBy('actor_id'))
  })

  test('refuses filters that are none, by name', async () => {
    for (const query of [
      'event=member',
      'event=*',
      'event=member.**',
      'outcome=lost',
      'actor_id=me',
      'limit=0',
      'who=me',
    ]) {
      expectRefusal(await ask(`/entries?${query}`), 422, 'invalid_input')
    }
    expectRefusal(await ask('/entries?cursor=first'), 400, 'bad_cursor')
    expectRefusal(await ask('/entries?from=2030-01-02T00:00:00Z&to=2030-01-01T00:00:00Z'), 422, 'interval_refused')
    const long = 'bucket=minute&from=2030-01-01T00:00:00Z&to=2030-01-02T00:00:00Z'
    expectRefusal(await ask(`/histogram?${long}`), 422, 'interval_refused')
    expectRefusal(await ask('/requests?status=600'), 422, 'invalid_input')
    expectRefusal(await ask('/requests?cursor=1.2'), 400, 'bad_cursor')
  })

  test('is closed to members, and another organisation gets the same 404', async () => {
    for (const path of [
      '/entries',
      `/entries/${newId()}`,
      '/histogram',
      '/facets',
      '/requests',
      `/entries/${newId()}/content`,
    ]) {
      expectRefusal(await ask(path, member), 403, 'forbidden')
      const foreign = await ask(path, office.other.owner)
      const unknown = await office.client.request('GET', `/api/orgs/${newId()}/audit${path}`, office.other.owner)
      expectRefusal(foreign, 404, 'not_found')
      expect(plain(foreign)).toBe(plain(unknown))
    }
  })
})

describe('the requests to the API', () => {
  test('are all logged, reads included, and narrowed by who, what and how it ended', async () => {
    const started = new Date().toISOString()
    await ask('/facets', member)
    const query = `/requests?actor_id=${member.member_id}&status=4xx&route=/api/orgs/:org/audit/facets&from=${started}`
    await expect.poll(async () => itemsOf(await ask(query)).length, PATIENCE).toBe(1)
    const [request] = itemsOf(await ask(query))
    expect(request?.body).toMatchObject({ method: 'GET', status: 403, actor_type: 'user' })
    const id = request?.text('request_id')
    for (const filter of [`request_id=${id}`, `request_id=${id}&status=403&method=GET`]) {
      expect(
        itemsOf(await ask(`/requests?${filter}`)).map((each) => each.text('request_id')),
        filter,
      ).toEqual([id])
    }
    for (const filter of ['status=2xx', 'status=404', 'method=POST', `to=${started}`, `api_key_id=${newId()}`]) {
      expect(itemsOf(await ask(`/requests?request_id=${id}&${filter}`)), filter).toEqual([])
    }
    // The last request_id that there can be lies in the year 10889.
    expect(itemsOf(await ask('/requests?request_id=ffffffff-ffff-ffff-ffff-ffffffffffff'))).toEqual([])
  })

  test('are read page by page, each once, also where many ended in one moment', async () => {
    const at = new Date(Date.UTC(2031, 0, 1))
    const ids = Array.from({ length: 7 }, newId)
    const row = { actor_type: 'system', method: 'GET', route: '/x', status: 200, duration_ms: 1 }
    const rows = ids.map((request_id, index) => ({ ...row, request_id, at: new Date(at.getTime() + (index >> 2)) }))
    const seen: string[] = []
    await office.inside(office.organisation.id, async (tx) => {
      await tx.insertInto('audit.request').values(rows).execute()
      let cursor: string | null = null
      do {
        const query: { limit: number; cursor?: string } = { limit: 2, ...(cursor !== null && { cursor }) }
        const page = await listRequests({ of: 'organisation', tx }, { from: at, to: null }, query)
        seen.push(...page.items.map(({ request_id }) => request_id))
        cursor = page.next_cursor
      } while (cursor !== null)
    })
    expect(seen).toEqual([...ids].reverse())
  })
})

describe('stored content', () => {
  let calls: Calls
  beforeAll(async () => {
    calls = await enableCalls(office)
    const { owner, path } = office.organisation
    expect((await calls.call(owner)).status).toBe(200)
    const body = { store_content: 'all', reason: 'For the test' }
    await office.client.call('PUT', `${path}/policy?replaces=0`, { as: owner.as, body })
    expect((await calls.call(owner, { messages: [{ role: 'user', content: 'A secret plan' }] })).status).toBe(200)
  })
  afterAll(() => calls.stop())

  test('opens from the entry of its execution, and the log says who opened it before it is shown', async () => {
    const [kept, unkept] = await entries('&event=execution.finalised')
    const opened = await ask(`/entries/${kept?.text('id')}/content`)
    expect(opened.body).toMatchObject({ execution_id: kept?.text('execution_id') })
    expect(memberOf(opened.body, 'input')).toContain('A secret plan')
    expect(memberOf(opened.body, 'output')).toContain('chat.completion')
    expect(opened.headers.get('cache-control')).toBe('no-store')
    const told = await entriesOf(office, office.organisation.id, 'execution.content_opened')
    expect(told).toMatchObject([
      { actor_id: auditor.member_id, target_id: kept?.text('execution_id'), data: { entry_id: kept?.text('id') } },
    ])
    expectRefusal(await ask(`/entries/${unkept?.text('id')}/content`), 404, 'not_found')
    const [team] = await entries('&event=team.created')
    expectRefusal(await ask(`/entries/${team?.text('id')}/content`), 404, 'not_found')
    expect(await entriesOf(office, office.organisation.id, 'execution.content_opened')).toHaveLength(1)
  })

  test('stays closed to who may see the log but not the content', async () => {
    const reader = await office.join({ designations: ['compliance_officer'], denies: ['audit.view_content'] })
    const [kept] = await entries('&event=execution.finalised')
    expect((await ask(`/entries/${kept?.text('id')}`, reader)).status).toBe(200)
    expectRefusal(await ask(`/entries/${kept?.text('id')}/content`, reader), 403, 'forbidden')
  })

  test('that the super-admin opens is in both logs', async () => {
    const [kept] = await entries('&event=execution.finalised')
    const before = (await platformEntriesOf(office, 'superadmin.accessed')).length
    expect((await ask(`/entries/${kept?.text('id')}/content`, { as: office.superadmin })).status).toBe(200)
    expect((await entriesOf(office, office.organisation.id, 'execution.content_opened')).at(-1)).toMatchObject({
      actor_role: 'superadmin',
    })
    expect((await platformEntriesOf(office, 'superadmin.accessed')).slice(before)).toMatchObject([
      { organisation_id: office.organisation.id, data: { operation: 'audit_entry_open_content' } },
    ])
  })
})

describe("the platform's log", () => {
  const platform = (path: string, as: As = office.superadmin): Promise<Reply> =>
    office.client.request('GET', `/api/platform/audit${path}`, { as })

  test('is read by super-admins alone', async () => {
    for (const path of ['/entries', `/entries/${newId()}`, '/histogram', '/facets', '/requests']) {
      expectRefusal(await platform(path, office.organisation.owner.as), 403, 'forbidden')
      expectRefusal(await platform(path, null), 401, 'not_signed_in')
    }
  })

  test('is narrowed by the organisation it concerns, counted, and opened entry by entry', async () => {
    const query = `organisation_id=${office.other.id}`
    const listed = itemsOf(await platform(`/entries?${query}`))
    expect(listed.length).toBeGreaterThan(0)
    expect(new Set(listed.map((entry) => entry.text('organisation_id')))).toEqual(new Set([office.other.id]))
    const [first] = listed
    expect((await platform(`/entries/${first?.text('id')}`)).body).toMatchObject({ event: first?.text('event') })
    expectRefusal(await platform(`/entries/${newId()}`), 404, 'not_found')
    const counted = itemsOf(await platform(`/histogram?${query}`))
    expect(counted.reduce((sum, { body }) => sum + Number(memberOf(body, 'succeeded')), 0)).toBe(listed.length)
    const facets = answered((await platform('/facets?event=user.*')).body)
    expect(facets.list('events').every((facet) => facet.text('event').startsWith('user.'))).toBe(true)
  })

  test('holds the requests that concerned no organisation', async () => {
    const path = '/requests?route=/api/platform/audit/facets&method=GET'
    await expect.poll(async () => itemsOf(await platform(path)).length, PATIENCE).toBeGreaterThan(0)
    expectRefusal(await platform(`/entries?execution_id=${newId()}`), 422, 'invalid_input')
  })
})
