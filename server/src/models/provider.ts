// Providers of models, of the platform or of one organisation. Their keys are write-only: the database knows where a key
// lies, which version of it is in use and its mask, nothing else.

import type { Kysely } from 'kysely'
import { constraintOf } from '../kernel/database-error.ts'
import type { ControlTx, OrganisationTx } from '../kernel/database.ts'
import { type EgressPolicy, parseEgressUrl } from '../kernel/egress.ts'
import { newId } from '../kernel/id.ts'
import type { DB as OrganisationTables } from '../kernel/organisation-tables.ts'
import { notFound } from '../kernel/problem.ts'
import { mask, Secret } from '../keys/secret.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import { baseUrlRefused, providerNameTaken } from './problems.ts'

type Shared = 'models.provider' | 'models.price'

/** The tables that both kinds of database have alike; what is done with them here is the same for both. */
export type ModelsTx = Kysely<Pick<OrganisationTables, Shared>>

/** A transaction of the control database, narrowed to the tables that both have. */
export const onPlatform = (tx: ControlTx): ModelsTx => tx.$pickTables<Shared>()
/** A transaction of an organisation's database, narrowed to the tables that both have. */
export const inOrganisation = (tx: OrganisationTx): ModelsTx => tx.$pickTables<Shared>()

export type ProviderDraft = { readonly name: string; readonly type: 'openai_compatible'; readonly base_url: string }

const COLUMNS = ['id', 'name', 'type', 'base_url', 'key_mask', 'status', 'created_at'] as const

const shown = <Row extends { readonly key_mask: string | null }>(row: Row) => ({
  ...row,
  has_key: row.key_mask !== null,
})

/** Providers in the order they were added; the key only as its mask. */
export async function listProviders(tx: ModelsTx) {
  return (await tx.selectFrom('models.provider').select(COLUMNS).orderBy('id').execute()).map(shown)
}

/** One provider; refuses with `not_found`. */
export async function getProvider(tx: ModelsTx, provider_id: string) {
  const provider = await tx
    .selectFrom('models.provider')
    .select(COLUMNS)
    .where('id', '=', provider_id)
    .executeTakeFirst()
  if (provider === undefined) throw notFound()
  return shown(provider)
}

/**
 * An address that calls may go to, without credentials, query or fragment, and without the trailing slash. Plain http would
 * carry the key in clear, so it is for private addresses only, where the operator allows those.
 */
function parseBaseUrl(text: string, egress: EgressPolicy): string {
  const url = URL.canParse(text) ? new URL(text) : null
  const isPlain = url?.protocol === 'http:'
  if (
    url === null ||
    url.username !== '' ||
    url.search !== '' ||
    url.hash !== '' ||
    (isPlain && !egress.allow_private)
  ) {
    throw baseUrlRefused(
      {},
      {
        detail: 'The base URL must be an https address such as https://api.example.com/v1.',
        fields: [{ pointer: '/base_url', message: 'must be an https address without credentials or query' }],
      },
    )
  }
  return parseEgressUrl(url.href, egress).href.replace(/\/+$/, '')
}

const namingConflict = (error: unknown): never => {
  if (constraintOf(error) === 'provider__name_is_taken') throw providerNameTaken()
  throw error
}

/** Adds a provider without a key. Refuses a name that is taken and an address that is none. */
export async function createProvider(tx: ModelsTx, draft: ProviderDraft, egress: EgressPolicy) {
  const id = newId()
  const base_url = parseBaseUrl(draft.base_url, egress)
  await tx
    .insertInto('models.provider')
    .values({ id, name: draft.name.trim(), type: draft.type, base_url })
    .execute()
    .catch(namingConflict)
  return getProvider(tx, id)
}

export type ProviderChange = {
  readonly name?: string
  readonly base_url?: string
  readonly status?: 'enabled' | 'disabled'
}

/** Changes name, address or status; returns the provider and what it was before. */
export async function changeProvider(tx: ModelsTx, provider_id: string, change: ProviderChange, egress: EgressPolicy) {
  const before = await getProvider(tx, provider_id)
  await tx
    .updateTable('models.provider')
    .set({
      name: change.name?.trim() ?? before.name,
      base_url: change.base_url === undefined ? before.base_url : parseBaseUrl(change.base_url, egress),
      status: change.status ?? before.status,
    })
    .where('id', '=', provider_id)
    .execute()
    .catch(namingConflict)
  return { ...(await getProvider(tx, provider_id)), before }
}

/**
 * Puts a provider's key into the secret store and returns where it lies. The store is written first: until the
 * provider's row names the new version, calls go on with the old one.
 */
export async function storeProviderKey(secrets: SecretStore, path: string, key: string) {
  const versions = await secrets.metadata(path).catch(() => null)
  const value = new Secret(key)
  const secret_version = await secrets.put(path, value, { cas: versions?.current_version ?? 0 })
  return { secret_path: path, secret_version, key_mask: mask(value) }
}

/** Makes a stored key the one in use. Refuses with `not_found`. */
export async function useProviderKey(
  tx: ModelsTx,
  provider_id: string,
  stored: { readonly secret_path: string; readonly secret_version: number; readonly key_mask: string },
) {
  await getProvider(tx, provider_id)
  await tx.updateTable('models.provider').set(stored).where('id', '=', provider_id).execute()
  return getProvider(tx, provider_id)
}

/** Where the key of a platform provider lies. */
export const platformKeyPath = (provider_id: string): string => `platform/providers/${provider_id}`
/** Where the key of an organisation's provider lies. */
export const organisationKeyPath = (organisation_id: string, provider_id: string): string =>
  `orgs/${organisation_id}/providers/${provider_id}`
