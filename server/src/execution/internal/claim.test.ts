import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { memberAt, type RunWorld, startRunWorld } from '../../../test/run-world.ts'
import { newId } from '../../kernel/id.ts'
import { claimRuns, renewClaims } from './claim.ts'

let runs: RunWorld
beforeAll(async () => {
  runs = await startRunWorld()
  await runs.topUp(100_000)
})
afterAll(() => runs.stop())

/** Two runs of a worker whose claims are about to lapse. */
const claimTwo = async (worker_id: string) => {
  const made = await Promise.all([0, 1].map(() => runs.create({ requester: memberAt(runs, 0) })))
  const ids = made.map(({ run_id }) => run_id)
  await runs.tx((tx) =>
    sql`update execution.run set claimed_by = null, claimed_until = null where execution_id = any(${ids}::uuid[])`.execute(
      tx,
    ),
  )
  const claimed = await claimRuns(runs.database, worker_id, 2)
  await runs.tx((tx) =>
    sql`update execution.run set claimed_until = now() + interval '1 s' where claimed_by = ${worker_id}`.execute(tx),
  )
  return claimed.map(({ execution_id, attempt }) => ({ execution_id, attempt }))
}

const listRenewed = async (worker_id: string) => {
  const rows = await runs.rows(
    `select execution_id from execution.run where claimed_by = $1 and claimed_until > now() + interval '5 s'`,
    [worker_id],
  )
  return rows.map((row) => row['execution_id'])
}

test('a renewal waits for no row: a run that is being written to stands, and the others are renewed', async () => {
  const worker_id = newId()
  const [written, other] = await claimTwo(worker_id)
  if (written === undefined || other === undefined) throw new Error('Two runs were due')
  await runs.tx(async (tx) => {
    await sql`select from execution.run where execution_id = ${written.execution_id} for update`.execute(tx)
    const standing = await renewClaims(runs.database, worker_id, [written, other])
    expect([...standing].toSorted()).toEqual([written.execution_id, other.execution_id].toSorted())
  })
  expect(await listRenewed(worker_id)).toEqual([other.execution_id])
})

test('a claim that another attempt has taken over is not renewed, and does not stand', async () => {
  const worker_id = newId()
  const [taken, other] = await claimTwo(worker_id)
  if (taken === undefined || other === undefined) throw new Error('Two runs were due')
  await runs.tx((tx) =>
    sql`update execution.run set attempt = attempt + 1, claimed_by = ${newId()}
      where execution_id = ${taken.execution_id}`.execute(tx),
  )
  expect([...(await renewClaims(runs.database, worker_id, [taken, other]))]).toEqual([other.execution_id])
  expect(await listRenewed(worker_id)).toEqual([other.execution_id])
})
