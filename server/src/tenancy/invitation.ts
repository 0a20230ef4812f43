// Invitations into an organisation: by its owners and admins as members, by a super-admin in any role (rulings, "Who creates
// whom"). An invitation lives in the organisation it leads to and is bound to address, role and places as they were when it
// was made; its link is good once, for the mailbox it was sent to. That is why inviting needs no look at accounts, and tells
// nobody who exists elsewhere.

import { sql } from 'kysely'
import { type Actor, memberIdOf } from '../access/actor.ts'
import type { BaseRole, Designation, Surface } from '../access/permission.ts'
import { BASE_ROLES, DESIGNATIONS, SURFACES } from '../access/permission.ts'
import { requirePermission } from '../access/require.ts'
import { checkProjectRoleChange, type ProjectRole } from '../access/scope-role.ts'
import { appendEntry, type Origin } from '../audit/append.ts'
import { hashToken } from '../identity/session.ts'
import type { ControlDatabase, OrganisationTx } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { type PlatformSettings, readSettings } from '../kernel/platform-setting.ts'
import { notFound } from '../kernel/problem.ts'
import { type Mailer, type PreparedMail, prepareMails, queueMailsInside } from '../mail/message.ts'
import { invitationText } from './internal/invitation-text.ts'
import { wordOf } from './internal/member-row.ts'
import { refuseReference } from './internal/reference.ts'
import { createInvitationToken } from './invitation-token.ts'
import { sortedDesignations } from './member.ts'
import { readProject, selectProjects } from './project-role.ts'

export const INVITATION_STATES = ['invited', 'resent', 'accepted', 'expired', 'revoked'] as const
export type InvitationState = (typeof INVITATION_STATES)[number]

export type InvitationProject = { readonly project_id: string; readonly role: ProjectRole }

/** What the invited person becomes. */
export type InvitationTerms = {
  readonly base_role: BaseRole
  readonly designations: readonly Designation[]
  readonly surface: Surface
  readonly team_ids: readonly string[]
  readonly projects: readonly InvitationProject[]
}

export const MEMBER_TERMS: InvitationTerms = Object.freeze({
  base_role: 'member',
  designations: [],
  surface: 'studio',
  team_ids: [],
  projects: [],
})

export type Inviting = {
  readonly organisation: { readonly id: string; readonly name: string }
  /** As the mail and the page name them. */
  readonly inviter_name: string
  readonly terms: InvitationTerms
}

/** An invitation with its mail, ready to be written. */
export type PreparedInvitation = {
  readonly id: string
  readonly email: string
  readonly email_key: string
  readonly base_role: BaseRole
  readonly surface: Surface
  readonly designations: readonly Designation[]
  readonly inviter_name: string
  readonly token_hash: Buffer
  readonly expires_at: Date
  readonly mail: PreparedMail
  readonly link: string
}

const DAY_MS = 86_400_000

/** Makes tokens and mails for these addresses. Never call it inside a transaction. */
export async function prepareInvitations(
  mailer: Mailer,
  settings: PlatformSettings,
  { organisation, inviter_name, terms }: Inviting,
  invited: readonly { readonly email: string; readonly email_key: string; readonly id?: string }[],
): Promise<readonly PreparedInvitation[]> {
  const { base_role, surface, designations } = terms
  const expires_at = new Date(Date.now() + settings.invitation_days * DAY_MS)
  const drafts = invited.map(({ id = newId(), email, email_key }) => {
    const token = createInvitationToken({ organisation_id: organisation.id, invitation_id: id })
    return { id, email, email_key, token_hash: hashToken(token), link: `${mailer.origin()}/invite#${token}` }
  })
  const { deployment_name } = settings
  const organisation_name = organisation.name
  const mails = await prepareMails(
    mailer,
    settings,
    drafts.map(({ email, link }) => ({
      kind: 'invitation',
      recipient: email,
      expires_at,
      organisation_id: organisation.id,
      text: invitationText({
        deployment_name,
        organisation_name,
        inviter_name,
        base_role,
        surface,
        expires_at,
        url: link,
      }),
    })),
  )
  return drafts.flatMap((draft, index) => {
    const mail = mails[index]
    return mail === undefined ? [] : [{ ...draft, base_role, surface, designations, inviter_name, expires_at, mail }]
  })
}

export const INVITATION_OUTCOMES = [
  'invited',
  'already_member',
  'already_invited',
  'email_invalid',
  'repeated',
] as const
export type InvitationOutcome = (typeof INVITATION_OUTCOMES)[number]

/** What became of one address; `invitation_id` is null unless it was invited. */
export type Invited = {
  readonly email: string
  readonly outcome: InvitationOutcome
  readonly invitation_id: string | null
}

/** The settings in force, and what whoever invites is called. */
export async function readInviter(
  control: ControlDatabase,
  user_id: string | null,
  otherwise: string,
): Promise<{ readonly settings: PlatformSettings; readonly inviter_name: string }> {
  return control.transaction(async (tx) => {
    const user = await tx
      .selectFrom('identity.user')
      .select('display_name')
      .where('id', '=', user_id)
      .executeTakeFirst()
    return { settings: await readSettings(tx), inviter_name: user?.display_name ?? otherwise }
  })
}

/**
 * Refuses what the actor may not give: designations need the right to change roles, teams that to manage teams, projects that
 * to set their members. Throws `forbidden`, `reference_unknown`, `project_role_missing`.
 */
export async function checkTerms(tx: OrganisationTx, actor: Actor, terms: InvitationTerms): Promise<void> {
  requirePermission(actor, 'user.invite')
  if (terms.designations.length > 0) requirePermission(actor, 'role.change')
  if (terms.team_ids.length > 0) {
    requirePermission(actor, 'team.manage')
    const teams = await tx
      .selectFrom('tenancy.team')
      .select('id')
      .where('id', 'in', [...terms.team_ids])
      .execute()
    const known = new Set(teams.map(({ id }) => id))
    const missing = terms.team_ids.findIndex((id) => !known.has(id))
    if (missing >= 0) throw refuseReference(`/team_ids/${missing}`)
  }
  for (const [index, { project_id, role }] of terms.projects.entries()) {
    const row = await selectProjects(tx, actor).where('p.id', '=', project_id).executeTakeFirst()
    const pointer = `/projects/${index}/project_id`
    // In the default project everybody has the role that follows from their base role.
    if (row === undefined || row.archived_at !== null || row.kind === 'default') throw refuseReference(pointer)
    checkProjectRoleChange(actor, readProject(row), { member_id: '', new_role: role })
  }
}

/**
 * Writes invitations and their mails, but for addresses of members and those with an open invitation. The caller has checked
 * the terms, and relays the mails after its commit. Writes a log entry for each.
 */
export async function writeInvitations(
  tx: OrganisationTx,
  origin: Origin,
  actor: { readonly member_id: string | null; readonly import_id?: string },
  terms: InvitationTerms,
  prepared: readonly PreparedInvitation[],
  user_ids: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, InvitationOutcome>> {
  const members = await findMembers(tx, [...user_ids.values()])
  const outcomes = new Map<string, InvitationOutcome>()
  const candidates = prepared.filter(({ email_key }) => {
    const isMember = members.has(user_ids.get(email_key) ?? '')
    if (isMember) outcomes.set(email_key, 'already_member')
    return !isMember
  })
  if (candidates.length === 0) return outcomes
  await closeExpired(
    tx,
    candidates.map(({ email_key }) => email_key),
  )
  const { member_id: invited_by, import_id = null } = actor
  const rows = candidates.map(({ id, email, email_key, base_role, surface, designations, ...rest }) => ({
    id,
    email,
    email_key,
    base_role,
    surface,
    designations: [...designations],
    inviter_name: rest.inviter_name,
    token_hash: rest.token_hash,
    expires_at: rest.expires_at,
    message_id: rest.mail.id,
    invited_by,
    import_id,
  }))
  const written = await tx
    .insertInto('tenancy.invitation')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('email_key').where('accepted_at', 'is', null).where('revoked_at', 'is', null).doNothing(),
    )
    .returning('id')
    .execute()
  const ids = new Set(written.map(({ id }) => id))
  const invited = candidates.filter(({ id }) => ids.has(id))
  for (const { email_key, id } of candidates) outcomes.set(email_key, ids.has(id) ? 'invited' : 'already_invited')
  await writePlaces(tx, terms, [...ids])
  await queueMailsInside(
    tx,
    invited.map(({ mail }) => mail),
  )
  for (const { id } of invited) await appendEntry(tx, origin, entryOf(id, terms))
  return outcomes
}

const entryOf = (id: string, { base_role, designations, surface, team_ids, projects }: InvitationTerms) => ({
  event: 'member.invited' as const,
  target: { type: 'invitation', id },
  data: { base_role, designations, surface, team_ids, projects },
})

async function findMembers(tx: OrganisationTx, user_ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (user_ids.length === 0) return new Set()
  const rows = await tx
    .selectFrom('tenancy.member')
    .select('user_id')
    .where('user_id', 'in', [...user_ids])
    .where('status', '<>', 'removed')
    .execute()
  return new Set(rows.map(({ user_id }) => user_id))
}

/** An expired invitation makes room for a new one; it goes on being shown as expired. */
async function closeExpired(tx: OrganisationTx, email_keys: readonly string[]): Promise<void> {
  await tx
    .updateTable('tenancy.invitation')
    .set({ revoked_at: sql<Date>`greatest(now(), expires_at)` })
    .where('email_key', 'in', [...email_keys])
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '<=', sql<Date>`now()`)
    .execute()
}

async function writePlaces(
  tx: OrganisationTx,
  { team_ids, projects }: InvitationTerms,
  ids: readonly string[],
): Promise<void> {
  const teams = ids.flatMap((invitation_id) => team_ids.map((team_id) => ({ invitation_id, team_id })))
  if (teams.length > 0) await tx.insertInto('tenancy.invitation_team').values(teams).execute()
  const roles = ids.flatMap((invitation_id) => projects.map((project) => ({ invitation_id, ...project })))
  if (roles.length > 0) await tx.insertInto('tenancy.invitation_project').values(roles).execute()
}

/** The state of an invitation as a word; one that was closed because it had expired says so. */
export const invitationState = sql<string>`
  case when accepted_at is not null then 'accepted'
    when revoked_at < expires_at then 'revoked'
    when revoked_at is not null or expires_at <= now() then 'expired'
    when sent_count > 1 then 'resent' else 'invited' end`

export const INVITATION_COLUMNS = [
  'id',
  'email_key as email',
  'base_role',
  'designations',
  'surface',
  'invited_by',
  'inviter_name',
  'message_id',
  'sent_count',
  'created_at',
  'sent_at',
  'expires_at',
  'opened_at',
  'accepted_at',
  'member_id',
] as const

/** One invitation, locked until the transaction ends, with its state. Throws `not_found`. */
export async function lockInvitation(tx: OrganisationTx, invitation_id: string) {
  const row = await tx
    .selectFrom('tenancy.invitation')
    .select([...INVITATION_COLUMNS, 'email as spelt', 'token_hash'])
    .select(invitationState.as('state'))
    .where('id', '=', invitation_id)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  return {
    ...row,
    state: wordOf(INVITATION_STATES, row.state),
    base_role: wordOf(BASE_ROLES, row.base_role),
    surface: wordOf(SURFACES, row.surface),
    designations: sortedDesignations(row.designations.map((each) => wordOf(DESIGNATIONS, each))),
  }
}

/** Who answers for an invitation inside the organisation, if anybody does. */
export const inviterOf = (actor: Actor): { readonly member_id: string | null } => ({ member_id: memberIdOf(actor) })
