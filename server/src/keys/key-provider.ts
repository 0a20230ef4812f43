// Where keys live. No key leaves its provider: callers hand in what is to be wrapped or signed. The shape is that of Vault's
// Transit engine; `key-provider.suite.ts` says in tests what every implementation must do.

import { openLocalKeyring } from './internal/local.ts'
import type { Key, KeyType, PublicKey, Signature, Wrapped } from './key.ts'
import type { Secret } from './secret.ts'

export type Health = { readonly healthy: true } | { readonly healthy: false; readonly reason: string }

/**
 * Every method refuses an unknown key with `key_not_found`, and with `key_provider_unavailable` when the keys cannot be
 * reached. What one process changes, every other sees with its next call.
 */
export type KeyProvider = {
  /** A new random key, at version 1; `key_exists` when the name is taken. */
  createKey(name: string, type: KeyType): Promise<Key>
  getKey(name: string): Promise<Key>
  /** Encrypts a short plaintext (a data key) under the latest version. */
  wrap(name: string, plaintext: Uint8Array): Promise<Wrapped>
  /** `key_version_refused` below the minimum version, `ciphertext_refused` for anything that this key did not wrap. */
  unwrap(name: string, wrapped: Uint8Array): Promise<Buffer>
  /** Adds a version, which wraps and signs from now on; older ones still open. Returns it. */
  rotate(name: string): Promise<number>
  /** Versions below open nothing any more; reversible until they are trimmed. `key_version_refused` outside the versions. */
  setMinVersion(name: string, version: number): Promise<void>
  /** Removes the versions below for good; `key_version_refused` above the minimum version. */
  trim(name: string, version: number): Promise<void>
  /** The act that must precede `destroy`; it can be taken back. */
  allowDeletion(name: string, allowed: boolean): Promise<void>
  /** Removes the key and with it all it ever wrapped; `key_deletion_refused` unless deletion was allowed. */
  destroy(name: string): Promise<void>
  /** An Ed25519 signature by the latest version. */
  sign(name: string, message: Uint8Array): Promise<Signature>
  /** The public half of a version in use, by default of the latest; `key_version_refused` for any other. */
  publicKey(name: string, version?: number): Promise<PublicKey>
  /** Whether keys can be used now. It never throws. */
  health(): Promise<Health>
}

/** Where the bundled keyring lies, and what opens it: a passphrase, or null for a key file beside it. */
type KeyringSettings = { readonly directory: string; readonly passphrase: Secret | null }

/**
 * Opens the bundled keyring and makes it at the first start. A keyring that this passphrase does not open is `keyring_locked`
 * with one sentence that says what to mend.
 */
export async function openKeyProvider(settings: KeyringSettings): Promise<KeyProvider> {
  return openLocalKeyring(settings.directory, settings.passphrase)
}
