// A node with people in it whose organisation is administered: a super-admin, an organisation and another one, and
// members who join when a test asks for them. Everything is done by the public API; what is stored is read as the node
// reads it.

import { expect, vi } from 'vitest'
import { ensureSetupToken } from '../src/identity/setup.ts'
import type { ControlTx, OrganisationDatabase, OrganisationTx } from '../src/kernel/database.ts'
import { type Answered, type As, answered, cookieOf, type ReeveClient, type Reply } from './client.ts'
import { type FakeProvider, startFakeProvider } from './fake-provider.ts'
import { startTestReeve, type TestReeve } from './harness.ts'

const PASSWORD = 'seven mild otters juggle'
const MODEL = 'echo'

export type Person = { readonly as: As; readonly member_id: string }
export type Organisation = { readonly id: string; readonly path: string; readonly owner: Person }

export type Administration = {
  readonly reeve: TestReeve
  readonly client: ReeveClient
  readonly superadmin: As
  /** The organisation that the tests administer. */
  readonly organisation: Organisation
  /** Another one, with an owner of its own. */
  readonly other: Organisation
  /** A new member of the first organisation, signed in. */
  readonly join: (rights?: {
    readonly base_role?: 'owner' | 'admin'
    readonly designations?: readonly string[]
    readonly grants?: readonly string[]
    readonly denies?: readonly string[]
  }) => Promise<Person>
  readonly inside: <Result>(organisation_id: string, work: (tx: OrganisationTx) => Promise<Result>) => Promise<Result>
  readonly database: (organisation_id: string) => Promise<OrganisationDatabase>
  readonly inControl: <Result>(work: (tx: ControlTx) => Promise<Result>) => Promise<Result>
  readonly stop: () => Promise<void>
}

let counter = 0
const newEmail = (): string => `person-${process.pid}-${(counter += 1)}@example.com`

/** Starts a node, sets it up, and founds two organisations. */
export async function startAdministration(environment: Record<string, string> = {}): Promise<Administration> {
  const reeve = await startTestReeve(environment)
  const { client, node } = reeve
  const { control, databases } = node.deployment
  const superadmin = await setUp(reeve)
  const organisation = await found(client, 'Meridian Mills')
  return {
    reeve,
    client,
    superadmin,
    organisation,
    other: await found(client, 'Zenith Works'),
    join: (rights = {}) => join(client, organisation, rights),
    inside: async (id, work) => (await databases.of(id)).transaction(work),
    database: (id) => databases.of(id),
    inControl: (work) => control.transaction(work),
    stop: () => reeve.stop(),
  }
}

async function setUp({ client, node }: TestReeve): Promise<As> {
  const token = await ensureSetupToken(node.deployment.control)
  const body = { token, email: newEmail(), password: PASSWORD, display_name: 'Root' }
  return { cookie: cookieOf((await client.call('POST', '/api/setup', { body })).headers) }
}

async function found(client: ReeveClient, organisation_name: string): Promise<Organisation> {
  const body = { organisation_name, email: newEmail(), password: PASSWORD, display_name: 'Founder' }
  const registered = await client.call('POST', '/api/registrations', { body })
  const as = { cookie: cookieOf(registered.headers) }
  const id = registered.object('organisation').text('id')
  const path = `/api/orgs/${id}`
  const me = await client.call('GET', path, { as })
  return { id, path, owner: { as, member_id: me.object('membership').text('member_id') } }
}

async function join(
  client: ReeveClient,
  { path, owner: { as } }: Organisation,
  { base_role, designations = [], grants = [], denies = [] }: Parameters<Administration['join']>[0] & object,
): Promise<Person> {
  const email = newEmail()
  const added = await client.call('POST', `${path}/members`, { as, body: { email, display_name: 'Joiner' } })
  const member = `${path}/members/${added.text('id')}`
  if (base_role !== undefined) await client.call('PUT', `${member}/role`, { as, body: { base_role } })
  if (designations.length > 0) await client.call('PUT', `${member}/designations`, { as, body: { designations } })
  if (grants.length + denies.length > 0) {
    await client.call('PUT', `${member}/permissions`, { as, body: { grants, denies } })
  }
  const one_time = added.text('one_time_password')
  const signedIn = await client.call('POST', '/api/sessions', { body: { email, password: one_time } })
  const changed = await client.call('POST', '/api/me/password', {
    as: { cookie: cookieOf(signedIn.headers) },
    body: { current_password: one_time, new_password: PASSWORD },
  })
  return { as: { cookie: cookieOf(changed.headers) }, member_id: added.text('id') }
}

export type Calls = {
  readonly provider: FakeProvider
  readonly model_id: string
  /** A call with a key of this person of the first organisation; it is settled when this answers. */
  readonly call: (person: Person, body?: object) => Promise<Reply>
  /** The same with any key. */
  readonly callAs: (key: string, body?: object) => Promise<Reply>
  readonly stop: () => Promise<void>
}

/** Gives the first organisation a model, served by the fake provider, so that its people can call it. */
export async function enableCalls({ client, organisation, superadmin: as, inside }: Administration): Promise<Calls> {
  const provider = await startFakeProvider()
  const added = await client.call('POST', '/api/platform/providers', {
    as,
    body: { name: 'Fake provider', type: 'openai_compatible', base_url: `${provider.url}/v1` },
  })
  const path = `/api/platform/providers/${added.text('id')}/key`
  await client.call('PUT', path, { as, body: { key: 'sk-key-of-the-fake-provider' } })
  const price = {
    input_micros_per_mtok: 500_000,
    cached_input_micros_per_mtok: 50_000,
    output_micros_per_mtok: 1_500_000,
  }
  const model = await client.call('POST', '/api/platform/models', {
    as,
    body: { provider_id: added.text('id'), name: MODEL, default_output_tokens: 256, price },
  })
  const model_id = model.text('id')
  await client.call('PUT', `/api/platform/models/${model_id}/assignments/${organisation.id}`, { as })
  const keys = new Map<Person, Promise<string>>()
  const makeKey = async (person: Person): Promise<string> => {
    const body = { name: 'Test key', scopes: ['run.execute'] }
    return (await client.call('POST', `${organisation.path}/me/api-keys`, { as: person.as, body })).text('key')
  }
  const callAs: Calls['callAs'] = async (key, body = {}) => {
    const messages = [{ role: 'user', content: 'Hello' }]
    const reply = await client.request('POST', '/v1/chat/completions', {
      as: { key },
      body: { model: MODEL, messages, ...body },
    })
    const isSettled = async () => (await inside(organisation.id, findRunning)) === undefined
    await vi.waitUntil(isSettled, { timeout: 10_000 })
    return reply
  }
  return {
    provider,
    model_id,
    async call(person, body) {
      const key = keys.get(person) ?? makeKey(person)
      keys.set(person, key)
      return callAs(await key, body)
    },
    callAs,
    stop: () => provider.close(),
  }
}

const findRunning = (tx: OrganisationTx) =>
  tx.selectFrom('execution.execution').select('id').where('state', '=', 'running').executeTakeFirst()

/** Expects a refusal by status and code, and returns its body. */
export function expectRefusal(reply: Reply, status: number, code: string): Answered {
  const body = answered(reply.body)
  const seen = { status: reply.status, code: reply.body === null ? null : body.text('code') }
  expect(seen, reply.text).toEqual({ status, code })
  return body
}

/** A member of a JSON value, whatever it is. */
export const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

/** An answer's body without what differs from request to request. */
export function plain(reply: Reply): string {
  const body: unknown = reply.body
  return JSON.stringify(body, (key, value: unknown) => (key === 'request_id' ? undefined : value))
}

/** The entries of an event in an organisation's log, oldest first. */
export const entriesOf = (office: Administration, organisation_id: string, event: string) =>
  office.inside(organisation_id, (tx) =>
    tx.selectFrom('audit.entry').selectAll().where('event', '=', event).orderBy('id').execute(),
  )

/** The entries of an event in the platform's log, oldest first. */
export const platformEntriesOf = (office: Administration, event: string) =>
  office.inControl((tx) => tx.selectFrom('audit.entry').selectAll().where('event', '=', event).orderBy('id').execute())
