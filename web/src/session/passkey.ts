// Passkeys in the browser: what the server asks for, and what its contract takes back.

import { type AuthenticationResponseJSON, startAuthentication, startRegistration } from '@simplewebauthn/browser'
import type { Answer } from '../api/answer.ts'

type RequestOptions = Answer<'/api/sessions/passkey-options', 'post'>
type CreationOptions = Answer<'/api/me/passkeys/options', 'post'>
type Descriptor = { readonly id: string; readonly transports?: string[] }

const TRANSPORTS = ['ble', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const
const ATTESTATIONS = ['none', 'direct', 'enterprise', 'indirect'] as const
const WISHES = ['required', 'preferred', 'discouraged'] as const

const descriptorOf = ({ id, transports }: Descriptor) => ({
  id,
  type: 'public-key' as const,
  transports: TRANSPORTS.filter((each) => transports?.includes(each) === true),
})

const wishOf = (word: string) => WISHES.find((each) => each === word) ?? 'preferred'

/** Whether this browser can hold or use passkeys at all. */
export const isPasskeyKnown = (): boolean => typeof PublicKeyCredential === 'function'

/** Whether the person closed the browser's question; that is no error to show. */
export const isCancelled = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'NotAllowedError' || error.name === 'AbortError')

const shownOf = ({ id, rawId, response }: AuthenticationResponseJSON) => ({
  id,
  rawId,
  type: 'public-key' as const,
  response: {
    clientDataJSON: response.clientDataJSON,
    authenticatorData: response.authenticatorData,
    signature: response.signature,
    ...(response.userHandle !== undefined && { userHandle: response.userHandle }),
  },
})

export type ShownPasskey = ReturnType<typeof shownOf>

/** Has the person use a passkey for this challenge. Throws what the browser throws. */
export async function showPasskey(options: RequestOptions): Promise<ShownPasskey> {
  const { allowCredentials, userVerification, ...rest } = options
  const shown = await startAuthentication({
    optionsJSON: {
      ...rest,
      userVerification: wishOf(userVerification),
      ...(allowCredentials && { allowCredentials: allowCredentials.map(descriptorOf) }),
    },
  })
  return shownOf(shown)
}

/** Has the person make a passkey for this account. Throws what the browser throws. */
export async function makePasskey(options: CreationOptions) {
  const { excludeCredentials, attestation, authenticatorSelection, ...rest } = options
  const { residentKey, userVerification, requireResidentKey } = authenticatorSelection
  const made = await startRegistration({
    optionsJSON: {
      ...rest,
      excludeCredentials: excludeCredentials.map(descriptorOf),
      attestation: ATTESTATIONS.find((each) => each === attestation) ?? 'none',
      authenticatorSelection: {
        residentKey: wishOf(residentKey),
        userVerification: wishOf(userVerification),
        ...(requireResidentKey !== undefined && { requireResidentKey }),
      },
    },
  })
  const { clientDataJSON, attestationObject, transports } = made.response
  return {
    id: made.id,
    rawId: made.rawId,
    type: 'public-key' as const,
    response: { clientDataJSON, attestationObject, ...(transports && { transports: [...transports] }) },
  }
}
