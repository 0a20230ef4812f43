// What a key is, and the rules by which its versions move. Pure; the words and bounds are those of Vault's Transit engine.

import { keyDeletionRefused, keyVersionRefused } from './problems.ts'

/** `aes256-gcm` wraps data keys, `ed25519` signs. */
export type KeyType = 'aes256-gcm' | 'ed25519'

export type Key = {
  readonly name: string
  readonly type: KeyType
  /** The version that wraps and signs. */
  readonly latest_version: number
  /** Older versions exist, but open nothing and show no public half. */
  readonly min_decryption_version: number
  /** Older versions are gone for good. */
  readonly min_available_version: number
  readonly deletion_allowed: boolean
}

/** `wrapped` names its key version itself; `key_version` is there to be counted before a version is given up. */
export type Wrapped = { readonly wrapped: Buffer; readonly key_version: number }

export type Signature = { readonly signature: Buffer; readonly key_version: number }

/** The 32 raw bytes of an Ed25519 public key (RFC 8032). */
export type PublicKey = { readonly public_key: Buffer; readonly key_version: number }

const NAME = /^[a-z0-9][a-z0-9-]{0,99}$/

/** The name as it is; anything that cannot be a file name and a Transit key name alike is a bug and throws. */
export function parseKeyName(name: string): string {
  if (!NAME.test(name)) throw new Error('A key name consists of 1 to 100 lower-case letters, digits and hyphens')
  return name
}

/** A key that has just been created. */
export function newKey(name: string, type: KeyType): Key {
  return {
    name: parseKeyName(name),
    type,
    latest_version: 1,
    min_decryption_version: 1,
    min_available_version: 1,
    deletion_allowed: false,
  }
}

/** Asserts the type: asking a signing key to wrap, or the reverse, is a bug. */
export function requireKeyType(key: Key, type: KeyType): void {
  if (key.type !== type) throw new Error(`The key ${key.name} is of type ${key.type}, not ${type}`)
}

/** Refuses a version that is not in use: never made, below the minimum, or trimmed (`key_version_refused`). */
export function requireVersionInUse(key: Key, version: number): void {
  requireVersionWithin(key, version, key.min_decryption_version, key.latest_version)
}

export function withNextVersion(key: Key): Key {
  return { ...key, latest_version: key.latest_version + 1 }
}

/** Versions that exist can be refused and, until they are trimmed, accepted again. */
export function withMinVersion(key: Key, version: number): Key {
  requireVersionWithin(key, version, key.min_available_version, key.latest_version)
  return { ...key, min_decryption_version: version }
}

/** Only what is refused already can be removed, and what was removed cannot come back. */
export function withTrim(key: Key, version: number): Key {
  requireVersionWithin(key, version, key.min_available_version, key.min_decryption_version)
  return { ...key, min_available_version: version }
}

/** Refuses while deletion has not been allowed as an act of its own (`key_deletion_refused`). */
export function requireDeletionAllowed(key: Key): void {
  if (!key.deletion_allowed) throw keyDeletionRefused({ key: key.name })
}

function requireVersionWithin(key: Key, version: number, lowest: number, highest: number): void {
  if (Number.isInteger(version) && version >= lowest && version <= highest) return
  throw keyVersionRefused({ key: key.name, version, lowest, highest })
}
