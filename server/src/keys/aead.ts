// AES-256-GCM, the one cipher of Reeve. A sealed text is `nonce 12 | ciphertext | tag 16`.

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { ciphertextRefused } from './problems.ts'

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

export const KEY_BYTES = 32

/**
 * Encrypts under a 256-bit key and binds the result to `context`. Nonces are random, so one key may seal 2^32 texts
 * (NIST SP 800-38D section 8.3).
 */
export function seal(key: Uint8Array, context: string, plaintext: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(context))
  return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
}

/** Decrypts what `seal` made with the same key and context; anything else is `ciphertext_refused`, without a hint why. */
export function open(key: Uint8Array, context: string, sealed: Uint8Array): Buffer {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) throw ciphertextRefused()
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(context)).setAuthTag(sealed.subarray(-TAG_BYTES))
  const plaintext = decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES))
  try {
    decipher.final()
  } catch {
    plaintext.fill(0)
    throw ciphertextRefused()
  }
  return plaintext
}
