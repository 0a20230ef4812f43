import { Type } from 'typebox'
import { Nothing, type Route, route } from '../../http/route.ts'
import { overloaded } from '../../kernel/problem.ts'
import { confirmEmail, requestEmailChange, requestVerification } from '../email-address.ts'
import { type PasswordResetNeeds, requestPasswordReset, resetPassword } from '../password-reset.ts'
import {
  currentPasswordWrong,
  emailInvalid,
  emailTaken,
  linkInvalid,
  passwordRefused,
  sessionEnded,
  tooManyAttempts,
} from '../problems.ts'

const tag = 'Links by mail'
const Email = Type.String({ minLength: 3, maxLength: 254, pattern: '^\\P{Cc}+$' })
const Password = Type.String({ minLength: 1, maxLength: 512 })
const Token = Type.String({ minLength: 1, maxLength: 100, description: 'What stands behind the # of the link' })
const EmailBody = Type.Object({ email: Email }, { additionalProperties: false })

/** Links that are mailed: proving an address, changing it, choosing a new password. */
export function linkRoutes(needs: PasswordResetNeeds): readonly Route[] {
  return [...verificationRoutes(needs), changeRoute(), ...resetRoutes(needs)]
}

function verificationRoutes({ mailer }: PasswordResetNeeds): readonly Route[] {
  return [
    route({
      operation: 'email_verification_request',
      method: 'POST',
      path: '/api/email-verifications',
      summary: 'Ask for a new link that proves an address; the answer is the same for every address',
      tag,
      scope: 'open',
      body: EmailBody,
      response: Nothing,
      status: 202,
      problems: [emailInvalid, tooManyAttempts],
      audit: { event: 'user.email_verified', written_by: 'handler' },
      async handle(control, { body }, { address }) {
        await requestVerification(control, body.email, address)
        return {}
      },
    }),
    route({
      operation: 'email_verification_confirm',
      method: 'POST',
      path: '/api/email-verifications/confirm',
      summary: 'Use the link that proves an address, or that changes the address of an account',
      tag,
      scope: 'open',
      body: Type.Object({ token: Token }, { additionalProperties: false }),
      response: Type.Object({
        email: Type.String(),
        is_changed: Type.Boolean({ description: 'True when the account had another address before' }),
      }),
      problems: [linkInvalid, emailTaken],
      audit: { event: 'user.email_verified', written_by: 'handler' },
      handle: (control, { body }, { origin }) => confirmEmail(control, mailer, origin, body.token),
    }),
  ]
}

function changeRoute(): Route {
  return route({
    operation: 'me_email_change',
    method: 'POST',
    path: '/api/me/email',
    summary: 'Ask to change the own address; it counts once the link mailed to the new one was used',
    tag: 'Me',
    scope: 'person_wide',
    body: Type.Object({ email: Email, current_password: Password }, { additionalProperties: false }),
    response: Nothing,
    status: 202,
    problems: [emailInvalid, currentPasswordWrong, tooManyAttempts, sessionEnded, overloaded],
    audit: { event: 'user.email_changed', written_by: 'handler' },
    async handle(control, person, { body }) {
      await requestEmailChange(control, person.user_id, body)
      return {}
    },
  })
}

function resetRoutes(needs: PasswordResetNeeds): readonly Route[] {
  return [
    route({
      operation: 'password_reset_request',
      method: 'POST',
      path: '/api/password-resets',
      summary: 'Ask for a link to choose a new password; the answer is the same for every address',
      tag,
      scope: 'open',
      body: EmailBody,
      response: Nothing,
      status: 202,
      problems: [emailInvalid, tooManyAttempts],
      audit: { event: 'user.password_reset', written_by: 'handler' },
      async handle(control, { body }, { address }) {
        await requestPasswordReset(control, body.email, address)
        return {}
      },
    }),
    route({
      operation: 'password_reset_confirm',
      method: 'POST',
      path: '/api/password-resets/confirm',
      summary: 'Choose a new password by a link; every session of the person ends',
      tag,
      scope: 'open',
      body: Type.Object({ token: Token, new_password: Password }, { additionalProperties: false }),
      response: Nothing,
      status: 204,
      problems: [linkInvalid, passwordRefused, overloaded],
      audit: { event: 'user.password_reset', written_by: 'handler' },
      async handle(control, { body }, { origin }) {
        await resetPassword(control, needs, origin, body)
        return {}
      },
    }),
  ]
}
