// Inviting, over both databases: control knows the settings and what the inviter is called, the organisation decides, and its
// mails are brought to the outbox right after.

import type { Actor } from '../access/actor.ts'
import { appendEntry, appendPlatformEntry, type Origin } from '../audit/append.ts'
import type { BaseRole, Surface } from '../access/permission.ts'
import { parseEmail } from '../identity/user.ts'
import type { ControlDatabase, OrganisationDatabase } from '../kernel/database.ts'
import type { OrganisationDatabases } from '../kernel/organisation-databases.ts'
import { findMailServer } from '../mail/mail-server.ts'
import { type Mailer, relayMails } from '../mail/message.ts'
import {
  checkTerms,
  type Invited,
  type InvitationOutcome,
  type InvitationTerms,
  inviterOf,
  lockInvitation,
  MEMBER_TERMS,
  prepareInvitations,
  type PreparedInvitation,
  readInviter,
  writeInvitations,
} from './invitation.ts'
import { resendInvitation } from './invitation-change.ts'
import { findUserIds, readAddresses } from './invitation-address.ts'
import type { Deciding } from './member-admission.ts'
import { getOrganisation } from './organisation.ts'
import { alreadyInvited, alreadyMember, organisationStatusRefused } from './problems.ts'

type Place = { readonly id: string; readonly name: string }
type Both = Deciding & { readonly organisation: OrganisationDatabase }

const userOf = (actor: Actor): string | null => (actor.kind === 'user' ? actor.user_id : null)

/**
 * Invites people as members. What became of each address is said in its place, and says nothing of accounts elsewhere. Throws
 * as `checkTerms`.
 */
export async function inviteMembers(
  both: Both,
  mailer: Mailer,
  origin: Origin,
  organisation: Place,
  asker: Actor,
  { emails, ...draft }: { readonly emails: readonly string[] } & Omit<InvitationTerms, 'base_role'>,
): Promise<{ readonly items: readonly Invited[] }> {
  const terms = { ...draft, base_role: 'member' } as const
  const { settings, inviter_name } = await readInviter(both.control, userOf(asker), organisation.name)
  const addresses = readAddresses(emails)
  const fresh = addresses.flatMap(({ parsed, is_repeated }) => (parsed === null || is_repeated ? [] : [parsed]))
  const prepared = await prepareInvitations(mailer, settings, { organisation, inviter_name, terms }, fresh)
  const user_ids = await findUserIds(
    both.control,
    fresh.map(({ email_key }) => email_key),
  )
  const answer = await both.decide(async (tx, actor) => {
    await checkTerms(tx, actor, terms)
    const outcomes = await writeInvitations(tx, origin, inviterOf(actor), terms, prepared, user_ids)
    const items = addresses.map(({ text, parsed, is_repeated }): Invited => {
      if (parsed === null) return { email: text, outcome: 'email_invalid', invitation_id: null }
      if (is_repeated) return { email: parsed.email_key, outcome: 'repeated', invitation_id: null }
      return resultOf(parsed.email_key, outcomes, prepared)
    })
    return { items }
  })
  await relayMails(both.control, both.organisation, organisation.id)
  return answer
}

function resultOf(
  email: string,
  outcomes: ReadonlyMap<string, InvitationOutcome>,
  prepared: readonly PreparedInvitation[],
): Invited {
  const outcome = outcomes.get(email) ?? 'already_invited'
  const invitation_id = outcome === 'invited' ? (prepared.find((each) => each.email_key === email)?.id ?? null) : null
  return { email, outcome, invitation_id }
}

/** Sends an invitation again, with a new link. Throws as `resendInvitation`. */
export async function sendAgain(
  both: Both,
  mailer: Mailer,
  origin: Origin,
  organisation: Place,
  invitation_id: string,
): Promise<{ readonly id: string }> {
  const { spelt, email, base_role, surface, designations, inviter_name } = await both.organisation.transaction((tx) =>
    lockInvitation(tx, invitation_id),
  )
  const { settings } = await readInviter(both.control, null, inviter_name)
  const terms = { ...MEMBER_TERMS, base_role, surface, designations }
  const [prepared] = await prepareInvitations(mailer, settings, { organisation, inviter_name, terms }, [
    { id: invitation_id, email: spelt, email_key: email },
  ])
  if (prepared === undefined) throw new Error('An invitation was not prepared')
  const answer = await both.decide(async (tx, actor) => {
    const { id, sent_count } = await resendInvitation(tx, actor, invitation_id, prepared)
    await appendEntry(tx, origin, {
      event: 'member.invite_resent',
      target: { type: 'invitation', id },
      data: { sent_count },
    })
    return { id }
  })
  await relayMails(both.control, both.organisation, organisation.id)
  return answer
}

/** What a super-admin offers (rulings, "Who creates whom"). */
export const PLATFORM_ROLES = ['org_owner', 'org_admin', 'org_member', 'end_user'] as const
export type PlatformRole = (typeof PLATFORM_ROLES)[number]

const ROLE_TERMS: Readonly<Record<PlatformRole, { readonly base_role: BaseRole; readonly surface: Surface }>> = {
  org_owner: { base_role: 'owner', surface: 'studio' },
  org_admin: { base_role: 'admin', surface: 'studio' },
  org_member: { base_role: 'member', surface: 'studio' },
  end_user: { base_role: 'member', surface: 'hub' },
}

/** What an invitation of a super-admin promises. */
export const termsOf = (role: PlatformRole): InvitationTerms => ({ ...MEMBER_TERMS, ...ROLE_TERMS[role] })

export type PlatformInviting = {
  readonly control: ControlDatabase
  readonly databases: OrganisationDatabases
  readonly mailer: Mailer
}

/** The link of a mail that nobody sends: null while a mail server is set. */
export async function linkToCopy(control: ControlDatabase, link: string): Promise<string | null> {
  return (await control.transaction(findMailServer)) === null ? link : null
}

/**
 * Invites somebody into an organisation in any role, with entries in both logs. Throws `not_found`,
 * `organisation_status_refused`, `email_invalid`, `already_member`, `already_invited`.
 */
export async function inviteByPlatform(
  { control, databases, mailer }: PlatformInviting,
  origin: Origin,
  organisation_id: string,
  { email, role }: { readonly email: string; readonly role: PlatformRole },
): Promise<{ readonly id: string; readonly email: string; readonly link: string | null }> {
  const parsed = parseEmail(email)
  const organisation = await control.transaction((tx) => getOrganisation(tx, organisation_id))
  const { status } = organisation
  if (status !== 'active' && status !== 'awaiting_owner') {
    throw organisationStatusRefused({ status, allowed: ['active', 'awaiting_owner'] })
  }
  const terms = termsOf(role)
  const { settings, inviter_name } = await readInviter(control, origin.actor_id, 'The operator')
  const prepared = await prepareInvitations(mailer, settings, { organisation, inviter_name, terms }, [parsed])
  const user_ids = await findUserIds(control, [parsed.email_key])
  const database = await databases.of(organisation_id)
  const outcome = await database.transaction(async (tx) => {
    const outcomes = await writeInvitations(tx, origin, { member_id: null }, terms, prepared, user_ids)
    return outcomes.get(parsed.email_key)
  })
  if (outcome === 'already_member') throw alreadyMember()
  const [invitation] = prepared
  if (outcome !== 'invited' || invitation === undefined) throw alreadyInvited()
  const { id, link } = invitation
  await control.transaction((tx) =>
    appendPlatformEntry(tx, origin, {
      event: 'member.invited',
      organisation_id,
      target: { type: 'invitation', id },
      data: { role },
    }),
  )
  await relayMails(control, database, organisation_id)
  return { id, email: parsed.email_key, link: await linkToCopy(control, link) }
}
