import { Type } from 'typebox'
import { Nothing, type Route, route } from '../../http/route.ts'
import { Id, nullable, pageSchema, Timestamp } from '../../http/schema.ts'
import { notFound } from '../../kernel/problem.ts'
import { listSessions, revokeSession, revokeSessions } from '../session.ts'
import { getUser } from '../user.ts'

const SessionItem = Type.Object({
  id: Id,
  created_at: Timestamp,
  last_seen_at: Timestamp,
  expires_at: Timestamp,
  address: nullable(Type.String()),
  user_agent: Type.String(),
  device: nullable(
    Type.String({ description: 'Browser and system as far as they are known, such as Chrome on Linux' }),
  ),
  place: nullable(Type.String({ description: 'Where it came from, as far as that is known: the network address' })),
  is_current: Type.Boolean(),
})

const Sessions = pageSchema(SessionItem)
const Ended = Type.Object({ sessions_ended: Type.Integer() })

/** Sessions: the own ones, and for super-admins those of any account. */
export function sessionRoutes(): readonly Route[] {
  return [...signOutRoutes(), ...ownRoutes(), ...platformRoutes()]
}

function signOutRoutes(): readonly Route[] {
  return [
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
      response: Ended,
      audit: { event: 'user.logout', data: ({ sessions_ended }) => ({ sessions_ended }) },
      async handle(tx, person, _input, _request, reply) {
        const sessions_ended = await revokeSessions(tx, person.user_id, 'signed_out_everywhere')
        reply.setSessionCookie(null)
        return { sessions_ended }
      },
    }),
  ]
}

function ownRoutes(): readonly Route[] {
  return [
    route({
      operation: 'me_session_list',
      method: 'GET',
      path: '/api/me/sessions',
      summary: 'Where the person is signed in',
      tag: 'Sessions',
      scope: 'person',
      in_one_organisation: true,
      response: Sessions,
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

/** Ending a session asks for no fresh proof: whoever hurries to lock somebody out is not kept waiting. */
function platformRoutes(): readonly Route[] {
  const tag = 'Platform users'
  const path = '/api/platform/users/:user/sessions'
  const params = Type.Object({ user: Id }, { additionalProperties: false })
  return [
    route({
      operation: 'platform_user_session_list',
      method: 'GET',
      path,
      summary: 'Where somebody is signed in',
      tag,
      scope: 'platform',
      permission: 'platform.user.view',
      params,
      response: Sessions,
      problems: [notFound],
      async handle(tx, actor, { params: { user } }) {
        const { id: user_id } = await getUser(tx, user)
        const session_id = actor.kind === 'user' ? actor.use.session_id : null
        return { items: await listSessions(tx, { user_id, session_id, organisation_id: null }), next_cursor: null }
      },
    }),
    route({
      operation: 'platform_user_session_revoke',
      method: 'DELETE',
      path: `${path}/:session`,
      summary: 'End one session of somebody',
      tag,
      scope: 'platform',
      permission: 'platform.user.manage',
      params: Type.Object({ user: Id, session: Id }, { additionalProperties: false }),
      response: Nothing,
      status: 204,
      problems: [notFound],
      audit: {
        event: 'session.revoked',
        target: (_output, { params: { session } }) => ({ type: 'session', id: session }),
        data: (_output, { params: { user } }) => ({ user_id: user }),
      },
      async handle(tx, _actor, { params: { user, session } }) {
        await revokeSession(tx, user, session, 'revoked')
        return {}
      },
    }),
    route({
      operation: 'platform_user_session_revoke_all',
      method: 'DELETE',
      path,
      summary: 'End every session of somebody, in every organisation',
      tag,
      scope: 'platform',
      permission: 'platform.user.manage',
      params,
      response: Ended,
      problems: [notFound],
      audit: {
        event: 'session.revoked',
        target: (_output, { params: { user } }) => ({ type: 'user', id: user }),
        data: ({ sessions_ended }) => ({ sessions_ended }),
      },
      async handle(tx, _actor, { params: { user } }) {
        const { id } = await getUser(tx, user)
        return { sessions_ended: await revokeSessions(tx, id, 'revoked') }
      },
    }),
  ]
}
