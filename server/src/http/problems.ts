import { defineProblem } from '../kernel/problem.ts'

export const malformedRequest = defineProblem('malformed_request', 400, 'The request cannot be read')
export const invalidInput = defineProblem('invalid_input', 422, 'Some of what was sent is not valid')
export const payloadTooLarge = defineProblem('payload_too_large', 413, 'The request body is larger than allowed here')
export const unsupportedMediaType = defineProblem(
  'unsupported_media_type',
  415,
  'Send the body as application/json, or a file as application/octet-stream',
)
export const headersTooLarge = defineProblem('headers_too_large', 431, 'The request has too many or too large headers')
export const requestTimeout = defineProblem('request_timeout', 408, 'The request took too long to arrive')
export const transportNotSecure = defineProblem(
  'transport_not_secure',
  403,
  'Reeve speaks plain HTTP on its own machine and behind a declared proxy only; use HTTPS',
)
export const foreignOrigin = defineProblem('foreign_origin', 403, 'A browser sent this from another site')
export const notSignedIn = defineProblem('not_signed_in', 401, 'Sign in, or send a valid API key')
export const passwordChangeRequired = defineProblem(
  'password_change_required',
  403,
  'Choose a new password first: the one you have is for a single use, or less than your organisation demands',
)
export const sessionConfined = defineProblem(
  'session_confined',
  403,
  'You signed in through an organisation, and that is good for this organisation only; sign in to Reeve itself first',
)
export const ssoRequired = defineProblem('sso_required', 403, 'This organisation is entered by single sign-on only')
export const organisationNotActive = defineProblem('organisation_not_active', 403, 'This organisation is not active')
export const platformOnly = defineProblem('platform_only', 403, 'Only super-admins may do this')
export const idempotencyMismatch = defineProblem(
  'idempotency_mismatch',
  422,
  'This Idempotency-Key was used for a different request',
)
export const idempotencyInFlight = defineProblem(
  'idempotency_in_flight',
  409,
  'The first request with this Idempotency-Key is still running',
)
export const alreadyDone = defineProblem(
  'already_done',
  409,
  'This was done before, and its answer was too large or streamed and is not kept',
)
export const idempotencyKeyInvalid = defineProblem(
  'idempotency_key_invalid',
  400,
  'An Idempotency-Key has 1 to 255 printable characters',
)
