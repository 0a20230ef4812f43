import { Type } from 'typebox'
import { type Route, route } from '../http/route.ts'
import { sessionConfined } from '../http/problems.ts'
import { Id, Name, nullable, Timestamp } from '../http/schema.ts'
import type { ControlTx } from '../kernel/database.ts'
import { overloaded } from '../kernel/problem.ts'
import type { Mailer } from '../mail/message.ts'
import { linkRoutes } from './internal/link-routes.ts'
import { pictureRoutes } from './internal/picture-routes.ts'
import { platformUserRoutes } from './internal/platform-user-routes.ts'
import { sessionRoutes } from './internal/session-routes.ts'
import { settingRoutes } from './internal/setting-routes.ts'
import { changeOwnPassword } from './password-change.ts'
import { MAX_PASSWORD_LENGTH, MIN_LENGTH_WITH_FACTOR, MIN_PASSWORD_LENGTH, type PasswordRule } from './password-rule.ts'
import {
  currentPasswordWrong,
  emailInvalid,
  emailTaken,
  emailUnverified,
  localeUnknown,
  nameInvalid,
  oneTimePasswordExpired,
  passwordRefused,
  sessionEnded,
  setupDone,
  setupTokenInvalid,
  mfaRequired,
  signInRefused,
  timeZoneUnknown,
  tooManyAttempts,
} from './problems.ts'
import { completeSetup, isSetupNeeded } from './setup.ts'
import { factorRoutes } from './internal/factor-routes.ts'
import { signInStepRoutes } from './internal/sign-in-step-routes.ts'
import {
  type ListOrganisationsOf,
  OrganisationHint,
  Person,
  SignedInPerson,
  welcome,
} from './internal/person-schema.ts'
import type { FactorTools } from './proof.ts'
import { type FindPasswordRule, signIn } from './sign-in.ts'
import { changeProfile, getUser, type User } from './user.ts'

export type IdentityNeeds = Omit<FactorTools, 'control'> & {
  readonly mailer: Mailer
  /** The strictest of what the organisations of a person demand of a password. */
  readonly findPasswordRule: (user_id: string) => Promise<PasswordRule>
  /** The same as far as it can be known now: an organisation that is away keeps nobody out. */
  readonly findRuleAtSignIn: FindPasswordRule
  readonly listOrganisationsOf: ListOrganisationsOf
}

const Email = Type.String({ minLength: 3, maxLength: 254, pattern: '^\\P{Cc}+$' })
/** Wider than what may be chosen: what is wrong with a password is said by its rule, not by the schema. */
const Password = Type.String({ minLength: 1, maxLength: 512 })
const NewPassword = Type.String({
  minLength: 1,
  maxLength: 512,
  description: `${MIN_PASSWORD_LENGTH} to ${MAX_PASSWORD_LENGTH} characters that are not easy to guess; ${MIN_LENGTH_WITH_FACTOR} are enough beside a second factor`,
})

const Me = Type.Object({
  ...Person.properties,
  organisation_id: nullable(
    Type.String({ description: 'The only organisation where this session is valid; null: valid everywhere' }),
  ),
  is_factor_due: Type.Boolean({
    description: 'Whether a second factor must be set up or proven before anything of the platform opens',
  }),
  organisations: Type.Array(OrganisationHint),
})

/** Everything about accounts and sessions under `/api`. */
export function identityRoutes(needs: IdentityNeeds): readonly Route[] {
  return [
    ...setupRoutes(),
    ...signInRoutes(needs),
    ...signInStepRoutes(needs),
    ...factorRoutes(needs),
    ...profileRoutes(needs),
    ...sessionRoutes(),
    ...platformUserRoutes(needs.listOrganisationsOf),
    ...settingRoutes(),
    ...pictureRoutes(),
    ...linkRoutes(needs),
  ]
}

function setupRoutes(): readonly Route[] {
  return [
    route({
      operation: 'setup_view',
      method: 'GET',
      path: '/api/setup',
      summary: 'Whether Reeve still waits for its first super-admin',
      tag: 'Set-up',
      scope: 'open',
      response: Type.Object({ is_needed: Type.Boolean() }),
      handle: async (control) => ({ is_needed: await control.transaction(isSetupNeeded) }),
    }),
    route({
      operation: 'setup_complete',
      method: 'POST',
      path: '/api/setup',
      summary: 'Become the first super-admin with the token that Reeve printed at its start',
      tag: 'Set-up',
      scope: 'open',
      body: Type.Object(
        { token: Type.String({ maxLength: 100 }), email: Email, password: NewPassword, display_name: Name },
        { additionalProperties: false },
      ),
      response: SignedInPerson,
      status: 201,
      problems: [setupDone, setupTokenInvalid, passwordRefused, emailInvalid, emailTaken, nameInvalid, overloaded],
      audit: { event: 'superadmin.changed', written_by: 'handler' },
      async handle(control, { body }, request, reply) {
        const { user, session } = await completeSetup(control, body, request)
        return welcome(reply, user, session)
      },
    }),
  ]
}

function signInRoutes(needs: IdentityNeeds): readonly Route[] {
  return [
    route({
      operation: 'session_create',
      method: 'POST',
      path: '/api/sessions',
      summary: 'Sign in with e-mail address and password',
      tag: 'Sessions',
      scope: 'open',
      body: Type.Object({ email: Email, password: Password }, { additionalProperties: false }),
      response: SignedInPerson,
      status: 201,
      problems: [signInRefused, mfaRequired, emailUnverified, oneTimePasswordExpired, tooManyAttempts, overloaded],
      audit: { event: 'user.login', written_by: 'handler' },
      async handle(control, { body }, request, reply) {
        const { user, session } = await signIn(control, body, request, needs.findRuleAtSignIn)
        return welcome(reply, user, session)
      },
    }),
  ]
}

/** What `/api/me` tells of the session that asks. */
type AskingSession = { readonly organisation_id: string | null; readonly is_factor_due: boolean }

function profileRoutes(needs: IdentityNeeds): readonly Route[] {
  const meOf = async (tx: ControlTx, user: User, { organisation_id, is_factor_due }: AskingSession) => ({
    ...user,
    organisation_id,
    is_factor_due,
    organisations: (await needs.listOrganisationsOf(tx, user.id)).filter(({ id }) => id === (organisation_id ?? id)),
  })
  return [
    route({
      operation: 'me_view',
      method: 'GET',
      path: '/api/me',
      summary: 'Who is signed in',
      tag: 'Me',
      scope: 'person',
      in_one_organisation: true,
      before_password_change: true,
      response: Me,
      handle: async (tx, person) => meOf(tx, await getUser(tx, person.user_id), person),
    }),
    route({
      operation: 'me_change',
      method: 'PATCH',
      path: '/api/me',
      summary: 'Change the own name, language or time zone',
      tag: 'Me',
      scope: 'person',
      in_one_organisation: true,
      body: Type.Object(
        {
          display_name: Type.Optional(Name),
          locale: Type.Optional(Type.String({ minLength: 2, maxLength: 35 })),
          time_zone: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
        },
        { additionalProperties: false, minProperties: 1 },
      ),
      response: Me,
      problems: [nameInvalid, localeUnknown, timeZoneUnknown, sessionConfined],
      audit: { event: 'user.profile_changed', written_by: 'handler' },
      async handle(tx, person, { body }, request) {
        // A name is shown in every organisation, and whoever runs the provider of one could have made this session.
        if (body.display_name !== undefined && person.organisation_id !== null) {
          throw sessionConfined({ organisation_id: person.organisation_id })
        }
        return meOf(tx, await changeProfile(tx, request.origin, person.user_id, body), person)
      },
    }),
    route({
      operation: 'me_password_change',
      method: 'POST',
      path: '/api/me/password',
      summary: 'Change the own password; every session ends, this one gets a new token',
      tag: 'Me',
      // Hashing takes a while and must hold no transaction, and a wrong guess must be counted although it is refused.
      scope: 'person_wide',
      before_password_change: true,
      body: Type.Object({ current_password: Password, new_password: NewPassword }, { additionalProperties: false }),
      response: Type.Object({ session: Type.Object({ id: Id, expires_at: Timestamp }) }),
      problems: [sessionEnded, currentPasswordWrong, passwordRefused, tooManyAttempts, overloaded],
      audit: { event: 'user.password_changed', written_by: 'handler' },
      async handle(control, person, { body }, request, reply) {
        const session = await changeOwnPassword(control, person, body, request, needs.findPasswordRule)
        reply.setSessionCookie(session.token)
        return { session: { id: session.session_id, expires_at: session.expires_at } }
      },
    }),
  ]
}
