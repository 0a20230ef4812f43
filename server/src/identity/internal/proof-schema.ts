// What proofs and factors look like on the wire.

import { type Static, Type } from 'typebox'
import type { Reply } from '../../http/route.ts'
import { Id, nullable, Timestamp } from '../../http/schema.ts'
import type { NewSession } from '../session.ts'

const Base64Url = Type.String({ pattern: '^[A-Za-z0-9_-]*$', maxLength: 20_000 })
export const Code = Type.String({ pattern: '^[0-9]{6}$', description: 'The six digits that the app shows now' })
export const RecoveryCode = Type.String({ minLength: 32, maxLength: 64 })
export const Password = Type.String({ minLength: 1, maxLength: 512 })
export const Ticket = Type.String({ maxLength: 100, description: 'From `params.ticket` of the refusal `mfa_required`' })

/** What `navigator.credentials` answers, as JSON (WebAuthn Level 3, 5.1): ids and bytes in base64url. */
const credential = <Response extends ReturnType<typeof Type.Object>>(response: Response) =>
  Type.Object({ id: Base64Url, rawId: Base64Url, type: Type.Literal('public-key'), response })
export const UsedPasskey = credential(
  Type.Object({
    clientDataJSON: Base64Url,
    authenticatorData: Base64Url,
    signature: Base64Url,
    userHandle: Type.Optional(Base64Url),
  }),
)
export const MadePasskey = credential(
  Type.Object({
    clientDataJSON: Base64Url,
    attestationObject: Base64Url,
    transports: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 20 })),
  }),
)

const Credentials = Type.Array(
  Type.Object({
    id: Type.String(),
    type: Type.Literal('public-key'),
    transports: Type.Optional(Type.Array(Type.String())),
  }),
)
export const RequestOptions = Type.Object(
  {
    challenge: Type.String(),
    timeout: Type.Integer(),
    rpId: Type.String(),
    allowCredentials: Type.Optional(Credentials),
    userVerification: Type.String(),
  },
  { description: 'PublicKeyCredentialRequestOptionsJSON, for `navigator.credentials.get`' },
)
export const CreationOptions = Type.Object(
  {
    challenge: Type.String(),
    rp: Type.Object({ id: Type.String(), name: Type.String() }),
    user: Type.Object({ id: Type.String(), name: Type.String(), displayName: Type.String() }),
    pubKeyCredParams: Type.Array(Type.Object({ alg: Type.Integer(), type: Type.Literal('public-key') })),
    timeout: Type.Integer(),
    excludeCredentials: Credentials,
    attestation: Type.String(),
    authenticatorSelection: Type.Object({
      residentKey: Type.String(),
      userVerification: Type.String(),
      requireResidentKey: Type.Optional(Type.Boolean()),
    }),
  },
  { description: 'PublicKeyCredentialCreationOptionsJSON, for `navigator.credentials.create`' },
)

export const Passkey = Type.Object({
  id: Id,
  name: Type.String(),
  is_backed_up: Type.Boolean(),
  created_at: Timestamp,
  last_used_at: nullable(Timestamp),
})
export const Factors = Type.Object({
  totp: nullable(Type.Object({ confirmed_at: Timestamp })),
  passkeys: Type.Array(Passkey),
  recovery_codes_left: Type.Integer(),
})
export const Session = Type.Object({ id: Id, expires_at: Timestamp })
export const RecoveryCodes = nullable(
  Type.Array(Type.String(), { description: 'Shown this once; null when there are codes already' }),
)
export const Enrolment = Type.Object({ session: Session, recovery_codes: RecoveryCodes })

type Used = Static<typeof UsedPasskey>

/** What we take of a response; extensions are not asked for and not looked at. */
export const usedPasskey = ({ id, rawId, type, response }: Used) => {
  const { userHandle, ...rest } = response
  return {
    id,
    rawId,
    type,
    clientExtensionResults: {},
    response: { ...rest, ...(userHandle !== undefined && { userHandle }) },
  }
}

/** The same of a passkey that was just made. */
export const madePasskey = ({ id, rawId, type, response }: Static<typeof MadePasskey>) => {
  const { transports, ...rest } = response
  return {
    id,
    rawId,
    type,
    clientExtensionResults: {},
    response: { ...rest, ...(transports !== undefined && { transports }) },
  }
}

type ProofBody = { readonly passkey?: Used | undefined; readonly [name: string]: unknown }
/** A proof as it came, its passkey reduced to what we take of it. */
export const proofOf = <Body extends ProofBody>({ passkey, ...rest }: Body) => ({
  ...rest,
  ...(passkey !== undefined && { passkey: usedPasskey(passkey) }),
})

/** The browser gets the renewed token, the body what it may know of the session. */
export function renewed(reply: Reply, session: NewSession) {
  reply.setSessionCookie(session.token)
  return { id: session.session_id, expires_at: session.expires_at }
}
