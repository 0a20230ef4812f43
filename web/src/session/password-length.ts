// How long a password has to be, as the server asks (its `identity/password-rule.ts`).

/** Of a password that is all that is asked for. */
export const MIN_PASSWORD_LENGTH = 15

/** Of a password beside which a second factor is asked for. */
export const MIN_LENGTH_WITH_FACTOR = 8
