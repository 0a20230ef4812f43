// A deployment for the tests of this module, with people in it who came there by the public API.

import { expect } from 'vitest'
import { type Answered, type As, answered, cookieOf, type ReeveClient, type Reply } from '../../test/client.ts'
import { startTestReeve, type TestReeve } from '../../test/harness.ts'
import { ensureSetupToken } from '../identity/setup.ts'
import type { ControlTx, OrganisationTx } from '../kernel/database.ts'
import { fillSpares } from '../kernel/placement.ts'
import type { CreationNeeds } from './organisation-creation.ts'

export const PASSWORD = 'seven mild otters juggle'

export type Person = { readonly as: As; readonly email: string; readonly password: string }
export type MemberOf = Person & { readonly id: string }
export type Founded = { readonly id: string; readonly path: string; readonly owner: MemberOf }

export type World = {
  readonly reeve: TestReeve
  readonly client: ReeveClient
  readonly needs: CreationNeeds
  /** The first super-admin, made by the set-up token when first asked for. */
  readonly superadmin: () => Promise<Person>
  /** A person who registers, and their organisation. */
  readonly found: (name?: string) => Promise<Founded>
  /** A person whom the owner adds, signed in with a password of their own. */
  readonly join: (organisation: Founded, base_role?: 'owner' | 'admin' | 'member') => Promise<MemberOf>
  readonly inControl: <Result>(work: (tx: ControlTx) => Promise<Result>) => Promise<Result>
  readonly inside: <Result>(organisation_id: string, work: (tx: OrganisationTx) => Promise<Result>) => Promise<Result>
  /** The events in an organisation's log, oldest first. */
  readonly events: (organisation_id: string) => Promise<readonly string[]>
  readonly stop: () => Promise<void>
}

let counter = 0
/** An address that nobody has had before. */
export const newEmail = (): string => `person-${process.pid}-${(counter += 1)}@example.com`

/** What creating an organisation needs, from a running deployment. */
function needsOf({ node }: TestReeve): CreationNeeds {
  const { control, databases, keys, secrets, server, control_name, schema, derivePassword } = node.deployment
  const makeSpare = async () => void (await fillSpares(server, control_name, schema, derivePassword, 1))
  return { control, databases, keys, secrets, makeSpare }
}

/** Starts a deployment of its own. */
export async function startWorld(environment: Record<string, string> = {}): Promise<World> {
  const reeve = await startTestReeve(environment)
  const needs = needsOf(reeve)
  const { client } = reeve
  const { control, databases } = needs
  let superadmin: Promise<Person> | null = null
  const inside: World['inside'] = async (id, work) => (await databases.of(id)).transaction(work)
  return {
    reeve,
    client,
    needs,
    superadmin: () => (superadmin ??= setUp(client, needs)),
    found: (name = `Organisation ${(counter += 1)}`) => register(client, name),
    join: (organisation, base_role = 'member') => join(client, organisation, base_role),
    inControl: (work) => control.transaction(work),
    inside,
    events: (id) =>
      inside(id, async (tx) => {
        const rows = await tx.selectFrom('audit.entry').select('event').orderBy('id').execute()
        return rows.map((row) => row.event)
      }),
    stop: () => reeve.stop(),
  }
}

async function setUp(client: ReeveClient, { control }: CreationNeeds): Promise<Person> {
  const token = await ensureSetupToken(control)
  const email = newEmail()
  const body = { token, email, password: PASSWORD, display_name: 'Root' }
  const { headers } = await client.call('POST', '/api/setup', { body })
  return { as: { cookie: cookieOf(headers) }, email, password: PASSWORD }
}

async function register(client: ReeveClient, organisation_name: string): Promise<Founded> {
  const email = newEmail()
  const body = { organisation_name, email, password: PASSWORD, display_name: 'Founder' }
  const registered = await client.call('POST', '/api/registrations', { body })
  const as = { cookie: cookieOf(registered.headers) }
  const id = registered.object('organisation').text('id')
  const path = `/api/orgs/${id}`
  const me = await client.call('GET', path, { as })
  return { id, path, owner: { as, email, password: PASSWORD, id: me.object('membership').text('member_id') } }
}

/** Signs in with a one-time password and chooses another. */
export async function firstSignIn(client: ReeveClient, email: string, one_time_password: string): Promise<Person> {
  const signedIn = await client.call('POST', '/api/sessions', { body: { email, password: one_time_password } })
  const as = { cookie: cookieOf(signedIn.headers) }
  const body = { current_password: one_time_password, new_password: PASSWORD }
  const changed = await client.call('POST', '/api/me/password', { as, body })
  return { as: { cookie: cookieOf(changed.headers) }, email, password: PASSWORD }
}

/** Signs in with the person's own password. */
export async function signIn(client: ReeveClient, email: string): Promise<Person> {
  const { headers } = await client.call('POST', '/api/sessions', { body: { email, password: PASSWORD } })
  return { as: { cookie: cookieOf(headers) }, email, password: PASSWORD }
}

async function join(client: ReeveClient, organisation: Founded, base_role: string): Promise<MemberOf> {
  const email = newEmail()
  const { as } = organisation.owner
  const body = { email, display_name: 'Joiner' }
  const added = await client.call('POST', `${organisation.path}/members`, { as, body })
  const id = added.text('id')
  const person = await firstSignIn(client, email, added.text('one_time_password'))
  if (base_role !== 'member') {
    await client.call('PUT', `${organisation.path}/members/${id}/role`, { as, body: { base_role } })
  }
  return { ...person, id }
}

/** An answer's body without what differs from request to request. */
export function plain(reply: Reply): string {
  const body: unknown = reply.body
  return JSON.stringify(body, (key, value: unknown) => (key === 'request_id' ? undefined : value))
}

/** The body of an answer, whatever its status. */
export const bodyOf = (reply: Reply): Answered => answered(reply.body, reply.headers)

/** The members of an answer's body. */
export function membersOf(reply: Reply): Readonly<Record<string, unknown>> {
  const { body } = reply
  expect(typeof body, reply.text).toBe('object')
  return Object.fromEntries(Object.entries(body ?? {}))
}

/** Expects a refusal by status and code. */
export function expectRefusal(reply: Reply, status: number, code: string): void {
  expect({ status: reply.status, code: reply.body && bodyOf(reply).text('code') }, reply.text).toEqual({ status, code })
}
