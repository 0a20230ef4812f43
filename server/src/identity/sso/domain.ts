// Domains that a connection may speak for. Anybody may claim one; it counts when a DNS record proves it, or the super-admin
// says so, and then it belongs to one connection.

import { sql } from 'kysely'
import { appendPlatformEntry, type Origin } from '../../audit/append.ts'
import { constraintOf } from '../../kernel/database-error.ts'
import type { ControlDatabase, ControlTx } from '../../kernel/database.ts'
import { newSecretText } from '../../kernel/id.ts'
import { notFound } from '../../kernel/problem.ts'
import { type Connection, type ConnectionOwner, getConnection, requireEntitled } from './connection.ts'
import type { LookUpTexts } from './dns.ts'
import { skeletonOf } from '../look-alike.ts'
import { parseDomain } from './domain-name.ts'
import { domainLooksAlike, domainNotProven, domainTaken, tooManyConnections } from './problems.ts'

const MAX_DOMAINS = 100

export type ClaimedDomain = {
  readonly connection_id: string
  readonly domain: string
  /** The TXT record that proves it, until it is proven. */
  readonly record: { readonly name: string; readonly value: string }
  readonly created_at: Date
  readonly checked_at: Date | null
  readonly verified_at: Date | null
  readonly verified_by: string | null
}

const COLUMNS = [
  'connection_id',
  'domain',
  'challenge',
  'created_at',
  'checked_at',
  'verified_at',
  'verified_by',
] as const

/** Where the record of a domain is looked for. */
const recordName = (domain: string): string => `_reeve.${domain}`
const recordValue = (challenge: string): string => `reeve-domain=${challenge}`

type Row = Omit<ClaimedDomain, 'record'> & { readonly challenge: string }

const read = ({ challenge, ...row }: Row): ClaimedDomain => ({
  ...row,
  record: { name: recordName(row.domain), value: recordValue(challenge) },
})

/** The domains of a connection by name. Throws `not_found`. */
export async function listDomains(
  tx: ControlTx,
  owner: ConnectionOwner,
  connection_id: string,
): Promise<readonly ClaimedDomain[]> {
  await getConnection(tx, owner, connection_id)
  const rows = await tx
    .selectFrom('identity.sso_domain')
    .select(COLUMNS)
    .where('connection_id', '=', connection_id)
    .orderBy('domain')
    .execute()
  return rows.map(read)
}

async function lockDomain(tx: ControlTx, connection_id: string, domain: string): Promise<Row> {
  const row = await tx
    .selectFrom('identity.sso_domain')
    .select(COLUMNS)
    .where('connection_id', '=', connection_id)
    .where('domain', '=', domain)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  return row
}

const entryOf = (connection: Connection, domain: string) => ({
  target: { type: 'sso_connection', id: connection.id },
  ...(connection.organisation_id !== null && { organisation_id: connection.organisation_id }),
  data: { domain },
})

/** Claims a domain, with its log entry; claiming again changes nothing. Throws `domain_invalid` or `not_found`. */
export async function claimDomain(
  tx: ControlTx,
  origin: Origin,
  owner: ConnectionOwner,
  connection_id: string,
  text: string,
): Promise<ClaimedDomain> {
  const domain = parseDomain(text)
  const connection = await getConnection(tx, owner, connection_id)
  await requireEntitled(tx, owner)
  const claimed = await listDomains(tx, owner, connection_id)
  const before = claimed.find((each) => each.domain === domain)
  if (before !== undefined) return before
  if (claimed.length >= MAX_DOMAINS) throw tooManyConnections({ limit: MAX_DOMAINS })
  const row = await tx
    .insertInto('identity.sso_domain')
    .values({ connection_id, domain, skeleton: skeletonOf(domain), challenge: newSecretText() })
    .onConflict((conflict) => conflict.columns(['connection_id', 'domain']).doUpdateSet({ domain }))
    .returning(COLUMNS)
    .executeTakeFirstOrThrow()
  await appendPlatformEntry(tx, origin, { event: 'domain.claimed', ...entryOf(connection, domain) })
  return read(row)
}

/**
 * Looks for the record that proves a domain and, when it is there, gives the domain to the connection. No transaction is open
 * while the DNS is asked. Throws `not_found`, `domain_not_proven`, `dns_unavailable`, `domain_taken` or `domain_looks_alike`.
 */
export async function verifyDomain(
  control: ControlDatabase,
  lookUp: LookUpTexts,
  origin: Origin,
  place: { readonly owner: ConnectionOwner; readonly connection_id: string; readonly domain: string },
): Promise<ClaimedDomain> {
  const { owner, connection_id, domain } = place
  const claimed = await control.transaction(async (tx) => {
    await getConnection(tx, owner, connection_id)
    return lockDomain(tx, connection_id, domain)
  })
  if (claimed.verified_at !== null) return read(claimed)
  const texts = await lookUp(recordName(domain))
  const isProven = texts.some((text) => text.trim() === recordValue(claimed.challenge))
  if (!isProven) {
    await control.transaction((tx) => noteChecked(tx, connection_id, domain))
    const { name, value } = read(claimed).record
    throw domainNotProven({ name, value }, { detail: `Add a TXT record ${name} with the value ${value}.` })
  }
  return control.transaction((tx) => grantDomain(tx, origin, { owner, connection_id, domain, by: 'dns' }))
}

async function noteChecked(tx: ControlTx, connection_id: string, domain: string): Promise<void> {
  await tx
    .updateTable('identity.sso_domain')
    .set({ checked_at: sql<Date>`now()` })
    .where('connection_id', '=', connection_id)
    .where('domain', '=', domain)
    .execute()
}

/**
 * Gives a claimed domain to its connection: proven by DNS, or because the super-admin says so, who alone may also give one
 * that looks like another's. Throws `not_found`, `domain_taken` or `domain_looks_alike`.
 */
export async function grantDomain(
  tx: ControlTx,
  origin: Origin,
  given: {
    readonly owner: ConnectionOwner
    readonly connection_id: string
    readonly domain: string
    readonly by: 'dns' | 'superadmin'
  },
): Promise<ClaimedDomain> {
  const { owner, connection_id, domain, by } = given
  const connection = await getConnection(tx, owner, connection_id)
  await lockDomain(tx, connection_id, domain)
  if (by === 'dns') await refuseLookAlike(tx, connection_id, domain)
  try {
    const row = await tx
      .updateTable('identity.sso_domain')
      .set({ verified_at: sql<Date>`now()`, checked_at: sql<Date>`now()`, verified_by: by })
      .where('connection_id', '=', connection_id)
      .where('domain', '=', domain)
      .returning(COLUMNS)
      .executeTakeFirstOrThrow()
    const entry = entryOf(connection, domain)
    await appendPlatformEntry(tx, origin, { event: 'domain.verified', ...entry, data: { domain, by } })
    return read(row)
  } catch (error) {
    if (constraintOf(error) === 'sso_domain__belongs_to_one_connection') throw domainTaken({ domain })
    throw error
  }
}

async function refuseLookAlike(tx: ControlTx, connection_id: string, domain: string): Promise<void> {
  const other = await tx
    .selectFrom('identity.sso_domain')
    .select('domain')
    .where('skeleton', '=', skeletonOf(domain))
    .where('domain', '<>', domain)
    .where('connection_id', '<>', connection_id)
    .where('verified_at', 'is not', null)
    .executeTakeFirst()
  if (other !== undefined) throw domainLooksAlike({ domain })
}

/** Gives a domain up, with its log entry. Throws `not_found`. */
export async function releaseDomain(
  tx: ControlTx,
  origin: Origin,
  owner: ConnectionOwner,
  connection_id: string,
  domain: string,
): Promise<void> {
  const connection = await getConnection(tx, owner, connection_id)
  await lockDomain(tx, connection_id, domain)
  await tx
    .deleteFrom('identity.sso_domain')
    .where('connection_id', '=', connection_id)
    .where('domain', '=', domain)
    .execute()
  await appendPlatformEntry(tx, origin, { event: 'domain.released', ...entryOf(connection, domain) })
}

/** Whether a domain belongs to a connection. */
export async function isDomainOf(tx: ControlTx, connection_id: string, domain: string): Promise<boolean> {
  const row = await tx
    .selectFrom('identity.sso_domain')
    .select('domain')
    .where('connection_id', '=', connection_id)
    .where('domain', '=', domain)
    .where('verified_at', 'is not', null)
    .executeTakeFirst()
  return row !== undefined
}

/** The enabled connection that speaks for a domain, as a person who wants to sign in may see it; or null. */
export async function findConnectionOfDomain(
  tx: ControlTx,
  domain: string,
): Promise<{ readonly connection_id: string; readonly name: string; readonly preset: string } | null> {
  const row = await tx
    .selectFrom('identity.sso_domain as d')
    .innerJoin('identity.sso_connection as c', 'c.id', 'd.connection_id')
    .leftJoin('identity.sso_setting as s', 's.organisation_id', 'c.organisation_id')
    .leftJoin('tenancy.organisation as o', 'o.id', 'c.organisation_id')
    .select(['c.id as connection_id', 'c.name', 'c.preset'])
    .where('d.domain', '=', domain)
    .where('d.verified_at', 'is not', null)
    .where('c.status', '=', 'enabled')
    .where((is) => is.or([is('s.is_entitled', 'is', null), is('s.is_entitled', '=', true)]))
    .where((is) => is.or([is('o.status', 'is', null), is('o.status', '=', 'active')]))
    .executeTakeFirst()
  return row ?? null
}
