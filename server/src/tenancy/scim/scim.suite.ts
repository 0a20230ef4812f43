// What the tests of provisioning send, as Okta and Entra ID do.

import { expect } from 'vitest'
import { answered, type Answered } from '../../../test/client.ts'

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
