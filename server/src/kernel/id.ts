// Identifiers. They are made in Node, so that a row's name is known before the database has seen it.

import { randomBytes, randomFillSync } from 'node:crypto'

const pool = Buffer.alloc(4096)
let poolOffset = pool.length
let lastMs = 0
let sequence = 0
/** The milliseconds and the version as they stand in an id, made anew when the millisecond changes. */
let prefix = ''
let prefixMs = -1

const VARIANTS = '89ab'

/**
 * A UUIDv7 (RFC 9562): 48 bits of milliseconds, a 12-bit sequence that keeps ids of one process in order within a
 * millisecond, 62 random bits. Ids of one process sort by the moment they were made.
 */
export function newId(): string {
  if (poolOffset + 10 > pool.length) {
    randomFillSync(pool)
    poolOffset = 0
  }
  const now = Date.now()
  if (now > lastMs) {
    lastMs = now
    sequence = ((pool[poolOffset] ?? 0) << 2) | ((pool[poolOffset + 1] ?? 0) & 3)
  } else if (++sequence > 0xfff) {
    lastMs += 1
    sequence = 0
  }
  if (prefixMs !== lastMs) {
    prefixMs = lastMs
    const time = lastMs.toString(16).padStart(12, '0')
    prefix = `${time.slice(0, 8)}-${time.slice(8)}-`
  }
  const order = (0x7000 | sequence).toString(16)
  const variant = VARIANTS.charAt((pool[poolOffset + 2] ?? 0) & 3)
  const tail = pool.toString('hex', poolOffset + 2, poolOffset + 10)
  poolOffset += 10
  return `${prefix}${order}-${variant}${tail.slice(1, 4)}-${tail.slice(4)}`
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Whether a text is a UUID in the one form Reeve writes (lower case, hyphens). */
export function isId(text: string): boolean {
  return UUID.test(text)
}

/** The smallest UUIDv7 of an instant: every id made earlier sorts before it. */
export function firstIdAt(at: Date): string {
  const time = Math.max(0, at.getTime()).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** A number as base62 digits, left-padded with zeros to `length`; throws when it does not fit. */
export function toBase62(value: bigint, length: number): string {
  let text = ''
  for (let rest = value; rest > 0n; rest /= 62n) text = BASE62.charAt(Number(rest % 62n)) + text
  if (text.length > length) throw new RangeError('The value has more base62 digits than allowed')
  return text.padStart(length, '0')
}

/** By character code; 62 for what is no digit. */
const DIGITS = Uint8Array.from({ length: 128 }, (_, code) => {
  const digit = BASE62.indexOf(String.fromCharCode(code))
  return digit < 0 ? 62 : digit
})

/** So many digits are exact in a number: 62^8 is below 2^48. */
const CHUNK = 8
const CHUNK_VALUES = 62n ** BigInt(CHUNK)
const IDS = 1n << 128n

/** The number of at most eight base62 digits from `start` to `end`, or NaN when a character is not one. */
function chunkFromBase62(text: string, start: number, end: number): number {
  let value = 0
  for (let at = start; at < end; at++) {
    const digit = DIGITS[text.charCodeAt(at)] ?? 62
    if (digit === 62) return NaN
    value = value * 62 + digit
  }
  return value
}

/** The number of base62 digits, or null when a character is not one. */
export function fromBase62(text: string): bigint | null {
  let value = 0n
  for (let end = text.length % CHUNK, start = 0; start < text.length; start = end, end += CHUNK) {
    const chunk = chunkFromBase62(text, start, end)
    if (Number.isNaN(chunk)) return null
    value = value * CHUNK_VALUES + BigInt(chunk)
  }
  return value
}

/** A UUID as 22 base62 digits. */
export function idToBase62(id: string): string {
  return toBase62(BigInt(`0x${id.replaceAll('-', '')}`), 22)
}

/** The UUID that 22 base62 digits name, or null when they name none. */
export function idFromBase62(text: string): string | null {
  if (text.length !== 22) return null
  const value = fromBase62(text)
  if (value === null || value >= IDS) return null
  const hex = value.toString(16).padStart(32, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** A random secret of 256 bits in base64url (43 characters). */
export function newSecretText(): string {
  return randomBytes(32).toString('base64url')
}
