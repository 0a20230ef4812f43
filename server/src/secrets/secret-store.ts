// Where credentials live, and the only place. The shape is that of Vault's KV v2 engine; `secret-store.suite.ts` says in tests
// what every implementation must do. The database holds a path, a version and a mask, never a value.

import type { Health, KeyProvider } from '../keys/key-provider.ts'
import type { Secret } from '../keys/secret.ts'
import { openLocalSecretStore } from './internal/local.ts'

type SecretMetadata = {
  readonly current_version: number
  readonly versions: readonly { readonly version: number; readonly destroyed: boolean }[]
}

/**
 * A path is one to eight segments of lower-case letters, digits, `-` and `_`, such as `orgs/<id>/providers/<id>` or
 * `platform/providers/<id>`. Every method but `health` refuses with `secret_store_unavailable` when the store cannot be reached.
 */
export type SecretStore = {
  /**
   * Stores a value as the version after `cas`, which is the version the writer has seen (0: none yet), and returns its number.
   * Of several writers at once one wins, the others get `secret_conflict`. Version numbers are never used twice.
   */
  put(path: string, value: Secret, options: { readonly cas: number }): Promise<number>
  /** The current or a given version; `secret_not_found` when it was never written or has been destroyed. */
  get(path: string, version?: number): Promise<{ readonly value: Secret; readonly version: number }>
  /** Removes one version, or all there are, for good. `secret_not_found` when nothing was ever written there. */
  destroy(path: string, version?: number): Promise<void>
  /** Which versions there are, without their values; `secret_not_found` when nothing was ever written there. */
  metadata(path: string): Promise<SecretMetadata>
  /** Whether secrets can be read and written now. It never throws. */
  health(): Promise<Health>
}

/** Opens the bundled store: encrypted files in `directory`, under a key of its own in `keys`. */
export async function openSecretStore(directory: string, keys: KeyProvider): Promise<SecretStore> {
  return openLocalSecretStore(directory, keys)
}
