// Invitations as those who may invite see them: with their state, and what became of the mail.

import {
  BASE_ROLES,
  type BaseRole,
  DESIGNATIONS,
  type Designation,
  SURFACES,
  type Surface,
} from '../access/permission.ts'
import { PROJECT_ROLES } from '../access/scope-role.ts'
import { sql } from 'kysely'
import type { ControlDatabase, OrganisationDatabase, OrganisationTx } from '../kernel/database.ts'
import { DEFAULT_PAGE_SIZE, type Page, type PageQuery, pageOf, parseCursor } from '../kernel/page.ts'
import { notFound } from '../kernel/problem.ts'
import { findMailStates } from '../mail/message.ts'
import { wordOf } from './internal/member-row.ts'
import {
  INVITATION_COLUMNS,
  INVITATION_STATES,
  type InvitationProject,
  type InvitationState,
  invitationState,
} from './invitation.ts'

export type Invitation = {
  readonly id: string
  readonly email: string
  readonly base_role: BaseRole
  readonly designations: readonly Designation[]
  readonly surface: Surface
  readonly team_ids: readonly string[]
  readonly projects: readonly InvitationProject[]
  readonly invited_by: string | null
  readonly inviter_name: string
  readonly state: InvitationState
  /** What became of the mail; null when it is long gone. */
  readonly mail: { readonly state: string; readonly last_reply: string | null } | null
  readonly sent_count: number
  readonly created_at: Date
  readonly sent_at: Date
  readonly expires_at: Date
  readonly opened_at: Date | null
  readonly accepted_at: Date | null
  readonly member_id: string | null
}

export type InvitationQuery = PageQuery & {
  readonly state?: InvitationState
  /** Part of the address. */
  readonly search?: string
}

const select = (tx: OrganisationTx) =>
  tx.selectFrom('tenancy.invitation').select(INVITATION_COLUMNS).select(invitationState.as('state'))

type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number]

async function withPlaces(tx: OrganisationTx, rows: readonly Row[]) {
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return []
  const teams = await tx.selectFrom('tenancy.invitation_team').selectAll().where('invitation_id', 'in', ids).execute()
  const projects = await tx
    .selectFrom('tenancy.invitation_project')
    .selectAll()
    .where('invitation_id', 'in', ids)
    .execute()
  return rows.map((row) => ({
    ...row,
    state: wordOf(INVITATION_STATES, row.state),
    base_role: wordOf(BASE_ROLES, row.base_role),
    surface: wordOf(SURFACES, row.surface),
    designations: row.designations.map((each) => wordOf(DESIGNATIONS, each)),
    team_ids: teams.filter((each) => each.invitation_id === row.id).map(({ team_id }) => team_id),
    projects: projects
      .filter((each) => each.invitation_id === row.id)
      .map(({ project_id, role }) => ({ project_id, role: wordOf(PROJECT_ROLES, role) })),
  }))
}

type Placed = Awaited<ReturnType<typeof withPlaces>>[number]

async function withMails(control: ControlDatabase, rows: readonly Placed[]): Promise<readonly Invitation[]> {
  const mails = await findMailStates(
    control,
    rows.map(({ message_id }) => message_id),
  )
  return rows.map(({ message_id, ...row }) => ({ ...row, mail: mails.get(message_id) ?? null }))
}

/** A page of invitations, newest first. Asks each database in turn, never one while holding the other. */
export async function listInvitations(
  control: ControlDatabase,
  organisation: OrganisationDatabase,
  query: InvitationQuery,
): Promise<Page<Invitation>> {
  const cursor = parseCursor(query)
  const { state, search } = query
  const rows = await organisation.transaction(async (tx) =>
    withPlaces(
      tx,
      await select(tx)
        .$if(state !== undefined, (some) => some.where(sql<boolean>`${invitationState} = ${state}`))
        .$if(search !== undefined, (some) => some.where(sql<boolean>`strpos(email_key, lower(${search})) > 0`))
        .$if(cursor !== null, (some) => some.where('id', '<', cursor))
        .orderBy('id', 'desc')
        .limit((query.limit ?? DEFAULT_PAGE_SIZE) + 1)
        .execute(),
    ),
  )
  const page = pageOf(rows, query)
  return { ...page, items: await withMails(control, page.items) }
}

/** One invitation. Throws `not_found`. */
export async function getInvitation(
  control: ControlDatabase,
  organisation: OrganisationDatabase,
  invitation_id: string,
): Promise<Invitation> {
  const rows = await organisation.transaction(async (tx) =>
    withPlaces(tx, await select(tx).where('id', '=', invitation_id).execute()),
  )
  const [invitation] = await withMails(control, rows)
  if (invitation === undefined) throw notFound()
  return invitation
}
