// Single sign-on as a company uses it, for the tests of this folder: an organisation with a connection, a domain and people who
// come through a provider.

import type { Answered, As, ReeveClient, Reply } from '../../../test/client.ts'
import { answered, cookieOf } from '../../../test/client.ts'
import type { Founded, World } from '../world.suite.ts'

export type Connection = {
  readonly connection_id: string
  readonly path: string
  readonly redirect_uri: string
  readonly back_channel_logout_uri: string
}

export type Connected = Connection & { readonly organisation: Founded }

type ProviderFacts = { readonly issuer: string; readonly client_id: string; readonly client_secret: string }

/** An organisation of its own with a connection to a provider, in use, with a domain. */
export async function connect(
  world: World,
  provider: ProviderFacts,
  domain: string,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<Connected> {
  const organisation = await world.found()
  const { as: superadmin } = await world.superadmin()
  return { organisation, ...(await connectTo({ ...world, superadmin, organisation }, provider, domain, settings)) }
}

type Place = {
  readonly client: ReeveClient
  readonly superadmin: As
  readonly organisation: { readonly path: string; readonly owner: { readonly as: As } }
}

/** A connection of this organisation, in use, with a domain that the super-admin has given it. */
export async function connectTo(
  { client, superadmin, organisation }: Place,
  provider: ProviderFacts,
  domain: string,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<Connection> {
  const { as } = organisation.owner
  const body = {
    name: 'Our provider',
    preset: 'other',
    issuer: provider.issuer,
    client_id: provider.client_id,
    scopes: ['openid', 'email', 'profile', 'groups'],
    admission: 'everyone',
    ...settings,
  }
  const made = await client.call('POST', `${organisation.path}/sso/connections`, { as, body })
  const connection_id = made.text('id')
  const path = `${organisation.path}/sso/connections/${connection_id}`
  const { client_secret } = provider
  await client.call('PUT', `${path}/secret`, { as, body: { client_secret } })
  await client.call('POST', `${path}/domains`, { as, body: { domain } })
  await client.call('POST', `/api/platform/sso/connections/${connection_id}/domains/${domain}/grant`, {
    as: superadmin,
  })
  await client.call('PATCH', path, { as, body: { status: 'enabled' } })
  return {
    connection_id,
    path,
    redirect_uri: made.text('redirect_uri'),
    back_channel_logout_uri: made.text('back_channel_logout_uri'),
  }
}

export type Leaving = { readonly authorization_url: string; readonly browser: string }

const browserOf = (headers: Headers): string =>
  headers
    .getSetCookie()
    .find((each) => each.startsWith('__Host-reeve_sso='))
    ?.split(';')[0] ?? ''

/** Begins a sign-in as a browser without cookies. */
export async function leave(
  client: ReeveClient,
  connection_id: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<Leaving> {
  const begun = await client.call('POST', '/api/sso/sign-ins', { body: { connection_id, ...more } })
  return { authorization_url: begun.text('authorization_url'), browser: browserOf(begun.headers) }
}

/** Begins what only somebody signed in begins: a test or a link. */
export async function leaveAs(client: ReeveClient, path: string, cookie: string, body: object): Promise<Leaving> {
  const begun = await client.call('POST', path, { as: { cookie }, body })
  return { authorization_url: begun.text('authorization_url'), browser: browserOf(begun.headers) }
}

/** Comes back from the provider with a query, in the browser that left. */
export async function comeBack(
  client: ReeveClient,
  connection_id: string,
  query: string,
  browser: string,
  cookie?: string,
): Promise<Reply> {
  const headers = { cookie: [browser, ...(cookie === undefined ? [] : [cookie])].join('; ') }
  return client.request('POST', '/api/sso/sign-ins/complete', { body: { connection_id, query }, headers })
}

type Visits = { readonly visit: (authorization_url: string, sub: string) => Promise<string> }

/** The whole way: leave, sign in at the provider, come back. */
export async function signInThrough(
  client: ReeveClient,
  provider: Visits,
  connection_id: string,
  sub: string,
): Promise<Reply> {
  const { authorization_url, browser } = await leave(client, connection_id)
  return comeBack(client, connection_id, await provider.visit(authorization_url, sub), browser)
}

export type SsoSession = { readonly cookie: string; readonly body: Answered }

/** The session of somebody who came in; throws when they did not. */
export function sessionOf(reply: Reply): SsoSession {
  if (reply.status !== 200) throw new Error(`${reply.status} ${reply.text}`)
  return { cookie: cookieOf(reply.headers), body: answered(reply.body) }
}
