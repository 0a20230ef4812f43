// Public apps that the platform suspends (ruling 10). Control decides: from then on no run begins. The runs that are open are
// ended organisation by organisation, at once where it can be reached, else when it is back; what is left to do is written
// with the suspension, so nothing is forgotten with a node.

import { sql } from 'kysely'
import type { ControlDatabase, ControlTx, OrganisationTx } from '../kernel/database.ts'
import type { Log } from '../kernel/log.ts'
import type { OrganisationDatabases } from '../kernel/organisation-databases.ts'
import { notFound, Problem } from '../kernel/problem.ts'

/** Told of an app that may not be run any more, in the transaction that says so, as its last act (ruling 10). */
export type OnAppBlocked = (tx: OrganisationTx, organisation_id: string, app_id: string) => Promise<unknown>

export type BlockingNeeds = {
  readonly control: ControlDatabase
  readonly databases: OrganisationDatabases
  readonly onAppBlocked: OnAppBlocked
}

type Blocked = { readonly app_id: string; readonly organisation_id: string }

/** Whoever began a run before the suspension has committed it by then: each organisation is looked at once more. */
const LOOK_AGAIN_AFTER = sql<Date>`now() - interval '30 seconds'`

/** Notes that the runs of an app have to end in every organisation, in the transaction that suspends it. */
export async function noteBlocked(tx: ControlTx, app_id: string): Promise<void> {
  await sql`
    insert into apps.blocked_app (app_id, organisation_id)
    select ${app_id}, organisation_id from kernel.placement where organisation_id is not null
    on conflict (app_id, organisation_id) do update set blocked_at = excluded.blocked_at`.execute(tx)
}

/** Ends the runs of an app that was just suspended wherever that can be done now. */
export async function endRunsNow(needs: BlockingNeeds, app_id: string): Promise<void> {
  const places = await needs.control.autocommit((tx) =>
    tx
      .selectFrom('apps.blocked_app')
      .select(['app_id', 'organisation_id'])
      .where('app_id', '=', app_id)
      .orderBy('organisation_id')
      .execute(),
  )
  for (const place of places) await endRunsIn(needs, place).catch(() => undefined)
}

/** Ends what is left to be ended; where an organisation is away, it stays to be done. An app that may run again is let be. */
export async function endRunsOfBlocked(needs: BlockingNeeds, log: Log): Promise<void> {
  const { control } = needs
  await control.autocommit((tx) =>
    sql`delete from apps.blocked_app b where exists (
      select from apps.version v where v.app_id = b.app_id and v.state = 'published')`.execute(tx),
  )
  const due = await control.autocommit((tx) =>
    tx
      .selectFrom('apps.blocked_app')
      .select(['app_id', 'organisation_id'])
      .where('blocked_at', '<', LOOK_AGAIN_AFTER)
      .execute(),
  )
  for (const place of due) {
    try {
      await endRunsIn(needs, place)
      await control.autocommit((tx) =>
        tx
          .deleteFrom('apps.blocked_app')
          .where('app_id', '=', place.app_id)
          .where('organisation_id', '=', place.organisation_id)
          .execute(),
      )
    } catch (error) {
      log.warn({ err: error, ...place }, 'the runs of a suspended app could not be ended; they will be')
    }
  }
}

async function endRunsIn({ databases, onAppBlocked }: BlockingNeeds, place: Blocked): Promise<void> {
  const { app_id, organisation_id } = place
  const database = await databases.of(organisation_id).catch((error: unknown) => {
    // An organisation that is gone has no runs.
    if (error instanceof Problem && error.code === notFound.code) return null
    throw error
  })
  await database?.transaction((tx) => onAppBlocked(tx, organisation_id, app_id))
}
