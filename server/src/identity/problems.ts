import { defineProblem } from '../kernel/problem.ts'

/** The one answer to an unknown address, a wrong password and a disabled account. */
export const signInRefused = defineProblem('sign_in_refused', 401, 'E-mail address or password is wrong')
export const tooManyAttempts = defineProblem('too_many_attempts', 429, 'Too many failed attempts; wait before the next')
export const sessionEnded = defineProblem('session_ended', 401, 'This session has ended; sign in again')

/** `params.reason` is too_short, too_long, guessable or unchanged. */
export const passwordRefused = defineProblem('password_refused', 422, 'This password cannot be used')
export const currentPasswordWrong = defineProblem('current_password_wrong', 422, 'The current password is wrong')

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
