import { Type } from 'typebox'
import {
  lastOwner,
  outranked,
  ownerKeeps,
  ownerOnly,
  ownPermissions,
  ownRole,
  permissionNotSingle,
  permissionUnknown,
} from '../../access/problems.ts'
import { BASE_ROLES, DESIGNATIONS, SURFACES } from '../../access/permission.ts'
import { appendEntry } from '../../audit/append.ts'
import { Nothing, ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { Id, Name, nullable, orgParams, PageQuery, pageSchema, Timestamp } from '../../http/schema.ts'
import { emailInvalid, nameInvalid } from '../../identity/problems.ts'
import { overloaded } from '../../kernel/problem.ts'
import { forgetMembership } from '../account.ts'
import { createMember } from '../member-admission.ts'
import {
  changeDesignations,
  changePermissions,
  changePlace,
  changeRole,
  reactivateMember,
  removeMember,
  signOutMember,
  suspendMember,
} from '../member-change.ts'
import { type HandOver, handOverDuties } from '../member-departure.ts'
import { countActiveMembers, getMember, listDirectory, listMembers } from '../member.ts'
import {
  alreadyMember,
  invitationRequired,
  handOverNeeded,
  memberRemoved,
  memberStatusRefused,
  referenceUnknown,
} from '../problems.ts'
import { MEMBER_STATUSES } from './member-row.ts'
import { HeldPermission, heldPermission } from './permission-schema.ts'

const tag = 'Members'
const scope = 'organisation'
const PATH = `${ORGANISATION_PATH}/members`

const Role = Type.Enum(BASE_ROLES)
const Surface = Type.Enum(SURFACES)
const Status = Type.Enum(MEMBER_STATUSES)
const Designations = Type.Array(Type.Enum(DESIGNATIONS), { uniqueItems: true, maxItems: DESIGNATIONS.length })
const Words = Type.Array(Type.String({ maxLength: 64 }), { uniqueItems: true, maxItems: 100 })

const Member = Type.Object({
  id: Id,
  email: nullable(Type.String()),
  display_name: nullable(Type.String({ description: 'Null until the person has acted in this organisation' })),
  base_role: Role,
  designations: Type.Array(Type.Enum(DESIGNATIONS)),
  surface: Surface,
  primary_team_id: nullable(Id),
  status: Status,
  joined_at: Timestamp,
  removed_at: nullable(Timestamp),
})
const MemberDetail = Type.Object({
  ...Member.properties,
  custom_roles: Type.Array(Type.Object({ id: Id, name: Type.String(), permissions: Type.Array(Type.String()) })),
  grants: Type.Array(Type.String()),
  denies: Type.Array(Type.String()),
  team_ids: Type.Array(Id),
  permissions: Type.Array(HeldPermission),
})
const AdmittedMember = Type.Object({
  ...Member.properties,
  one_time_password: nullable(
    Type.String({
      description:
        'Hand it to the person, who chooses a password of their own at the first sign-in; whoever has an account ' +
        'already signs in with the password they have. Shown this once; null when the request is repeated.',
    }),
  ),
})
const Search = Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000]*$' })

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const Ids = Type.String({
  pattern: `^${UUID}(?:,${UUID}){0,99}$`,
  maxLength: 3700,
  description: 'Up to 100 ids, separated by commas: these members alone, former ones included',
})

const memberTarget = ({ id }: { readonly id: string }) => ({ type: 'member', id })
const actProblems = [ownerOnly, outranked, memberRemoved]

/** Members: who they are, what they may do, and every act on them. */
export function memberRoutes(hand_overs: readonly HandOver[]): readonly Route[] {
  return [
    ...readingRoutes(),
    admissionRoute(),
    ...rightsRoutes(),
    placeRoute(),
    ...standingRoutes(),
    removalRoute(hand_overs),
  ]
}

function readingRoutes(): readonly Route[] {
  return [
    route({
      operation: 'member_list',
      method: 'GET',
      path: PATH,
      summary: 'List members with their roles; the removed ones only when asked for',
      tag,
      scope: 'organisation_wide',
      permission: 'user.view',
      params: orgParams(),
      query: Type.Object(
        {
          ...PageQuery.properties,
          search: Type.Optional(Search),
          status: Type.Optional(Status),
          role: Type.Optional(Role),
          team_id: Type.Optional(Id),
        },
        { additionalProperties: false },
      ),
      response: Type.Object({
        ...pageSchema(Member).properties,
        active_members: Type.Integer({
          description: 'How many active members there are in all, whatever was asked for',
        }),
      }),
      async handle({ control, organisation }, _actor, { query }) {
        const page = await listMembers(control, organisation, query)
        return { ...page, active_members: await countActiveMembers(organisation) }
      },
    }),
    route({
      operation: 'member_view',
      method: 'GET',
      path: `${PATH}/:member`,
      summary: 'Show a member with every permission they hold or lack, and why',
      tag,
      scope: 'organisation_wide',
      permission: 'user.view',
      params: orgParams('member'),
      response: MemberDetail,
      async handle({ control, organisation }, _actor, { params }) {
        const member = await getMember(control, organisation, params.member)
        return { ...member, permissions: member.permissions.map((each) => heldPermission(each.permission, each)) }
      },
    }),
    route({
      operation: 'directory_list',
      method: 'GET',
      path: `${ORGANISATION_PATH}/directory`,
      summary: 'List the active members by name, to pick a person',
      tag,
      scope: 'organisation_wide',
      permission: 'directory.view',
      params: orgParams(),
      query: Type.Object(
        { ...PageQuery.properties, search: Type.Optional(Search), ids: Type.Optional(Ids) },
        { additionalProperties: false },
      ),
      response: pageSchema(Type.Object({ id: Id, name: Type.String() })),
      handle: ({ control, organisation }, _actor, { query: { ids, ...query } }) =>
        listDirectory(control, organisation, { ...query, ...(ids !== undefined && { ids: ids.split(',') }) }),
    }),
  ]
}

function admissionRoute(): Route {
  return route({
    operation: 'member_create',
    method: 'POST',
    path: PATH,
    summary: 'Make somebody a member at once, with a one-time password, where e-mail addresses are not proven',
    tag,
    scope: 'organisation_wide',
    permission: 'user.invite',
    params: orgParams(),
    body: Type.Object(
      {
        email: Type.String({ minLength: 3, maxLength: 254 }),
        display_name: Name,
        surface: Type.Optional(Type.Enum(SURFACES, { default: 'studio' })),
      },
      { additionalProperties: false },
    ),
    response: AdmittedMember,
    status: 201,
    shown_once: ['one_time_password'],
    problems: [alreadyMember, invitationRequired, emailInvalid, nameInvalid, overloaded],
    audit: { event: 'member.joined', written_by: 'handler' },
    handle: ({ control, decide }, _actor, { body: { surface = 'studio', ...body } }, { origin, organisation }) =>
      createMember({ control, decide }, origin, organisation.id, { ...body, surface }),
  })
}

function rightsRoutes(): readonly Route[] {
  const permission = 'role.change'
  return [
    route({
      operation: 'member_set_role',
      method: 'PUT',
      path: `${PATH}/:member/role`,
      summary: 'Give a member another base role',
      tag,
      scope,
      permission,
      step_up: true,
      params: orgParams('member'),
      body: Type.Object({ base_role: Role }, { additionalProperties: false }),
      response: Type.Object({ id: Id, base_role: Role }),
      problems: [...actProblems, ownRole, lastOwner, ownerKeeps],
      audit: {
        event: 'member.role_changed',
        target: memberTarget,
        data: ({ base_role, before }) => ({ before, after: { base_role } }),
      },
      handle: (tx, actor, { params, body }) => changeRole(tx, actor, params.member, body.base_role),
    }),
    route({
      operation: 'member_set_designations',
      method: 'PUT',
      path: `${PATH}/:member/designations`,
      summary: 'Set the designations of a member',
      tag,
      scope,
      permission,
      step_up: true,
      params: orgParams('member'),
      body: Type.Object({ designations: Designations }, { additionalProperties: false }),
      response: Type.Object({ id: Id, designations: Type.Array(Type.Enum(DESIGNATIONS)) }),
      problems: [...actProblems, ownPermissions],
      audit: {
        event: 'member.designation_changed',
        target: memberTarget,
        data: ({ designations, before }) => ({ before, after: { designations } }),
      },
      handle: (tx, actor, { params, body }) => changeDesignations(tx, actor, params.member, body.designations),
    }),
    route({
      operation: 'member_set_permissions',
      method: 'PUT',
      path: `${PATH}/:member/permissions`,
      summary: 'Set what is granted to and denied one member',
      tag,
      scope,
      permission,
      step_up: true,
      params: orgParams('member'),
      body: Type.Object({ grants: Words, denies: Words }, { additionalProperties: false }),
      response: Type.Object({ id: Id, grants: Type.Array(Type.String()), denies: Type.Array(Type.String()) }),
      problems: [...actProblems, permissionUnknown, permissionNotSingle, ownPermissions, ownerKeeps],
      audit: {
        event: 'member.permission_changed',
        target: memberTarget,
        data: ({ grants, denies, before }) => ({ before, after: { grants, denies } }),
      },
      handle: (tx, actor, { params, body }) => changePermissions(tx, actor, params.member, body),
    }),
  ]
}

function placeRoute(): Route {
  return route({
    operation: 'member_change',
    method: 'PATCH',
    path: `${PATH}/:member`,
    summary: 'Change the surface or the primary team of a member',
    tag,
    scope,
    permission: 'user.change',
    params: orgParams('member'),
    body: Type.Object(
      { surface: Type.Optional(Surface), primary_team_id: Type.Optional(nullable(Id)) },
      { additionalProperties: false },
    ),
    response: Type.Object({ id: Id, surface: Surface, primary_team_id: nullable(Id) }),
    problems: [...actProblems, referenceUnknown],
    audit: {
      event: 'member.surface_changed',
      target: memberTarget,
      data: ({ surface, primary_team_id, before }) => ({ before, after: { surface, primary_team_id } }),
    },
    handle: (tx, actor, { params, body }) => changePlace(tx, actor, params.member, body),
  })
}

function standingRoutes(): readonly Route[] {
  const Standing = Type.Object({ id: Id, status: Status })
  const problems = [...actProblems, memberStatusRefused]
  return [
    route({
      operation: 'member_suspend',
      method: 'POST',
      path: `${PATH}/:member/suspend`,
      summary: 'Suspend a member; sessions and keys fail with the next request',
      tag,
      scope,
      permission: 'user.change',
      params: orgParams('member'),
      response: Standing,
      problems: [...problems, lastOwner],
      audit: { event: 'member.suspended', target: memberTarget, data: ({ before }) => ({ before }) },
      handle: (tx, actor, { params }) => suspendMember(tx, actor, params.member),
    }),
    route({
      operation: 'member_reactivate',
      method: 'POST',
      path: `${PATH}/:member/reactivate`,
      summary: 'End the suspension of a member',
      tag,
      scope,
      permission: 'user.change',
      params: orgParams('member'),
      response: Standing,
      problems,
      audit: { event: 'member.reactivated', target: memberTarget, data: ({ before }) => ({ before }) },
      handle: (tx, actor, { params }) => reactivateMember(tx, actor, params.member),
    }),
    route({
      operation: 'member_sign_out',
      method: 'POST',
      path: `${PATH}/:member/sign-out`,
      summary: 'Sign a member out of this organisation; no other organisation notices',
      tag,
      scope,
      permission: 'session.revoke_any',
      params: orgParams('member'),
      response: Type.Object({ id: Id }),
      problems: actProblems,
      audit: { event: 'member.sessions_revoked', target: memberTarget },
      handle: (tx, actor, { params }) => signOutMember(tx, actor, params.member),
    }),
  ]
}

function removalRoute(hand_overs: readonly HandOver[]): Route {
  return route({
    operation: 'member_remove',
    method: 'DELETE',
    path: `${PATH}/:member`,
    summary: 'Remove a member; their sessions and keys here end with it, their record stays',
    tag,
    scope: 'organisation_wide',
    permission: 'user.remove',
    params: orgParams('member'),
    query: Type.Object(
      {
        hand_over_to: Type.Optional(Id),
        leave_pending: Type.Optional(
          Type.Boolean({ description: 'Leave what waits for this member to whoever else may decide it' }),
        ),
      },
      { additionalProperties: false },
    ),
    response: Nothing,
    status: 204,
    problems: [...actProblems, lastOwner, handOverNeeded, referenceUnknown],
    audit: { event: 'member.removed', written_by: 'handler' },
    async handle({ control, decide }, _actor, { params, query }, { origin, organisation }) {
      const { user_id } = await decide(async (tx, actor) => {
        const handed_over = await handOverDuties(tx, actor, hand_overs, params.member, query)
        const removal = await removeMember(tx, actor, params.member)
        const { id, before, revoked_keys } = removal
        await appendEntry(tx, origin, {
          event: 'member.removed',
          target: { type: 'member', id },
          data: { before, revoked_keys, handed_over },
        })
        for (const { atRemoval } of hand_overs) await atRemoval?.(tx, origin, id, query.hand_over_to ?? null)
        return removal
      })
      await forgetMembership(control, user_id, organisation.id)
      return {}
    },
  })
}
