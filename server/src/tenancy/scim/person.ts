// A person as a provider describes them: read from a document within bounds, kept, and written back. Nothing of it changes an
// account; the account's own address and name are its owner's.

import { emailKeyOf } from '../../identity/user.ts'
import { isJson, type Json, readBoolean, readText, valueIn } from './document.ts'
import { invalidValue } from './refusal.ts'

export const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User'
export const ENTERPRISE_SCHEMA = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

const MAX_ELEMENTS = 20

/** Texts of a person that are kept as they come. */
const TEXTS = ['displayName', 'nickName', 'title', 'userType', 'preferredLanguage', 'locale', 'timezone'] as const
const NAME_PARTS = ['formatted', 'familyName', 'givenName', 'middleName', 'honorificPrefix', 'honorificSuffix'] as const
const ENTERPRISE = ['employeeNumber', 'costCenter', 'organization', 'division', 'department'] as const
const LISTS = ['emails', 'phoneNumbers'] as const

export type ProvisionedPerson = {
  readonly user_name: string
  readonly user_name_key: string
  readonly external_id: string | null
  readonly is_active: boolean
  readonly attributes: Json
}

/** Reads a person. Refuses (400, `invalidValue`) one without a name to sign in with, and a boolean that is none. */
export function readProvisionedPerson(document: Json): ProvisionedPerson {
  const user_name = readText(valueIn(document, 'userName'), 254)
  if (user_name === null) throw invalidValue('userName is required and has at most 254 characters.')
  const active = valueIn(document, 'active')
  const is_active = active === undefined || active === null ? true : readBoolean(active)
  if (is_active === null) throw invalidValue('active must be true or false.')
  const external = valueIn(document, 'externalId')
  return {
    user_name,
    user_name_key: emailKeyOf(user_name),
    external_id: external === undefined || external === null ? null : readText(external, 255),
    is_active,
    attributes: readAttributes(document),
  }
}

function readAttributes(document: Json): Json {
  const attributes: Json = pick(document, TEXTS)
  const name = valueIn(document, 'name')
  if (isJson(name)) attributes['name'] = pick(name, NAME_PARTS)
  for (const list of LISTS) {
    const elements = valueIn(document, list)
    if (Array.isArray(elements)) attributes[list] = elements.slice(0, MAX_ELEMENTS).flatMap(readElement)
  }
  const enterprise = valueIn(document, ENTERPRISE_SCHEMA)
  if (isJson(enterprise)) {
    const manager = valueIn(enterprise, 'manager')
    const manager_id = readText(isJson(manager) ? valueIn(manager, 'value') : manager, 255)
    attributes[ENTERPRISE_SCHEMA] = {
      ...pick(enterprise, ENTERPRISE),
      ...(manager_id !== null && { manager: { value: manager_id } }),
    }
  }
  return attributes
}

function pick(document: Json, names: readonly string[]): Json {
  const picked: Json = {}
  for (const name of names) {
    const text = readText(valueIn(document, name), 500)
    if (text !== null) picked[name] = text
  }
  return picked
}

function readElement(element: unknown): Json[] {
  const value = readText(isJson(element) ? valueIn(element, 'value') : element, 500)
  if (value === null) return []
  if (!isJson(element)) return [{ value }]
  const type = readText(valueIn(element, 'type'), 50)
  const primary = readBoolean(valueIn(element, 'primary'))
  return [{ value, ...(type !== null && { type }), ...(primary !== null && { primary }) }]
}

/** The address that names the account: the primary one, else the first, else the name to sign in with. */
export function addressOf({ user_name, attributes }: ProvisionedPerson): string {
  const emails = attributes['emails']
  const list = Array.isArray(emails) ? emails.filter(isJson) : []
  const chosen = list.find((each) => each['primary'] === true) ?? list[0]
  return readText(chosen?.['value'], 254) ?? user_name
}

/** What the person is called, for an account that is made. */
export function nameOf({ attributes }: ProvisionedPerson): string | null {
  const name = isJson(attributes['name']) ? attributes['name'] : {}
  const full = [name['givenName'], name['familyName']].filter((part) => typeof part === 'string').join(' ')
  return readText(attributes['displayName'], 200) ?? readText(name['formatted'], 200) ?? readText(full, 200)
}

export type StoredPerson = ProvisionedPerson & {
  readonly id: string
  readonly version: number
  readonly created_at: Date
  readonly changed_at: Date
  readonly groups: readonly { readonly id: string; readonly display_name: string }[]
}

/** What a PATCH is applied to: everything that a provider may set. */
export const patchable = ({ user_name, external_id, is_active, attributes }: ProvisionedPerson): Json => ({
  userName: user_name,
  ...(external_id !== null && { externalId: external_id }),
  active: is_active,
  ...attributes,
})

/** The resource as it is answered. */
export function personResource(person: StoredPerson, base_url: string): Json {
  const { id, version, created_at, changed_at, groups } = person
  const extensions = ENTERPRISE_SCHEMA in person.attributes ? [ENTERPRISE_SCHEMA] : []
  return {
    schemas: [USER_SCHEMA, ...extensions],
    id,
    ...patchable(person),
    groups: groups.map((each) => ({
      value: each.id,
      display: each.display_name,
      $ref: `${base_url}/Groups/${each.id}`,
    })),
    meta: {
      resourceType: 'User',
      created: created_at.toISOString(),
      lastModified: changed_at.toISOString(),
      location: `${base_url}/Users/${id}`,
      version: etagOf(version),
    },
  }
}

/** A version as a weak entity tag (RFC 7644, 3.14). */
export const etagOf = (version: number): string => `W/"${version}"`
