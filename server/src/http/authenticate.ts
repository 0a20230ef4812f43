// Who is asking, read from the databases on every request: control says whether session and organisation are live, the
// organisation says what the person may do there. A credential that fails says nothing about why.

import { timingSafeEqual } from 'node:crypto'
import type { RequestOrigin } from '../audit/append.ts'
import type { KeyUse, PlatformActor, SessionUse } from '../access/actor.ts'
import type { PlatformPermission } from '../access/platform-permission.ts'
import { requirePlatformPermission } from '../access/require.ts'
import { noteBrokenGlass } from '../identity/sso/break-glass.ts'
import { hashToken } from '../identity/session.ts'
import type { ControlDatabase, ControlTx, OrganisationTx } from '../kernel/database.ts'
import { isId } from '../kernel/id.ts'
import type { OrganisationDatabases } from '../kernel/organisation-databases.ts'
import { notFound, organisationUnavailable, type Problem } from '../kernel/problem.ts'
import { liveScopesOf, type ParsedKey, parseKey } from '../tenancy/api-key-format.ts'
import { hasContentAccess } from '../tenancy/content-access.ts'
import {
  type Entry,
  findAddressRefusal,
  findKeyOwnerRefusal,
  findSessionRefusal,
  findSuperadminRefusal,
  readEntry,
} from '../tenancy/entry.ts'
import {
  findActiveUser,
  findLiveSession,
  findLiveSessions,
  findOrganisationStanding,
  findOrganisationStandings,
} from '../tenancy/standing.ts'
import type { LiveSession, OrganisationStanding } from '../tenancy/standing.ts'
import { accessReasonRequired } from '../tenancy/problems.ts'
import { type EntryConnection, findEntryConnection } from '../identity/sso/enforcement.ts'
import { notSignedIn, passwordChangeRequired, ssoRequired } from './problems.ts'
import type { OrganisationActor } from './route.ts'

export const SESSION_COOKIE = '__Host-reeve_session'
/** Held by a browser while it signs in through a provider. */
export const BROWSER_COOKIE = '__Host-reeve_sso'

/** A person with a live session. */
export type SignedIn = LiveSession

export type Credential =
  | { readonly kind: 'session'; readonly token: string }
  | { readonly kind: 'api_key'; readonly key: ParsedKey }

/**
 * Reads the one credential of a request. A request with an Authorization header is judged by that alone: a cookie never
 * helps a key. Null when there is none; refuses a header that is no key of ours (`not_signed_in`).
 */
export function readCredential(authorization: string | undefined, cookie: string | undefined): Credential | null {
  if (authorization !== undefined) {
    const key = parseKey(/^Bearer (\S+)$/i.exec(authorization)?.[1] ?? '')
    if (key === null) throw notSignedIn()
    return { kind: 'api_key', key }
  }
  const token = readSessionCookie(cookie)
  return token === null ? null : { kind: 'session', token }
}

/** The session token in a Cookie header, or null. */
export function readSessionCookie(cookie: string | undefined): string | null {
  return readCookie(cookie, SESSION_COOKIE, /^rvs_[A-Za-z0-9_-]{43}$/)
}

/** What binds a sign-in through a provider to the browser that began it, or null. */
export function readBrowserSecret(cookie: string | undefined): string | null {
  return readCookie(cookie, BROWSER_COOKIE, /^[A-Za-z0-9_-]{43}$/)
}

function readCookie(cookie: string | undefined, wanted: string, shape: RegExp): string | null {
  for (const part of (cookie ?? '').split(';')) {
    const [name, value] = part.trim().split('=')
    if (name === wanted && value !== undefined && shape.test(value)) return value
  }
  return null
}

/** The signed-in person, or refuses with `not_signed_in`. */
export async function requireSession(control: ControlDatabase, credential: Credential | null): Promise<SignedIn> {
  if (credential?.kind !== 'session') throw notSignedIn()
  const token = credential.token
  const session = await control.autocommit((tx) => findLiveSession(tx, hashToken(token)))
  if (session === null) throw notSignedIn()
  return session
}

/** Who a session is on the platform. */
export const platformActorOf = (session: SignedIn): PlatformActor => ({
  kind: 'user',
  user_id: session.user_id,
  is_superadmin: session.is_superadmin,
  use: { via: 'session', session_id: session.session_id, aal: session.aal },
})

/**
 * The one rule for who opens something of the platform, for requests and for whatever goes on after one. Throws `forbidden`,
 * `password_change_required`, or `factor_required`.
 */
export function requirePlatform(session: SignedIn, permission: PlatformPermission): void {
  requirePlatformPermission(platformActorOf(session), permission)
  if (session.must_change_password) throw passwordChangeRequired()
  const refusal = findSuperadminRefusal(session)
  if (refusal !== null) throw refusal
}

export type Asked = { readonly control: ControlDatabase; readonly databases: OrganisationDatabases }

/** Who enters, and why they may not, although they are somebody here; the refusal is told with their name. */
export type Arrival = { readonly actor: OrganisationActor; readonly refusal: Problem | null }

/** What control says of a session and of the organisation that it comes to. */
export type Coming = {
  readonly session: SignedIn
  /** Null when there is none that this session may know of. */
  readonly organisation: OrganisationStanding | null
  /** Of a super-admin: whether they opened the organisation with a reason, where the platform demands one. */
  readonly isOpened: boolean
}

export type Visitor = {
  readonly organisation: OrganisationStanding & { readonly placement: NonNullable<OrganisationStanding['placement']> }
  /** The actor as the organisation's database says now; asked again in every deciding transaction. */
  readonly arriveIn: (tx: OrganisationTx) => Promise<Arrival>
  /** What control said when they came; null of a key. */
  readonly coming: Coming | null
  /**
   * The same visitor by what control says now, for what goes on after a request; refuses as `visit` does. It is no use of a
   * session.
   */
  readonly again: () => Promise<Visitor>
}

/**
 * Whoever asks for something in an organisation. Not signed in is 401; an organisation one may not know of is the same
 * 404 as one that does not exist, and so is every other one for a session that is valid in one organisation only.
 * `onSession` is told who is signed in, whatever becomes of them here.
 */
export async function visit(
  asked: Asked,
  credential: Credential | null,
  organisation_id: string,
  onSession: (session: SignedIn) => void,
  request: RequestOrigin,
): Promise<Visitor> {
  if (credential === null) throw notSignedIn()
  const address = request.address ?? ''
  if (credential.kind === 'api_key') return visitWithKey(asked, credential.key, organisation_id, address)
  const answer = await asked.control.autocommit(async (tx) => {
    const [session, found] = await Promise.all([
      findLiveSession(tx, hashToken(credential.token)),
      isId(organisation_id) ? findOrganisationStanding(tx, organisation_id) : null,
    ])
    if (session === null) return null
    const coming = await comingOf(tx, session, organisation_id, found)
    const way = wayOf(coming)
    const entry =
      way === 'open' || way === null ? null : await findEntryConnection(tx, organisation_id, session.user_id)
    return { coming, way, entry }
  })
  if (answer === null) throw notSignedIn()
  const { coming, way, entry } = answer
  const { session } = coming
  if (way === 'break_glass') {
    await asked.control.transaction((tx) => noteBrokenGlass(tx, session, organisation_id, request))
  }
  onSession(session)
  return visitorOf(asked, coming, address, entry)
}

function visitorOf(asked: Asked, coming: Coming, address: string, entry: EntryConnection | null): Visitor {
  const { session } = coming
  const organisation = requirePlacement(coming.organisation)
  return {
    organisation,
    coming,
    arriveIn: async (tx) =>
      judgeArrival({ ...coming, organisation }, await readEntry(tx, session.user_id), address, entry),
    async again() {
      const followed = { session_id: session.session_id, organisation_id: organisation.id }
      const comings = await asked.control.autocommit((tx) => comeAgain(tx, [followed]))
      const now = comings.get(followed) ?? null
      if (now === null) throw notSignedIn()
      return visitorOf(asked, now, address, entry)
    },
  }
}

/** What is judged of a session that comes to an organisation, of which control has found `found`. */
async function comingOf(
  tx: ControlTx,
  session: SignedIn,
  organisation_id: string,
  found: OrganisationStanding | null,
): Promise<Coming> {
  const organisation = (session.organisation_id ?? organisation_id) === organisation_id ? found : null
  const isOpened =
    !session.is_superadmin || organisation === null || (await hasContentAccess(tx, session.user_id, organisation_id))
  return { session, organisation, isOpened }
}

/** A session that is followed, and where; null for no organisation. */
export type Following = { readonly session_id: string; readonly organisation_id: string | null }

/**
 * What control says now of sessions that came before: of each, null when it is no longer live. That they are looked
 * at is no use of them.
 */
export async function comeAgain<Each extends Following>(
  tx: ControlTx,
  all: readonly Each[],
): Promise<ReadonlyMap<Each, Coming | null>> {
  const places = new Set(all.flatMap(({ organisation_id }) => organisation_id ?? []))
  const [sessions, standings] = await Promise.all([
    findLiveSessions(tx, [...new Set(all.map(({ session_id }) => session_id))]),
    places.size === 0 ? null : findOrganisationStandings(tx, [...places]),
  ])
  const comings = new Map<Each, Coming | null>()
  for (const each of all) {
    const { session_id, organisation_id } = each
    const session = sessions.get(session_id) ?? null
    if (session === null) comings.set(each, null)
    else if (organisation_id === null) comings.set(each, { session, organisation: null, isOpened: true })
    else comings.set(each, await comingOf(tx, session, organisation_id, standings?.get(organisation_id) ?? null))
  }
  return comings
}

/**
 * Whether a session may be in an organisation, by what both databases say of it: the one rule for requests and for whatever
 * goes on after one. Throws `not_found` for nobody's member and `not_signed_in` for who was signed out here.
 */
export function judgeArrival(
  coming: Coming & { readonly organisation: OrganisationStanding },
  { membership, sessions_valid_after, ended_sessions, rule }: Entry,
  address: string,
  entry: EntryConnection | null = null,
): Arrival {
  const { session, organisation, isOpened } = coming
  const { user_id } = session
  const organisation_id = organisation.id
  if (membership === null && !session.is_superadmin) throw notFound()
  // They were signed out here after their session had begun, or of this session alone.
  const isOver = session.created_at < sessions_valid_after || ended_sessions.includes(session.session_id)
  if (membership !== null && isOver) throw notSignedIn()
  // A member who is a super-admin as well is a plain member while the organisation is not opened with a reason.
  // And so is one who has yet to prove the second factor that the platform demands of them.
  const unproven = findSuperadminRefusal(session)
  const isFree = isOpened && unproven === null
  const is_superadmin = session.is_superadmin && (isFree || membership === null)
  const use: SessionUse = { via: 'session', session_id: session.session_id, aal: session.aal }
  const actor: OrganisationActor = { kind: 'user', organisation_id, user_id, is_superadmin, membership, use }
  if (membership === null && unproven !== null) return { actor, refusal: unproven }
  if (membership === null && !isOpened) return { actor, refusal: accessReasonRequired({ organisation_id }) }
  // Who was armed to break the glass and is no longer an owner stays outside like everybody else.
  const way = wayOf(coming)
  const isPassing = way === 'break_glass' && membership?.base_role === 'owner'
  const isBarred = way !== 'open' && !isPassing
  const { connection_id = null, name: provider = null } = entry ?? {}
  const barred = () => ssoRequired({ organisation_id, connection_id, provider })
  const refusal = isBarred ? barred() : findSessionRefusal(rule, session, address)
  return { actor, refusal }
}

/**
 * How a session comes in where single sign-on is enforced: through a connection, past it as the owner who is armed to break
 * the glass, or not at all. A super-admin is none of the organisation's people and may always. Null: there is no organisation.
 */
function wayOf({ session, organisation }: Coming): 'open' | 'break_glass' | 'barred' | null {
  if (organisation === null) return null
  if (!organisation.is_sso_enforced || session.connection_id !== null || session.is_superadmin) return 'open'
  return organisation.break_glass_user_id === session.user_id ? 'break_glass' : 'barred'
}

/**
 * A personal key is worth what its owner is worth now, so the owner's account is asked too. Whose a key is never
 * changes, and is asked before any transaction is open: no request waits for one database while it holds another.
 */
async function visitWithKey(asked: Asked, key: ParsedKey, organisation_id: string, address: string): Promise<Visitor> {
  const { control, databases } = asked
  const standing = await control.autocommit((tx) => findOrganisationStanding(tx, key.organisation_id))
  if (standing === null) throw notSignedIn()
  const organisation = requirePlacement(standing)
  const database = databases.at(organisation.placement)
  const owner = await database.autocommit((tx) => findKey(tx, key))
  if (owner === null) throw notSignedIn()
  const { user_id } = owner
  const user =
    user_id === null ? null : await control.autocommit((tx) => findActiveUser(tx, user_id, key.organisation_id))
  if (user_id !== null && user === null) throw notSignedIn()
  // Only now: a key that is not valid learns nothing about organisations.
  if (key.organisation_id !== organisation_id) throw notFound()
  return {
    organisation,
    coming: null,
    again: () => visitWithKey(asked, key, organisation_id, address),
    arriveIn: async (tx) => {
      const row = await findKey(tx, key)
      if (row === null) throw notSignedIn()
      const { membership, rule } = await readEntry(tx, row.user_id)
      const scopes = liveScopesOf(row)
      const { project_id, use_case_id } = row
      const refusal =
        findAddressRefusal(rule, row.addresses, address) ?? findKeyOwnerRefusal(rule, user?.has_factor ?? null)
      const use: KeyUse = { via: 'api_key', api_key_id: key.api_key_id, scopes, project_id, use_case_id }
      if (row.user_id === null) {
        const actor = { kind: 'api_key', organisation_id, responsible_member_id: row.created_by, use } as const
        return { actor, refusal }
      }
      if (membership === null) throw notSignedIn()
      // A key never carries the super-admin's bypass: it is worth its owner's membership.
      const { user_id: owner_id } = row
      const actor = { kind: 'user', organisation_id, user_id: owner_id, is_superadmin: false, membership, use } as const
      return { actor, refusal }
    },
  }
}

async function findKey(tx: OrganisationTx, key: ParsedKey) {
  const row = await tx
    .selectFrom('tenancy.api_key as k')
    .leftJoin('tenancy.member as m', 'm.id', 'k.member_id')
    .leftJoin('tenancy.service_account as a', 'a.id', 'k.service_account_id')
    .select(['k.secret_hash', 'k.scopes', 'k.project_id', 'k.use_case_id', 'k.created_by', 'k.addresses', 'm.user_id'])
    .select('a.permissions as account_permissions')
    // The secret before a rotation, while it is still good.
    .select((of) =>
      of
        .case()
        .when('k.previous_valid_until', '>', tx.fn<Date>('now'))
        .then(of.ref('k.previous_secret_hash'))
        .end()
        .as('other_hash'),
    )
    .where('k.id', '=', key.api_key_id)
    .where('k.revoked_at', 'is', null)
    .where('k.disabled_at', 'is', null)
    .where('k.expires_at', '>', tx.fn<Date>('now'))
    .executeTakeFirst()
  if (row === undefined) return null
  const isKnown = [row.secret_hash, row.other_hash].some(
    (hash) => hash !== null && timingSafeEqual(hash, key.secret_hash),
  )
  return isKnown ? row : null
}

function requirePlacement(organisation: OrganisationStanding | null): Visitor['organisation'] {
  if (organisation === null) throw notFound()
  const { placement } = organisation
  if (placement === null) throw organisationUnavailable({}, { retry_after_s: 30 })
  return { ...organisation, placement }
}
