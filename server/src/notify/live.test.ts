import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReeveClient } from '../../test/client.ts'
import { startWorld, type World } from '../../test/world.ts'
import type { RunningNode } from '../serve.ts'
import { topicOf } from './topic.ts'

let world: World
let neighbour: RunningNode
beforeAll(async () => {
  world = await startWorld(2)
  neighbour = await world.reeve.startAnotherNode()
})
afterAll(() => world.stop())

type Heard = { readonly event: string; readonly data: unknown }

/** The events of a stream, as a browser would read them; `stop` leaves. */
async function follow(url: string, as: { readonly cookie: string }, place?: string) {
  const leaving = new AbortController()
  const query = place === undefined ? '' : place === 'platform' ? '?platform=true' : `?organisation=${place}`
  const response = await fetch(`${url}/api/me/events${query}`, { headers: as, signal: leaving.signal })
  const events = response.status === 200 && response.body ? read(response.body) : null
  const next = async (): Promise<Heard | null> => {
    const one = await events?.next()
    return one === undefined || one.done === true ? null : one.value
  }
  return {
    status: response.status,
    /** The next event, or null when the stream has ended. */
    next,
    stop: () => leaving.abort(),
  }
}

async function* read(body: ReadableStream<Uint8Array>): AsyncGenerator<Heard> {
  let text = ''
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    text += chunk
    const parts = text.split('\n\n')
    text = parts.pop() ?? ''
    for (const part of parts) {
      const [, event, data] = /^event: (.*)\ndata: (.*)$/.exec(part) ?? []
      if (event !== undefined && data !== undefined) yield { event, data: JSON.parse(data) }
    }
  }
}

const owner = (client: ReeveClient = world.reeve.client) => signInAt(client, world.organisation.owner)

async function signInAt(client: ReeveClient, { email, password }: { email: string; password: string }) {
  const { headers } = await client.call('POST', '/api/sessions', { body: { email, password } })
  return { cookie: (headers.getSetCookie()[0] ?? '').split(';')[0] ?? '' }
}

const memberCalled = (name: string) => {
  const member = world.organisation.members.find(({ email }) => email.startsWith(`${name}@`))
  if (member === undefined) throw new Error(`Nobody is called ${name}`)
  return member
}

test('a session that is revoked ends its pages on every node', async () => {
  const other = await world.reeve.startAnotherNode()
  const [here, there] = [await owner(), await owner()]
  const pages = [
    await follow(world.reeve.client.url, here),
    await follow(other.url, here),
    await follow(other.url, there),
  ]
  for (const page of pages) expect(await page.next()).toMatchObject({ event: 'open' })
  await world.reeve.client.call('DELETE', '/api/me/sessions', { as: there })
  const [first, second, third] = pages
  for (const ended of [first, second]) {
    expect(await ended?.next()).toEqual({ event: 'session_ended', data: {} })
    expect(await ended?.next()).toBeNull()
  }
  // The one who revoked the others is still there, and drained with the node.
  const rest = third?.next()
  await other.stop()
  expect(await rest).toBeNull()
})

test.each([
  ['was signed out by an owner', 'session_ended'],
  ['was suspended', 'changed'],
  ['comes from an address that is no longer allowed', 'changed'],
  ['must have a second factor now', 'changed'],
  ['has been idle for longer than is allowed now', 'changed'],
  ['must come through single sign-on now', 'changed'],
])('a page ends on every node when its person %s', async (what, last) => {
  const viewer = memberCalled('enduser')
  const as = await world.signIn(viewer)
  const pages = [await follow(world.reeve.client.url, as, world.organisation.id)]
  pages.push(await follow(neighbour.url, as, world.organisation.id))
  for (const page of pages) expect(await page.next()).toMatchObject({ event: 'open' })
  const undo = await withdraw(what, viewer)
  for (const page of pages) {
    const heard: (string | null)[] = []
    while (heard.at(-1) !== null) heard.push((await page.next())?.event ?? null)
    expect(heard.at(-2)).toBe(last)
  }
  // The same session is refused at the door, or its stream would only begin again.
  expect((await follow(neighbour.url, as, world.organisation.id)).status).toBeGreaterThanOrEqual(401)
  await undo()
})

/** Takes from a member what they came in by, and says how it is given back. */
async function withdraw(what: string, viewer: { readonly email: string }): Promise<() => Promise<unknown>> {
  const as = await owner()
  const path = `/api/orgs/${world.organisation.id}`
  const { control } = world.reeve.node.deployment
  const setRule = async (change: string) => {
    const database = await world.reeve.node.deployment.databases.of(world.organisation.id)
    await database.connection((client) => client.query(`update tenancy.security set ${change}`))
  }
  const setSso = (is_enforced: boolean) =>
    control.connection((client) =>
      client.query(
        `insert into identity.sso_setting (organisation_id, is_enforced) values ($1, $2)
         on conflict (organisation_id) do update set is_enforced = $2`,
        [world.organisation.id, is_enforced],
      ),
    )
  if (what === 'comes from an address that is no longer allowed') {
    await setRule(`addresses = '{10.0.0.0/8}'`)
    return () => setRule(`addresses = '{}'`)
  }
  if (what === 'must have a second factor now') {
    await setRule('mfa_required_from = now()')
    return () => setRule('mfa_required_from = null')
  }
  if (what === 'has been idle for longer than is allowed now') {
    await setRule('idle_timeout_s = 300')
    await control.connection((client) =>
      client.query(
        `update identity.session set last_seen_at = now() - interval '10 minutes'
         where user_id = (select id from identity.user where email_key = $1)`,
        [viewer.email],
      ),
    )
    return () => setRule('idle_timeout_s = null')
  }
  if (what === 'must come through single sign-on now') {
    await setSso(true)
    return () => setSso(false)
  }
  const found = await world.reeve.client.call('GET', `${path}/members?search=${encodeURIComponent(viewer.email)}`, {
    as,
  })
  const member = `${path}/members/${found.list('items')[0]?.text('id') ?? ''}`
  if (what === 'was suspended') {
    await world.reeve.client.call('POST', `${member}/suspend`, { as })
    return () => world.reeve.client.call('POST', `${member}/reactivate`, { as })
  }
  await world.reeve.client.call('POST', `${member}/sign-out`, { as })
  return () => Promise.resolve()
}

test('an account that is disabled ends its pages', async () => {
  const viewer = memberCalled('enduser')
  const page = await follow(world.reeve.client.url, await world.signIn(viewer), world.organisation.id)
  expect(await page.next()).toMatchObject({ event: 'open' })
  const superadmin = await world.asSuperadmin()
  const { items } = await users(superadmin, viewer.email)
  const body = { status: 'disabled' }
  await world.reeve.client.call('PATCH', `/api/platform/users/${items[0]?.text('id') ?? ''}`, { as: superadmin, body })
  expect(await page.next()).toMatchObject({ event: 'session_ended' })
})

async function users(as: { cookie: string }, search: string) {
  const path = `/api/platform/users?search=${encodeURIComponent(search)}`
  const answer = await world.reeve.client.call('GET', path, { as })
  return { items: answer.list('items') }
}

test('a page hears that something changed in its organisation, and not what', async () => {
  const as = await owner()
  const page = await follow(world.reeve.client.url, as, world.organisation.id)
  expect(await page.next()).toMatchObject({ event: 'open' })
  const body = { name: 'Heard of' }
  await world.reeve.client.call('POST', `/api/orgs/${world.organisation.id}/teams`, { as, body })
  expect(await page.next()).toEqual({
    event: 'changed',
    data: { organisation_id: world.organisation.id, topics: ['administration'] },
  })
  page.stop()
})

test('an organisation that is not the own one is the same 404 as none, and nobody follows without a session', async () => {
  const [, foreign] = world.demo.organisations
  const as = await owner()
  expect((await follow(world.reeve.client.url, as, foreign?.id)).status).toBe(404)
  expect((await follow(world.reeve.client.url, as, 'no-id')).status).toBe(422)
  expect((await follow(world.reeve.client.url, { cookie: '' })).status).toBe(401)
})

test('a page of the platform hears what changes on it and who comes and goes, on every node', async () => {
  const superadmin = await world.asSuperadmin()
  const page = await follow(neighbour.url, superadmin, 'platform')
  expect(await page.next()).toMatchObject({ event: 'open' })
  // The sign-in of the one who looks may be heard as well.
  const next = async (wanted: string) => {
    for (;;) {
      const heard = await page.next()
      if (heard === null || JSON.stringify(heard.data).includes(wanted)) return heard
    }
  }
  const body = { deployment_name: 'Heard of' }
  await world.reeve.client.call('PATCH', '/api/platform/settings', { as: superadmin, body })
  expect(await next('administration')).toMatchObject({ event: 'changed', data: { organisation_id: null } })
  await owner()
  expect(await next('work')).toMatchObject({ event: 'changed' })
  page.stop()
})

test('nobody follows the platform but super-admins, and who is none any more is told nothing', async () => {
  expect((await follow(world.reeve.client.url, await owner(), 'platform')).status).toBe(403)
  const superadmin = await world.asSuperadmin()
  const page = await follow(world.reeve.client.url, superadmin, 'platform')
  expect(await page.next()).toMatchObject({ event: 'open' })
  const { control } = world.reeve.node.deployment
  const flag = (is_superadmin: boolean) =>
    control.connection((client) =>
      client.query('update identity.user set is_superadmin = $1 where email_key = $2', [
        is_superadmin,
        world.demo.superadmin.email,
      ]),
    )
  await flag(false)
  const heard: (string | null)[] = []
  while (heard.at(-1) !== null) heard.push((await page.next())?.event ?? null)
  expect(heard.at(-2)).toBe('changed')
  await flag(true)
})

test('the eleventh page of one person is refused, and those of others are not', async () => {
  const as = await world.signIn(memberCalled('manager'))
  const pages = await Promise.all(Array.from({ length: 10 }, () => follow(world.reeve.client.url, as)))
  expect(pages.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200))
  expect((await follow(world.reeve.client.url, as)).status).toBe(429)
  const other = await follow(world.reeve.client.url, await owner())
  expect(other.status).toBe(200)
  for (const page of [...pages, other]) page.stop()
})

test('following is no use of a session', async () => {
  const { control } = world.reeve.node.deployment
  const own = await world.signIn(memberCalled('compliance'))
  const page = await follow(world.reeve.client.url, own)
  await page.next()
  const other = await owner()
  const ending = await follow(world.reeve.client.url, other)
  await ending.next()
  const longAgo = await control.connection(async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `update identity.session set last_seen_at = now() - interval '5 minutes'
       where id = (select id from identity.session order by id desc offset 1 limit 1) returning id, last_seen_at`,
    )
    return rows
  })
  await world.reeve.client.call('POST', '/api/me/sign-out', { as: other })
  // By now every session was looked at.
  expect(await ending.next()).toMatchObject({ event: 'session_ended' })
  const { rows } = await control.connection((client) =>
    client.query('select id, last_seen_at from identity.session where id = $1', [longAgo[0]?.id]),
  )
  expect(rows).toEqual(longAgo)
  page.stop()
})

test('what was logged because somebody read is told to nobody', () => {
  expect(topicOf('superadmin.accessed')).toBeNull()
  expect(topicOf('access.denied')).toBeNull()
  expect(topicOf('execution.finalised')).toBe('work')
  expect(topicOf('member.role_changed')).toBe('administration')
})
