// Databases as the modules see them: Kysely for ordinary SQL in a transaction, a bare connection for the hot path.
// A node has two budgets of connections per server: a small one for control, the rest shared by all organisations.

import {
  type CompiledQuery,
  type Dialect,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely'
import type { DatabaseConnection, Driver, QueryResult } from 'kysely'
import type pg from 'pg'
import {
  type ConnectionBudget,
  type DatabaseAddress,
  gather,
  isConnectionLost,
  type Lease,
  type Purpose,
} from './connection.ts'
import type { DB as ControlTables } from './control-tables.ts'
import { statementNameOf } from './internal/statement-name.ts'
import type { DB as OrganisationTables } from './organisation-tables.ts'
import { controlUnavailable, organisationUnavailable, Problem } from './problem.ts'

/** A transaction on the control database. */
export type ControlTx = Kysely<ControlTables>
/** A transaction on one organisation's database: there is nothing else in it, so no query names the organisation. */
export type OrganisationTx = Kysely<OrganisationTables>

/** Runs statements on one borrowed connection; Kysely only compiles them. `before` is called ahead of each. */
function dialectOf(client: pg.Client, before: () => void = () => undefined): Dialect {
  const connection: DatabaseConnection = {
    async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
      const { sql: text, parameters } = query
      const name = statementNameOf(text)
      const values = [...parameters]
      gather(client)
      before()
      const result = await client.query<Row & pg.QueryResultRow>(
        name === null ? { text, values } : { name, text, values },
      )
      return result.rowCount === null
        ? { rows: result.rows }
        : { rows: result.rows, numAffectedRows: BigInt(result.rowCount) }
    },
    streamQuery: () => {
      throw new Error('Streaming is done on a bare connection')
    },
  }
  const nothing = async () => undefined
  const driver: Driver = {
    init: nothing,
    acquireConnection: async () => connection,
    beginTransaction: nothing,
    commitTransaction: nothing,
    rollbackTransaction: nothing,
    releaseConnection: nothing,
    destroy: nothing,
  }
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }
}

export type Database<Tables> = {
  /**
   * Runs `work` in one transaction and commits it; anything thrown rolls back. A lost connection or a database that is
   * down refuses with the database's own 503.
   */
  readonly transaction: <Result>(work: (tx: Kysely<Tables>) => Promise<Result>) => Promise<Result>
  /** Runs `work` without a transaction around it: each of its statements is one of its own. For what is one statement. */
  readonly autocommit: <Result>(work: (tx: Kysely<Tables>) => Promise<Result>) => Promise<Result>
  /** Lends the bare connection for hand-written statements, outside any transaction. */
  readonly connection: <Result>(work: (client: pg.Client) => Promise<Result>, purpose?: Purpose) => Promise<Result>
}

export type ControlDatabase = Database<ControlTables>
export type OrganisationDatabase = Database<OrganisationTables>

type Unavailable = typeof controlUnavailable

async function lend<Result>(
  lease: Promise<Lease>,
  unavailable: Unavailable,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  let taken: Lease
  try {
    taken = await lease
  } catch (error) {
    if (error instanceof Problem) throw error
    throw unavailable({}, { retry_after_s: 5, cause: error })
  }
  let failure = false
  try {
    return await work(taken.client)
  } catch (error) {
    failure = isConnectionLost(error)
    if (failure) throw unavailable({}, { retry_after_s: 5, cause: error })
    throw error
  } finally {
    taken.release(failure)
  }
}

/** A database behind a budget. `address` is asked only when a new connection is opened. */
function openDatabase<Tables>(
  budget: ConnectionBudget,
  key: string,
  address: () => Promise<DatabaseAddress>,
  unavailable: Unavailable,
): Database<Tables> {
  return {
    connection: (work, purpose) => lend(budget.take(key, address, purpose), unavailable, work),
    autocommit: (work) =>
      lend(budget.take(key, address), unavailable, (client) =>
        work(new Kysely<Tables>({ dialect: dialectOf(client) })),
      ),
    transaction: (work) =>
      lend(budget.take(key, address), unavailable, async (client) => {
        let hasBegun = false
        // It goes out together with the first statement, which fails where it does: who asks nothing costs nothing.
        const begin = (): void => {
          if (!hasBegun) client.query('begin').catch(() => undefined)
          hasBegun = true
        }
        try {
          const result = await work(new Kysely<Tables>({ dialect: dialectOf(client, begin) }))
          if (!hasBegun) return result
          const { command } = await client.query('commit')
          // PostgreSQL answers COMMIT with ROLLBACK when a statement has failed, even if its error was caught.
          if (command !== 'COMMIT') throw new Error('A statement of the transaction had failed; nothing was committed')
          return result
        } catch (error) {
          if (hasBegun && !isConnectionLost(error)) await client.query('rollback').catch(() => undefined)
          throw error
        }
      }),
  }
}

/** The control database of this deployment. */
export function openControlDatabase(budget: ConnectionBudget, address: DatabaseAddress): ControlDatabase {
  return openDatabase<ControlTables>(budget, 'control', async () => address, controlUnavailable)
}

/** One organisation's database. */
export function openOrganisationDatabase(
  budget: ConnectionBudget,
  database_name: string,
  address: () => Promise<DatabaseAddress>,
): OrganisationDatabase {
  return openDatabase<OrganisationTables>(budget, database_name, address, organisationUnavailable)
}
