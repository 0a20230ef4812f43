// Provisioning (SCIM 2.0) in the contract: where, with what, and how it refuses. The documents themselves are RFC 7643's; the
// service lists its attributes under `/scim/v2/Schemas`.

const MEDIA_TYPE = 'application/scim+json'
const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const content = (name: string) => ({ [MEDIA_TYPE]: { schema: reference(name) } })
const answer = (description: string, name: string) => ({ description, content: content(name) })

/** Schemas that the paths below refer to. */
export const SCIM_SCHEMAS = {
  ScimResource: {
    type: 'object',
    description: 'A document of RFC 7643: a User, a Group, or what the service says about itself',
    required: ['schemas'],
    properties: {
      schemas: { type: 'array', items: { type: 'string' } },
      id: { type: 'string' },
      meta: { type: 'object' },
    },
  },
  ScimList: {
    type: 'object',
    required: ['schemas', 'totalResults', 'startIndex', 'itemsPerPage', 'Resources'],
    properties: {
      schemas: { type: 'array', items: { type: 'string' } },
      totalResults: { type: 'integer' },
      startIndex: { type: 'integer' },
      itemsPerPage: { type: 'integer' },
      Resources: { type: 'array', items: reference('ScimResource') },
    },
  },
  ScimPatch: {
    type: 'object',
    required: ['Operations'],
    properties: {
      schemas: { type: 'array', items: { type: 'string' } },
      Operations: {
        type: 'array',
        minItems: 1,
        maxItems: 1000,
        items: {
          type: 'object',
          required: ['op'],
          properties: {
            op: { type: 'string', description: 'add, replace or remove, in any case' },
            path: { type: 'string' },
            value: {},
          },
        },
      },
    },
  },
  ScimError: {
    type: 'object',
    required: ['schemas', 'status', 'detail'],
    properties: {
      schemas: { type: 'array', items: { type: 'string' } },
      status: { type: 'string' },
      scimType: { type: 'string' },
      detail: { type: 'string' },
    },
  },
}

const REFUSALS: Readonly<Record<number, string>> = {
  400: 'What was sent cannot be read; `scimType` says what',
  401: 'The token is unknown, revoked or expired, or its connection is not in use',
  404: 'This connection has provisioned nothing of this id',
  409: 'The name is taken, the person was not brought by this connection, or is the last owner',
  412: 'The version is another than that of If-Match',
}

const refused = (...statuses: readonly number[]) =>
  Object.fromEntries(statuses.map((status) => [String(status), answer(REFUSALS[status] ?? '', 'ScimError')]))

const parameter = (name: string, place: 'query' | 'header', description: string, type = 'string') => ({
  name,
  in: place,
  required: false,
  description,
  schema: { type },
})
const ID = { name: 'id', in: 'path', required: true, schema: { type: 'string' } }
const IF_MATCH = parameter('If-Match', 'header', 'Only if the resource still has this version')
const PAGE = [
  parameter('filter', 'query', 'RFC 7644, 3.4.2.2'),
  parameter('startIndex', 'query', 'The first is 1', 'integer'),
  parameter('count', 'query', 'At most 200', 'integer'),
  parameter('attributes', 'query', 'Only these, by the names of the first level'),
  parameter('excludedAttributes', 'query', 'All but these'),
]

const common = { tags: ['Provisioning (SCIM)'], security: [{ scim_token: [] }] }
const body = (name: string) => ({ requestBody: { required: true, content: content(name) } })

function resourcePaths(noun: 'user' | 'group', plural: 'Users' | 'Groups') {
  const one = answer(`The ${noun}, with its version as ETag`, 'ScimResource')
  return {
    [`/scim/v2/${plural}`]: {
      get: {
        ...common,
        operationId: `scim_${noun}_list`,
        summary: `Find ${noun}s that this connection has provisioned`,
        parameters: PAGE,
        responses: { '200': answer('A page', 'ScimList'), ...refused(400, 401) },
      },
      post: {
        ...common,
        operationId: `scim_${noun}_create`,
        summary: `Provision a ${noun}`,
        ...body('ScimResource'),
        responses: { '201': one, ...refused(400, 401, 409) },
      },
    },
    [`/scim/v2/${plural}/{id}`]: {
      get: {
        ...common,
        operationId: `scim_${noun}_view`,
        summary: `Show a ${noun}`,
        parameters: [ID, parameter('If-None-Match', 'header', 'Not again if it has this version')],
        responses: { '200': one, '304': { description: 'Unchanged' }, ...refused(401, 404) },
      },
      put: {
        ...common,
        operationId: `scim_${noun}_replace`,
        summary: `Replace what is said of a ${noun}`,
        parameters: [ID, IF_MATCH],
        ...body('ScimResource'),
        responses: { '200': one, ...refused(400, 401, 404, 409, 412) },
      },
      patch: {
        ...common,
        operationId: `scim_${noun}_change`,
        summary: `Change a ${noun} as Okta and Entra ID send it; active false ends access in the same commit`,
        parameters: [ID, IF_MATCH],
        ...body('ScimPatch'),
        responses: { '200': one, ...refused(400, 401, 404, 409, 412) },
      },
      delete: {
        ...common,
        operationId: `scim_${noun}_delete`,
        summary: `Remove a ${noun}`,
        parameters: [ID, IF_MATCH],
        responses: { '204': { description: 'Done' }, ...refused(401, 404, 409, 412) },
      },
    },
  }
}

function discoveryPaths() {
  const get = (
    path: string,
    operationId: string,
    summary: string,
    name: string,
    parameters: readonly object[] = [],
  ) => ({
    [`/scim/v2/${path}`]: {
      get: {
        ...common,
        operationId,
        summary,
        parameters,
        responses: { '200': answer('What it says', name), ...refused(401, ...(parameters.length > 0 ? [404] : [])) },
      },
    },
  })
  return {
    ...get('ServiceProviderConfig', 'scim_config_view', 'What the service can', 'ScimResource'),
    ...get('ResourceTypes', 'scim_resource_type_list', 'Its kinds of resources', 'ScimList'),
    ...get('ResourceTypes/{id}', 'scim_resource_type_view', 'One kind of resource', 'ScimResource', [ID]),
    ...get('Schemas', 'scim_schema_list', 'The attributes it knows', 'ScimList'),
    ...get('Schemas/{id}', 'scim_schema_view', 'The attributes of one schema', 'ScimResource', [ID]),
  }
}

/** Provisioning, for `openapi.json`. */
export const SCIM_PATHS = {
  ...discoveryPaths(),
  ...resourcePaths('user', 'Users'),
  ...resourcePaths('group', 'Groups'),
}

/** The token of a connection, which an owner makes. */
export const SCIM_SECURITY = {
  scim_token: { type: 'http', scheme: 'bearer', bearerFormat: 'rvp_<secret>' },
}
