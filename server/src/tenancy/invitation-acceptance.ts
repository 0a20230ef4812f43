// Accepting an invitation: by whoever has its link, with the account of its address or with a new one. The organisation's
// commit decides; what stands before it in control is an account that proves its own mailbox and a note, what comes after it
// is the session, and an organisation that waited for its owner being opened. A job repeats the latter.

import { sql } from 'kysely'
import { appendEntry, appendPlatformEntry, type Origin, platformOriginOf } from '../audit/append.ts'
import { noteVerified } from '../identity/email-address.ts'
import { hashPassword } from '../identity/password.ts'
import { type PasswordRule, requirePasswordAllowed } from '../identity/password-rule.ts'
import { emailTaken } from '../identity/problems.ts'
import { hashToken, openSession } from '../identity/session.ts'
import { logSignIn, type SignedInUser, type SignInRequest } from '../identity/sign-in-entry.ts'
import { createUser, parseDisplayName, type User } from '../identity/user.ts'
import type { ControlDatabase, ControlTx, OrganisationDatabase, OrganisationTx } from '../kernel/database.ts'
import type { OrganisationDatabases } from '../kernel/organisation-databases.ts'
import { notFound, Problem } from '../kernel/problem.ts'
import { noteMembership } from './account.ts'
import { type InvitationState, lockInvitation } from './invitation.ts'
import { parseInvitationToken } from './invitation-token.ts'
import { joinOrganisation } from './membership-start.ts'
import { getDemand } from './password-rule.ts'
import { accountExists, invitationForAnother, invitationInvalid } from './problems.ts'
import { findOrganisationStanding } from './standing.ts'

export type AcceptanceNeeds = { readonly control: ControlDatabase; readonly databases: OrganisationDatabases }

type Place = {
  readonly organisation: { readonly id: string; readonly name: string; readonly status: string }
  readonly database: OrganisationDatabase
  readonly invitation_id: string
}

const REASONS: Readonly<Record<InvitationState, string | null>> = {
  invited: null,
  resent: null,
  accepted: 'used',
  expired: 'expired',
  revoked: 'revoked',
}
const SENTENCES: Readonly<Record<string, string>> = {
  unknown: 'No such invitation was sent, or a newer link took its place.',
  used: 'It was accepted before.',
  expired: 'It has expired. Ask whoever invited you to send it again.',
  revoked: 'It was taken back. Ask whoever invited you.',
}

const refuse = (reason: string): Problem => invitationInvalid({ reason }, { detail: SENTENCES[reason] ?? '' })

/** The organisation that a token names. Refuses with `invitation_invalid` where there is none that takes people in. */
async function findPlace({ control, databases }: AcceptanceNeeds, token: string): Promise<Place> {
  const parsed = parseInvitationToken(token)
  if (parsed === null) throw refuse('unknown')
  const standing = await control.transaction((tx) => findOrganisationStanding(tx, parsed.organisation_id))
  const placement = standing?.placement ?? null
  if (standing === null || placement === null) throw refuse('unknown')
  if (standing.status !== 'active' && standing.status !== 'awaiting_owner') throw refuse('unknown')
  return { organisation: standing, database: databases.at(placement), invitation_id: parsed.invitation_id }
}

/** The invitation of a token, locked, while it can be accepted; refuses with `invitation_invalid`. */
async function lockOpen(tx: OrganisationTx, { invitation_id }: Place, token: string) {
  const found = await lockInvitation(tx, invitation_id).catch((error: unknown) => {
    if (error instanceof Problem && error.code === notFound.code) throw refuse('unknown')
    throw error
  })
  const { token_hash, ...invitation } = found
  if (!hashToken(token).equals(token_hash)) throw refuse('unknown')
  const reason = REASONS[invitation.state]
  if (reason !== null) throw refuse(reason)
  return invitation
}

export type SeenInvitation = {
  readonly organisation: { readonly id: string; readonly name: string }
  readonly inviter_name: string
  readonly email: string
  readonly base_role: string
  readonly surface: string
  readonly designations: readonly string[]
  readonly expires_at: Date
  /** Whether the invited address has an account to sign in with; only its mailbox is told. */
  readonly account_exists: boolean
  readonly password_rule: PasswordRule
}

/** What the page of an invitation shows. The first look is written into the log. Throws `invitation_invalid`. */
export async function lookUpInvitation(needs: AcceptanceNeeds, origin: Origin, token: string): Promise<SeenInvitation> {
  const place = await findPlace(needs, token)
  const { invitation, password_rule } = await place.database.transaction(async (tx) => {
    const open = await lockOpen(tx, place, token)
    if (open.opened_at === null) {
      await tx
        .updateTable('tenancy.invitation')
        .set({ opened_at: sql<Date>`now()` })
        .where('id', '=', open.id)
        .execute()
      await appendEntry(tx, origin, { event: 'member.invite_opened', target: { type: 'invitation', id: open.id } })
    }
    return { invitation: open, password_rule: await getDemand(tx) }
  })
  const account = await needs.control.transaction((tx) => findAccount(tx, invitation.email))
  const { id, name } = place.organisation
  return { ...invitation, organisation: { id, name }, account_exists: account !== null, password_rule }
}

const findAccount = async (tx: ControlTx, email_key: string) =>
  (await tx.selectFrom('identity.user').select('id').where('email_key', '=', email_key).executeTakeFirst()) ?? null

export type Accepted = { readonly organisation_id: string; readonly member_id: string }

export type NewAccountAcceptance = {
  readonly token: string
  readonly display_name: string
  readonly password: string
}

/**
 * Accepts with a new account, which is signed in: the link proves its mailbox. Throws `invitation_invalid`, `account_exists`
 * for whoever has an account and should sign in first, `password_refused`, `name_invalid`.
 */
export async function acceptAsNew(
  needs: AcceptanceNeeds,
  acceptance: NewAccountAcceptance,
  request: SignInRequest,
): Promise<Accepted & SignedInUser> {
  const { token, password } = acceptance
  const display_name = parseDisplayName(acceptance.display_name)
  const place = await findPlace(needs, token)
  const { email, rule } = await place.database.transaction(async (tx) => ({
    email: (await lockOpen(tx, place, token)).spelt,
    rule: await getDemand(tx),
  }))
  await requirePasswordAllowed(password, { email, display_name }, '/password', rule)
  const password_hash = await hashPassword(password)
  const user = await needs.control.transaction(async (tx) => {
    const made = await createAccount(tx, request.origin, { email, display_name, password_hash })
    await noteMembership(tx, made.id, place.organisation.id)
    return made
  })
  const member_id = await decide(place, token, user.id, request.origin)
  const session = await needs.control.transaction(async (tx) => {
    const opened = await openSession(tx, { user_id: user.id, auth_method: 'invitation', aal: 1 }, request)
    await logSignIn(tx, user, opened, 'invitation', request)
    return opened
  })
  await settle(needs, place, user.id, request.origin)
  return { organisation_id: place.organisation.id, member_id, user, session }
}

type AccountDraft = { readonly email: string; readonly display_name: string; readonly password_hash: string }

async function createAccount(tx: ControlTx, origin: Origin, draft: AccountDraft): Promise<User> {
  try {
    return await createUser(tx, origin, { ...draft, must_change_password: false, is_verified: true })
  } catch (error) {
    if (error instanceof Problem && error.code === emailTaken.code) throw accountExists()
    throw error
  }
}

/**
 * Accepts as somebody who is signed in; the invitation must be for the address of their account. Throws `invitation_invalid`,
 * `invitation_for_another`, `already_member`.
 */
export async function acceptAsPerson(
  needs: AcceptanceNeeds,
  person: { readonly user_id: string; readonly email: string },
  token: string,
  origin: Origin,
): Promise<Accepted> {
  const place = await findPlace(needs, token)
  const { email } = await place.database.transaction((tx) => lockOpen(tx, place, token))
  await needs.control.transaction(async (tx) => {
    const account = await findAccount(tx, email)
    if (account?.id !== person.user_id) throw invitationForAnother()
    await noteVerified(tx, person.user_id)
    await noteMembership(tx, person.user_id, place.organisation.id)
  })
  const member_id = await decide(place, token, person.user_id, origin)
  await settle(needs, place, person.user_id, origin)
  return { organisation_id: place.organisation.id, member_id }
}

/** The commit that decides: the invitation is used up and the person a member, with all that was promised. */
async function decide(place: Place, token: string, user_id: string, origin: Origin): Promise<string> {
  return place.database.transaction(async (tx) => {
    const invitation = await lockOpen(tx, place, token)
    await requireNotRemovedSince(tx, user_id, invitation.sent_at)
    const joined = await joinOrganisation(tx, user_id, invitation)
    await takePlaces(tx, invitation.id, joined.id)
    await tx
      .updateTable('tenancy.invitation')
      .set({ accepted_at: sql<Date>`now()`, member_id: joined.id })
      .where('id', '=', invitation.id)
      .execute()
    const { base_role, designations, surface } = invitation
    const inside: Origin = { ...origin, actor_type: 'user', actor_id: joined.id, actor_role: base_role }
    await appendEntry(tx, inside, {
      event: 'member.invite_accepted',
      target: { type: 'invitation', id: invitation.id },
      data: { member_id: joined.id },
    })
    await appendEntry(tx, inside, {
      event: 'member.joined',
      target: { type: 'member', id: joined.id },
      data: { base_role, designations, surface, is_return: joined.is_return },
    })
    return joined.id
  })
}

/** Whoever became a member otherwise and was removed does not come back by a link that was sent before. */
async function requireNotRemovedSince(tx: OrganisationTx, user_id: string, sent_at: Date): Promise<void> {
  const removed = await tx
    .selectFrom('tenancy.member')
    .select('id')
    .where('user_id', '=', user_id)
    .where('removed_at', '>=', sent_at)
    .executeTakeFirst()
  if (removed !== undefined) throw refuse('revoked')
}

/** Teams and projects that are still there. */
async function takePlaces(tx: OrganisationTx, invitation_id: string, member_id: string): Promise<void> {
  await sql`
    insert into tenancy.team_member (team_id, member_id)
    select team_id, ${member_id}::uuid from tenancy.invitation_team where invitation_id = ${invitation_id}
    on conflict do nothing`.execute(tx)
  await sql`
    insert into tenancy.project_member (project_id, member_id, role)
    select i.project_id, ${member_id}::uuid, i.role from tenancy.invitation_project i
      join tenancy.project p on p.id = i.project_id
    where i.invitation_id = ${invitation_id} and p.archived_at is null and p.kind = 'team'
    on conflict (project_id, member_id) do update set role = excluded.role`.execute(tx)
}

/** What follows in control; should it not come to that, jobs do it. */
async function settle(
  { control }: AcceptanceNeeds,
  { organisation, database }: Place,
  user_id: string,
  origin: Origin,
): Promise<void> {
  await control.transaction((tx) => noteMembership(tx, user_id, organisation.id))
  if (organisation.status === 'awaiting_owner') await openAwaiting(control, database, organisation.id, origin)
}

const PLATFORM = platformOriginOf(
  { kind: 'system', name: 'invitations', use: { via: 'system' } },
  { request_id: null, address: null },
)

/** Opens an organisation that waited for its owner, once it has one. Returns whether it did. */
export async function openAwaiting(
  control: ControlDatabase,
  database: OrganisationDatabase,
  organisation_id: string,
  origin: Origin = PLATFORM,
): Promise<boolean> {
  const owner = await database.transaction((tx) =>
    tx
      .selectFrom('tenancy.member')
      .select('id')
      .where('base_role', '=', 'owner')
      .where('status', '=', 'active')
      .executeTakeFirst(),
  )
  if (owner === undefined) return false
  return control.transaction(async (tx) => {
    const opened = await tx
      .updateTable('tenancy.organisation')
      .set({ status: 'active', status_changed_at: sql<Date>`clock_timestamp()` })
      .where('id', '=', organisation_id)
      .where('status', '=', 'awaiting_owner')
      .returning('id')
      .executeTakeFirst()
    if (opened === undefined) return false
    const target = { type: 'organisation', id: organisation_id }
    await appendPlatformEntry(tx, origin, { event: 'organisation.opened', organisation_id, target })
    return true
  })
}

/** Organisations that wait for their owner. */
export async function listAwaiting(control: ControlDatabase): Promise<readonly string[]> {
  const rows = await control.transaction((tx) =>
    tx.selectFrom('tenancy.organisation').select('id').where('status', '=', 'awaiting_owner').execute(),
  )
  return rows.map(({ id }) => id)
}
