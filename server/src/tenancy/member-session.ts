// The sessions of one member, as their organisation may know them: those that were used in it, with what happened in it
// (decision 18). Where else a session is used, or that there are others, is nobody's business here.

import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { checkSessionRevocation } from '../access/member-rule.ts'
import { deviceOf, placeOf } from '../identity/device.ts'
import { findSessionFacts } from '../identity/session.ts'
import type { ControlDatabase, OrganisationDatabase, OrganisationTx } from '../kernel/database.ts'
import type { Log } from '../kernel/log.ts'
import { notFound } from '../kernel/problem.ts'
import { holdMember, lockMembers } from './internal/member-row.ts'
import { createSeldom } from './internal/seldom.ts'

/** No session is older than the longest that the platform can be set to. */
const FORGOTTEN_AFTER = sql`interval '31 days'`

export type SessionUsed = {
  readonly session_id: string
  readonly member_id: string
  readonly address: string
}

export type SessionUses = { readonly note: (database: OrganisationDatabase, used: SessionUsed) => void }

/** Notes which sessions of members are used where; at most once a minute per session, organisation and node. */
export function createSessionUses(log: Log): SessionUses {
  const isDue = createSeldom()
  return {
    note(database, used) {
      if (!isDue(`${used.session_id} ${used.member_id}`)) return
      database
        .transaction((tx) => noteUse(tx, used))
        .catch((error: unknown) => log.debug({ err: error }, 'the use of a session was not noted'))
    },
  }
}

async function noteUse(tx: OrganisationTx, used: SessionUsed): Promise<void> {
  const { rows } = await sql<{ readonly is_new: boolean }>`
    insert into tenancy.member_session as s (session_id, member_id, address)
    values (${used.session_id}, ${used.member_id}, ${used.address})
    on conflict (session_id) do update
      set member_id = excluded.member_id, address = excluded.address, last_seen_at = now()
    returning xmax = 0 as is_new`.execute(tx)
  if (rows[0]?.is_new !== true) return
  await tx
    .deleteFrom('tenancy.member_session')
    .where('member_id', '=', used.member_id)
    .where('first_seen_at', '<', sql<Date>`now() - ${FORGOTTEN_AFTER}`)
    .execute()
}

export type MemberSession = {
  readonly id: string
  /** When it was first and last used in this organisation, and from where. */
  readonly first_seen_at: Date
  readonly last_seen_at: Date
  readonly address: string | null
  readonly place: string | null
  readonly device: string | null
  /** How the person signed in. */
  readonly method: string
  readonly is_current: boolean
}

/**
 * The live sessions that a member used here, the one used last first. Throws as `checkSessionRevocation`, `not_found` or
 * `member_removed`: only who may end them sees them.
 */
export async function listMemberSessions(
  control: ControlDatabase,
  organisation: OrganisationDatabase,
  actor: Actor,
  member_id: string,
): Promise<readonly MemberSession[]> {
  const { user_id, sessions_valid_after, used } = await organisation.transaction(async (tx) => {
    checkSessionRevocation({ actor, target: await holdMember(tx, member_id) })
    const member = await tx
      .selectFrom('tenancy.member')
      .select(['user_id', 'sessions_valid_after'])
      .where('id', '=', member_id)
      .executeTakeFirstOrThrow()
    return { ...member, used: await readUsed(tx, member_id) }
  })
  const ids = used.map(({ session_id }) => session_id)
  const facts = await control.transaction((tx) => findSessionFacts(tx, user_id, ids))
  const current = actor.use.via === 'session' ? actor.use.session_id : null
  return used.flatMap(({ session_id, ...seen }) => {
    const known = facts.get(session_id)
    // Whoever was signed out of the organisation has none left.
    if (known === undefined || known.created_at < sessions_valid_after) return []
    const device = deviceOf(known.user_agent)
    const is_current = session_id === current
    return [{ id: session_id, ...seen, place: placeOf(seen.address), device, method: known.auth_method, is_current }]
  })
}

const readUsed = (tx: OrganisationTx, member_id: string) =>
  tx
    .selectFrom('tenancy.member_session')
    .select(['session_id', 'address', 'first_seen_at', 'last_seen_at'])
    .where('member_id', '=', member_id)
    .where('ended_at', 'is', null)
    .orderBy('last_seen_at', 'desc')
    .orderBy('session_id', 'desc')
    .execute()

/**
 * Ends one session of a member in this organisation and no other. Throws as `checkSessionRevocation`, `member_removed`, or
 * `not_found` for one that was not used here or has ended.
 */
export async function endMemberSession(
  tx: OrganisationTx,
  actor: Actor,
  member_id: string,
  session_id: string,
): Promise<void> {
  checkSessionRevocation(await lockMembers(tx, actor, member_id))
  const ended = await tx
    .updateTable('tenancy.member_session')
    .set({ ended_at: sql<Date>`now()` })
    .where('session_id', '=', session_id)
    .where('member_id', '=', member_id)
    .where('ended_at', 'is', null)
    .returning('session_id')
    .executeTakeFirst()
  if (ended === undefined) throw notFound()
}
