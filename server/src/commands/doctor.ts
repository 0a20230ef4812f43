// `reeve doctor`: what an operator would check by hand, one line each.

import type { Config } from '../config.ts'
import { openDeployment } from '../deployment.ts'
import type { OrganisationDatabase } from '../kernel/database.ts'
import { createLog } from '../kernel/log.ts'
import { asAdmin } from '../kernel/placement.ts'
import { findLedgerViolations } from '../ledger/invariants.ts'

type Finding = { readonly isGood: boolean; readonly line: string }

const good = (line: string): Finding => ({ isGood: true, line })
const bad = (line: string): Finding => ({ isGood: false, line })

/** Checks keys, rights and databases; prints a line each and exits with 1 when one is bad. */
export async function runDoctor(config: Config): Promise<void> {
  const deployment = await openDeployment(config, createLog('error'))
  const findings: Finding[] = []
  try {
    const { secrets, keys, server, control_name, migration, control, databases } = deployment
    for (const [name, health] of [
      ['key provider', await keys.health()],
      ['secret store', await secrets.health()],
    ] as const) {
      findings.push(health.healthy ? good(`The ${name} works.`) : bad(`The ${name} does not work: ${health.reason}`))
    }
    findings.push(...(await asAdmin(server.admin_url(control_name), findRights)))
    for (const name of migration.failed)
      findings.push(bad(`Database ${name} did not migrate; its organisation is closed.`))
    const placed = await control.transaction((tx) =>
      tx.selectFrom('kernel.placement').select(['organisation_id', 'database_name', 'role_version', 'state']).execute(),
    )
    const spares = placed.filter((each) => each.state === 'spare').length
    findings.push(spares > 0 ? good(`${spares} spare databases are ready.`) : bad('No spare database is ready.'))
    for (const place of placed) {
      if (place.organisation_id === null) continue
      findings.push(...(await findInOrganisation(place.organisation_id, databases.at(place))))
    }
  } finally {
    await deployment.close()
  }
  for (const { isGood, line } of findings) process.stdout.write(`${isGood ? 'ok ' : 'BAD'} ${line}\n`)
  if (findings.some((finding) => !finding.isGood)) process.exitCode = 1
}

async function findInOrganisation(id: string, database: OrganisationDatabase): Promise<readonly Finding[]> {
  try {
    const violations = await database.transaction(findLedgerViolations)
    if (violations.length === 0) return [good(`Organisation ${id} is reached and its ledger agrees with itself.`)]
    return violations.map((sentence) => bad(`Organisation ${id}: ${sentence}`))
  } catch {
    return [bad(`Organisation ${id} cannot be reached.`)]
  }
}

async function findRights(client: Parameters<Parameters<typeof asAdmin>[1]>[0]): Promise<readonly Finding[]> {
  const { rows } = await client.query<{ version: number; createdb: boolean; createrole: boolean; sync: string }>(`
    select current_setting('server_version_num')::int as version, rolcreatedb or rolsuper as createdb,
      rolcreaterole or rolsuper as createrole, current_setting('synchronous_commit') as sync
    from pg_roles where rolname = current_user`)
  const [row] = rows
  if (row === undefined) return [bad('The database role cannot be read.')]
  const major = Math.floor(row.version / 10_000)
  return [
    major >= 17
      ? good(`PostgreSQL ${major} is supported.`)
      : bad(`PostgreSQL ${major} is too old: 17 or 18 is needed.`),
    row.createdb ? good('The role may create databases.') : bad('The role of DATABASE_URL needs CREATEDB.'),
    row.createrole ? good('The role may create roles.') : bad('The role of DATABASE_URL needs CREATEROLE.'),
    row.sync === 'off' ? bad('synchronous_commit is off: a crash can lose charges.') : good('Commits are synchronous.'),
  ]
}
