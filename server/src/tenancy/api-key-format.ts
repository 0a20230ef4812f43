// API keys: `rv_<organisation>_<id>_<secret>_<checksum>`. Organisation and id are UUIDs in base62, so a key names where
// it is checked; the checksum lets scanners and typing errors be told apart without asking anybody.

import { hash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { fromBase62, idFromBase62, idToBase62, toBase62 } from '../kernel/id.ts'

export type ParsedKey = {
  readonly organisation_id: string
  readonly api_key_id: string
  readonly secret_hash: Buffer
}

type CarriedScopes = { readonly scopes: readonly string[]; readonly account_permissions: readonly string[] | null }

/** What a key carries now: its scopes, and of a service account's no more than the account may do. */
export function liveScopesOf({ scopes, account_permissions }: CarriedScopes): readonly string[] {
  return account_permissions === null ? scopes : scopes.filter((each) => account_permissions.includes(each))
}

const SECRET_LENGTH = 43
const PATTERN = /^rv_([0-9A-Za-z]{22})_([0-9A-Za-z]{22})_([0-9A-Za-z]{43})_([0-9A-Za-z]{6})$/

/** SHA-256 of the secret part: it has 256 random bits, so a fast hash is enough. */
function hashSecret(secret: string): Buffer {
  return hash('sha256', secret, 'buffer')
}

const checksum = (text: string): string => toBase62(BigInt(crc32(text)), 6)

/** Makes the text of a new key; only its hash and mask are ever stored. */
export function newKeyText(
  organisation_id: string,
  api_key_id: string,
): { readonly text: string; readonly secret_hash: Buffer; readonly mask: string } {
  const secret = toBase62(BigInt(`0x${randomBytes(32).toString('hex')}`), SECRET_LENGTH)
  const body = `rv_${idToBase62(organisation_id)}_${idToBase62(api_key_id)}_${secret}`
  const text = `${body}_${checksum(body)}`
  return { text, secret_hash: hashSecret(secret), mask: `rv_…${text.slice(-4)}` }
}

/** Reads a key; null when it is not one, its checksum included. Says nothing about whether the key is valid. */
export function parseKey(text: string): ParsedKey | null {
  const match = PATTERN.exec(text)
  if (match === null) return null
  const [, organisation = '', id = '', secret = '', sum = ''] = match
  // The checksum is no secret: anybody can reckon it.
  if (fromBase62(sum) !== BigInt(crc32(text.slice(0, -7)))) return null
  const organisation_id = idFromBase62(organisation)
  const api_key_id = idFromBase62(id)
  if (organisation_id === null || api_key_id === null) return null
  return { organisation_id, api_key_id, secret_hash: hashSecret(secret) }
}
