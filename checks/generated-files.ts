// The files that are made from others and committed, because people read them and tools build on them. They are made from
// what a new deployment makes of an empty server: its control database, and a spare as the next organisation gets it.

import { readConfig } from '../server/src/config.ts'
import { type Deployment, openDeployment } from '../server/src/deployment.ts'
import { createLog } from '../server/src/kernel/log.ts'
import { readSchema } from '../server/src/kernel/migrate.ts'
import { asAdmin, controlRole, makeSpare } from '../server/src/kernel/placement.ts'
import { buildContract, listRoutes } from '../server/src/serve.ts'
import { makeDatabaseTypes } from './database-types.ts'
import { dumpSchema } from './schema-dump.ts'
import { withScratchPostgres } from './scratch-postgres.ts'

/** `path` is from the root of the checkout. */
export type GeneratedFile = { readonly path: string; readonly text: string }

export const CONTRACT_PATH = 'openapi.json'

const CONTROL = 'reeve'

/** Makes all of them anew. Takes some seconds. */
export async function makeGeneratedFiles(): Promise<readonly GeneratedFile[]> {
  return withScratchPostgres(async (urlOf, directory) => {
    await asAdmin(urlOf('postgres'), (client) => client.query(`create database ${CONTROL} template template0`))
    const config = readConfig({ DATABASE_URL: urlOf(CONTROL), REEVE_DATA: directory })
    const deployment = await openDeployment(config, createLog('error'))
    try {
      const { server, schema, derivePassword } = deployment
      const spare = await makeSpare(server, CONTROL, schema, derivePassword)
      return [
        ...(await filesOf('control', urlOf(CONTROL), controlRole(CONTROL))),
        ...(await filesOf('org', urlOf(spare), spare)),
        { path: CONTRACT_PATH, text: contractText(deployment) },
      ]
    } finally {
      await deployment.close()
    }
  })
}

/** What the committed dump of a kind of database says, from one that is at head and served by `role`. */
export async function makeSchemaDump(kind: 'control' | 'org', url: string, role: string): Promise<GeneratedFile> {
  const name = kind === 'control' ? 'The control database' : 'The database of an organisation'
  const function_files = readSchema(kind).functions.map((file) => ({
    path: `database/${kind}/functions/${file.name}.sql`,
    sql: file.sql,
  }))
  const text = await asAdmin(url, (client) =>
    dumpSchema(client, { title: `${name} after all migrations.`, role, function_files }),
  )
  return { path: `database/${kind}/schema.sql`, text }
}

async function filesOf(kind: 'control' | 'org', url: string, role: string): Promise<readonly GeneratedFile[]> {
  const path = `server/src/kernel/${kind === 'control' ? 'control' : 'organisation'}-tables.ts`
  return [await makeSchemaDump(kind, url, role), { path, text: await makeDatabaseTypes(url, path) }]
}

/** What `/openapi.json` answers, in lines. */
const contractText = (deployment: Deployment): string =>
  `${JSON.stringify(buildContract(listRoutes(deployment)), null, 2)}\n`
