// What a provider says was proven when somebody signed in there: the claim `amr` with the words of RFC 8176.

const KNOWLEDGE = new Set(['pwd', 'pin', 'kba'])
const POSSESSION = new Set(['otp', 'hwk', 'swk', 'sc', 'sms', 'tel', 'wia'])
const INHERENCE = new Set(['face', 'fpt', 'iris', 'retina', 'vbm'])

/**
 * Whether these methods are two factors: the provider says `mfa`, or names methods of two kinds. `pop` and `user` alone say
 * neither what was known nor what was held.
 */
export function provesTwoFactors(amr: readonly string[]): boolean {
  if (amr.includes('mfa')) return true
  return [KNOWLEDGE, POSSESSION, INHERENCE].filter((kind) => amr.some((method) => kind.has(method))).length > 1
}
