// The public apps that ship with the product (`apps/<slug>/*.json`), brought into control at every start: a new one is
// published, a changed one under its new version. What a super-admin suspended or withdrew stays so.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { appendPlatformEntry, platformOriginOf } from '../audit/append.ts'
import type { ControlDatabase, ControlTx } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import type { Log } from '../kernel/log.ts'
import { parseContract } from './check.ts'
import { type AppContract, CONTRACT_FILES } from './contract.ts'
import { hashContract } from './contract-hash.ts'
import { versionEntry } from './internal/version-view.ts'
import { compareVersions } from './version-order.ts'
import { insertDraft, makeCurrent } from './version.ts'
import { onPlatform } from './version-row.ts'

const FOLDER = fileURLToPath(new URL('../../../apps', import.meta.url))

export type ShippedApp = { readonly slug: string; readonly contract: AppContract; readonly hash: Buffer }

/** Reads the shipped apps. Throws when one of them is no contract: a mistake in the product itself. */
export function readShippedApps(folder: string = FOLDER): readonly ShippedApp[] {
  const slugs = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return slugs
    .map(({ name }) => name)
    .sort()
    .map((slug) => {
      const files = CONTRACT_FILES.map((file): [string, unknown] => [
        file,
        JSON.parse(readFileSync(join(folder, slug, `${file}.json`), 'utf8')),
      ])
      const contract = parseContract(Object.fromEntries(files))
      return { slug, contract, hash: hashContract(contract) }
    })
}

/** The words under which shipped apps stand in place of a person's oath. */
const SHIPPED_OATH = 'This version ships with Reeve, whose makers built and tested it and take responsibility for it.'

type Current = {
  readonly slug: string
  readonly app_id: string
  readonly state: string | null
  readonly version: string | null
  readonly content_hash: Buffer | null
}

/** Publishes what is new or changed among the shipped apps. Doing it again, or on several nodes at once, changes nothing. */
export async function publishShippedApps(
  control: ControlDatabase,
  log: Log,
  apps: readonly ShippedApp[] = readShippedApps(),
): Promise<void> {
  await control.transaction(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('apps.shipped', 0))`.execute(tx)
    const { rows } = await sql<Current>`
      select distinct on (a.slug) a.slug, a.id as app_id, v.state, v.version, v.content_hash
      from apps.app a left join apps.version v on v.app_id = a.id and v.published_at is not null
      where a.slug is not null order by a.slug, v.published_at desc nulls last, v.id desc`.execute(tx)
    const known = new Map(rows.map((row) => [row.slug, row]))
    for (const app of apps) {
      const current = known.get(app.slug)
      if (current?.content_hash?.equals(app.hash) === true) continue
      if (current === undefined || mayReplace(app, current, log)) await publishOne(tx, app, current?.app_id ?? null)
    }
  })
}

function mayReplace({ slug, contract }: ShippedApp, current: Current, log: Log): boolean {
  const { version } = contract.info
  if (current.state === 'suspended' || current.state === 'withdrawn') return false
  if (current.version === null || compareVersions(version, current.version) > 0) return true
  log.warn(
    { app: slug, version, published: current.version },
    'a shipped app changed without a higher version; it stays',
  )
  return false
}

async function publishOne(tx: ControlTx, { slug, contract, hash }: ShippedApp, known_id: string | null): Promise<void> {
  const app_id = known_id ?? newId()
  if (known_id === null) await tx.insertInto('apps.app').values({ id: app_id, slug }).execute()
  const draft = await insertDraft(onPlatform(tx), { app_id, author_id: null, content: contract })
  const { version } = contract.info
  await sql`
    update apps.version set state = 'approved', version = ${version}, content_hash = ${hash}, submitted_at = now()
    where id = ${draft.id}`.execute(tx)
  await tx
    .insertInto('apps.oath')
    .values({ version_id: draft.id, expert_id: null, statement: SHIPPED_OATH, content_hash: hash })
    .execute()
  const published = await makeCurrent(onPlatform(tx), draft)
  const origin = platformOriginOf(
    { kind: 'system', name: 'shipped apps', use: { via: 'system' } },
    { request_id: null, address: null },
  )
  await appendPlatformEntry(tx, origin, versionEntry('app.published', published, { slug, oath: SHIPPED_OATH }))
}
