import { Type } from 'typebox'
import { BASE_ROLES, DESIGNATIONS, SURFACES } from '../../access/permission.ts'
import { ownerOnly, ownProjectRole, projectRoleMissing } from '../../access/problems.ts'
import { PROJECT_ROLES } from '../../access/scope-role.ts'
import { ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { Id, nullable, orgParams, PageQuery, pageSchema, Timestamp } from '../../http/schema.ts'
import { notFound } from '../../kernel/problem.ts'
import { type Mailer, MESSAGE_STATES } from '../../mail/message.ts'
import { INVITATION_OUTCOMES, INVITATION_STATES, type InvitationState } from '../invitation.ts'
import { restoreInvitation, revokeInvitation } from '../invitation-change.ts'
import { inviteMembers, sendAgain } from '../invitation-act.ts'
import { getInvitation, listInvitations } from '../invitation-list.ts'
import { alreadyInvited, invitationStateRefused, referenceUnknown } from '../problems.ts'

const tag = 'Invitations'
const permission = 'user.invite'
const PATH = `${ORGANISATION_PATH}/invitations`
const params = orgParams('invitation')

const Project = Type.Object({ project_id: Id, role: Type.Enum(PROJECT_ROLES) }, { additionalProperties: false })

const Invitation = Type.Object({
  id: Id,
  email: Type.String(),
  base_role: Type.Enum(BASE_ROLES),
  designations: Type.Array(Type.Enum(DESIGNATIONS)),
  surface: Type.Enum(SURFACES),
  team_ids: Type.Array(Id),
  projects: Type.Array(Project),
  invited_by: nullable(Type.String({ description: 'The member who invited; null: a super-admin' })),
  inviter_name: Type.String(),
  state: Type.Enum(INVITATION_STATES),
  mail: nullable(
    Type.Object({
      state: Type.Enum(MESSAGE_STATES, {
        description: 'queued while no mail server is set: a super-admin then hands the link over',
      }),
      last_reply: nullable(Type.String({ description: 'Why the mail server did not take it' })),
    }),
  ),
  sent_count: Type.Integer(),
  created_at: Timestamp,
  sent_at: Timestamp,
  expires_at: Timestamp,
  opened_at: nullable(Timestamp),
  accepted_at: nullable(Timestamp),
  member_id: nullable(Id),
})
const State = Type.Object({ id: Id, state: Type.Enum(INVITATION_STATES), expires_at: Timestamp })

const Body = Type.Object(
  {
    emails: Type.Array(Type.String({ minLength: 1, maxLength: 254 }), { minItems: 1, maxItems: 100 }),
    surface: Type.Optional(Type.Enum(SURFACES, { default: 'studio' })),
    designations: Type.Optional(Type.Array(Type.Enum(DESIGNATIONS), { uniqueItems: true, maxItems: 10 })),
    team_ids: Type.Optional(Type.Array(Id, { uniqueItems: true, maxItems: 50 })),
    projects: Type.Optional(Type.Array(Project, { maxItems: 50 })),
  },
  { additionalProperties: false },
)

/** Invitations of an organisation. */
export function invitationRoutes(mailer: Mailer): readonly Route[] {
  return [...readingRoutes(), creationRoute(mailer), resendRoute(mailer), ...stateRoutes()]
}

function readingRoutes(): readonly Route[] {
  return [
    route({
      operation: 'invitation_list',
      method: 'GET',
      path: PATH,
      summary: 'List invitations with their state and what became of the mail, newest first',
      tag,
      scope: 'organisation_wide',
      permission,
      params: orgParams(),
      query: Type.Object(
        {
          ...PageQuery.properties,
          state: Type.Optional(Type.Enum(INVITATION_STATES)),
          search: Type.Optional(Type.String({ minLength: 1, maxLength: 200, pattern: '^\\P{Cc}+$' })),
        },
        { additionalProperties: false },
      ),
      response: pageSchema(Invitation),
      handle: ({ control, organisation }, _actor, { query }) => listInvitations(control, organisation, query),
    }),
    route({
      operation: 'invitation_view',
      method: 'GET',
      path: `${PATH}/:invitation`,
      summary: 'Show an invitation',
      tag,
      scope: 'organisation_wide',
      permission,
      params,
      response: Invitation,
      handle: ({ control, organisation }, _actor, { params: { invitation } }) =>
        getInvitation(control, organisation, invitation),
    }),
  ]
}

function creationRoute(mailer: Mailer): Route {
  return route({
    operation: 'invitation_create',
    method: 'POST',
    path: PATH,
    summary: 'Invite people as members, with designations, teams and projects; says what became of each address',
    tag,
    scope: 'organisation_wide',
    permission,
    params: orgParams(),
    body: Body,
    response: Type.Object({
      items: Type.Array(
        Type.Object({
          email: Type.String(),
          outcome: Type.Enum(INVITATION_OUTCOMES, {
            description: 'Only invited made an invitation; nothing is said of accounts outside this organisation',
          }),
          invitation_id: nullable(Id),
        }),
      ),
    }),
    status: 201,
    problems: [referenceUnknown, projectRoleMissing, ownProjectRole],
    audit: { event: 'member.invited', written_by: 'handler' },
    handle({ control, decide, organisation }, actor, { body }, request) {
      const { surface = 'studio', designations = [], team_ids = [], projects = [], emails } = body
      const terms = { emails, surface, designations, team_ids, projects }
      return inviteMembers(
        { control, decide, organisation },
        mailer,
        request.origin,
        request.organisation,
        actor,
        terms,
      )
    },
  })
}

function resendRoute(mailer: Mailer): Route {
  return route({
    operation: 'invitation_resend',
    method: 'POST',
    path: `${PATH}/:invitation/resend`,
    summary: 'Send an invitation again, with a new link and a new end; the old link is dead',
    tag,
    scope: 'organisation_wide',
    permission,
    params,
    response: Type.Object({ id: Id }),
    problems: [notFound, ownerOnly, invitationStateRefused, alreadyInvited],
    audit: { event: 'member.invite_resent', written_by: 'handler' },
    handle: ({ control, decide, organisation }, _actor, input, request) =>
      sendAgain(
        { control, decide, organisation },
        mailer,
        request.origin,
        request.organisation,
        input.params.invitation,
      ),
  })
}

const targetOf = ({ id }: { readonly id: string }) => ({ type: 'invitation', id })
const stateOf = (invitation: { readonly id: string; readonly state: InvitationState; readonly expires_at: Date }) => ({
  id: invitation.id,
  state: invitation.state,
  expires_at: invitation.expires_at,
})

function stateRoutes(): readonly Route[] {
  const scope = 'organisation'
  return [
    route({
      operation: 'invitation_revoke',
      method: 'POST',
      path: `${PATH}/:invitation/revoke`,
      summary: 'Take an invitation back; its link stops at once, and it can be restored',
      tag,
      scope,
      permission,
      params,
      response: State,
      problems: [notFound, ownerOnly, invitationStateRefused],
      audit: { event: 'member.invite_revoked', target: targetOf },
      handle: async (tx, actor, input) => stateOf(await revokeInvitation(tx, actor, input.params.invitation)),
    }),
    route({
      operation: 'invitation_restore',
      method: 'POST',
      path: `${PATH}/:invitation/restore`,
      summary: 'Make an invitation good again that was taken back, with the link it had',
      tag,
      scope,
      permission,
      params,
      response: State,
      problems: [notFound, ownerOnly, invitationStateRefused, alreadyInvited],
      audit: { event: 'member.invite_restored', target: targetOf },
      handle: async (tx, actor, input) => stateOf(await restoreInvitation(tx, actor, input.params.invitation)),
    }),
  ]
}
