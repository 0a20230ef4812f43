import { Type } from 'typebox'
import { appendEntry } from '../../audit/append.ts'
import { Nothing, ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { Id, orgParams, Timestamp } from '../../http/schema.ts'
import type { SecretStore } from '../../secrets/secret-store.ts'
import { toolCredentialHostRefused } from '../problems.ts'
import {
  listToolCredentials,
  parseHosts,
  removeToolCredential,
  setToolCredential,
  storeToolSecret,
} from '../tool-credential.ts'
import type { AppNeeds } from './desk.ts'

const tag = 'Tool credentials'
const permission = 'tool_credential.manage'
const PATH = `${ORGANISATION_PATH}/tool-credentials`
const closed = { additionalProperties: false }

const ToolCredential = Type.Object({
  name: Type.String(),
  description: Type.String(),
  hosts: Type.Array(Type.String()),
  mask: Type.String(),
  created_at: Timestamp,
  updated_at: Timestamp,
})
const Params = Type.Object({ org: Id, name: Type.String({ pattern: '^[a-z][a-z0-9_-]{0,62}$' }) }, closed)
const Body = Type.Object(
  {
    description: Type.String({ maxLength: 500 }),
    hosts: Type.Array(Type.String({ minLength: 1, maxLength: 259 }), { minItems: 1, maxItems: 20, uniqueItems: true }),
    value: Type.Optional(
      Type.String({ minLength: 1, maxLength: 10_000, description: 'The secret; left out, the one before stays' }),
    ),
  },
  closed,
)

/** Secrets that tools of internal apps use by name. */
export function toolCredentialRoutes({
  secrets,
  egress,
}: AppNeeds & { readonly secrets: SecretStore }): readonly Route[] {
  return [
    route({
      operation: 'tool_credential_list',
      method: 'GET',
      path: PATH,
      scope: 'organisation',
      permission,
      tag,
      summary: 'List the secrets for tools, by name; values only as masks',
      params: orgParams(),
      response: Type.Object({ items: Type.Array(ToolCredential) }),
      handle: async (tx) => ({ items: await listToolCredentials(tx) }),
    }),
    route({
      operation: 'tool_credential_set',
      method: 'PUT',
      path: `${PATH}/:name`,
      scope: 'organisation_wide',
      permission,
      step_up: true,
      tag,
      summary: 'Make or change a secret for tools and the hosts it may be sent to',
      params: Params,
      body: Body,
      response: ToolCredential,
      problems: [toolCredentialHostRefused],
      audit: { event: 'tool_credential.set', written_by: 'handler' },
      async handle({ decide }, _actor, { params, body }, { origin }) {
        const { org, name } = params
        const { description, value } = body
        const hosts = parseHosts(body.hosts, egress)
        const stored = value === undefined ? null : await storeToolSecret(secrets, org, name, value)
        return decide(async (tx) => {
          const set = await setToolCredential(tx, { name, description, hosts }, stored)
          const data = { before: set.before, after: { hosts }, is_new_value: stored !== null, mask: set.mask }
          await appendEntry(tx, origin, {
            event: 'tool_credential.set',
            target: { type: 'tool_credential', id: name },
            data,
          })
          return set
        })
      },
    }),
    route({
      operation: 'tool_credential_remove',
      method: 'DELETE',
      path: `${PATH}/:name`,
      scope: 'organisation_wide',
      permission,
      step_up: true,
      tag,
      summary: 'Remove a secret for tools; apps that name it fail their checks',
      params: Params,
      response: Nothing,
      status: 204,
      audit: { event: 'tool_credential.removed', written_by: 'handler' },
      async handle({ decide }, _actor, { params }, { origin }) {
        const { secret_path } = await decide(async (tx) => {
          const target = { type: 'tool_credential', id: params.name }
          await appendEntry(tx, origin, { event: 'tool_credential.removed', target })
          return removeToolCredential(tx, params.name)
        })
        await secrets.destroy(secret_path)
        return {}
      },
    }),
  ]
}
