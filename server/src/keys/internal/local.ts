// The bundled keyring: keys in encrypted files, for one machine or a volume that its nodes share.

import { sign } from 'node:crypto'
import { join } from 'node:path'
import { open, seal } from '../aead.ts'
import { privateKeyOf, publicBytesOf } from '../ed25519.ts'
import type { KeyType, PublicKey, Signature, Wrapped } from '../key.ts'
import { requireDeletionAllowed, requireKeyType, requireVersionInUse, withMinVersion } from '../key.ts'
import { ciphertextRefused, keyProviderUnavailable } from '../problems.ts'
import { isSystemError, isUsableDirectory, openDirectory } from '../revision-file.ts'
import type { Secret } from '../secret.ts'
import { type KeyEntry, materialOf, newEntry, rotated, trimmed } from './key-entry.ts'
import { keyFilesIn } from './key-file.ts'
import { openMasterKey } from './master-key.ts'

const WRAP_FORMAT = 1
const WRAP_START_BYTES = 5

/** Opens the keyring in `directory`, or makes it, and closes the directory to every other user of the machine. */
export async function openLocalKeyring(directory: string, passphrase: Secret | null) {
  const { root, master } = await openRoot(directory, passphrase)
  const files = keyFilesIn(root, master)

  return Object.freeze({
    createKey: async (name: string, type: KeyType) => files.create(newEntry(name, type)),
    getKey: (name: string) => files.read(name, ({ key }) => key),
    wrap: (name: string, plaintext: Uint8Array) => files.read(name, (entry) => wrap(entry, plaintext)),
    unwrap: (name: string, wrapped: Uint8Array) => files.read(name, (entry) => unwrap(entry, Buffer.from(wrapped))),
    sign: (name: string, message: Uint8Array) => files.read(name, (entry) => signWith(entry, message)),
    publicKey: (name: string, version?: number) => files.read(name, (entry) => publicHalf(entry, version)),

    rotate: async (name: string) => (await files.change(name, rotated)).latest_version,
    async setMinVersion(name: string, version: number) {
      await files.change(name, (entry) => ({ ...entry, key: withMinVersion(entry.key, version) }))
    },
    async trim(name: string, version: number) {
      await files.change(name, (entry) => trimmed(entry, version))
    },
    async allowDeletion(name: string, allowed: boolean) {
      await files.change(name, (entry) => ({ ...entry, key: { ...entry.key, deletion_allowed: allowed } }))
    },
    destroy: (name: string) => files.destroy(name, ({ key }) => requireDeletionAllowed(key)),

    async health() {
      if (await isUsableDirectory(join(root, 'master'))) return { healthy: true } as const
      return { healthy: false, reason: `The keyring in ${root} cannot be read and written` } as const
    },
  })
}

async function openRoot(directory: string, passphrase: Secret | null): Promise<{ root: string; master: Buffer }> {
  try {
    const root = await openDirectory(directory)
    return { root, master: await openMasterKey(root, passphrase) }
  } catch (error) {
    if (!isSystemError(error)) throw error
    const detail = `The keyring in ${directory} cannot be opened (${error.message}).`
    throw keyProviderUnavailable({}, { detail, cause: error })
  }
}

function wrap(entry: KeyEntry, plaintext: Uint8Array): Wrapped {
  requireKeyType(entry.key, 'aes256-gcm')
  const version = entry.key.latest_version
  const start = Buffer.alloc(WRAP_START_BYTES)
  start.writeUInt8(WRAP_FORMAT, 0)
  start.writeUInt32BE(version, 1)
  const sealed = seal(materialOf(entry, version), wrapContext(entry, version), plaintext)
  return { wrapped: Buffer.concat([start, sealed]), key_version: version }
}

function unwrap(entry: KeyEntry, wrapped: Buffer): Buffer {
  requireKeyType(entry.key, 'aes256-gcm')
  if (wrapped.length < WRAP_START_BYTES || wrapped[0] !== WRAP_FORMAT) throw ciphertextRefused()
  const version = wrapped.readUInt32BE(1)
  requireVersionInUse(entry.key, version)
  return open(materialOf(entry, version), wrapContext(entry, version), wrapped.subarray(WRAP_START_BYTES))
}

function signWith(entry: KeyEntry, message: Uint8Array): Signature {
  requireKeyType(entry.key, 'ed25519')
  const version = entry.key.latest_version
  return { signature: sign(null, message, privateKeyOf(materialOf(entry, version))), key_version: version }
}

function publicHalf(entry: KeyEntry, asked: number | undefined): PublicKey {
  requireKeyType(entry.key, 'ed25519')
  const version = asked ?? entry.key.latest_version
  requireVersionInUse(entry.key, version)
  return { public_key: publicBytesOf(privateKeyOf(materialOf(entry, version))), key_version: version }
}

function wrapContext({ key }: KeyEntry, version: number): string {
  return `reeve-keyring|v1|wrap|${key.name}|${version}`
}
