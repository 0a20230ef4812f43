import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { cloneControlDatabase, type ClonedDatabase } from '../../test/harness.ts'
import { type ConnectionBudget, createConnectionBudget } from './connection.ts'
import { type ControlDatabase, openControlDatabase, openOrganisationDatabase } from './database.ts'
import { notFound } from './problem.ts'

let cloned: ClonedDatabase
beforeAll(async () => {
  cloned = await cloneControlDatabase()
})
afterAll(() => cloned.drop())

let budget: ConnectionBudget
let control: ControlDatabase
beforeEach(() => {
  budget = createConnectionBudget({ limit: 2, limit_per_database: 2, idle_timeout_ms: 60_000 })
  control = openControlDatabase(budget, addressOf(cloned.url))
})
afterEach(() => budget.close())

function addressOf(url: string) {
  const { hostname, port, username, password, pathname } = new URL(url)
  return { host: hostname, port: Number(port), database: pathname.slice(1), user: username, password }
}

const setCurrency = (currency: string) => sql`update kernel.platform set currency = ${currency}`
const readCurrency = () =>
  control.transaction((tx) => tx.selectFrom('kernel.platform').select('currency').executeTakeFirstOrThrow())

test('a transaction that returns is committed', async () => {
  const answer = await control.transaction(async (tx) => {
    await setCurrency('CHF').execute(tx)
    return 'done'
  })
  expect(answer).toBe('done')
  expect(await readCurrency()).toEqual({ currency: 'CHF' })
})

test('a transaction that throws leaves nothing, and its connection is good for the next', async () => {
  await control.transaction((tx) => setCurrency('NOK').execute(tx))
  const refused = control.transaction(async (tx) => {
    await setCurrency('USD').execute(tx)
    throw notFound()
  })
  await expect(refused).rejects.toMatchObject({ code: 'not_found' })
  expect(await readCurrency()).toEqual({ currency: 'NOK' })
  expect(budget.counts()).toEqual({ open: 1, idle: 1, waiting: 0 })
})

test('a statement that failed is never reported as done, even if its error was swallowed', async () => {
  await control.transaction((tx) => setCurrency('SEK').execute(tx))
  const swallowed = control.transaction(async (tx) => {
    await setCurrency('USD').execute(tx)
    await setCurrency('not a currency')
      .execute(tx)
      .catch(() => undefined)
    return 'done'
  })
  await expect(swallowed).rejects.toThrow('nothing was committed')
  expect(await readCurrency()).toEqual({ currency: 'SEK' })
})

test('an error of the database that is no loss of connection comes through as it is', async () => {
  const failing = control.transaction((tx) => setCurrency('not a currency').execute(tx))
  await expect(failing).rejects.toMatchObject({ constraint: 'platform__currency_is_iso_4217' })
})

test('a connection lost within a transaction is the 503 of that database, and is replaced', async () => {
  const lost = control.transaction((tx) => sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx))
  await expect(lost).rejects.toMatchObject({ code: 'control_unavailable', status: 503, retry_after_s: 5 })
  await expect(readCurrency()).resolves.toBeDefined()
})

test('a database that cannot be reached is its own 503', async () => {
  const address = { ...addressOf(cloned.url), port: 1 }
  const gone = openControlDatabase(budget, address)
  const organisation = openOrganisationDatabase(budget, 'reeve_o_gone', async () => address)
  await expect(gone.connection((client) => client.query('select 1'))).rejects.toMatchObject({
    code: 'control_unavailable',
  })
  await expect(organisation.transaction(async () => undefined)).rejects.toMatchObject({
    code: 'organisation_unavailable',
    status: 503,
    retry_after_s: 5,
  })
  expect(budget.counts()).toEqual({ open: 0, idle: 0, waiting: 0 })
})

test('a database that was dropped is its own 503', async () => {
  const dropped = await cloneControlDatabase()
  const database = openOrganisationDatabase(budget, 'dropped', async () => addressOf(dropped.url))
  await database.connection((client) => client.query('select 1'))
  await dropped.drop()
  await expect(database.transaction(async () => undefined)).rejects.toMatchObject({ code: 'organisation_unavailable' })
})

test('a full budget refuses as overloaded and not as unavailable', async () => {
  await budget.close()
  await expect(readCurrency()).rejects.toMatchObject({ code: 'overloaded', status: 503 })
})
