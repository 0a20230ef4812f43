// A key with its material, and its form on disk before it is encrypted:
// `type u8 | deletion allowed u8 | latest u32 | min decryption u32 | min available u32 | 32 bytes for each available version`.
// A destroyed key is the one byte 0.

import { randomBytes } from 'node:crypto'
import { KEY_BYTES } from '../aead.ts'
import { type Key, type KeyType, newKey, withNextVersion, withTrim } from '../key.ts'
import { ciphertextRefused } from '../problems.ts'

/** `material` is an AES key or an Ed25519 seed for each available version, oldest first. */
export type KeyEntry = { readonly key: Key; readonly material: Buffer }

const START_BYTES = 14
const TYPES: readonly (KeyType | null)[] = [null, 'aes256-gcm', 'ed25519']

export function newEntry(name: string, type: KeyType): KeyEntry {
  return { key: newKey(name, type), material: randomBytes(KEY_BYTES) }
}

export function rotated(entry: KeyEntry): KeyEntry {
  return { key: withNextVersion(entry.key), material: Buffer.concat([entry.material, randomBytes(KEY_BYTES)]) }
}

export function trimmed(entry: KeyEntry, version: number): KeyEntry {
  return { key: withTrim(entry.key, version), material: entry.material.subarray(offsetOf(entry.key, version)) }
}

/** The 32 bytes of a version, which must be available. */
export function materialOf(entry: KeyEntry, version: number): Buffer {
  const offset = offsetOf(entry.key, version)
  return entry.material.subarray(offset, offset + KEY_BYTES)
}

export function encodeEntry(entry: KeyEntry | null): Buffer {
  if (entry === null) return Buffer.from([0])
  const { key, material } = entry
  const start = Buffer.alloc(START_BYTES)
  start.writeUInt8(TYPES.indexOf(key.type), 0)
  start.writeUInt8(key.deletion_allowed ? 1 : 0, 1)
  start.writeUInt32BE(key.latest_version, 2)
  start.writeUInt32BE(key.min_decryption_version, 6)
  start.writeUInt32BE(key.min_available_version, 10)
  return Buffer.concat([start, material])
}

/** The entry, or null when the key was destroyed. The bytes have been authenticated, so only a newer format is refused. */
export function decodeEntry(name: string, bytes: Buffer): KeyEntry | null {
  const type = TYPES[bytes.readUInt8(0)]
  if (type === undefined) throw ciphertextRefused()
  if (type === null) return null
  const key: Key = {
    name,
    type,
    latest_version: bytes.readUInt32BE(2),
    min_decryption_version: bytes.readUInt32BE(6),
    min_available_version: bytes.readUInt32BE(10),
    deletion_allowed: bytes.readUInt8(1) === 1,
  }
  return { key, material: bytes.subarray(START_BYTES) }
}

function offsetOf(key: Key, version: number): number {
  return (version - key.min_available_version) * KEY_BYTES
}
