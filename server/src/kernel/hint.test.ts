import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ClonedDatabase, cloneControlDatabase } from '../../test/harness.ts'
import { createConnectionBudget } from './connection.ts'
import { type ControlDatabase, openControlDatabase } from './database.ts'
import { createHints } from './hint.ts'
import { createLog } from './log.ts'
import { asAdmin, serverOf } from './placement.ts'

let cloned: ClonedDatabase
const budget = createConnectionBudget({ limit: 4, limit_per_database: 4, idle_timeout_ms: 60_000 })
let control: ControlDatabase
beforeAll(async () => {
  cloned = await cloneControlDatabase()
  const at = new URL(cloned.url)
  control = openControlDatabase(budget, {
    ...serverOf(cloned.url),
    database: at.pathname.slice(1),
    user: decodeURIComponent(at.username),
    password: decodeURIComponent(at.password),
  })
})
afterAll(async () => {
  await budget.close()
  await cloned.drop()
})

const SOON = { timeout: 10_000 }

test('every node that listens hears of a hint, also after its connection was lost, and none that has stopped', async () => {
  const log = createLog('silent')
  const nodes = [createHints(control, log), createHints(control, log)]
  const heard: string[][] = [[], []]
  for (const [index, node] of nodes.entries()) node.listen((what) => heard[index]?.push(what))
  const teller = createHints(control, log)
  const tellUntilHeard = async (what: string, by: readonly number[]): Promise<void> => {
    await expect
      .poll(() => {
        teller.tell(what)
        return by.every((index) => heard[index]?.includes(what))
      }, SOON)
      .toBe(true)
  }
  await tellUntilHeard('first', [0, 1])
  await asAdmin(cloned.url, (client) =>
    client.query(`select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %'`),
  )
  await tellUntilHeard('second', [0, 1])
  await nodes[0]?.stop()
  await tellUntilHeard('third', [1])
  expect(heard[0]).not.toContain('third')
  await Promise.all([nodes[1]?.stop(), teller.stop()])
  expect(budget.counts().open - budget.counts().idle).toBe(0)
})
