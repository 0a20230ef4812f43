// The key pair with which an organisation's worker shows itself to git hosts.
//
// The private half is written in OpenSSH's own format (PROTOCOL.key), because every `ssh` reads it: one before OpenSSH 9.6
// refuses an Ed25519 key in PKCS#8 ("invalid format").

import { createHash, randomBytes } from 'node:crypto'
import { privateKeyOf, publicBytesOf } from './ed25519.ts'
import { Secret } from './secret.ts'

const TYPE = 'ssh-ed25519'
const MAGIC = 'openssh-key-v1\0'
const BLOCK_BYTES = 8

type SshKey = {
  /** For the secret store only. */
  readonly private_key: Secret
  /** `ssh-ed25519 AAAA… reeve-worker@<organisation>`, as a git host wants it. */
  readonly public_key: string
  /** `SHA256:…`, as `ssh-keygen -l` and git hosts show it. */
  readonly fingerprint: string
}

/** A new random Ed25519 key pair, whose comment is `reeve-worker@<organisation>`. */
export function createSshKey(organisation: string): SshKey {
  return formatSshKey(randomBytes(32), randomBytes(4), `reeve-worker@${organisation}`)
}

/** The forms of the key pair that grows from a seed (32 bytes) and the four bytes that OpenSSH checks a decryption by. */
export function formatSshKey(seed: Uint8Array, check: Uint8Array, comment: string): SshKey {
  if (!/^[\x21-\x7e]+$/.test(comment))
    throw new Error('The comment of an SSH key has printable characters and no spaces')
  const publicBytes = publicBytesOf(privateKeyOf(seed))
  const publicBlob = Buffer.concat([field(TYPE), field(publicBytes)])
  return {
    private_key: new Secret(privateFile(publicBlob, publicBytes, seed, check, comment)),
    public_key: `${TYPE} ${publicBlob.toString('base64')} ${comment}`,
    fingerprint: `SHA256:${createHash('sha256').update(publicBlob).digest('base64').replace(/=+$/, '')}`,
  }
}

function privateFile(
  publicBlob: Buffer,
  publicBytes: Buffer,
  seed: Uint8Array,
  check: Uint8Array,
  comment: string,
): string {
  const pair = field(Buffer.concat([seed, publicBytes]))
  const secret = Buffer.concat([check, check, publicBlob, pair, field(comment)])
  const padding = Buffer.from([1, 2, 3, 4, 5, 6, 7]).subarray(0, -secret.length & (BLOCK_BYTES - 1))
  const bytes = Buffer.concat([
    Buffer.from(MAGIC),
    field('none'), // cipher
    field('none'), // key derivation
    field(''), // and its options
    uint32(1), // number of keys
    field(publicBlob),
    field(Buffer.concat([secret, padding])),
  ])
  const lines = bytes.toString('base64').replace(/.{70}(?=.)/g, '$&\n')
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines}\n-----END OPENSSH PRIVATE KEY-----\n`
}

/** A string of RFC 4251 section 5: its length, then its bytes. */
function field(content: string | Uint8Array): Buffer {
  const bytes = Buffer.from(content)
  return Buffer.concat([uint32(bytes.length), bytes])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
