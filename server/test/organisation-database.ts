// A cloned organisation's database, opened as a node opens it.

import { createConnectionBudget } from '../src/kernel/connection.ts'
import { openOrganisationDatabase, type OrganisationDatabase } from '../src/kernel/database.ts'
import { serverOf } from '../src/kernel/placement.ts'
import { cloneOrganisationDatabase } from './harness.ts'

export type OpenedOrganisation = {
  readonly url: string
  readonly database: OrganisationDatabase
  readonly drop: () => Promise<void>
}

/** An organisation's database at head, empty but for what migrations put there, seen by the administrator. */
export async function openClonedOrganisation(): Promise<OpenedOrganisation> {
  const { url, drop } = await cloneOrganisationDatabase()
  const { username, password, pathname } = new URL(url)
  const { host, port } = serverOf(url)
  const name = pathname.slice(1)
  const budget = createConnectionBudget({ limit: 4, limit_per_database: 4, idle_timeout_ms: 60_000 })
  const address = {
    host,
    port,
    database: name,
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
  }
  return {
    url,
    database: openOrganisationDatabase(budget, name, async () => address),
    async drop() {
      await budget.close()
      await drop()
    },
  }
}
