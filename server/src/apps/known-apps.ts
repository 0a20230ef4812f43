// Apps that can be run at a place, with the apps they call. A contract never changes under its hash, so a node remembers
// contracts by it.

import { sql } from 'kysely'
import type { OrganisationTx } from '../kernel/database.ts'
import { parseContract } from './check.ts'
import type { AppContract } from './contract.ts'
import { isObject } from './internal/value.ts'
import type { AppSource, KnownApp } from './known.ts'
import type { AppsTx } from './version-row.ts'

/** An app as another one names it. */
export type AppReference = { readonly app_id: string; readonly version: string | undefined }

/** An app in the version that runs, from one database. */
export type PublishedApp = KnownApp & {
  readonly version_id: string
  readonly contract_hash: Buffer
  readonly published_at: Date
}

const MAX_REMEMBERED = 500
const remembered = new Map<string, AppContract>()

/** A contract that was parsed here lately, or null. */
export const findContract = (hash: Buffer): AppContract | null => remembered.get(hash.toString('base64')) ?? null

/** Parses stored content once for each hash; the least recently used are forgotten. */
export function contractOf(hash: Buffer, content: unknown): AppContract {
  const key = hash.toString('base64')
  const contract = remembered.get(key) ?? parseContract(content)
  remembered.delete(key)
  remembered.set(key, contract)
  const [oldest] = remembered.keys()
  if (remembered.size > MAX_REMEMBERED && oldest !== undefined) remembered.delete(oldest)
  return contract
}

type Row = {
  readonly id: string
  readonly app_id: string
  readonly version: string
  readonly content: unknown
  readonly content_hash: Buffer
  readonly published_at: Date
}

/**
 * The apps of one database that can be run: of each reference the published version, or the one it names if that was
 * published before. An app that is suspended, withdrawn or not there is not among them, in no version.
 */
export async function findPublishedApps(
  tx: AppsTx,
  source: AppSource,
  references: readonly AppReference[],
): Promise<readonly PublishedApp[]> {
  if (references.length === 0) return []
  const ids = references.map(({ app_id }) => app_id)
  const { rows } = await sql<Row & { readonly state: string }>`
    select v.id, v.app_id, v.version, v.state, v.content, v.content_hash, v.published_at from apps.version v
    where v.app_id = any(${ids}::uuid[]) and v.state in ('published', 'superseded')
      and exists (select from apps.version s where s.app_id = v.app_id and s.state = 'published')`.execute(tx)
  const wanted = rows.filter(({ app_id, version, state }) =>
    references.some(
      (each) =>
        each.app_id === app_id && (each.version === undefined ? state === 'published' : each.version === version),
    ),
  )
  return wanted.map(({ id, app_id, version, content, content_hash, published_at }) => ({
    app_id,
    version,
    source,
    version_id: id,
    contract: contractOf(content_hash, content),
    contract_hash: content_hash,
    published_at,
  }))
}

/** The apps that content names, whatever it is: a draft may be anything. */
export function referencesIn(content: unknown): readonly AppReference[] {
  const found: AppReference[] = []
  const waiting: unknown[] = [content]
  while (waiting.length > 0 && found.length < 100) {
    const value = waiting.pop()
    if (Array.isArray(value)) for (const each of value) waiting.push(each)
    else if (isObject(value)) {
      const { type, app, version } = value
      if (type === 'sub_app' && typeof app === 'string' && UUID.test(app)) {
        found.push({ app_id: app, version: typeof version === 'string' ? version : undefined })
      }
      waiting.push(...Object.values(value))
    }
  }
  return found
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export type Catalogue = {
  readonly mode: 'all' | 'allowlist' | 'blocklist'
  readonly allow: ReadonlySet<string>
  readonly block: ReadonlySet<string>
}

/** The organisation's choice among public apps. */
export async function readCatalogue(tx: OrganisationTx): Promise<Catalogue> {
  const { mode } = await tx.selectFrom('apps.catalog').select('mode').executeTakeFirstOrThrow()
  const entries = await tx.selectFrom('apps.catalog_entry').select(['list', 'app_id']).execute()
  const on = (list: string) => new Set(entries.filter((each) => each.list === list).map(({ app_id }) => app_id))
  return { mode: mode === 'allowlist' || mode === 'blocklist' ? mode : 'all', allow: on('allow'), block: on('block') }
}

/** Whether the catalogue lets the organisation have a public app. */
export function isInCatalogue({ mode, allow, block }: Catalogue, app_id: string): boolean {
  return mode === 'all' || (mode === 'allowlist' ? allow.has(app_id) : !block.has(app_id))
}
