// Field encryption. Every organisation has a key of its own (the KEK, which never leaves its provider), which wraps its data keys;
// those encrypt fields. A record is `0x01 | kid u32 | nonce 12 | ciphertext | tag 16`, AES-256-GCM, bound to its place by
// `v1|organisation|table|column|pk|kid`: a record copied to another row, column or organisation does not open there.

import { createHmac, randomBytes } from 'node:crypto'
import { KEY_BYTES, open, seal } from './aead.ts'
import type { KeyProvider } from './key-provider.ts'
import { ciphertextRefused } from './problems.ts'

/** What a data key is for: `content` encrypts fields, `index` makes blind indexes of them. */
export type DataKeyPurpose = 'content' | 'index'

/** A row of `keys.data_key`, as far as it concerns encryption. `kid` is unique within the organisation. */
export type DataKeyRow = {
  readonly kid: number
  readonly purpose: string
  readonly wrapped: Uint8Array
}

type NewDataKey = {
  readonly kid: number
  readonly purpose: DataKeyPurpose
  readonly wrapped: Buffer
  readonly kek_version: number
}

/** A data key in the open, lent for one synchronous act. */
export type DataKey = {
  readonly organisation_id: string
  readonly kid: number
  readonly purpose: string
  readonly bytes: Buffer
}

/** Where a record stands. None of the three may contain `|`. */
export type FieldPlace = { readonly table: string; readonly column: string; readonly pk: string }

const FORMAT = 1
const START_BYTES = 5

/** The name of an organisation's KEK, to be created (`aes256-gcm`) with the organisation. */
export function organisationKeyName(organisationId: string): string {
  return `org-${organisationId}`
}

/**
 * A new random data key, wrapped by the organisation's KEK: the row to insert into `keys.data_key`. The wrapping covers
 * organisation, purpose and kid, so a row changed into another purpose or number does not open.
 */
export async function createDataKey(
  provider: Pick<KeyProvider, 'wrap'>,
  organisationId: string,
  kid: number,
  purpose: DataKeyPurpose,
): Promise<NewDataKey> {
  const plain = Buffer.concat([randomBytes(KEY_BYTES), dataKeyContext(organisationId, kid, purpose)])
  try {
    const { wrapped, key_version } = await provider.wrap(organisationKeyName(organisationId), plain)
    return { kid, purpose, wrapped, kek_version: key_version }
  } finally {
    plain.fill(0, 0, KEY_BYTES)
  }
}

/** The data key of a row; `ciphertext_refused` when the row is not what the organisation's KEK wrapped. */
export async function unwrapDataKey(
  provider: Pick<KeyProvider, 'unwrap'>,
  organisationId: string,
  row: DataKeyRow,
): Promise<DataKey> {
  const plain = await provider.unwrap(organisationKeyName(organisationId), row.wrapped)
  const { kid, purpose } = row
  if (!plain.subarray(KEY_BYTES).equals(dataKeyContext(organisationId, kid, purpose))) throw ciphertextRefused()
  return { organisation_id: organisationId, kid, purpose, bytes: plain.subarray(0, KEY_BYTES) }
}

/** Encrypts a field for its place, under a data key of purpose `content`. */
export function sealField(key: DataKey, place: FieldPlace, plaintext: Uint8Array): Buffer {
  requirePurpose(key, 'content')
  const start = Buffer.alloc(START_BYTES)
  start.writeUInt8(FORMAT, 0)
  start.writeUInt32BE(key.kid, 1)
  return Buffer.concat([start, seal(key.bytes, fieldContext(key, place), plaintext)])
}

/** Decrypts a field; a record that was altered, or sealed for another place or under another key, is `ciphertext_refused`. */
export function openField(key: DataKey, place: FieldPlace, record: Uint8Array): Buffer {
  requirePurpose(key, 'content')
  if (readKid(record) !== key.kid) throw ciphertextRefused()
  return open(key.bytes, fieldContext(key, place), record.subarray(START_BYTES))
}

/** The number of the data key that a record needs; `ciphertext_refused` when it is no record. */
export function readKid(record: Uint8Array): number {
  if (record.length < START_BYTES || record[0] !== FORMAT) throw ciphertextRefused()
  return new DataView(record.buffer, record.byteOffset, START_BYTES).getUint32(1)
}

/**
 * The blind index of a value: HMAC-SHA256 under a data key of purpose `index`, by which equal values of one column are found
 * without being read. The caller brings the value into one form first (an e-mail address to lower case).
 */
export function blindIndex(key: DataKey, table: string, column: string, value: string): Buffer {
  requirePurpose(key, 'index')
  return createHmac('sha256', key.bytes)
    .update(`v1|${parsePart(table)}|${parsePart(column)}|${value}`)
    .digest()
}

function dataKeyContext(organisationId: string, kid: number, purpose: string): Buffer {
  return Buffer.from(`data-key|v1|${parsePart(organisationId)}|${kid}|${purpose}`)
}

function fieldContext(key: DataKey, { table, column, pk }: FieldPlace): string {
  return ['v1', key.organisation_id, table, column, pk, `${key.kid}`].map(parsePart).join('|')
}

/** A bar inside a part would let two places share one context. */
function parsePart(part: string): string {
  if (part.includes('|')) throw new Error('The name of a table, column, key or organisation may not contain "|"')
  return part
}

/** Also stands against a key that has been wiped since it was lent: nothing may ever be sealed under zeros. */
function requirePurpose(key: DataKey, purpose: DataKeyPurpose): void {
  if (key.purpose !== purpose) throw new Error(`This data key is for ${key.purpose}, not for ${purpose}`)
  if (key.bytes.every((byte) => byte === 0)) throw new Error('This data key has been wiped')
}
