// What becomes of somebody who came back from a provider: a session, a link to the account they are signed in to, or the
// report of a test.

import { createOneTimePassword, hashPassword } from '../../identity/password.ts'
import { openSession, replaceSession, requireLiveSession } from '../../identity/session.ts'
import { logSignIn, type SignedInUser, type SignInRequest } from '../../identity/sign-in-entry.ts'
import { type Connection, findConnection, noteTested } from '../../identity/sso/connection.ts'
import type { ProviderPerson } from '../../identity/sso/claims.ts'
import {
  findLinked,
  linkIdentity,
  noteIdentityUsed,
  type KnownPerson,
  requireProvenAddress,
} from '../../identity/sso/identity.ts'
import { isEmailVerified } from '../../identity/sso/preset.ts'
import { provesTwoFactors } from '../../identity/sso/proven-factors.ts'
import { refusalOf, SsoRefusal } from '../../identity/sso/refusal.ts'
import { createUser, getUser, parseDisplayName } from '../../identity/user.ts'
import type { ControlTx } from '../../kernel/database.ts'
import { Problem } from '../../kernel/problem.ts'
import { noteMembership } from '../account.ts'
import { memberRemoved } from '../problems.ts'
import type { LiveSession } from '../standing.ts'
import { admit, type Arrival, findProspect, type Prospect } from './admission.ts'
import { enterByPlatform, findPlatformProspects } from './platform-entrance.ts'
import { type Completed, connectionOrigin, findOpenOrganisation, type SsoNeeds } from './sign-in.ts'

/**
 * A provider's word for when somebody signed in there is believed for this long into the past; without it the session starts
 * this old, so that it never passes for a fresh proof.
 */
const UNPROVEN_AGE_MS = 600_000

export type Entered = SignedInUser & {
  /** The one organisation where the session is valid; null for a connection of the platform. */
  readonly organisation_id: string | null
  readonly return_to: string
}

/**
 * Signs somebody in whom a provider vouches for: an account that is linked or proven to be theirs, or a new one; a membership;
 * what their groups give; a session. Refuses with an `SsoRefusal`.
 */
export async function enter(needs: SsoNeeds, completed: Completed, request: SignInRequest): Promise<Entered> {
  const { connection, attempt, person } = completed
  const found = await needs.control.transaction((tx) => findAccount(tx, connection, person))
  const places =
    connection.organisation_id === null ? await findPlatformProspects(needs, connection, person, found.user_id) : null
  // A connection of the platform signs in whoever has an account, and makes one for whom some group leads somewhere.
  const standing = places === null ? await requireAdmitted(needs, completed, found.user_id) : null
  if (places !== null && found.user_id === null && places.matching.length === 0) throw new SsoRefusal('not_admitted')
  // Somebody may have typed this address and waits for its owner to come: only a proven mailbox, or an organisation that
  // already has the account among its people, makes it theirs.
  if (found.is_unproven && standing?.status !== 'active') throw new SsoRefusal('proof_needed')
  const account = await ensureAccount(needs, completed, found, request)
  if (places === null) await enterOrganisation(needs, completed, account, request)
  else await enterByPlatform(needs, connection, person, places, account.user_id, request)
  const signedIn = await openSsoSession(needs, completed, account, request)
  return { ...signedIn, organisation_id: connection.organisation_id, return_to: attempt.return_to }
}

type FoundAccount = {
  readonly known: KnownPerson | null
  readonly user_id: string | null
  /** The address that was proven for somebody who is not linked yet. */
  readonly email: string | null
  /** The account exists, and nobody has proven to Reeve that its mailbox is theirs. */
  readonly is_unproven: boolean
}

async function findAccount(tx: ControlTx, connection: Connection, person: ProviderPerson): Promise<FoundAccount> {
  const known = await findLinked(tx, connection, person)
  if (known !== null) return { known, user_id: known.user_id, email: null, is_unproven: false }
  const { email, user_id, is_verified } = await requireProvenAddress(tx, connection, person)
  return { known: null, user_id, email, is_unproven: user_id !== null && !is_verified }
}

const arrivalOf = (connection: Connection, person: ProviderPerson, user_id: string | null): Arrival => ({
  organisation_id: connection.organisation_id ?? '',
  connection_id: connection.id,
  admission: connection.admission,
  user_id,
  groups: person.groups,
  is_group_overage: person.is_group_overage,
})

async function requireAdmitted(needs: SsoNeeds, completed: Completed, user_id: string | null) {
  const { connection, person } = completed
  const database = await findOpenOrganisation(needs, connection.organisation_id ?? '')
  if (database === null) throw new SsoRefusal('not_admitted')
  const arrival = arrivalOf(connection, person, user_id)
  const { admitted, standing } = await database.transaction((tx) => findProspect(tx, arrival))
  if (!admitted) throw new SsoRefusal('not_admitted')
  return standing
}

/** The account: the one that is linked, the one whose address was proven, or a new one that only the provider signs in to. */
async function ensureAccount(
  needs: SsoNeeds,
  { connection, person }: Completed,
  found: FoundAccount,
  request: SignInRequest,
): Promise<KnownPerson> {
  const { email } = found
  if (found.known !== null || email === null) {
    if (found.known === null) throw new SsoRefusal('email_missing')
    return found.known
  }
  // Nobody knows it; the account has a password when its owner sets one.
  const password_hash = found.user_id === null ? await hashPassword(createOneTimePassword()) : null
  const origin = connectionOrigin(request)
  return needs.control.transaction(async (tx) => {
    const now = await requireProvenAddress(tx, connection, person)
    const user_id =
      now.user_id ??
      (
        await createUser(tx, origin, {
          email,
          display_name: nameFor(person, email),
          password_hash: password_hash ?? '',
          must_change_password: false,
          is_verified: true,
        })
      ).id
    if (connection.organisation_id !== null) await noteMembership(tx, user_id, connection.organisation_id)
    const proof = now.user_id === null ? 'new_account' : 'verified_address'
    return linkIdentity(tx, origin, connection, person, { user_id, proof })
  })
}

/** The provider's name for the person if it is one, else the part of the address before the @. */
function nameFor(person: { readonly display_name: string | null }, email: string): string {
  const fallback = email.slice(0, email.lastIndexOf('@'))
  try {
    return parseDisplayName(person.display_name ?? fallback)
  } catch {
    return parseDisplayName(fallback)
  }
}

async function enterOrganisation(
  needs: SsoNeeds,
  { connection, person }: Completed,
  { user_id }: KnownPerson,
  request: SignInRequest,
): Promise<void> {
  const organisation_id = connection.organisation_id ?? ''
  const database = await findOpenOrganisation(needs, organisation_id)
  if (database === null) throw new SsoRefusal('not_admitted')
  await needs.control.transaction((tx) => noteMembership(tx, user_id, organisation_id))
  const arrival = { ...arrivalOf(connection, person, user_id), user_id }
  const { synced } = await database.transaction((tx) => admit(tx, arrival, request)).catch(refuseRemoved)
  // The last group that let them in is gone, and so is the membership: that much is committed.
  if (synced.is_removed) throw new SsoRefusal('not_admitted')
}

function refuseRemoved(error: unknown): never {
  if (error instanceof Problem && error.code === memberRemoved.code) throw new SsoRefusal('member_removed', {}, error)
  throw error
}

/** What a session through this connection is worth: two factors if the provider says so, or is trusted to have asked. */
const aalOf = (connection: Connection, person: ProviderPerson): number =>
  connection.trusts_mfa || provesTwoFactors(person.amr) ? 2 : 1

function authenticatedAt(person: ProviderPerson): Date {
  const oldest_ms = Date.now() - UNPROVEN_AGE_MS
  return new Date(Math.min(Date.now(), Math.max(oldest_ms, person.authenticated_at?.getTime() ?? oldest_ms)))
}

/** The last transaction: account, link and connection are asked again, for what was revoked meanwhile is revoked. */
async function openSsoSession(
  needs: SsoNeeds,
  { connection, attempt, person }: Completed,
  account: KnownPerson,
  request: SignInRequest,
): Promise<SignedInUser> {
  return needs.control.transaction(async (tx) => {
    const now = await findConnection(tx, connection.id)
    if (now === null || now.status !== 'enabled' || now.revision !== attempt.revision) {
      throw new SsoRefusal('connection_changed')
    }
    const still = await findLinked(tx, connection, person)
    if (still?.user_id !== account.user_id) throw new SsoRefusal('not_admitted')
    if (request.session_token !== null) await replaceSession(tx, request.session_token)
    const user = await getUser(tx, account.user_id)
    const draft = {
      user_id: user.id,
      auth_method: 'sso',
      aal: aalOf(connection, person),
      authenticated_at: authenticatedAt(person),
      connection_id: connection.id,
      organisation_id: connection.organisation_id,
      sso_identity_id: still.identity_id,
      sso_sid: person.sid,
      amr: [...person.amr],
    } as const
    const session = await openSession(tx, { ...draft, amr: [...person.amr] }, request)
    await noteIdentityUsed(tx, still.identity_id, draft.aal >= 2)
    await logSignIn(tx, user, session, 'sso', request)
    return { user, session }
  })
}

/** Links who came back to the account that is signed in, which began it. Throws `identity_taken`, `session_ended`. */
export async function link(
  needs: SsoNeeds,
  { connection, attempt, person }: Completed,
  session: LiveSession | null,
  request: SignInRequest,
): Promise<void> {
  if (session === null || session.user_id !== attempt.user_id) throw new SsoRefusal('other_person')
  await needs.control.transaction(async (tx) => {
    await requireLiveSession(tx, session.session_id)
    const use = { user_id: session.user_id, proof: 'signed_in' } as const
    await linkIdentity(tx, request.origin, connection, person, use)
  })
}

/** What a test sign-in found: what the provider sends, and what it would lead to. */
export type TestReport = {
  readonly subject: string
  readonly email: string | null
  readonly email_is_verified: boolean
  /** Why the address would not let a new person in, or null. */
  readonly address_refusal: string | null
  readonly display_name: string | null
  readonly group_count: number
  /** The first hundred groups, so that mappings can be written. */
  readonly groups: readonly string[]
  readonly amr: readonly string[]
  readonly is_two_factor: boolean
  readonly would_be_admitted: boolean
  readonly base_role: string | null
  readonly designations: readonly string[]
  readonly team_ids: readonly string[]
  readonly project_ids: readonly string[]
  readonly mapped_groups: readonly string[]
}

/** Reports what a test sign-in found and notes that the connection works as it is. Nobody gets a session from it. */
export async function report(
  needs: SsoNeeds,
  completed: Completed,
  session: LiveSession | null,
  request: SignInRequest,
): Promise<TestReport> {
  const { connection, attempt, person } = completed
  if (session === null || session.user_id !== attempt.user_id) throw new SsoRefusal('other_person')
  const account = await tryAccount(needs, connection, person)
  const prospect = await prospectOf(needs, connection, person, account.user_id)
  await needs.control.transaction((tx) => noteTested(tx, request.origin, connection))
  const { given } = prospect
  return {
    subject: person.subject,
    email: person.email,
    email_is_verified: isEmailVerified(connection.preset, person.claims),
    address_refusal: account.refusal,
    display_name: person.display_name,
    group_count: person.groups.size,
    groups: [...person.groups].slice(0, 100),
    amr: person.amr,
    is_two_factor: aalOf(connection, person) === 2,
    would_be_admitted: account.refusal === null && prospect.admitted,
    base_role: given.base_role,
    designations: [...given.designations],
    team_ids: [...given.teams.keys()],
    project_ids: [...given.projects.keys()],
    mapped_groups: given.groups,
  }
}

async function tryAccount(needs: SsoNeeds, connection: Connection, person: ProviderPerson) {
  try {
    const found = await needs.control.transaction((tx) => findAccount(tx, connection, person))
    return { user_id: found.user_id, refusal: null }
  } catch (error) {
    return { user_id: null, refusal: refusalOf(error).reason }
  }
}

const NOTHING_GIVEN: Prospect = {
  given: { base_role: null, designations: new Set(), teams: new Map(), projects: new Map(), groups: [] },
  standing: null,
  admitted: false,
}

async function prospectOf(
  needs: SsoNeeds,
  connection: Connection,
  person: ProviderPerson,
  user_id: string | null,
): Promise<Prospect> {
  if (connection.organisation_id === null) {
    const { matching } = await findPlatformProspects(needs, connection, person, user_id)
    const groups = matching.map(({ group_name }) => group_name)
    return { ...NOTHING_GIVEN, given: { ...NOTHING_GIVEN.given, groups }, admitted: matching.length > 0 }
  }
  const database = await findOpenOrganisation(needs, connection.organisation_id)
  if (database === null) return NOTHING_GIVEN
  return database.transaction((tx) =>
    findProspect(tx, { ...arrivalOf(connection, person, user_id), is_group_overage: false }),
  )
}
