// Secrets that HTTP tools of internal apps use. An app names one; it never sees the value, and the value goes only to the
// hosts it was given for, whatever an app says: whoever writes an app could otherwise send it anywhere.

import type { OrganisationTx } from '../kernel/database.ts'
import { type EgressPolicy, isEgressAllowed } from '../kernel/egress.ts'
import { isIP } from 'node:net'
import { mask, Secret } from '../keys/secret.ts'
import { notFound } from '../kernel/problem.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import { toolCredentialHostRefused } from './problems.ts'

/** A credential without its value. */
export type ToolCredential = {
  readonly name: string
  readonly description: string
  readonly hosts: readonly string[]
  readonly mask: string
  readonly created_at: Date
  readonly updated_at: Date
}

/** Where the value of a credential lies, for whoever calls a tool. */
export type StoredToolCredential = {
  readonly hosts: readonly string[]
  readonly secret_path: string
  readonly secret_version: number
}

const COLUMNS = ['name', 'description', 'hosts', 'mask', 'created_at', 'updated_at'] as const

/** The credentials of the organisation by name; values only as their masks. */
export async function listToolCredentials(tx: OrganisationTx): Promise<readonly ToolCredential[]> {
  return tx.selectFrom('apps.tool_credential').select(COLUMNS).orderBy('name').limit(500).execute()
}

/** What a tool needs of a credential, or null when there is none of this name. */
async function findToolCredential(tx: OrganisationTx, name: string): Promise<StoredToolCredential | null> {
  const row = await tx
    .selectFrom('apps.tool_credential')
    .select(['hosts', 'secret_path', 'secret_version'])
    .where('name', '=', name)
    .executeTakeFirst()
  return row ?? null
}

/** Hosts as they are compared: lower case, with a port or without, no pattern. Throws `tool_credential_host_refused`. */
export function parseHosts(hosts: readonly string[], egress: EgressPolicy): readonly string[] {
  return hosts.map((host, index) => {
    const parsed = parseHost(host, egress)
    if (parsed !== null) return parsed
    const message = 'is no public host name, with or without a port'
    throw toolCredentialHostRefused({}, { fields: [{ pointer: `/hosts/${index}`, message }] })
  })
}

/** A host, and a port where one is named. */
const HOST = /^(?<host>\[[^\]]*\]|[^:]*)(?::(?<port>[1-9][0-9]{0,4}))?$/

function parseHost(text: string, egress: EgressPolicy): string | null {
  const { host = '', port } = HOST.exec(text.toLowerCase())?.groups ?? {}
  const url = URL.canParse(`https://${host}/`) ? new URL(`https://${host}/`) : null
  if (url === null || url.host !== host || host.includes('*') || Number(port ?? 0) > 65_535) return null
  const name = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(name) !== 0 && !isEgressAllowed(name, egress)) return null
  return port === undefined ? host : `${host}:${port}`
}

/**
 * Whether hosts as `parseHosts` gives them include that of an address. One without a port is meant on the usual port of the
 * address's scheme, and an address without one leads to that very port.
 */
export function isForHost(hosts: readonly string[], { host, hostname, port, protocol }: URL): boolean {
  const usual = protocol === 'http:' ? '80' : '443'
  return hosts.includes(host) || hosts.includes(`${hostname}:${port === '' ? usual : port}`)
}

const pathOf = (organisation_id: string, name: string): string => `orgs/${organisation_id}/tools/${name}`

/** Puts a value into the secret store and says where it lies; until the row names it, the one before is used. */
export async function storeToolSecret(secrets: SecretStore, organisation_id: string, name: string, value: string) {
  const secret_path = pathOf(organisation_id, name)
  const versions = await secrets.metadata(secret_path).catch(() => null)
  const secret = new Secret(value)
  const secret_version = await secrets.put(secret_path, secret, { cas: versions?.current_version ?? 0 })
  return { secret_path, secret_version, mask: mask(secret) }
}

/** Makes or changes a credential. One that is new needs a value: `not_found` otherwise. */
export async function setToolCredential(
  tx: OrganisationTx,
  credential: { readonly name: string; readonly description: string; readonly hosts: readonly string[] },
  stored: Awaited<ReturnType<typeof storeToolSecret>> | null,
): Promise<ToolCredential & { readonly before: { readonly hosts: readonly string[] } | null }> {
  const { name, description, hosts } = credential
  const before = await findToolCredential(tx, name)
  if (stored === null && before === null) throw notFound()
  const fields = { description, hosts: [...hosts] }
  if (stored === null) {
    await tx
      .updateTable('apps.tool_credential')
      .set((is) => ({ ...fields, updated_at: is.fn<Date>('now') }))
      .where('name', '=', name)
      .execute()
  } else {
    await tx
      .insertInto('apps.tool_credential')
      .values({ name, ...fields, ...stored })
      .onConflict((conflict) =>
        conflict.column('name').doUpdateSet((is) => ({ ...fields, ...stored, updated_at: is.fn<Date>('now') })),
      )
      .execute()
  }
  const row = await tx
    .selectFrom('apps.tool_credential')
    .select(COLUMNS)
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  return { ...row, before: before && { hosts: before.hosts } }
}

/** Takes a credential away; its value is destroyed by the caller after the commit. Refuses with `not_found`. */
export async function removeToolCredential(
  tx: OrganisationTx,
  name: string,
): Promise<{ readonly secret_path: string }> {
  const row = await tx
    .deleteFrom('apps.tool_credential')
    .where('name', '=', name)
    .returning('secret_path')
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  return row
}
