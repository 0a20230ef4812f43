import { Type } from 'typebox'
import { Nothing, type Route, route } from '../http/route.ts'
import { sessionConfined } from '../http/problems.ts'
import { Id, Name, nullable, PageQuery, pageSchema, Timestamp } from '../http/schema.ts'
import type { ControlTx } from '../kernel/database.ts'
import { notFound, overloaded } from '../kernel/problem.ts'
import type { Mailer } from '../mail/message.ts'
import { linkRoutes } from './internal/link-routes.ts'
import { settingRoutes } from './internal/setting-routes.ts'
import { changeOwnPassword } from './password-change.ts'
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, type PasswordRule } from './password-rule.ts'
import {
  currentPasswordWrong,
  emailInvalid,
  emailTaken,
  emailUnverified,
  lastSuperadmin,
  localeUnknown,
  nameInvalid,
  oneTimePasswordExpired,
  ownAccount,
  passwordRefused,
  sessionEnded,
  setupDone,
  setupTokenInvalid,
  mfaRequired,
  signInRefused,
  timeZoneUnknown,
  tooManyAttempts,
} from './problems.ts'
import { listSessions, revokeSession, revokeSessions } from './session.ts'
import { completeSetup, isSetupNeeded } from './setup.ts'
import { factorRoutes } from './internal/factor-routes.ts'
import { signInStepRoutes } from './internal/sign-in-step-routes.ts'
import { Person, SignedInPerson, welcome } from './internal/person-schema.ts'
import type { FactorTools } from './proof.ts'
import { signIn } from './sign-in.ts'
import {
  changeProfile,
  changeUserStatus,
  getSignInWait,
  getUser,
  liftSignInWait,
  listUsers,
  type User,
} from './user.ts'

/** An organisation somebody probably belongs to: a hint for menus, it decides nothing. */
export type OrganisationHint = { readonly id: string; readonly name: string; readonly status: string }

export type IdentityNeeds = Omit<FactorTools, 'control'> & {
  readonly mailer: Mailer
  /** The strictest of what the organisations of a person demand of a password. */
  readonly findPasswordRule: (user_id: string) => Promise<PasswordRule>
  readonly listOrganisationsOf: (tx: ControlTx, user_id: string) => Promise<readonly OrganisationHint[]>
}

const Email = Type.String({ minLength: 3, maxLength: 254, pattern: '^\\P{Cc}+$' })
/** Wider than what may be chosen: what is wrong with a password is said by its rule, not by the schema. */
const Password = Type.String({ minLength: 1, maxLength: 512 })
const NewPassword = Type.String({
  minLength: 1,
  maxLength: 512,
  description: `${MIN_PASSWORD_LENGTH} to ${MAX_PASSWORD_LENGTH} characters that are not easy to guess`,
})
const Status = Type.Union([Type.Literal('active'), Type.Literal('disabled')])

const Organisation = Type.Object({ id: Id, name: Type.String(), status: Type.String() })
const Me = Type.Object({
  ...Person.properties,
  organisation_id: nullable(
    Type.String({ description: 'The only organisation where this session is valid; null: valid everywhere' }),
  ),
  organisations: Type.Array(Organisation),
})

const SessionItem = Type.Object({
  id: Id,
  created_at: Timestamp,
  last_seen_at: Timestamp,
  expires_at: Timestamp,
  address: nullable(Type.String()),
  user_agent: Type.String(),
  is_current: Type.Boolean(),
})

const PlatformUser = Type.Object({
  ...Person.properties,
  status: Type.String(),
  created_at: Timestamp,
  email_verified_at: nullable(Timestamp),
})
const PlatformUserDetail = Type.Object({
  ...PlatformUser.properties,
  /** Seconds that sign-ins to this account have to wait because of failures. */
  sign_in_wait_s: Type.Integer(),
  organisations: Type.Array(Organisation),
})

const UserParams = Type.Object({ user: Id }, { additionalProperties: false })

/** Everything about accounts and sessions under `/api`. */
export function identityRoutes(needs: IdentityNeeds): readonly Route[] {
  return [
    ...setupRoutes(),
    ...signInRoutes(),
    ...signInStepRoutes(needs),
    ...factorRoutes(needs),
    ...profileRoutes(needs),
    ...sessionRoutes(needs),
    ...platformRoutes(needs),
    ...settingRoutes(),
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

function signInRoutes(): readonly Route[] {
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
        const { user, session } = await signIn(control, body, request)
        return welcome(reply, user, session)
      },
    }),
    route({
      operation: 'session_sign_out',
      method: 'POST',
      path: '/api/me/sign-out',
      summary: 'Sign out of this session',
      tag: 'Sessions',
      scope: 'person',
      in_one_organisation: true,
      before_password_change: true,
      response: Nothing,
      status: 204,
      audit: { event: 'user.logout' },
      async handle(tx, person, _input, _request, reply) {
        await revokeSession(tx, person.user_id, person.session_id, 'signed_out')
        reply.setSessionCookie(null)
        return {}
      },
    }),
    route({
      operation: 'session_sign_out_everywhere',
      method: 'POST',
      path: '/api/me/sign-out-everywhere',
      summary: 'End every own session, this one included',
      tag: 'Sessions',
      scope: 'person',
      before_password_change: true,
      response: Type.Object({ sessions_ended: Type.Integer() }),
      audit: { event: 'user.logout', data: ({ sessions_ended }) => ({ sessions_ended }) },
      async handle(tx, person, _input, _request, reply) {
        const sessions_ended = await revokeSessions(tx, person.user_id, 'signed_out_everywhere')
        reply.setSessionCookie(null)
        return { sessions_ended }
      },
    }),
  ]
}

function profileRoutes(needs: IdentityNeeds): readonly Route[] {
  const meOf = async (tx: ControlTx, user: User, { organisation_id }: { readonly organisation_id: string | null }) => ({
    ...user,
    organisation_id,
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
  ]
}

function sessionRoutes(needs: IdentityNeeds): readonly Route[] {
  return [
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
    route({
      operation: 'me_session_list',
      method: 'GET',
      path: '/api/me/sessions',
      summary: 'Where the person is signed in',
      tag: 'Sessions',
      scope: 'person',
      in_one_organisation: true,
      response: pageSchema(SessionItem),
      handle: async (tx, person) => ({ items: await listSessions(tx, person), next_cursor: null }),
    }),
    route({
      operation: 'me_session_revoke',
      method: 'DELETE',
      path: '/api/me/sessions/:session',
      summary: 'End one of the own sessions',
      tag: 'Sessions',
      scope: 'person',
      params: Type.Object({ session: Id }, { additionalProperties: false }),
      response: Nothing,
      status: 204,
      problems: [notFound],
      audit: { event: 'session.revoked', target: (_output, { params }) => ({ type: 'session', id: params.session }) },
      async handle(tx, person, { params }, _request, reply) {
        await revokeSession(tx, person.user_id, params.session, 'revoked')
        if (params.session === person.session_id) reply.setSessionCookie(null)
        return {}
      },
    }),
    route({
      operation: 'me_session_revoke_others',
      method: 'DELETE',
      path: '/api/me/sessions',
      summary: 'End every own session but this one',
      tag: 'Sessions',
      scope: 'person',
      response: Nothing,
      status: 204,
      audit: { event: 'session.revoked' },
      async handle(tx, person) {
        await revokeSessions(tx, person.user_id, 'revoked', person.session_id)
        return {}
      },
    }),
  ]
}

function platformRoutes(needs: IdentityNeeds): readonly Route[] {
  const detailOf = async (tx: ControlTx, user: User) => ({
    ...user,
    sign_in_wait_s: await getSignInWait(tx, user),
    organisations: await needs.listOrganisationsOf(tx, user.id),
  })
  return [
    route({
      operation: 'platform_user_list',
      method: 'GET',
      path: '/api/platform/users',
      summary: 'Every account, newest first; `search` is part of an address or a name',
      tag: 'Platform users',
      scope: 'platform',
      permission: 'platform.user.view',
      query: Type.Object(
        {
          ...PageQuery.properties,
          search: Type.Optional(Type.String({ minLength: 1, maxLength: 200, pattern: '^\\P{Cc}+$' })),
          status: Type.Optional(Status),
        },
        { additionalProperties: false },
      ),
      response: pageSchema(PlatformUser),
      handle: (tx, _actor, { query }) => listUsers(tx, query),
    }),
    route({
      operation: 'platform_user_view',
      method: 'GET',
      path: '/api/platform/users/:user',
      summary: 'One account, and the organisations it probably belongs to',
      tag: 'Platform users',
      scope: 'platform',
      permission: 'platform.user.view',
      params: UserParams,
      response: PlatformUserDetail,
      problems: [notFound],
      handle: async (tx, _actor, { params }) => detailOf(tx, await getUser(tx, params.user)),
    }),
    route({
      operation: 'platform_user_change',
      method: 'PATCH',
      path: '/api/platform/users/:user',
      summary: 'Disable or enable an account',
      tag: 'Platform users',
      scope: 'platform',
      permission: 'platform.user.manage',
      step_up: true,
      params: UserParams,
      body: Type.Object({ status: Status }, { additionalProperties: false }),
      response: PlatformUserDetail,
      problems: [notFound, ownAccount, lastSuperadmin],
      audit: { event: 'user.status_changed', written_by: 'handler' },
      handle: async (tx, _actor, { params, body }, request) =>
        detailOf(tx, await changeUserStatus(tx, request.origin, params.user, body.status)),
    }),
    route({
      operation: 'platform_user_lift_sign_in_wait',
      method: 'DELETE',
      path: '/api/platform/users/:user/sign-in-wait',
      summary: 'Let somebody sign in again who failed too often',
      tag: 'Platform users',
      scope: 'platform',
      permission: 'platform.user.manage',
      params: UserParams,
      response: Nothing,
      status: 204,
      problems: [notFound],
      audit: { event: 'user.status_changed', written_by: 'handler' },
      async handle(tx, _actor, { params }, request) {
        await liftSignInWait(tx, request.origin, await getUser(tx, params.user))
        return {}
      },
    }),
  ]
}
