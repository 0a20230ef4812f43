// What is looked for in every organisation is asked in one statement, which must be cheap and right for all of them.

import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listDue } from '../src/kernel/sweep.ts'
import { addressSweep } from '../src/tenancy/security.ts'
import { listSweeps } from '../src/work.ts'
import { type Administration, startAdministration } from './administration.ts'

let office: Administration
beforeAll(async () => {
  office = await startAdministration()
})
afterAll(() => office.stop())

test('nothing is due any more where all was done, and then only what has become due', async () => {
  const { deployment, runs } = office.reeve.node
  const { id } = office.organisation
  const database = await office.database(id)
  const due = () => listDue(database, listSweeps(deployment, runs))
  const doAll = async () => {
    for (const sweep of await due()) await sweep.run(database, id)
  }
  await doAll()
  expect(await due()).toEqual([])
  await office.inside(id, (tx) =>
    sql`update tenancy.security set previous_addresses = '{}', addresses_changed_at = now() - interval '6 minutes',
      addresses_revert_at = now() - interval '1 minute'`.execute(tx),
  )
  expect(await due()).toEqual([addressSweep])
  await doAll()
  expect(await due()).toEqual([])
})
