// The organisations' databases of this node: found through their placement, opened on demand within one budget.

import type { ConnectionBudget } from './connection.ts'
import { type ControlDatabase, openOrganisationDatabase, type OrganisationDatabase } from './database.ts'
import { isAtHead, type Schema } from './migrate.ts'
import { addressOf, type DerivePassword, type Server } from './placement.ts'
import { notFound, organisationUnavailable } from './problem.ts'

export type Placement = { readonly database_name: string; readonly role_version: number }

export type OrganisationDatabases = {
  /** The database of an organisation whose placement the caller has just read from control. */
  readonly at: (placement: Placement) => OrganisationDatabase
  /** The database of an organisation; asks control for its placement once. Refuses with `not_found`. */
  readonly of: (organisation_id: string) => Promise<OrganisationDatabase>
  /** Every organisation there is. */
  readonly list: () => Promise<readonly string[]>
  /** Drops what is remembered of a placement that is going away. */
  readonly forget: (database_name: string) => Promise<void>
}

/** Refuses a database that is behind this program: 503 for that organisation alone. */
export function refuseIfBehind(schema: Schema): (key: string, client: Parameters<typeof isAtHead>[0]) => Promise<void> {
  return async (_key, client) => {
    if (!(await isAtHead(client, schema))) throw organisationUnavailable({}, { retry_after_s: 30 })
  }
}

/** Opens databases by placement. A database's name is for life, so what is remembered here cannot grow stale. */
export function createOrganisationDatabases(
  budget: ConnectionBudget,
  control: ControlDatabase,
  server: Server,
  derivePassword: DerivePassword,
): OrganisationDatabases {
  const opened = new Map<string, OrganisationDatabase>()
  const names = new Map<string, Placement>()
  const at = (placement: Placement): OrganisationDatabase => {
    const known = opened.get(placement.database_name)
    if (known !== undefined) return known
    const address = async () => addressOf(server, derivePassword, placement)
    const database = openOrganisationDatabase(budget, placement.database_name, address)
    opened.set(placement.database_name, database)
    return database
  }
  return {
    at,
    async of(organisation_id) {
      const known = names.get(organisation_id)
      if (known !== undefined) return at(known)
      const placement = await control.transaction((tx) =>
        tx
          .selectFrom('kernel.placement')
          .select(['database_name', 'role_version'])
          .where('organisation_id', '=', organisation_id)
          .where('state', '=', 'claimed')
          .executeTakeFirst(),
      )
      if (placement === undefined) throw notFound()
      names.set(organisation_id, placement)
      return at(placement)
    },
    async list() {
      const rows = await control.transaction((tx) =>
        tx.selectFrom('kernel.placement').select('organisation_id').where('state', '=', 'claimed').execute(),
      )
      return rows.flatMap(({ organisation_id }) => organisation_id ?? [])
    },
    async forget(database_name) {
      opened.delete(database_name)
      for (const [id, placement] of names) if (placement.database_name === database_name) names.delete(id)
      await budget.forget(database_name)
    },
  }
}
