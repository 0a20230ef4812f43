import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { cloneControlDatabase, type ClonedDatabase } from '../../test/harness.ts'
import { type ConnectionBudget, createConnectionBudget } from './connection.ts'
import { type ControlDatabase, openControlDatabase } from './database.ts'
import { newId } from './id.ts'
import { endNode, forgetHolding, listAbandoned, noteHolding, renewNode } from './node-lease.ts'
import { asAdmin } from './placement.ts'

let cloned: ClonedDatabase
let budget: ConnectionBudget
let control: ControlDatabase
beforeAll(async () => {
  cloned = await cloneControlDatabase()
  budget = createConnectionBudget({ limit: 2, limit_per_database: 2, idle_timeout_ms: 60_000 })
  const { hostname, port, username, password, pathname } = new URL(cloned.url)
  const address = { host: hostname, port: Number(port), database: pathname.slice(1), user: username, password }
  control = openControlDatabase(budget, address)
})
afterAll(async () => {
  await budget.close()
  await cloned.drop()
})

const [living, dead, organisation, another] = [newId(), newId(), newId(), newId()]
const lapse = (node_id: string, ago: string) =>
  asAdmin(cloned.url, (client) =>
    client.query('update kernel.node set expires_at = now() - $2::interval where id = $1', [node_id, ago]),
  )
const listNodes = async () =>
  (await control.transaction((tx) => tx.selectFrom('kernel.node').select('id').execute())).map((row) => row.id)

beforeEach(async () => {
  await asAdmin(cloned.url, (client) => client.query('delete from kernel.node'))
  await renewNode(control, living)
  await renewNode(control, dead)
  await noteHolding(control, living, organisation)
  await noteHolding(control, dead, organisation)
  await noteHolding(control, dead, organisation)
  await noteHolding(control, dead, another)
})

test('only what a lapsed node may hold is abandoned', async () => {
  expect(await listAbandoned(control)).toEqual([])
  await lapse(dead, '1 second')
  const abandoned = await listAbandoned(control)
  expect(abandoned).toHaveLength(2)
  expect(abandoned).toContainEqual({ node_id: dead, organisation_id: organisation })
  expect(abandoned).toContainEqual({ node_id: dead, organisation_id: another })
})

test('a node that comes back has abandoned nothing', async () => {
  await lapse(dead, '1 second')
  await renewNode(control, dead)
  expect(await listAbandoned(control)).toEqual([])
})

test('what was looked after is forgotten, and long after a death the node with its last trace', async () => {
  await lapse(dead, '2 hours')
  await forgetHolding(control, dead, organisation)
  expect(await listAbandoned(control)).toEqual([{ node_id: dead, organisation_id: another }])
  expect(await listNodes()).toContain(dead)
  await forgetHolding(control, dead, another)
  expect(await listAbandoned(control)).toEqual([])
  expect(await listNodes()).toEqual([living])
})

test('a node that ends leaves nothing to look after', async () => {
  await endNode(control, dead)
  expect(await listNodes()).toEqual([living])
  expect(await listAbandoned(control)).toEqual([])
})
