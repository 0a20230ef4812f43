import { Type } from 'typebox'
import { BASE_ROLES, DESIGNATIONS, SURFACES } from '../../access/permission.ts'
import { type Route, route } from '../../http/route.ts'
import { Id, Name, Timestamp } from '../../http/schema.ts'
import { nameInvalid, passwordRefused } from '../../identity/problems.ts'
import { overloaded } from '../../kernel/problem.ts'
import { type AcceptanceNeeds, acceptAsNew, acceptAsPerson, lookUpInvitation } from '../invitation-acceptance.ts'
import { accountExists, alreadyMember, invitationForAnother, invitationInvalid } from '../problems.ts'

const tag = 'Invitations'
const Token = Type.String({ minLength: 1, maxLength: 200, description: 'What stands behind the # of the link' })

const Seen = Type.Object({
  organisation: Type.Object({ id: Id, name: Type.String() }),
  inviter_name: Type.String(),
  email: Type.String(),
  base_role: Type.Enum(BASE_ROLES),
  surface: Type.Enum(SURFACES),
  designations: Type.Array(Type.Enum(DESIGNATIONS)),
  expires_at: Timestamp,
  account_exists: Type.Boolean({ description: 'True: sign in with the account of this address and accept' }),
  password_rule: Type.Object({
    min_length: Type.Integer(),
    needs_letters: Type.Boolean(),
    needs_digits: Type.Boolean(),
    needs_symbols: Type.Boolean(),
  }),
})
const Accepted = { organisation_id: Id, member_id: Id }

/** What whoever holds the link of an invitation does with it. */
export function acceptanceRoutes(needs: AcceptanceNeeds): readonly Route[] {
  return [
    route({
      operation: 'invitation_look_up',
      method: 'POST',
      path: '/api/invitations/look-up',
      summary: 'Show to whoever has the link who invites, where to, in which role and until when',
      tag,
      scope: 'open',
      body: Type.Object({ token: Token }, { additionalProperties: false }),
      response: Seen,
      problems: [invitationInvalid],
      audit: { event: 'member.invite_opened', written_by: 'handler' },
      handle: (_control, { body }, { origin }) => lookUpInvitation(needs, origin, body.token),
    }),
    route({
      operation: 'invitation_accept_new',
      method: 'POST',
      path: '/api/invitations/accept',
      summary: 'Accept an invitation with a new account, which is signed in',
      tag,
      scope: 'open',
      body: Type.Object(
        { token: Token, display_name: Name, password: Type.String({ minLength: 1, maxLength: 512 }) },
        { additionalProperties: false },
      ),
      response: Type.Object({
        ...Accepted,
        person: Type.Object({ id: Id, email: Type.String(), display_name: Type.String() }),
        session: Type.Object({ id: Id, expires_at: Timestamp }),
      }),
      status: 201,
      problems: [invitationInvalid, accountExists, passwordRefused, nameInvalid, overloaded],
      audit: { event: 'member.invite_accepted', written_by: 'handler' },
      async handle(_control, { body }, request, reply) {
        const { user, session, ...accepted } = await acceptAsNew(needs, body, request)
        reply.setSessionCookie(session.token)
        return { ...accepted, person: user, session: { id: session.session_id, expires_at: session.expires_at } }
      },
    }),
    route({
      operation: 'invitation_accept',
      method: 'POST',
      path: '/api/me/invitations/accept',
      summary: 'Accept an invitation with the account one is signed in with, which must have the invited address',
      tag,
      scope: 'person_wide',
      body: Type.Object({ token: Token }, { additionalProperties: false }),
      response: Type.Object(Accepted),
      problems: [invitationInvalid, invitationForAnother, alreadyMember],
      audit: { event: 'member.invite_accepted', written_by: 'handler' },
      handle: (_control, person, { body }, { origin }) => acceptAsPerson(needs, person, body.token, origin),
    }),
  ]
}
