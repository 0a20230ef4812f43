import { Type } from 'typebox'
import { outranked, ownerOnly } from '../../access/problems.ts'
import { Nothing, ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { Id, nullable, orgParams, pageSchema, Timestamp } from '../../http/schema.ts'
import { notFound } from '../../kernel/problem.ts'
import { endMemberSession, listMemberSessions } from '../member-session.ts'
import { memberRemoved } from '../problems.ts'

const tag = 'Members'
const permission = 'session.revoke_any'
const PATH = `${ORGANISATION_PATH}/members/:member/sessions`
const problems = [notFound, ownerOnly, outranked, memberRemoved]

const MemberSession = Type.Object({
  id: Id,
  first_seen_at: Timestamp,
  last_seen_at: Timestamp,
  address: nullable(Type.String()),
  place: nullable(Type.String({ description: 'Where it came from, as far as that is known: the network address' })),
  device: nullable(
    Type.String({ description: 'Browser and system as far as they are known, such as Chrome on Linux' }),
  ),
  method: Type.String({ description: 'How the person signed in: password, passkey, sso, …' }),
  is_current: Type.Boolean(),
})

/** The sessions that one member used in the organisation, for whoever may end them. */
export function memberSessionRoutes(): readonly Route[] {
  return [
    route({
      operation: 'member_session_list',
      method: 'GET',
      path: PATH,
      summary: 'Where a member is signed in to this organisation: the live sessions that were used in it',
      tag,
      scope: 'organisation_wide',
      permission,
      params: orgParams('member'),
      response: pageSchema(MemberSession),
      problems,
      handle: async ({ control, organisation }, actor, { params }) => ({
        items: await listMemberSessions(control, organisation, actor, params.member),
        next_cursor: null,
      }),
    }),
    route({
      operation: 'member_session_revoke',
      method: 'DELETE',
      path: `${PATH}/:session`,
      summary: 'End one session of a member in this organisation; no other organisation notices',
      tag,
      scope: 'organisation',
      permission,
      params: orgParams('member', 'session'),
      response: Nothing,
      status: 204,
      problems,
      audit: {
        event: 'session.revoked',
        target: (_output, { params }) => ({ type: 'member', id: params.member }),
        data: (_output, { params }) => ({ session_id: params.session }),
      },
      async handle(tx, actor, { params }) {
        await endMemberSession(tx, actor, params.member, params.session)
        return {}
      },
    }),
  ]
}
