import { defineProblem } from '../kernel/problem.ts'

/** The one answer to an unknown address, a wrong password and a disabled account. */
export const signInRefused = defineProblem('sign_in_refused', 401, 'E-mail address or password is wrong')
export const tooManyAttempts = defineProblem('too_many_attempts', 429, 'Too many failed attempts; wait before the next')
export const sessionEnded = defineProblem('session_ended', 401, 'This session has ended; sign in again')

/** `params` carry the ticket for the second step, the ways of it, and the seconds for which the ticket is good. */
export const mfaRequired = defineProblem('mfa_required', 401, 'The password was right; now prove a second factor')
export const ticketInvalid = defineProblem('ticket_invalid', 401, 'This sign-in took too long; begin it anew')
/** The one answer to a wrong code, a used one, and a passkey that proves nothing. */
export const proofRefused = defineProblem('proof_refused', 401, 'This did not prove who you are')
/** `params.ways` are those in which this person can do it. */
export const stepUpRequired = defineProblem('step_up_required', 403, 'Prove once more who you are to do this')
export const wayNotOpen = defineProblem('way_not_open', 422, 'This is not a way in which you can prove who you are')
export const codeWrong = defineProblem('code_wrong', 422, 'This is not the code that the app shows now')
export const totpEnrolled = defineProblem('totp_enrolled', 409, 'An authenticator app is set up; remove it first')
export const factorMissing = defineProblem('factor_missing', 409, 'There is no such factor')
export const passkeyRefused = defineProblem('passkey_refused', 422, 'This passkey cannot be accepted')
export const passkeyTaken = defineProblem('passkey_taken', 409, 'This passkey is known already')
export const tooManyPasskeys = defineProblem('too_many_passkeys', 409, 'There are as many passkeys as there may be')

/** `params.reason` is too_short, too_long, letter_missing, digit_missing, symbol_missing, guessable or unchanged. */
export const passwordRefused = defineProblem('password_refused', 422, 'This password cannot be used')
export const currentPasswordWrong = defineProblem('current_password_wrong', 422, 'The current password is wrong')

export const pictureFormatRefused = defineProblem('picture_format_refused', 422, 'Pictures of this kind are not taken')
export const pictureBroken = defineProblem('picture_broken', 422, 'This picture is not whole')
export const pictureTooWide = defineProblem('picture_too_wide', 422, 'This picture has too many pixels')
export const pictureUnknown = defineProblem('picture_unknown', 422, 'There is no such picture; upload it first')

export const emailInvalid = defineProblem('email_invalid', 422, 'This is not an e-mail address')
export const emailTaken = defineProblem('email_taken', 409, 'An account with this e-mail address exists')
export const nameInvalid = defineProblem(
  'name_invalid',
  422,
  'A name has 1 to 200 characters and no control characters',
)
export const localeUnknown = defineProblem('locale_unknown', 422, 'This is not a language tag such as en or de-CH')
export const timeZoneUnknown = defineProblem('time_zone_unknown', 422, 'There is no time zone of this name')

export const ownAccount = defineProblem('own_account', 409, 'Nobody disables their own account')
export const lastSuperadmin = defineProblem('last_superadmin', 409, 'Reeve keeps at least one active super-admin')

export const setupDone = defineProblem('setup_done', 409, 'Reeve is set up: it has a super-admin')
export const setupTokenInvalid = defineProblem(
  'setup_token_invalid',
  403,
  'This is not the set-up token that Reeve printed when it last started',
)

/** Said to whoever has just given the right password. */
export const emailUnverified = defineProblem(
  'email_unverified',
  403,
  'Confirm your e-mail address first, by the link that was mailed to it',
)
/** Said to whoever has just given the right one-time password. */
export const oneTimePasswordExpired = defineProblem(
  'one_time_password_expired',
  403,
  'This one-time password has expired; choose a new password by mail, or ask for another one',
)
/** `params.reason` is unknown, used or expired. */
export const linkInvalid = defineProblem('link_invalid', 422, 'This link cannot be used')
export const registrationClosed = defineProblem(
  'registration_closed',
  403,
  'Nobody can register here; ask for an invitation',
)
