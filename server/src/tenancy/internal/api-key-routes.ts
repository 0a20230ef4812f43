import { type Static, Type } from 'typebox'
import { projectRoleMissing, scopeNotAllowed } from '../../access/problems.ts'
import { appendEntry } from '../../audit/append.ts'
import { Nothing, ORGANISATION_PATH, type OrganisationActor, type Route, route } from '../../http/route.ts'
import { Id, Name, nullable, orgParams, PageQuery, pageSchema, Timestamp } from '../../http/schema.ts'
import { nameInvalid } from '../../identity/problems.ts'
import {
  changeApiKey,
  createApiKey,
  DEFAULT_KEY_DAYS,
  type KeyOwner,
  listApiKeys,
  MAX_KEY_DAYS,
  ownKeys,
  revokeApiKey,
  rotateApiKey,
} from '../api-key.ts'
import { addressInvalid, apiKeyRevoked, membershipRequired, projectArchived, referenceUnknown } from '../problems.ts'
import { getWorkerKey } from '../worker-key.ts'
import { parseName } from './name.ts'
import { replaced } from './replaced.ts'

const tag = 'API keys'
const scope = 'organisation'
const OWN = `${ORGANISATION_PATH}/me/api-keys`
const ALL = `${ORGANISATION_PATH}/api-keys`

const ApiKey = Type.Object({
  id: Id,
  name: Type.String(),
  member_id: nullable(Id),
  created_by: Id,
  project_id: Id,
  use_case_id: nullable(Id),
  scopes: Type.Array(Type.String()),
  mask: Type.String(),
  created_at: Timestamp,
  expires_at: Timestamp,
  last_used_at: nullable(Timestamp),
  revoked_at: nullable(Timestamp),
  service_account_id: nullable(Id),
  addresses: Type.Array(Type.String(), { description: 'From where it may be used; none: from everywhere' }),
  rotated_at: nullable(Timestamp),
  previous_valid_until: nullable(
    Type.String({ format: 'date-time', description: 'Until then the secret before the rotation is good as well' }),
  ),
  disabled_at: nullable(Timestamp),
})
const NewApiKey = Type.Object({
  ...ApiKey.properties,
  key: nullable(Type.String({ description: 'The key itself, shown this once; null when the request is repeated' })),
})
const Addresses = Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 100 })
const Draft = Type.Object(
  {
    name: Name,
    scopes: Type.Array(Type.String({ maxLength: 64 }), {
      minItems: 1,
      maxItems: 100,
      uniqueItems: true,
      description: 'Permissions the key may carry; you hold each of them',
    }),
    project_id: Type.Optional(Id),
    use_case_id: Type.Optional(Id),
    expires_in_days: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_KEY_DAYS, default: DEFAULT_KEY_DAYS })),
    addresses: Type.Optional(Addresses),
  },
  { additionalProperties: false },
)
const OrganisationDraft = Type.Object(
  {
    ...Draft.properties,
    service_account_id: Type.Optional(Id),
    responsible_member_id: Type.Optional(
      Type.String({ ...Id, description: 'Named by a super-admin who is no member: who answers for the key' }),
    ),
  },
  { additionalProperties: false },
)
const Change = Type.Object(
  { name: Type.Optional(Name), addresses: Type.Optional(Addresses) },
  { additionalProperties: false, minProperties: 1 },
)
const RotationDraft = Type.Object(
  {
    overlap_hours: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 168, default: 24, description: 'How long the secret before stays good' }),
    ),
    expires_in_days: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_KEY_DAYS, default: DEFAULT_KEY_DAYS })),
  },
  { additionalProperties: false },
)
const Query = Type.Object(
  { ...PageQuery.properties, revoked: Type.Optional(Type.Boolean()) },
  { additionalProperties: false },
)
const AllQuery = Type.Object(
  {
    ...Query.properties,
    owner: Type.Optional(Type.Enum(['organisation', 'anybody'])),
    member_id: Type.Optional(Id),
    service_account_id: Type.Optional(Id),
  },
  { additionalProperties: false },
)

const createProblems = [
  scopeNotAllowed,
  projectRoleMissing,
  referenceUnknown,
  projectArchived,
  membershipRequired,
  nameInvalid,
  addressInvalid,
]
const keyTarget = (_: unknown, { params }: { readonly params: { readonly key: string } }) => ({
  type: 'api_key',
  id: params.key,
})

/** API keys, one's own and the organisation's, and the worker's public key. */
export function apiKeyRoutes(): readonly Route[] {
  return [...routesOfOwnKeys(), ...routesOfAllKeys(), ...changeRoutes('own'), ...changeRoutes('all'), workerKeyRoute()]
}

const created = {
  event: 'api_key.created',
  target: (key: { readonly id: string }) => ({ type: 'api_key', id: key.id }),
  data: (key: Static<typeof ApiKey>) => {
    const { name, member_id, service_account_id, scopes, project_id, use_case_id, addresses, expires_at } = key
    return { name, member_id, service_account_id, scopes, project_id, use_case_id, addresses, expires_at }
  },
} as const

function routesOfOwnKeys(): readonly Route[] {
  const permission = 'api_key.own'
  return [
    route({
      operation: 'own_api_key_list',
      method: 'GET',
      path: OWN,
      summary: 'List own API keys in this organisation',
      tag,
      scope,
      permission,
      params: orgParams(),
      query: Query,
      response: pageSchema(ApiKey),
      handle: async (tx, actor, { query }) => listApiKeys(tx, ownKeys(actor), query),
    }),
    route({
      operation: 'own_api_key_create',
      method: 'POST',
      path: OWN,
      summary: 'Make an API key of one’s own; it is shown once',
      tag,
      scope,
      permission,
      step_up: true,
      params: orgParams(),
      body: Draft,
      response: NewApiKey,
      status: 201,
      problems: createProblems,
      shown_once: ['key'],
      audit: created,
      handle: (tx, actor, { body }) => createApiKey(tx, actor, 'person', { ...body, name: parseName(body.name) }),
    }),
    route({
      operation: 'own_api_key_revoke',
      method: 'DELETE',
      path: `${OWN}/:key`,
      summary: 'Revoke an API key of one’s own',
      tag,
      scope,
      permission,
      params: orgParams('key'),
      response: Nothing,
      status: 204,
      problems: [apiKeyRevoked],
      audit: { event: 'api_key.revoked', target: keyTarget, data: ({ before }) => ({ before }) },
      async handle(tx, actor, { params }) {
        const { name, member_id } = await revokeApiKey(tx, actor, ownKeys(actor), params.key)
        return replaced({ name, member_id })
      },
    }),
  ]
}

function routesOfAllKeys(): readonly Route[] {
  const permission = 'api_key.manage'
  return [
    route({
      operation: 'api_key_list',
      method: 'GET',
      path: ALL,
      summary: 'List the API keys of the organisation and its members, without their secrets',
      tag,
      scope,
      permission,
      params: orgParams(),
      query: AllQuery,
      response: pageSchema(ApiKey),
      handle: (tx, _actor, { query: { owner = 'anybody', member_id, ...query } }) => {
        const which: KeyOwner = member_id === undefined ? owner : { member_id }
        return listApiKeys(tx, which, query)
      },
    }),
    route({
      operation: 'api_key_create',
      method: 'POST',
      path: ALL,
      summary: 'Make an API key of the organisation; it is shown once',
      tag,
      scope,
      permission,
      step_up: true,
      params: orgParams(),
      body: OrganisationDraft,
      response: NewApiKey,
      status: 201,
      problems: createProblems,
      shown_once: ['key'],
      audit: created,
      handle: (tx, actor, { body }) => createApiKey(tx, actor, 'organisation', { ...body, name: parseName(body.name) }),
    }),
    route({
      operation: 'api_key_revoke',
      method: 'DELETE',
      path: `${ALL}/:key`,
      summary: 'Revoke any API key of the organisation or its members',
      tag,
      scope,
      permission,
      params: orgParams('key'),
      response: Nothing,
      status: 204,
      problems: [apiKeyRevoked],
      audit: { event: 'api_key.revoked', target: keyTarget, data: ({ before }) => ({ before }) },
      async handle(tx, actor, { params }) {
        const { name, member_id } = await revokeApiKey(tx, actor, 'anybody', params.key)
        return replaced({ name, member_id })
      },
    }),
  ]
}

/** Changing and rotating: own keys, and those of the organisation; nobody touches the secret of another's. */
function changeRoutes(whose: 'own' | 'all'): readonly Route[] {
  const [path, permission, prefix] =
    whose === 'own' ? ([OWN, 'api_key.own', 'own_api_key'] as const) : ([ALL, 'api_key.manage', 'api_key'] as const)
  const ownerOf = (actor: OrganisationActor): KeyOwner => (whose === 'own' ? ownKeys(actor) : 'organisation')
  return [
    route({
      operation: `${prefix}_change`,
      method: 'PATCH',
      path: `${path}/:key`,
      summary: 'Change the name of a key, or from where it may be used',
      tag,
      scope,
      permission,
      step_up: true,
      params: orgParams('key'),
      body: Change,
      response: ApiKey,
      problems: [apiKeyRevoked, addressInvalid, nameInvalid],
      audit: {
        event: 'api_key.updated',
        target: keyTarget,
        data: ({ before, name, addresses }) => ({ before, after: { name, addresses } }),
      },
      handle: (tx, actor, { params, body: { name, ...rest } }) =>
        changeApiKey(tx, ownerOf(actor), params.key, { ...rest, ...(name !== undefined && { name: parseName(name) }) }),
    }),
    route({
      operation: `${prefix}_rotate`,
      method: 'POST',
      path: `${path}/:key/rotate`,
      summary: 'Give a key a new secret, shown once; the one before stays good for a while',
      tag,
      scope,
      permission,
      step_up: true,
      params: orgParams('key'),
      body: RotationDraft,
      response: NewApiKey,
      shown_once: ['key'],
      problems: [apiKeyRevoked, scopeNotAllowed, membershipRequired],
      audit: {
        event: 'api_key.rotated',
        target: keyTarget,
        data: ({ expires_at, previous_valid_until }) => ({ expires_at, previous_valid_until }),
      },
      handle: (tx, actor, { params, body: { overlap_hours = 24, expires_in_days = DEFAULT_KEY_DAYS } }) =>
        rotateApiKey(tx, actor, ownerOf(actor), params.key, { overlap_hours, expires_in_days }),
    }),
  ]
}

function workerKeyRoute(): Route {
  return route({
    operation: 'worker_key_view',
    method: 'GET',
    path: `${ORGANISATION_PATH}/worker-key`,
    summary: 'Show the public key with which the workers sign in to git hosts; opening it is logged',
    tag,
    scope,
    permission: 'worker_key.view',
    params: orgParams(),
    response: Type.Object({
      version: Type.Integer(),
      public_key: Type.String(),
      fingerprint: Type.String(),
      created_at: Timestamp,
    }),
    async handle(tx, _actor, _input, { origin }) {
      const key = await getWorkerKey(tx)
      const { version, fingerprint } = key
      await appendEntry(tx, origin, { event: 'worker_key.viewed', data: { version, fingerprint } })
      return key
    },
  })
}
