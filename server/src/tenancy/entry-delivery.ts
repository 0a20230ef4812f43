// What control decides about an organisation stands in the platform's log in the same transaction. From there it is
// brought to the organisation's own log, once, by the entry's id, however often that is tried.

import { sql } from 'kysely'
import type { AuditEvent } from '../audit/event.ts'
import type { ControlDatabase } from '../kernel/database.ts'
import { firstIdAt } from '../kernel/id.ts'
import type { OrganisationDatabases } from '../kernel/organisation-databases.ts'

/** The events that control decides and an organisation's people must be able to read. */
const DELIVERED = [
  'organisation.settings_updated',
  'organisation.suspended',
  'organisation.archived',
  'organisation.restored',
  'organisation.deleted',
  'superadmin.access_opened',
  'superadmin.access_closed',
  'sso.login_failed',
  'sso.tested',
  'sso.logged_out',
  'sso.logout_refused',
  'sso.identity_linked',
  'sso.identity_unlinked',
  'sso.break_glass_used',
  'sso.break_glass_expiring',
  'sso_connection.created',
  'sso_connection.updated',
  'sso_connection.deleted',
  'sso_connection.secret_set',
  'sso_enforcement.changed',
  'sso_entitlement.changed',
  'domain.claimed',
  'domain.verified',
  'domain.released',
  'scim_token.created',
  'scim_token.revoked',
] as const satisfies readonly AuditEvent[]

const COLUMNS = [
  'id',
  'at',
  'event',
  'outcome',
  'reason_code',
  'actor_type',
  'actor_id',
  'actor_role',
  'via',
  'api_key_id',
  'target_type',
  'target_id',
  'request_id',
  'address',
  'data',
] as const

/** An organisation whose log could not be written; it has to be tried again. */
export type Undelivered = { readonly organisation_id: string; readonly cause: unknown }

/**
 * Brings the entries of control since `since_id`, of one organisation or of all, to the organisations they concern. One
 * that cannot be reached does not keep the others waiting; it is among those returned.
 */
export async function deliverEntries(
  control: ControlDatabase,
  databases: OrganisationDatabases,
  since_id: string,
  organisation_id?: string,
): Promise<readonly Undelivered[]> {
  const entries = await control.transaction((tx) =>
    tx
      .selectFrom('audit.entry')
      .select([...COLUMNS, 'organisation_id'])
      .where('event', 'in', DELIVERED)
      .where('id', '>=', since_id)
      .where('organisation_id', 'is not', null)
      .$if(organisation_id !== undefined, (select) => select.where('organisation_id', '=', organisation_id ?? null))
      .orderBy('id')
      .execute(),
  )
  const undelivered: Undelivered[] = []
  for (const [id, rows] of Map.groupBy(entries, (entry) => entry.organisation_id ?? '')) {
    try {
      const database = await databases.of(id)
      const values = rows.map((entry) => {
        const { organisation_id: _, data, ...row } = entry
        return { ...row, data: sql<string>`${JSON.stringify(data)}` }
      })
      await database.transaction((tx) =>
        tx
          .insertInto('audit.entry')
          .values(values)
          .onConflict((conflict) => conflict.column('id').doNothing())
          .execute(),
      )
    } catch (cause) {
      undelivered.push({ organisation_id: id, cause })
    }
  }
  return undelivered
}

/**
 * Does what control decides about an organisation and brings its entries to the organisation's log before the caller goes on.
 * Should that fail, a job tries again; the act is done.
 */
export async function deliverAfter<Result>(
  control: ControlDatabase,
  databases: OrganisationDatabases,
  organisation_id: string,
  act: () => Promise<Result>,
): Promise<Result> {
  const since_id = firstIdAt(new Date())
  const result = await act()
  await deliverEntries(control, databases, since_id, organisation_id)
  return result
}
