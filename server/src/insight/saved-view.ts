// The filters of a list, kept under a name by a member and shared with whoever may open the list, or with one role of them.
// A view holds no rows and grants nothing: it is the address of a screen.

import { sql } from 'kysely'
import { type Actor, memberIdOf } from '../access/actor.ts'
import { BASE_ROLES, DESIGNATIONS, type Permission } from '../access/permission.ts'
import { hasPermission, requirePermission } from '../access/require.ts'
import { constraintOf } from '../kernel/database-error.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { notFound } from '../kernel/problem.ts'
import { tooManyViews, viewNameTaken, viewOfAnother } from './problems.ts'

/** The lists that have views, each with what one needs to open it. */
export const VIEW_SCREENS = {
  executions: 'run.view_own',
  runs: 'run.view_own',
  audit: 'audit.view',
} as const satisfies Readonly<Record<string, Permission>>
export type ViewScreen = keyof typeof VIEW_SCREENS

/** Whom a view may be shared with alone: a base role or a designation. */
export const VIEW_ROLES = [...BASE_ROLES, ...DESIGNATIONS] as const
type ViewRole = (typeof VIEW_ROLES)[number]

/** Of one list and member. */
const MOST_VIEWS = 50

export type SavedView = {
  readonly id: string
  readonly screen: string
  readonly name: string
  readonly search: unknown
  readonly is_shared: boolean
  /** The role that a shared view is for; null for everybody. */
  readonly shared_with: string | null
  readonly member_id: string
  readonly is_own: boolean
  /** Whether it stands in the reader's sidebar. */
  readonly is_pinned: boolean
  readonly created_at: Date
  readonly updated_at: Date
}

export type SavedViewDraft = {
  readonly screen: ViewScreen
  readonly name: string
  readonly search: Readonly<Record<string, string>>
  readonly is_shared: boolean
  /** The role that alone it is shared with; it says nothing where the view is not shared. */
  readonly shared_with: ViewRole | null
}

const COLUMNS = [
  'id',
  'screen',
  'name',
  'search',
  'is_shared',
  'shared_with',
  'member_id',
  'created_at',
  'updated_at',
] as const

/** Adds what a row means to the reader. */
export const shownTo =
  (actor: Actor) =>
  <Row extends { readonly member_id: string }>(row: Row) => ({ ...row, is_own: row.member_id === memberIdOf(actor) })

/**
 * Own views, and those that others share with the actor, of the lists that they may open. Whoever keeps the organisation's
 * settings sees all that are shared.
 */
export const visibleTo = (tx: OrganisationTx, actor: Actor) =>
  tx
    .selectFrom('insight.saved_view')
    .select(COLUMNS)
    .select(
      sql<boolean>`exists (
        select from insight.pinned_view p where p.view_id = saved_view.id and p.member_id = ${memberIdOf(actor)})`.as(
        'is_pinned',
      ),
    )
    .where((is) =>
      is.or([
        is('member_id', '=', memberIdOf(actor)),
        is.and([
          is('is_shared', '=', true),
          ...(hasPermission(actor, 'org.settings')
            ? []
            : [is.or([is('shared_with', 'is', null), is('shared_with', 'in', [...rolesOf(actor), ''])])]),
        ]),
      ]),
    )
    .where('screen', 'in', [...openScreens(actor), ''])

function rolesOf(actor: Actor): readonly string[] {
  const membership = actor.kind === 'user' ? actor.membership : null
  return membership === null ? [] : [membership.base_role, ...membership.designations]
}

const openScreens = (actor: Actor): readonly string[] =>
  Object.entries(VIEW_SCREENS).flatMap(([screen, permission]) => (hasPermission(actor, permission) ? [screen] : []))

/** The views of a list that the actor may choose from, by name. Refuses with `forbidden` whoever may not open the list. */
export async function listSavedViews(
  tx: OrganisationTx,
  actor: Actor,
  screen: ViewScreen,
): Promise<readonly SavedView[]> {
  requirePermission(actor, VIEW_SCREENS[screen])
  const rows = await visibleTo(tx, actor).where('screen', '=', screen).orderBy('name').orderBy('id').execute()
  return rows.map(shownTo(actor))
}

/** One view. Refuses with `not_found` another's that is not shared, and one of a list that the actor may not open. */
export async function getSavedView(tx: OrganisationTx, actor: Actor, view_id: string): Promise<SavedView> {
  const row = await visibleTo(tx, actor).where('id', '=', view_id).executeTakeFirst()
  if (row === undefined) throw notFound()
  return shownTo(actor)(row)
}

const nameTaken = (error: unknown): unknown =>
  constraintOf(error) === 'saved_view__name_is_taken' ? viewNameTaken() : error

/**
 * Keeps a view. Refuses with `forbidden` whoever may not open the list, with `not_found` who is no member, with
 * `view_name_taken` and with `too_many_views` beyond 50 of one list.
 */
export async function createSavedView(tx: OrganisationTx, actor: Actor, draft: SavedViewDraft): Promise<SavedView> {
  requirePermission(actor, VIEW_SCREENS[draft.screen])
  const member_id = memberIdOf(actor)
  if (member_id === null) throw notFound()
  const kept = await tx
    .selectFrom('insight.saved_view')
    .select('id')
    .where('member_id', '=', member_id)
    .where('screen', '=', draft.screen)
    .limit(MOST_VIEWS)
    .execute()
  if (kept.length === MOST_VIEWS) throw tooManyViews({ most: MOST_VIEWS })
  const { screen, name, search, is_shared } = draft
  const shared_with = is_shared ? draft.shared_with : null
  const row = await tx
    .insertInto('insight.saved_view')
    .values({
      id: newId(),
      member_id,
      screen,
      name: name.trim(),
      search: JSON.stringify(search),
      is_shared,
      shared_with,
    })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow()
    .catch((error: unknown) => {
      throw nameTaken(error)
    })
  return { ...shownTo(actor)(row), is_pinned: false }
}

export type SavedViewChange = Partial<Pick<SavedViewDraft, 'name' | 'search' | 'is_shared' | 'shared_with'>>

/** Changes an own view. Refuses with `not_found`, `view_of_another`, `view_name_taken`. */
export async function changeSavedView(
  tx: OrganisationTx,
  actor: Actor,
  view_id: string,
  { name, search, ...sharing }: SavedViewChange,
): Promise<SavedView & { readonly before: SavedView }> {
  const before = await getSavedView(tx, actor, view_id)
  if (!before.is_own) throw viewOfAnother()
  const { is_shared, shared_with } = { ...before, ...sharing }
  const row = await tx
    .updateTable('insight.saved_view')
    .set({
      ...(name !== undefined && { name: name.trim() }),
      ...(search !== undefined && { search: JSON.stringify(search) }),
      is_shared,
      shared_with: is_shared ? shared_with : null,
      updated_at: sql<Date>`now()`,
    })
    .where('id', '=', view_id)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow()
    .catch((error: unknown) => {
      throw nameTaken(error)
    })
  return { ...shownTo(actor)(row), is_pinned: before.is_pinned, before }
}

/** Deletes an own view; whoever keeps the organisation's settings clears away shared ones too. Refuses as a change does. */
export async function deleteSavedView(tx: OrganisationTx, actor: Actor, view_id: string): Promise<void> {
  const view = await getSavedView(tx, actor, view_id)
  if (!view.is_own && !hasPermission(actor, 'org.settings')) throw viewOfAnother()
  await tx.deleteFrom('insight.saved_view').where('id', '=', view_id).execute()
}
