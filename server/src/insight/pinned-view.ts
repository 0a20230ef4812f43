// The views that a member has in their sidebar: own ones and those that others share with them. What is no longer shared, or
// of a list that they may no longer open, is not shown, and is there again when it is.

import { type Actor, memberIdOf } from '../access/actor.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import { notFound } from '../kernel/problem.ts'
import { tooManyPins } from './problems.ts'
import { getSavedView, type SavedView, shownTo, visibleTo } from './saved-view.ts'

/** Of one member. */
const MOST_PINS = 20

/** The views that the actor has pinned and may choose now, by name. */
export async function listPinnedViews(tx: OrganisationTx, actor: Actor): Promise<readonly SavedView[]> {
  const rows = await visibleTo(tx, actor)
    .where('id', 'in', (from) =>
      from.selectFrom('insight.pinned_view').select('view_id').where('member_id', '=', memberIdOf(actor)),
    )
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows.map(shownTo(actor))
}

/**
 * Pins a view for the actor; once is enough. Refuses with `not_found` a view that they may not choose and who is no member,
 * with `too_many_pins` beyond 20.
 */
export async function pinView(tx: OrganisationTx, actor: Actor, view_id: string): Promise<SavedView> {
  const view = await getSavedView(tx, actor, view_id)
  const member_id = memberIdOf(actor)
  if (member_id === null) throw notFound()
  const pinned = await tx
    .selectFrom('insight.pinned_view')
    .select('view_id')
    .where('member_id', '=', member_id)
    .where('view_id', '<>', view_id)
    .limit(MOST_PINS)
    .execute()
  if (pinned.length === MOST_PINS) throw tooManyPins({ most: MOST_PINS })
  await tx
    .insertInto('insight.pinned_view')
    .values({ member_id, view_id })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return { ...view, is_pinned: true }
}

/** Takes a view out of the actor's sidebar; the view stays. Refuses with `not_found` one that they may not choose. */
export async function unpinView(tx: OrganisationTx, actor: Actor, view_id: string): Promise<SavedView> {
  const view = await getSavedView(tx, actor, view_id)
  await tx
    .deleteFrom('insight.pinned_view')
    .where('view_id', '=', view_id)
    .where('member_id', '=', memberIdOf(actor))
    .execute()
  return { ...view, is_pinned: false }
}
