// What the service says about itself (RFC 7643, 5 to 7): the same for everybody.

import type { Json } from './document.ts'
import { GROUP_SCHEMA } from './group.ts'
import { ENTERPRISE_SCHEMA, USER_SCHEMA } from './person.ts'
import { MAX_RESULTS } from './directory.ts'

/** RFC 7643, 5. */
export const serviceProviderConfig = (base_url: string): Json => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: MAX_RESULTS },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: true },
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'Bearer token',
      description: 'The token of the connection, made by an owner of the organisation',
      primary: true,
    },
  ],
  meta: { resourceType: 'ServiceProviderConfig', location: `${base_url}/ServiceProviderConfig` },
})

/** RFC 7643, 6. */
export const resourceTypes = (base_url: string): readonly Json[] => [
  {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    id: 'User',
    name: 'User',
    endpoint: '/Users',
    schema: USER_SCHEMA,
    schemaExtensions: [{ schema: ENTERPRISE_SCHEMA, required: false }],
    meta: { resourceType: 'ResourceType', location: `${base_url}/ResourceTypes/User` },
  },
  {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    id: 'Group',
    name: 'Group',
    endpoint: '/Groups',
    schema: GROUP_SCHEMA,
    meta: { resourceType: 'ResourceType', location: `${base_url}/ResourceTypes/Group` },
  },
]

type Options = {
  readonly required?: boolean
  readonly mutability?: string
  readonly unique?: boolean
  readonly exact?: boolean
}

const attribute = (name: string, type: string, more: Options = {}, subAttributes?: readonly Json[]): Json => ({
  name,
  type,
  multiValued: false,
  description: name,
  required: more.required ?? false,
  caseExact: more.exact ?? false,
  mutability: more.mutability ?? 'readWrite',
  returned: 'default',
  uniqueness: more.unique === true ? 'server' : 'none',
  ...(subAttributes !== undefined && { subAttributes }),
})

const list = (name: string, subAttributes: readonly Json[], mutability = 'readWrite'): Json => ({
  ...attribute(name, 'complex', { mutability }, subAttributes),
  multiValued: true,
})

const text = (name: string, more: Options = {}): Json => attribute(name, 'string', more)
const element = [text('value'), text('type'), attribute('primary', 'boolean')]
const reference = [
  text('value', { exact: true }),
  text('display', { mutability: 'readOnly' }),
  attribute('$ref', 'reference', { mutability: 'readOnly' }),
]

const schemaOf = (base_url: string, id: string, name: string, attributes: readonly Json[]): Json => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
  id,
  name,
  description: name,
  attributes,
  meta: { resourceType: 'Schema', location: `${base_url}/Schemas/${id}` },
})

/** RFC 7643, 7: what is kept of a person and a group. */
export const schemas = (base_url: string): readonly Json[] => [
  schemaOf(base_url, USER_SCHEMA, 'User', [
    text('userName', { required: true, unique: true }),
    text('externalId', { exact: true }),
    attribute('active', 'boolean'),
    attribute('name', 'complex', {}, [
      text('formatted'),
      text('familyName'),
      text('givenName'),
      text('middleName'),
      text('honorificPrefix'),
      text('honorificSuffix'),
    ]),
    ...['displayName', 'nickName', 'title', 'userType', 'preferredLanguage', 'locale', 'timezone'].map((each) =>
      text(each),
    ),
    list('emails', element),
    list('phoneNumbers', element),
    list('groups', reference, 'readOnly'),
  ]),
  schemaOf(base_url, GROUP_SCHEMA, 'Group', [
    text('displayName', { required: true, unique: true }),
    text('externalId', { exact: true }),
    list('members', [...reference, text('type')]),
  ]),
  schemaOf(base_url, ENTERPRISE_SCHEMA, 'EnterpriseUser', [
    ...['employeeNumber', 'costCenter', 'organization', 'division', 'department'].map((each) => text(each)),
    attribute('manager', 'complex', {}, [text('value')]),
  ]),
]
