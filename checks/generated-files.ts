// The files that are made from others and committed, because people read them and tools build on them. They are made from
// what a new deployment makes of an empty server: its control database, and a spare as the next organisation gets it.

import openapiTypescript, { astToString } from 'openapi-typescript'
import { type Config, readConfig } from '../server/src/config.ts'
import { openDeployment } from '../server/src/deployment.ts'
import { createLog } from '../server/src/kernel/log.ts'
import { readSchema } from '../server/src/kernel/migrate.ts'
import { asAdmin, controlRole, makeSpare } from '../server/src/kernel/placement.ts'
import { startNode } from '../server/src/serve.ts'
import { makeDatabaseTypes } from './database-types.ts'
import { dumpSchema } from './schema-dump.ts'
import { withScratchPostgres } from './scratch-postgres.ts'

/** `path` is from the root of the checkout. */
export type GeneratedFile = { readonly path: string; readonly text: string }

export const CONTRACT_PATH = 'openapi.json'

const CONTROL = 'reeve'
const log = createLog('error')

/** Makes all of them anew. Takes some seconds. */
export async function makeGeneratedFiles(): Promise<readonly GeneratedFile[]> {
  return withScratchPostgres(async (urlOf, directory) => {
    await asAdmin(urlOf('postgres'), (client) => client.query(`create database ${CONTROL} template template0`))
    const config = readConfig({
      DATABASE_URL: urlOf(CONTROL),
      REEVE_DATA: directory,
      REEVE_SPARES: '1',
      PORT: '0',
    })
    const spare = await makeDatabases(config)
    const tables = [
      ...(await filesOf('control', urlOf(CONTROL), controlRole(CONTROL))),
      ...(await filesOf('org', urlOf(spare), spare)),
    ]
    // A node writes into its databases, so it comes last.
    const contract = await readContract(config)
    return [...tables, { path: CONTRACT_PATH, text: contract }, await makeContractTypes(contract)]
  })
}

/** Makes the control database and a spare, whose name is also its role's. */
async function makeDatabases(config: Config): Promise<string> {
  const { server, control_name, schema, derivePassword, close } = await openDeployment(config, log)
  try {
    return await makeSpare(server, control_name, schema, derivePassword)
  } finally {
    await close()
  }
}

/** What a node answers at `/openapi.json`, in lines. */
async function readContract(config: Config): Promise<string> {
  const node = await startNode(config, log)
  try {
    const contract: unknown = await (await fetch(`${node.url}/openapi.json`)).json()
    return `${JSON.stringify(contract, null, 2)}\n`
  } finally {
    await node.stop()
  }
}

/** The contract as the types that the portal's client is checked by. */
async function makeContractTypes(contract: string): Promise<GeneratedFile> {
  const syntax = await openapiTypescript(contract, { alphabetize: true })
  return { path: 'web/src/api/schema.d.ts', text: `// Made from openapi.json.\n\n${astToString(syntax)}` }
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
