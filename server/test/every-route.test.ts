// Every route, asked by everybody with input that is well formed and means nothing. The committed table says what they get:
// 401 and 403 where they may not, 404 where they may not know, and what is behind the permission otherwise (an object
// that is not there, input that the module refuses, or success). A route that is not in the table fails, and so does
// one whose answer changes. After a deliberate change: `vitest run -u server/test/every-route.test.ts`, and read the diff.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { ALL_PERMISSIONS, PERMISSIONS } from '../src/access/permission.ts'
import { createContentVault } from '../src/invocation/content.ts'
import type { Route } from '../src/http/route.ts'
import { newId } from '../src/kernel/id.ts'
import { listRoutes } from '../src/serve.ts'
import type { As, Reply } from './client.ts'
import { exampleOf } from './example-input.ts'
import { startWorld, type World } from './world.ts'

type Who = 'nobody' | 'other' | 'owner' | 'admin' | 'member' | 'hub' | 'org key' | 'own key' | 'superadmin'
const EVERYBODY: readonly Who[] = [
  'nobody',
  'other',
  'owner',
  'admin',
  'member',
  'hub',
  'org key',
  'own key',
  'superadmin',
]

let world: World
let credentials: Map<Who, As>
let routes: readonly Route[]
beforeAll(async () => {
  world = await startWorld(2)
  const { deployment } = world.reeve.node
  routes = listRoutes(deployment, createContentVault(deployment.fields), world.reeve.node.runs)
  credentials = new Map<Who, As>()
  await signEverybodyIn()
  const owner = credentials.get('owner') ?? null
  const base = `/api/orgs/${world.organisation.id}`
  for (const [who, path, kind] of [
    ['org key', `${base}/api-keys`, 'organisation'],
    ['own key', `${base}/me/api-keys`, 'person'],
  ] as const) {
    const body = { name: who, scopes: scopesOf(kind) }
    const made = await world.reeve.client.call('POST', path, { as: owner, body })
    credentials.set(who, { key: made.text('key') })
  }
})
afterAll(() => world.stop())

/** All that a key of this kind, made by the owner, can carry. */
const scopesOf = (kind: 'organisation' | 'person') =>
  ALL_PERMISSIONS.filter((permission) => {
    const { key, roles } = PERMISSIONS[permission]
    return kind === 'organisation' ? key === 'any' : key !== 'none' && roles.includes('owner')
  })

async function signEverybodyIn(): Promise<void> {
  const [first, second] = world.demo.organisations
  if (first === undefined || second === undefined) throw new Error('The world has two organisations')
  const named = (name: string) => {
    const member = first.members.find((each) => each.email.startsWith(`${name}@`))
    if (member === undefined) throw new Error(`The world has no ${name}`)
    return member
  }
  credentials.set('nobody', null)
  for (const [who, person] of [
    ['other', second.owner],
    ['owner', first.owner],
    ['admin', named('admin')],
    ['member', named('member')],
    ['hub', named('enduser')],
    ['superadmin', world.demo.superadmin],
  ] as const) {
    credentials.set(who, await world.signIn(person))
  }
}

/** Routes that end the session they are asked with: whoever asked signs in again. */
const ENDS_SESSION = new Set(['session_sign_out', 'session_sign_out_everywhere', 'me_session_revoke_others'])

/** Input that a schema alone cannot say. */
const BODIES: Readonly<Record<string, object>> = {
  platform_provider_create: { name: 'Example', type: 'openai_compatible', base_url: 'http://127.0.0.1:9/v1' },
  provider_create: { name: 'Example', type: 'openai_compatible', base_url: 'http://127.0.0.1:9/v1' },
}

/** The members of an example as text; none for a schema that is not there. */
function textsOf(schema: unknown): Record<string, string> {
  const example = schema === undefined ? {} : exampleOf(schema)
  const members = typeof example === 'object' && example !== null ? Object.entries(example) : []
  return Object.fromEntries(members.map(([name, value]) => [name, String(value)]))
}

/** Whether a schema is that of an object with members; an empty one is not sent. */
function hasMembers(schema: object | undefined): boolean {
  const properties: unknown = schema && Reflect.get(schema, 'properties')
  return typeof properties === 'object' && properties !== null && Object.keys(properties).length > 0
}

async function ask(route: Route, as: As, org: string): Promise<Reply> {
  const params = { ...textsOf(route.params), org }
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => String(Reflect.get(params, name)))
  const search = new URLSearchParams(textsOf(route.query)).toString()
  const example = hasMembers(route.body) ? exampleOf(route.body) : undefined
  const body = route.consumes ? Buffer.from('example') : (BODIES[route.operation] ?? example)
  return world.reeve.client.request(route.method, search === '' ? path : `${path}?${search}`, { as, body })
}

/** The shortest time-outs that can be set are over before the last route was asked. */
async function forgetTimeouts(): Promise<void> {
  const database = await world.reeve.node.deployment.databases.of(world.organisation.id)
  const values = { idle_timeout_s: null, absolute_timeout_s: null }
  await database.transaction((tx) => tx.updateTable('tenancy.security').set(values).execute())
}

/** What the others need to find as it was. */
async function mend(route: Route, status: number): Promise<void> {
  if (ENDS_SESSION.has(route.operation)) await signEverybodyIn()
  if (route.operation === 'security_set_sessions' && status < 300) await forgetTimeouts()
  if (route.operation === 'organisation_delete' && status < 300) {
    const path = `/api/platform/organisations/${world.organisation.id}/restore`
    await world.reeve.client.call('POST', path, { as: credentials.get('superadmin') ?? null })
  }
}

/** The gateway's routes are not in the list: it has a shape of its own. */
const GATEWAY = [
  ['POST', '/v1/chat/completions', { model: 'echo', messages: [{ role: 'user', content: 'hello' }] }],
  ['GET', '/v1/models', undefined],
  ['GET', '/v1/models/echo', undefined],
] as const

const plain = (reply: Reply): string => reply.text.replaceAll(reply.headers.get('x-request-id') ?? '-', '')
const inOrder = (one: Route, other: Route): number =>
  one.path < other.path ? -1 : one.path > other.path ? 1 : one.method < other.method ? -1 : 1

test('every route answers everybody as the table says, and nobody with a failure of its own', async () => {
  const rows = [['route', ...EVERYBODY]]
  const failures: string[] = []
  for (const route of routes.toSorted(inOrder)) {
    const row = [`${route.method} ${route.path}`]
    for (const who of EVERYBODY) {
      const reply = await ask(route, credentials.get(who) ?? null, world.organisation.id)
      await mend(route, reply.status)
      row.push(String(reply.status))
      if (reply.status >= 500) failures.push(`${route.operation} as ${who}: ${reply.text}`)
    }
    rows.push(row)
  }
  for (const [method, path, body] of GATEWAY) {
    const replies = await Promise.all(
      EVERYBODY.map((who) => world.reeve.client.request(method, path, { as: credentials.get(who) ?? null, body })),
    )
    rows.push([`${method} ${path}`, ...replies.map((reply) => String(reply.status))])
  }
  expect(failures).toEqual([])
  await expect(`${table(rows)}\n`).toMatchFileSnapshot('every-route.txt')
}, 300_000)

/** Rows as aligned columns. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')
  return rows.map((row) => line(row).trimEnd()).join('\n')
}

test('another organisation is answered with the very bytes of one that does not exist, on every route', async () => {
  const different: string[] = []
  for (const route of routes.filter((each) => /:org(?:\/|$)/.test(each.path))) {
    for (const who of ['other', 'org key', 'own key'] as const) {
      const as = credentials.get(who) ?? null
      const foreign = who === 'other' ? world.organisation.id : world.demo.organisations[1]?.id
      const [wall, nothing] = [await ask(route, as, foreign ?? ''), await ask(route, as, newId())]
      if (wall.status !== 404 || plain(wall) !== plain(nothing)) different.push(`${route.operation} as ${who}`)
    }
  }
  expect(different).toEqual([])
}, 120_000)
