import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestReeve, type TestReeve } from '../../test/harness.ts'
import { newId } from './id.ts'
import type { Placement } from './organisation-databases.ts'
import { asAdmin } from './placement.ts'

let reeve: TestReeve
beforeAll(async () => {
  reeve = await startTestReeve()
})
afterAll(() => reeve.stop())

/** Gives a spare to an organisation, as its creation does. */
async function claim(organisation_id: string): Promise<Placement> {
  const { deployment } = reeve.node
  await deployment.fillSpares()
  const claimed = await deployment.control.transaction((tx) =>
    tx
      .updateTable('kernel.placement')
      .set({ state: 'claimed', organisation_id })
      .where('database_name', '=', (spare) =>
        spare.selectFrom('kernel.placement').select('database_name').where('state', '=', 'spare').limit(1),
      )
      .returning(['database_name', 'role_version'])
      .executeTakeFirstOrThrow(),
  )
  return claimed
}

test('an organisation is found through its placement, and one without is not found', async () => {
  const { databases } = reeve.node.deployment
  const organisation_id = newId()
  const placement = await claim(organisation_id)
  const found = await databases.of(organisation_id)
  expect(databases.at(placement)).toBe(found)
  const { rows } = await found.connection((client) => client.query('select current_database() as name'))
  expect(rows).toEqual([{ name: placement.database_name }])
  await expect(databases.of(newId())).rejects.toMatchObject({ code: 'not_found' })
})

test('a role can connect to no database but its own', async () => {
  const { server, derivePassword, control_name } = reeve.node.deployment
  const [one, other] = [await claim(newId()), await claim(newId())]
  const urlAs = (database: string) => {
    const url = new URL(server.admin_url(database))
    url.username = one.database_name
    url.password = derivePassword(one.database_name, 1)
    return url.href
  }
  await asAdmin(urlAs(one.database_name), (client) => client.query('select from tenancy.member'))
  for (const database of [other.database_name, control_name, `${control_name}_template`]) {
    await expect(asAdmin(urlAs(database), async () => undefined)).rejects.toMatchObject({ code: '42501' })
  }
})

test('an organisation that is behind, or gone, is unavailable alone', async () => {
  const { databases } = reeve.node.deployment
  const [behind, gone, good] = [await claim(newId()), await claim(newId()), await claim(newId())]
  await asAdmin(reeve.adminUrl(behind.database_name), (client) =>
    client.query(
      `delete from kernel.migration where name = (select max(name) from kernel.migration where name <> 'head')`,
    ),
  )
  await asAdmin(reeve.adminUrl('postgres'), (client) =>
    client.query(`drop database ${gone.database_name} with (force)`),
  )
  const ask = (placement: Placement) => databases.at(placement).connection((client) => client.query('select 1'))
  await expect(ask(behind)).rejects.toMatchObject({ code: 'organisation_unavailable', status: 503 })
  await expect(ask(gone)).rejects.toMatchObject({ code: 'organisation_unavailable', status: 503 })
  await expect(ask(good)).resolves.toBeDefined()
})

test('what is forgotten is looked up anew', async () => {
  const { databases, control } = reeve.node.deployment
  const organisation_id = newId()
  const placement = await claim(organisation_id)
  await databases.of(organisation_id)
  await control.transaction((tx) =>
    tx
      .updateTable('kernel.placement')
      .set({ state: 'dropping', organisation_id: null })
      .where('database_name', '=', placement.database_name)
      .execute(),
  )
  await databases.forget(placement.database_name)
  await expect(databases.of(organisation_id)).rejects.toMatchObject({ code: 'not_found' })
})
