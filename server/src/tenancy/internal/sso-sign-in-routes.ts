import { Type } from 'typebox'
import { Nothing, type Route, route } from '../../http/route.ts'
import { Id, nullable, Timestamp } from '../../http/schema.ts'
import { sessionEnded, tooManyAttempts } from '../../identity/problems.ts'
import { hashToken } from '../../identity/session.ts'
import { findConnectionOfDomain } from '../../identity/sso/domain.ts'
import { domainOf } from '../../identity/sso/domain-name.ts'
import { listOwnIdentities, unlinkIdentity } from '../../identity/sso/identity.ts'
import {
  identityTaken,
  ssoConnectionDisabled,
  ssoNotEntitled,
  ssoProviderUnavailable,
  ssoRefused,
} from '../../identity/sso/problems.ts'
import { emailKeyOf } from '../../identity/user.ts'
import { notFound } from '../../kernel/problem.ts'
import { enter, link, report } from '../sso/entrance.ts'
import type { SsoRouteNeeds } from '../sso/route-needs.ts'
import { beginSso, type Completed, completeSso } from '../sso/sign-in.ts'
import { findLiveSession } from '../standing.ts'
import { BegunSignIn } from './sso-schema.ts'

const tag = 'Signing in'

const Way = Type.Object({ connection_id: Id, name: Type.String(), preset: Type.String() })

const Report = Type.Object({
  subject: Type.String(),
  email: nullable(Type.String()),
  email_is_verified: Type.Boolean(),
  address_refusal: nullable(
    Type.String({ description: 'Why this address lets no new person in, as in `sso_refused`' }),
  ),
  display_name: nullable(Type.String()),
  group_count: Type.Integer(),
  groups: Type.Array(Type.String(), { description: 'The first hundred' }),
  amr: Type.Array(Type.String()),
  is_two_factor: Type.Boolean(),
  would_be_admitted: Type.Boolean(),
  base_role: nullable(Type.String()),
  designations: Type.Array(Type.String()),
  team_ids: Type.Array(Type.String()),
  project_ids: Type.Array(Type.String()),
  mapped_groups: Type.Array(Type.String()),
})

const Person = Type.Object({ id: Id, email: Type.String(), display_name: Type.String() })

const Outcome = Type.Object({
  outcome: Type.Enum(['signed_in', 'linked', 'tested']),
  return_to: Type.String({ description: 'A path of the portal, as it was given at the beginning' }),
  organisation_id: nullable(
    Type.String({ description: 'The only organisation where the session is valid; null: everywhere' }),
  ),
  person: nullable(Person),
  session: nullable(Type.Object({ id: Id, expires_at: Timestamp })),
  report: nullable(Report),
})

const problems = [notFound, ssoConnectionDisabled, ssoNotEntitled, ssoProviderUnavailable]

/** Which way in, leaving for a provider, coming back, and the links of the own account. */
export function ssoSignInRoutes(needs: SsoRouteNeeds): readonly Route[] {
  return [waysRoute(), beginRoute(needs), completeRoute(needs), ...linkRoutes(needs)]
}

function waysRoute(): Route {
  return route({
    operation: 'sign_in_ways',
    method: 'POST',
    path: '/api/sign-in-ways',
    summary: 'Which ways in there are for an address; its domain alone decides, whether it has an account is not asked',
    tag,
    scope: 'open',
    body: Type.Object(
      { email: Type.String({ minLength: 3, maxLength: 254, pattern: '^\\P{Cc}+$' }) },
      { additionalProperties: false },
    ),
    response: Type.Object({ password: Type.Boolean(), sso: nullable(Way) }),
    audit: { event: 'sso.login', written_by: 'handler' },
    async handle(control, { body }) {
      const domain = domainOf(emailKeyOf(body.email))
      const sso = domain === null ? null : await control.transaction((tx) => findConnectionOfDomain(tx, domain))
      return { password: true, sso }
    },
  })
}

function beginRoute(needs: SsoRouteNeeds): Route {
  return route({
    operation: 'sso_begin',
    method: 'POST',
    path: '/api/sso/sign-ins',
    summary: 'Begin to sign in through a connection; the browser then goes to the provider',
    tag,
    scope: 'open',
    body: Type.Object(
      {
        connection_id: Id,
        email: Type.Optional(Type.String({ maxLength: 254, description: 'Handed to the provider as a hint' })),
        return_to: Type.Optional(Type.String({ maxLength: 2000, description: 'A path of the portal' })),
        reauthenticate: Type.Optional(
          Type.Boolean({ description: 'Have the provider ask anew who the person is, whoever is signed in there' }),
        ),
      },
      { additionalProperties: false },
    ),
    response: BegunSignIn,
    problems,
    audit: { event: 'sso.login', written_by: 'handler' },
    async handle(_control, { body }, request, reply) {
      const beginning = {
        connection_id: body.connection_id,
        purpose: 'sign_in',
        user_id: null,
        return_to: body.return_to ?? '/',
        login_hint: body.email ?? null,
        reauthenticates: body.reauthenticate === true,
      } as const
      const begun = await beginSso(needs, beginning, request.browser_secret)
      reply.setBrowserSecret(begun.browser_secret)
      return { authorization_url: begun.authorization_url }
    },
  })
}

function completeRoute(needs: SsoRouteNeeds): Route {
  return route({
    operation: 'sso_complete',
    method: 'POST',
    path: '/api/sso/sign-ins/complete',
    summary: 'Complete what was begun, with the parameters that the provider sent the browser back with',
    tag,
    scope: 'open',
    body: Type.Object(
      {
        connection_id: Id,
        query: Type.String({ maxLength: 10_000, description: 'The query of the address, as it is' }),
      },
      { additionalProperties: false },
    ),
    response: Outcome,
    problems: [notFound, ssoRefused, ssoProviderUnavailable, identityTaken, tooManyAttempts, sessionEnded],
    audit: { event: 'user.login', written_by: 'handler' },
    async handle(control, { body }, request, reply) {
      const { session_token } = request
      const session =
        session_token === null ? null : await control.transaction((tx) => findLiveSession(tx, hashToken(session_token)))
      const answer = { ...body, browser_secret: request.browser_secret }
      const outcome = await completeSso(needs, answer, request, async (completed: Completed) => {
        const empty = { person: null, session: null, report: null, organisation_id: null }
        const { return_to, purpose } = completed.attempt
        if (purpose === 'test') {
          const found = await report(needs, completed, session, request)
          return { ...empty, outcome: 'tested', return_to, report: reportView(found) }
        }
        if (purpose === 'link') {
          await link(needs, completed, session, request)
          return { ...empty, outcome: 'linked', return_to }
        }
        const entered = await enter(needs, completed, request)
        reply.setSessionCookie(entered.session.token)
        const { user, organisation_id } = entered
        const { session_id: id, expires_at } = entered.session
        return { ...empty, outcome: 'signed_in', return_to, organisation_id, person: user, session: { id, expires_at } }
      })
      reply.setBrowserSecret(null)
      return outcome
    },
  })
}

/** Lists that the schema may write: it takes no read-only ones. */
const reportView = (found: Awaited<ReturnType<typeof report>>) => ({
  ...found,
  groups: [...found.groups],
  amr: [...found.amr],
  designations: [...found.designations],
  team_ids: [...found.team_ids],
  project_ids: [...found.project_ids],
  mapped_groups: [...found.mapped_groups],
})

function linkRoutes(needs: SsoRouteNeeds): readonly Route[] {
  const Identity = Type.Object({
    id: Id,
    connection_id: Id,
    connection_name: Type.String(),
    organisation_id: nullable(Id),
    created_at: Timestamp,
    last_used_at: nullable(Timestamp),
  })
  return [
    route({
      operation: 'me_sso_identity_list',
      method: 'GET',
      path: '/api/me/sso-identities',
      summary: 'List the connections through which the own account is reached',
      tag: 'Me',
      scope: 'person',
      response: Type.Object({ items: Type.Array(Identity) }),
      handle: async (tx, person) => ({ items: [...(await listOwnIdentities(tx, person.user_id))] }),
    }),
    route({
      operation: 'me_sso_link',
      method: 'POST',
      path: '/api/me/sso-identities',
      summary: 'Begin to link the own account to who you are at a provider',
      tag: 'Me',
      scope: 'person_wide',
      step_up: true,
      body: Type.Object(
        { connection_id: Id, return_to: Type.Optional(Type.String({ maxLength: 2000 })) },
        { additionalProperties: false },
      ),
      response: BegunSignIn,
      problems,
      audit: { event: 'sso.identity_linked', written_by: 'handler' },
      async handle(_control, person, { body }, request, reply) {
        const beginning = {
          connection_id: body.connection_id,
          purpose: 'link',
          user_id: person.user_id,
          return_to: body.return_to ?? '/',
          login_hint: person.email,
          reauthenticates: false,
        } as const
        const begun = await beginSso(needs, beginning, request.browser_secret)
        reply.setBrowserSecret(begun.browser_secret)
        return { authorization_url: begun.authorization_url }
      },
    }),
    route({
      operation: 'me_sso_unlink',
      method: 'DELETE',
      path: '/api/me/sso-identities/:identity',
      summary: 'Take a link to a provider back; sessions made through it end',
      tag: 'Me',
      scope: 'person',
      params: Type.Object({ identity: Id }, { additionalProperties: false }),
      response: Nothing,
      status: 204,
      problems: [notFound],
      audit: { event: 'sso.identity_unlinked', written_by: 'handler' },
      async handle(tx, person, { params }, request) {
        await unlinkIdentity(tx, request.origin, person.user_id, params.identity)
        return {}
      },
    }),
  ]
}
