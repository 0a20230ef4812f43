// Passkeys (WebAuthn Level 3): a second factor, or the whole sign-in. The authenticator must have verified its person
// (UV), so one passkey is two factors. A challenge is 32 random bytes for one act, good for 5 minutes and deleted with
// its first use; the counter never goes back.

import { createHash } from 'node:crypto'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { sql } from 'kysely'
import type { ControlDatabase, ControlTx } from '../kernel/database.ts'
import { newId, newSecretText } from '../kernel/id.ts'
import { notFound } from '../kernel/problem.ts'
import { passkeyRefused, passkeyTaken, tooManyPasskeys } from './problems.ts'

/** Whom passkeys are made for. Without an origin (no public one is configured) every port of localhost will do. */
export type RelyingParty = { readonly id: string; readonly origin: string | null }

/** Where the portal is reached decides for whom passkeys are made: they work for that host alone. */
export function relyingPartyOf(public_origin: string | null): RelyingParty {
  if (public_origin === null) return { id: 'localhost', origin: null }
  return { id: new URL(public_origin).hostname, origin: public_origin }
}

export type ChallengePurpose = 'enrol' | 'sign_in' | 'second_step' | 'step_up'

const CHALLENGE_S = 300
const MAX_PASSKEYS = 20
/** EdDSA, ES256 and RS256, best first (COSE, RFC 9053). */
const ALGORITHMS = [-8, -7, -257]

/** Loaded when the first passkey is met: with its formats of certificates it takes a while. */
const webauthn = () => import('@simplewebauthn/server')

const hashChallenge = (challenge: string): Buffer => createHash('sha256').update(challenge).digest()

async function newChallenge(tx: ControlTx, purpose: ChallengePurpose, user_id: string | null): Promise<string> {
  // As base64url text: that is how browsers hand it back.
  const challenge = newSecretText()
  await tx
    .insertInto('identity.passkey_challenge')
    .values({
      challenge_hash: hashChallenge(challenge),
      purpose,
      user_id,
      expires_at: sql<Date>`now() + make_interval(secs => ${CHALLENGE_S})`,
    })
    .execute()
  return challenge
}

/** Uses a challenge up; false when it was not made for this act of this person, or its time is over. */
async function takeChallenge(
  tx: ControlTx,
  challenge: string,
  purpose: ChallengePurpose,
  user_id: string | null,
): Promise<boolean> {
  const taken = await tx
    .deleteFrom('identity.passkey_challenge')
    .where('challenge_hash', '=', hashChallenge(challenge))
    .returning(['purpose', 'user_id', sql<boolean>`expires_at > now()`.as('is_current')])
    .executeTakeFirst()
  return taken !== undefined && taken.is_current && taken.purpose === purpose && taken.user_id === user_id
}

type ClientData = { readonly challenge: string; readonly origin: string }

function readClientData(text: string): ClientData {
  try {
    const data: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (typeof data !== 'object' || data === null) throw new Error('No object')
    const challenge: unknown = Reflect.get(data, 'challenge')
    const origin: unknown = Reflect.get(data, 'origin')
    if (typeof challenge === 'string' && typeof origin === 'string') return { challenge, origin }
  } catch {
    // Not what an authenticator sends.
  }
  throw passkeyRefused()
}

/** The origin that a response must have been made for. */
function originFor({ origin }: RelyingParty, claimed: string): string {
  if (origin !== null) return origin
  const isLocal = URL.canParse(claimed) && new URL(claimed).hostname === 'localhost'
  return isLocal ? new URL(claimed).origin : 'http://localhost'
}

/** A passkey as its owner sees it. */
export type Passkey = {
  readonly id: string
  readonly name: string
  readonly is_backed_up: boolean
  readonly created_at: Date
  readonly last_used_at: Date | null
}

const COLUMNS = ['id', 'name', 'is_backed_up', 'created_at', 'last_used_at'] as const

/** The person's passkeys, oldest first. */
export async function listPasskeys(tx: ControlTx, user_id: string): Promise<readonly Passkey[]> {
  return tx.selectFrom('identity.passkey').select(COLUMNS).where('user_id', '=', user_id).orderBy('id').execute()
}

const credentialsOf = (tx: ControlTx, user_id: string) =>
  tx
    .selectFrom('identity.passkey')
    .select(['credential_id as id', 'transports'])
    .where('user_id', '=', user_id)
    .orderBy('id')
    .execute()

type Descriptor = { readonly id: string; readonly type: 'public-key'; readonly transports: readonly string[] }

const descriptorOf = ({
  id,
  transports,
}: {
  readonly id: string
  readonly transports: readonly string[]
}): Descriptor => ({
  id,
  type: 'public-key',
  transports,
})

/** For `navigator.credentials.create`; WebAuthn Level 3, 5.4. */
export type CreationOptions = {
  readonly challenge: string
  readonly rp: { readonly id: string; readonly name: string }
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string }
  readonly pubKeyCredParams: readonly { readonly alg: number; readonly type: 'public-key' }[]
  readonly timeout: number
  readonly excludeCredentials: readonly Descriptor[]
  readonly attestation: 'none'
  readonly authenticatorSelection: {
    readonly residentKey: 'required'
    readonly requireResidentKey: true
    readonly userVerification: 'required'
  }
}

/** For `navigator.credentials.get`; WebAuthn Level 3, 5.5. */
export type RequestOptions = {
  readonly challenge: string
  readonly timeout: number
  readonly rpId: string
  readonly userVerification: 'required'
  readonly allowCredentials?: readonly Descriptor[]
}

/** What a browser needs to make a passkey for this person. Refuses with `too_many_passkeys` beyond 20. */
export async function beginPasskey(
  control: ControlDatabase,
  relying_party: RelyingParty,
  person: { readonly user_id: string; readonly email: string; readonly display_name: string },
): Promise<CreationOptions> {
  const { user_id, email, display_name } = person
  const { challenge, known } = await control.transaction(async (tx) => {
    const credentials = await credentialsOf(tx, user_id)
    if (credentials.length >= MAX_PASSKEYS) throw tooManyPasskeys({ limit: MAX_PASSKEYS })
    return { known: credentials, challenge: await newChallenge(tx, 'enrol', user_id) }
  })
  return {
    challenge,
    rp: { id: relying_party.id, name: 'Reeve' },
    user: { id: Buffer.from(user_id).toString('base64url'), name: email, displayName: display_name },
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ alg, type: 'public-key' })),
    timeout: CHALLENGE_S * 1000,
    excludeCredentials: known.map(descriptorOf),
    attestation: 'none',
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
  }
}

type NewCredential = {
  readonly credential_id: string
  readonly public_key: Buffer
  readonly counter: number
  readonly transports: string[]
  readonly is_backed_up: boolean
}

/**
 * Judges what an authenticator made for `beginPasskey`. Refuses with `passkey_refused` whatever is wrong with it: the
 * challenge, the origin, the signature, a person who was not verified.
 */
export async function verifyNewPasskey(
  control: ControlDatabase,
  relying_party: RelyingParty,
  user_id: string,
  response: RegistrationResponseJSON,
): Promise<NewCredential> {
  const { challenge, origin } = readClientData(response.response.clientDataJSON)
  const isOurs = await control.transaction((tx) => takeChallenge(tx, challenge, 'enrol', user_id))
  if (!isOurs) throw passkeyRefused()
  const { verifyRegistrationResponse } = await webauthn()
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: originFor(relying_party, origin),
    expectedRPID: relying_party.id,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch((cause: unknown) => {
    throw passkeyRefused({}, { cause })
  })
  if (!verified.verified) throw passkeyRefused()
  const { credential, credentialBackedUp } = verified.registrationInfo
  return {
    credential_id: credential.id,
    public_key: Buffer.from(credential.publicKey),
    counter: credential.counter,
    transports: (credential.transports ?? []).filter((each) => /^[a-z-]{1,20}$/.test(each)).slice(0, 8),
    is_backed_up: credentialBackedUp,
  }
}

/** Keeps a passkey. Refuses one that is somebody's already (`passkey_taken`). */
export async function addPasskey(
  tx: ControlTx,
  user_id: string,
  name: string,
  credential: NewCredential,
): Promise<Passkey> {
  const row = await tx
    .insertInto('identity.passkey')
    .values({ id: newId(), user_id, name, ...credential })
    .onConflict((conflict) => conflict.column('credential_id').doNothing())
    .returning(COLUMNS)
    .executeTakeFirst()
  if (row === undefined) throw passkeyTaken()
  return row
}

/** Gives a passkey another name; `not_found` when it is not the person's. */
export async function renamePasskey(
  tx: ControlTx,
  user_id: string,
  passkey_id: string,
  name: string,
): Promise<Passkey> {
  const row = await tx
    .updateTable('identity.passkey')
    .set({ name })
    .where('id', '=', passkey_id)
    .where('user_id', '=', user_id)
    .returning(COLUMNS)
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  return row
}

/** Takes a passkey away; `not_found` when it is not the person's. */
export async function removePasskey(tx: ControlTx, user_id: string, passkey_id: string): Promise<Passkey> {
  const row = await tx
    .deleteFrom('identity.passkey')
    .where('id', '=', passkey_id)
    .where('user_id', '=', user_id)
    .returning(COLUMNS)
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  return row
}

/**
 * What a browser needs to use a passkey: one of this person's, or for `sign_in` any that the authenticator knows for
 * us, so that nobody learns whether an address has one.
 */
export async function offerPasskey(
  control: ControlDatabase,
  relying_party: RelyingParty,
  purpose: ChallengePurpose,
  user_id: string | null,
): Promise<RequestOptions> {
  const { challenge, known } = await control.transaction(async (tx) => ({
    known: user_id === null ? null : await credentialsOf(tx, user_id),
    challenge: await newChallenge(tx, purpose, user_id),
  }))
  return {
    challenge,
    rpId: relying_party.id,
    timeout: CHALLENGE_S * 1000,
    userVerification: 'required',
    ...(known !== null && { allowCredentials: known.map(descriptorOf) }),
  }
}

export type PasskeyUse = { readonly passkey_id: string; readonly user_id: string; readonly accept: Accept }
/** Takes note of the use in the transaction that rests on it; false when another use came first. */
export type Accept = (tx: ControlTx) => Promise<boolean>

/** Judges the use of a passkey for an act of this person (null: whoever it is); null when anything is wrong with it. */
export async function verifyPasskey(
  control: ControlDatabase,
  relying_party: RelyingParty,
  purpose: ChallengePurpose,
  user_id: string | null,
  response: AuthenticationResponseJSON,
): Promise<PasskeyUse | null> {
  const { challenge, origin } = readClientData(response.response.clientDataJSON)
  const passkey = await control.transaction(async (tx) => {
    const isOurs = await takeChallenge(tx, challenge, purpose, user_id)
    if (!isOurs) return undefined
    return tx
      .selectFrom('identity.passkey')
      .select(['id', 'user_id', 'credential_id', 'public_key', 'counter'])
      .where('credential_id', '=', response.id)
      .executeTakeFirst()
  })
  if (passkey === undefined || (user_id !== null && passkey.user_id !== user_id)) return null
  const { verifyAuthenticationResponse } = await webauthn()
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: originFor(relying_party, origin),
    expectedRPID: relying_party.id,
    requireUserVerification: true,
    credential: {
      id: passkey.credential_id,
      publicKey: new Uint8Array(passkey.public_key),
      counter: passkey.counter,
    },
  }).catch(() => null)
  if (verified?.verified !== true) return null
  const { newCounter, credentialBackedUp } = verified.authenticationInfo
  return {
    passkey_id: passkey.id,
    user_id: passkey.user_id,
    accept: (tx) => noteUse(tx, passkey, newCounter, credentialBackedUp),
  }
}

/** A counter that stands where it stood when it was judged: of two uses that were judged at once one loses. */
async function noteUse(
  tx: ControlTx,
  passkey: { readonly id: string; readonly counter: number },
  counter: number,
  is_backed_up: boolean,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('identity.passkey')
    .set({ counter, is_backed_up, last_used_at: sql`now()` })
    .where('id', '=', passkey.id)
    .where('counter', '=', passkey.counter)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Removes challenges and tickets that nobody used. */
export async function removeExpiredChallenges(tx: ControlTx): Promise<void> {
  await tx.deleteFrom('identity.passkey_challenge').where('expires_at', '<', sql<Date>`now()`).execute()
  await tx.deleteFrom('identity.sign_in_ticket').where('expires_at', '<', sql<Date>`now()`).execute()
}
