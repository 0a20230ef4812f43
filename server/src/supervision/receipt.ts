// Receipts: what was decided, in words that prove themselves. Canonical JSON (RFC 8785) signed with the organisation's own
// Ed25519 key (RFC 8032), with the public key inside, so that anybody can check one years later without asking Reeve. Whose
// key it is, the fingerprint says, which the organisation publishes.

import { createHash, verify } from 'node:crypto'
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { canonicalJson } from '../kernel/canonical-json.ts'
import { readJson } from '../kernel/json-text.ts'
import { Problem } from '../kernel/problem.ts'
import { publicKeyOf } from '../keys/ed25519.ts'
import type { KeyProvider } from '../keys/key-provider.ts'
import { keyExists, keyNotFound } from '../keys/problems.ts'

const RECEIPT_FORMAT = 'reeve-receipt/1'

/** What a receipt says besides its key and signature. */
export type ReceiptBody = Readonly<Record<string, unknown>> & { readonly kind: 'decision' | 'finalisation' }

export type SignedReceipt = {
  readonly kind: ReceiptBody['kind']
  /** The canonical JSON of the whole receipt, signature included. */
  readonly content: string
  readonly body: ReceiptBody
}

type SigningKeys = Pick<KeyProvider, 'createKey' | 'publicKey' | 'sign'>

/** The name of the key with which an organisation's receipts are signed. */
function receiptKeyName(organisation_id: string): string {
  return `org-${organisation_id}-receipts`
}

/** What people compare: SHA-256 of the 32 bytes of the public key, hexadecimal. */
function fingerprintOf(public_key: Uint8Array): string {
  return createHash('sha256').update(public_key).digest('hex')
}

export type PublishedKey = { readonly public_key: string; readonly fingerprint: string; readonly key_version: number }

/** The public half of an organisation's key, made at its first use. */
export async function getReceiptKey(keys: SigningKeys, organisation_id: string): Promise<PublishedKey> {
  const name = receiptKeyName(organisation_id)
  const { public_key, key_version } = await keys.publicKey(name).catch(async (error: unknown) => {
    if (!isProblem(error, keyNotFound.code)) throw error
    await keys.createKey(name, 'ed25519').catch((again: unknown) => {
      if (!isProblem(again, keyExists.code)) throw again
    })
    return keys.publicKey(name)
  })
  return { public_key: public_key.toString('base64url'), fingerprint: fingerprintOf(public_key), key_version }
}

const isProblem = (error: unknown, code: string): boolean => error instanceof Problem && error.code === code

/** The public halves that were signed with lately: what belongs to a version never changes. */
const known = new WeakMap<SigningKeys, Map<string, PublishedKey>>()
const REMEMBERED = 1000

async function rememberKey(keys: SigningKeys, organisation_id: string): Promise<PublishedKey> {
  const key = await getReceiptKey(keys, organisation_id)
  const of = known.get(keys) ?? new Map<string, PublishedKey>()
  if (of.size >= REMEMBERED) of.clear()
  known.set(keys, of.set(organisation_id, key))
  return key
}

const ROTATIONS = 3

/** Signs a receipt. Never inside a transaction: the key may lie in another machine. */
export async function signReceipt(
  keys: SigningKeys,
  organisation_id: string,
  body: ReceiptBody,
): Promise<SignedReceipt> {
  for (let tries = 1; ; tries += 1) {
    const key = known.get(keys)?.get(organisation_id) ?? (await rememberKey(keys, organisation_id))
    const said = {
      ...body,
      format: RECEIPT_FORMAT,
      key: { algorithm: 'Ed25519', public_key: key.public_key, fingerprint: key.fingerprint, version: key.key_version },
    }
    const { signature, key_version } = await keys.sign(
      receiptKeyName(organisation_id),
      Buffer.from(canonicalJson(said)),
    )
    if (key_version === key.key_version) {
      const content = canonicalJson({ ...said, signature: signature.toString('base64url') })
      return { kind: body.kind, content, body }
    }
    // The key was rotated since it was read.
    known.get(keys)?.delete(organisation_id)
    if (tries === ROTATIONS) throw new Error('The key of the receipts changes again and again')
  }
}

const Receipt = Type.Object({
  format: Type.Literal(RECEIPT_FORMAT),
  kind: Type.String(),
  key: Type.Object({
    algorithm: Type.Literal('Ed25519'),
    public_key: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
    fingerprint: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    version: Type.Integer({ minimum: 1 }),
  }),
  signature: Type.String({ pattern: '^[A-Za-z0-9_-]{86}$' }),
})
const receipt = Compile(Receipt)

/** What an intact receipt says, or why it is none. */
export type Verified =
  | { readonly is_valid: true; readonly fingerprint: string; readonly receipt: Static<typeof Receipt> }
  | { readonly is_valid: false; readonly reason: string }

/**
 * Checks a receipt with nothing but itself: form, fingerprint, signature. That the key is the organisation's own is seen by
 * comparing the fingerprint with the one that it publishes (`fingerprint`, where the caller knows it).
 */
export function verifyReceipt(text: string, fingerprint: string | null = null): Verified {
  let value: unknown
  try {
    value = readJson(text)
  } catch {
    return { is_valid: false, reason: 'It is not JSON.' }
  }
  if (!receipt.Check(value)) return { is_valid: false, reason: 'It is not a receipt of Reeve.' }
  const { signature, ...said } = value
  const public_key = Buffer.from(value.key.public_key, 'base64url')
  if (fingerprintOf(public_key) !== value.key.fingerprint) {
    return { is_valid: false, reason: 'The fingerprint is not that of the key.' }
  }
  if (fingerprint !== null && fingerprint.toLowerCase() !== value.key.fingerprint) {
    return { is_valid: false, reason: 'It was signed with another key than the one you expect.' }
  }
  const message = canonicalOf(said)
  if (message === null) return { is_valid: false, reason: 'It holds text that has no canonical form.' }
  // A text that says a member twice would be read differently by others: what is signed must be what is written.
  if (canonicalOf(value) !== text.trim()) {
    return { is_valid: false, reason: 'It is not in its canonical form (RFC 8785).' }
  }
  const isIntact = verify(null, Buffer.from(message), publicKeyOf(public_key), Buffer.from(signature, 'base64url'))
  return isIntact
    ? { is_valid: true, fingerprint: value.key.fingerprint, receipt: value }
    : { is_valid: false, reason: 'The signature does not fit: it was altered, or signed with another key.' }
}

function canonicalOf(value: unknown): string | null {
  try {
    return canonicalJson(value)
  } catch {
    return null
  }
}
