import { Type } from 'typebox'
import { Nothing, type Route, route } from '../../http/route.ts'
import { Id } from '../../http/schema.ts'
import { scimTokenLimit } from '../../identity/sso/problems.ts'
import { createScimToken, listScimTokens, revokeScimToken } from '../../identity/sso/scim-token.ts'
import { notFound } from '../../kernel/problem.ts'
import { NewToken, TokenDraft, TokenItem } from './sso-schema.ts'

const tag = 'Platform single sign-on'
const scope = 'platform'
const permission = 'platform.settings.manage'
const PATH = '/api/platform/sso/connections/:connection/scim-tokens'
const params = Type.Object({ connection: Id }, { additionalProperties: false })

/** The tokens with which the provider of a connection of the platform provisions. */
export function platformTokenRoutes(): readonly Route[] {
  return [
    route({
      operation: 'platform_scim_token_list',
      method: 'GET',
      path: PATH,
      summary: "List the tokens with which the platform's provider provisions people",
      tag,
      scope,
      permission,
      params,
      response: Type.Object({ items: Type.Array(TokenItem) }),
      problems: [notFound],
      handle: async (tx, _actor, input) => ({ items: [...(await listScimTokens(tx, null, input.params.connection))] }),
    }),
    route({
      operation: 'platform_scim_token_create',
      method: 'POST',
      path: PATH,
      summary: 'Make a token for provisioning by the platform; it is shown once, and a second one may live beside it',
      tag,
      scope,
      permission,
      step_up: true,
      params,
      body: TokenDraft,
      response: NewToken,
      status: 201,
      shown_once: ['token'],
      problems: [notFound, scimTokenLimit],
      audit: { event: 'scim_token.created', written_by: 'handler' },
      handle: (tx, _actor, input, { origin }) =>
        createScimToken(tx, origin, null, input.params.connection, input.body.days ?? 365),
    }),
    route({
      operation: 'platform_scim_token_revoke',
      method: 'DELETE',
      path: `${PATH}/:token`,
      summary: 'Revoke a token for provisioning by the platform at once',
      tag,
      scope,
      permission,
      params: Type.Object({ connection: Id, token: Id }, { additionalProperties: false }),
      response: Nothing,
      status: 204,
      problems: [notFound],
      audit: { event: 'scim_token.revoked', written_by: 'handler' },
      async handle(tx, _actor, input, { origin }) {
        await revokeScimToken(tx, origin, null, input.params.connection, input.params.token)
        return {}
      },
    }),
  ]
}
