// What the tests of provisioning send, as Okta and Entra ID do.

import { expect } from 'vitest'
import { answered, type Answered, type As } from '../../../test/client.ts'
import type { World } from '../world.suite.ts'

export type Answer = {
  readonly status: number
  readonly body: Answered
  readonly headers: Headers
  readonly raw: unknown
}
export type Scim = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>

export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
export const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

/** Asks the service of a deployment with a connection's token. */
export function createScim(url: string, token: string): Scim {
  return async (method, path, body, headers = {}) => {
    const response = await fetch(`${url}/scim/v2${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/scim+json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (text !== '') expect(response.headers.get('content-type')).toContain('application/scim+json')
    const raw: unknown = text === '' ? null : JSON.parse(text)
    return { status: response.status, body: answered(raw), headers: response.headers, raw }
  }
}

/** Sends operations of a PATCH. */
export const patchWith = (scim: Scim, path: string, ...Operations: object[]) =>
  scim('PATCH', path, { schemas: [PATCH], Operations })

/** A provider at which nobody signs in. */
export const PROVIDER = {
  issuer: 'http://127.0.0.1:9',
  client_id: 'none',
  client_secret: 'a-secret-that-nobody-asks-for',
}

export type PlatformMappingDraft = {
  readonly group_name: string
  readonly organisation_id: string
  readonly base_role: string
}

export type PlatformConnected = {
  readonly as: As
  readonly connection_id: string
  readonly path: string
  readonly redirect_uri: string
  readonly back_channel_logout_uri: string
}

/** A connection of the platform, in use, with a domain and what its groups lead to. */
export async function connectPlatform(
  world: World,
  provider: typeof PROVIDER,
  domain: string,
  mappings: readonly PlatformMappingDraft[],
): Promise<PlatformConnected> {
  const { as } = await world.superadmin()
  const call = (method: string, path: string, body?: object) => world.client.call(method, path, { as, body })
  const { issuer, client_id, client_secret } = provider
  const draft = { name: 'Company', preset: 'other', issuer, client_id, scopes: ['openid', 'email', 'groups'] }
  const made = await call('POST', '/api/platform/sso/connections', draft)
  const connection_id = made.text('id')
  const path = `/api/platform/sso/connections/${connection_id}`
  await call('PUT', `${path}/secret`, { client_secret })
  await call('POST', `${path}/domains`, { domain })
  await call('POST', `${path}/domains/${domain}/grant`)
  await call('PUT', `${path}/mappings`, { mappings })
  await call('PATCH', path, { status: 'enabled' })
  return {
    as,
    connection_id,
    path,
    redirect_uri: made.text('redirect_uri'),
    back_channel_logout_uri: made.text('back_channel_logout_uri'),
  }
}

/** As Okta sends a new person. */
export const oktaUser = (userName: string) => ({
  schemas: [USER],
  userName,
  name: { givenName: 'Test', familyName: 'Person' },
  emails: [{ primary: true, value: userName, type: 'work' }],
  displayName: 'Test Person',
  locale: 'en-US',
  externalId: `okta-${userName}`,
  groups: [],
  password: '1mz050nq',
  active: true,
})
