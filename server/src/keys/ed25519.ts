// Ed25519 keys (RFC 8032) as their bare 32 bytes, for the forms in which Reeve keeps and shows them.

import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'

const PKCS8_START = Buffer.from('302e020100300506032b657004220420', 'hex') // RFC 8410 section 7, up to the seed
const SPKI_START = Buffer.from('302a300506032b6570032100', 'hex') // RFC 8410 section 4, up to the public key

/** The private key that a seed of 32 bytes stands for. */
export function privateKeyOf(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8_START, seed]), format: 'der', type: 'pkcs8' })
}

/** The 32 bytes of the public half. */
export function publicBytesOf(privateKey: KeyObject): Buffer {
  return createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32)
}

/** The public key that these 32 bytes are. */
export function publicKeyOf(bytes: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([SPKI_START, bytes]), format: 'der', type: 'spki' })
}
