// An authenticator in software, for tests: it makes passkeys and signs with them as WebAuthn Level 3 says (section 6),
// and does whatever wrong a test asks for. Its bytes are judged by the same code as those of a real one.

import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

const sha256 = (bytes: Buffer | string): Buffer => createHash('sha256').update(bytes).digest()

/** CBOR (RFC 8949) of the few kinds of values that occur. */
function cbor(value: number | string | Buffer | ReadonlyMap<number | string, unknown>): Buffer {
  const head = (major: number, length: number): Buffer =>
    length < 24
      ? Buffer.from([(major << 5) | length])
      : length < 256
        ? Buffer.from([(major << 5) | 24, length])
        : Buffer.from([(major << 5) | 25, length >> 8, length & 255])
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  if (!(value instanceof Map)) throw new Error('No such value occurs')
  const entries = [...value].flatMap(([key, item]: [number | string, unknown]) => {
    if (typeof item !== 'number' && typeof item !== 'string' && !Buffer.isBuffer(item) && !(item instanceof Map)) {
      throw new Error('No such value occurs')
    }
    return [cbor(key), cbor(item)]
  })
  return Buffer.concat([head(5, value.size), ...entries])
}

/** What a test makes it do wrong. */
export type Mischief = {
  readonly origin?: string
  readonly rp_id?: string
  readonly challenge?: string
  /** The person was not verified. */
  readonly unverified?: boolean
  readonly counter?: number
  readonly signature?: Buffer
}

const PRESENT = 0x01
const VERIFIED = 0x04
const ATTESTED = 0x40

/** A new authenticator with one passkey; its counter rises with each use. */
export function createAuthenticator(origin = 'http://localhost:8080') {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = publicKey.export({ format: 'jwk' })
  const id = randomBytes(16)
  let counter = 0
  const clientData = (type: string, challenge: string, mischief: Mischief): Buffer =>
    Buffer.from(
      JSON.stringify({
        type,
        challenge: mischief.challenge ?? challenge,
        origin: mischief.origin ?? origin,
        crossOrigin: false,
      }),
    )
  const authData = (rp_id: string, attested: Buffer | null, mischief: Mischief): Buffer => {
    const flags = PRESENT | (mischief.unverified === true ? 0 : VERIFIED) | (attested === null ? 0 : ATTESTED)
    const count = Buffer.alloc(4)
    count.writeUInt32BE(mischief.counter ?? (counter += 1))
    return Buffer.concat([
      sha256(mischief.rp_id ?? rp_id),
      Buffer.from([flags]),
      count,
      ...(attested === null ? [] : [attested]),
    ])
  }
  const text = (bytes: Buffer): string => bytes.toString('base64url')
  const named = { id: text(id), rawId: text(id), type: 'public-key' }
  return {
    /** What `navigator.credentials.create` answers. */
    create(rp_id: string, challenge: string, mischief: Mischief = {}) {
      const key = cbor(
        new Map<number, number | Buffer>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, Buffer.from(jwk.x ?? '', 'base64url')],
          [-3, Buffer.from(jwk.y ?? '', 'base64url')],
        ]),
      )
      const length = Buffer.from([0, id.length])
      const attested = Buffer.concat([Buffer.alloc(16), length, id, key])
      const attestation = cbor(
        new Map<string, string | Buffer | ReadonlyMap<string, string>>([
          ['fmt', 'none'],
          ['attStmt', new Map<string, string>()],
          ['authData', authData(rp_id, attested, mischief)],
        ]),
      )
      const data = clientData('webauthn.create', challenge, mischief)
      return { ...named, response: { clientDataJSON: text(data), attestationObject: text(attestation) } }
    },
    /** What `navigator.credentials.get` answers. */
    get(rp_id: string, challenge: string, mischief: Mischief = {}) {
      const data = clientData('webauthn.get', challenge, mischief)
      const authenticator = authData(rp_id, null, mischief)
      const signature = mischief.signature ?? sign('sha256', Buffer.concat([authenticator, sha256(data)]), privateKey)
      return {
        ...named,
        response: { clientDataJSON: text(data), authenticatorData: text(authenticator), signature: text(signature) },
      }
    },
  }
}
