// What a verified ID token and the provider's account information say of a person, read within bounds. Pure.

import { CLOCK_TOLERANCE_S } from './provider.ts'
import { SsoRefusal } from './refusal.ts'

/** More groups than any company gives one person; a claim with more is refused, never cut. */
const MAX_GROUPS = 10_000
const MAX_GROUP_LENGTH = 256
/** A token may have been made a little before the browser left, by the provider's clock. */
const OLDEST_BEFORE_START_S = 300

export type Claims = Readonly<Record<string, unknown>>

/** A person as their provider knows them. */
export type ProviderPerson = {
  readonly issuer: string
  readonly subject: string
  readonly email: string | null
  readonly display_name: string | null
  readonly groups: ReadonlySet<string>
  /** Whether the provider said anything about groups. Silence is the empty set. */
  readonly has_groups: boolean
  /** The groups were too many for the token, so that it holds none of them. */
  readonly is_group_overage: boolean
  readonly amr: readonly string[]
  readonly sid: string | null
  readonly authenticated_at: Date | null
  readonly claims: Claims
}

const textOf = (value: unknown, longest: number): string | null =>
  typeof value === 'string' && value.length > 0 && value.length <= longest && !/[\p{Cc}]/u.test(value) ? value : null

/** Refuses a token that is of another kind, older than the sign-in, or from the future. Signature and `exp` are verified. */
export function requireFresh(claims: Claims, begun_at: Date, now: Date): void {
  const iat = claims['iat']
  if (typeof iat !== 'number' || !Number.isFinite(iat)) throw new SsoRefusal('claim_malformed', { claim: 'iat' })
  const now_s = now.getTime() / 1000
  const clock_difference_s = Math.round(iat - now_s)
  if (iat > now_s + CLOCK_TOLERANCE_S) throw new SsoRefusal('not_yet_valid', { clock_difference_s })
  if (iat < begun_at.getTime() / 1000 - OLDEST_BEFORE_START_S) throw new SsoRefusal('too_old', { clock_difference_s })
}

/** How far the clock that made a token differs from ours, by its unverified `iat`; null when it says nothing. */
export function clockDifference(token: string, now: Date): number | null {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    const iat: unknown = typeof payload === 'object' && payload !== null ? Reflect.get(payload, 'iat') : null
    return typeof iat === 'number' && Number.isFinite(iat) ? Math.round(iat - now.getTime() / 1000) : null
  } catch {
    return null
  }
}

/** The subject: 1 to 255 characters of ASCII (OpenID Connect Core, 2). Refuses with subject. */
export function parseSubject(value: unknown): string {
  if (typeof value !== 'string' || !/^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/.test(value)) {
    throw new SsoRefusal('subject')
  }
  return value
}

/** Reads a person. Refuses subject, claim_malformed and groups_too_many. */
export function readPerson(claims: Claims, groups_claim: string): ProviderPerson {
  const groups = claims[groups_claim]
  return {
    issuer: String(claims['iss']),
    subject: parseSubject(claims['sub']),
    email: textOf(claims['email'], 254),
    display_name: displayNameOf(claims),
    groups: readGroups(groups),
    has_groups: groups !== undefined,
    is_group_overage: groups === undefined && isOverage(claims, groups_claim),
    amr: readWords(claims['amr']),
    sid: textOf(claims['sid'], 255),
    authenticated_at: instantOf(claims['auth_time']),
    claims,
  }
}

function displayNameOf(claims: Claims): string | null {
  const given = textOf(claims['given_name'], 100)
  const family = textOf(claims['family_name'], 100)
  return textOf(claims['name'], 200) ?? textOf([given, family].filter((part) => part !== null).join(' '), 200)
}

function instantOf(value: unknown): Date | null {
  return typeof value === 'number' && value > 0 && value < 1e11 ? new Date(value * 1000) : null
}

function readWords(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return []
  return value.slice(0, 20).flatMap((each) => textOf(each, 64) ?? [])
}

/** Names or ids as texts, one text alone, or objects with a name, as Oracle sends them. What is none of these is passed over. */
function readGroups(value: unknown): ReadonlySet<string> {
  const list: readonly unknown[] = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]
  if (list.length > MAX_GROUPS) throw new SsoRefusal('groups_too_many', { groups: list.length })
  return new Set(list.flatMap((each) => textOf(nameOf(each), MAX_GROUP_LENGTH) ?? []))
}

const nameOf = (group: unknown): unknown =>
  typeof group === 'object' && group !== null ? (Reflect.get(group, 'name') ?? Reflect.get(group, 'display')) : group

/** Entra leaves the groups out when they are more than 200 and says where they could be asked for. */
function isOverage(claims: Claims, groups_claim: string): boolean {
  const elsewhere = claims['_claim_names']
  const isNamed = typeof elsewhere === 'object' && elsewhere !== null && Object.hasOwn(elsewhere, groups_claim)
  return isNamed || claims['hasgroups'] === true || claims['hasgroups'] === 'true'
}
