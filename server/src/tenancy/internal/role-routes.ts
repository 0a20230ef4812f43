import { type Static, Type } from 'typebox'
import {
  outranked,
  ownerOnly,
  ownPermissions,
  permissionNotHeld,
  permissionNotSingle,
  permissionUnknown,
} from '../../access/problems.ts'
import { ALL_PERMISSIONS, BASE_ROLES, DESIGNATIONS, SURFACES } from '../../access/permission.ts'
import { explainMembership } from '../../access/require.ts'
import { appendEntry } from '../../audit/append.ts'
import { Nothing, ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { Id, Name, orgParams, PageQuery, pageSchema, Timestamp } from '../../http/schema.ts'
import { nameInvalid } from '../../identity/problems.ts'
import { memberRemoved, referenceUnknown, roleNameTaken } from '../problems.ts'
import { changeCustomRoles, changeRoleOfOwn, createRole, deleteRole, getRole, listRoles } from '../role.ts'
import { parseName } from './name.ts'
import { HeldPermission, heldPermission } from './permission-schema.ts'
import { replaced } from './replaced.ts'

const tag = 'Roles'
const scope = 'organisation'
const PATH = `${ORGANISATION_PATH}/roles`
const ONE = `${PATH}/:role`

const Role = Type.Object({
  id: Id,
  name: Type.String(),
  description: Type.String(),
  permissions: Type.Array(Type.String()),
  created_at: Timestamp,
  updated_at: Timestamp,
  member_count: Type.Integer(),
})
const Permissions = Type.Array(Type.String({ maxLength: 64 }), {
  minItems: 1,
  maxItems: 100,
  uniqueItems: true,
  description: 'Permissions that may be granted singly and that you hold',
})
const Description = Type.String({ maxLength: 1000 })
const problems = [roleNameTaken, permissionUnknown, permissionNotSingle, permissionNotHeld, nameInvalid]

const target = ({ id }: { readonly id: string }) => ({ type: 'role', id })
const told = ({ name, permissions }: Static<typeof Role>) => ({ name, permissions })

/** Roles of the organisation's own, who has them, and what a role may do. */
export function roleRoutes(): readonly Route[] {
  return [listRoute(), viewAsRoute(), createRoute(), changeRoute(), deleteRoute(), assignRoute()]
}

function listRoute(): Route {
  return route({
    operation: 'role_list',
    method: 'GET',
    path: PATH,
    summary: 'List the roles of the organisation’s own',
    tag,
    scope,
    permission: 'user.view',
    params: orgParams(),
    query: PageQuery,
    response: pageSchema(Role),
    handle: (tx, _actor, { query }) => listRoles(tx, query),
  })
}

function viewAsRoute(): Route {
  return route({
    operation: 'role_view_as',
    method: 'GET',
    path: `${PATH}/view-as`,
    summary: 'What somebody with these roles may do and why, to look at the portal as they would; it is logged',
    tag,
    scope,
    permission: 'user.view',
    params: orgParams(),
    query: Type.Object(
      {
        base_role: Type.Enum(BASE_ROLES),
        surface: Type.Optional(Type.Enum(SURFACES, { default: 'studio' })),
        designation: Type.Optional(Type.Enum(DESIGNATIONS)),
        role_id: Type.Optional(Id),
      },
      { additionalProperties: false },
    ),
    response: Type.Object({ permissions: Type.Array(HeldPermission) }),
    async handle(tx, _actor, { query: { base_role, surface = 'studio', designation, role_id } }, { origin }) {
      const role = role_id === undefined ? null : await getRole(tx, role_id)
      const membership = {
        member_id: '',
        base_role,
        surface,
        designations: designation === undefined ? [] : [designation],
        custom_roles: role === null ? [] : [role],
        grants: [],
        denies: [],
      }
      await appendEntry(tx, origin, {
        event: 'role.viewed_as',
        data: { base_role, surface, designation: designation ?? null, role_id: role_id ?? null },
      })
      return { permissions: ALL_PERMISSIONS.map((each) => heldPermission(each, explainMembership(membership, each))) }
    },
  })
}

function createRoute(): Route {
  return route({
    operation: 'role_create',
    method: 'POST',
    path: PATH,
    summary: 'Make a role with a set of permissions',
    tag,
    scope,
    permission: 'role.change',
    step_up: true,
    params: orgParams(),
    body: Type.Object(
      { name: Name, description: Type.Optional(Description), permissions: Permissions },
      { additionalProperties: false },
    ),
    response: Role,
    status: 201,
    problems,
    audit: { event: 'role.created', target, data: told },
    handle: (tx, actor, { body: { description = '', ...body } }) =>
      createRole(tx, actor, { ...body, description, name: parseName(body.name) }),
  })
}

function changeRoute(): Route {
  return route({
    operation: 'role_change',
    method: 'PATCH',
    path: ONE,
    summary: 'Change a role; whoever has it follows with the next request',
    tag,
    scope,
    permission: 'role.change',
    step_up: true,
    params: orgParams('role'),
    body: Type.Object(
      {
        name: Type.Optional(Name),
        description: Type.Optional(Description),
        permissions: Type.Optional(Permissions),
      },
      { additionalProperties: false, minProperties: 1 },
    ),
    response: Role,
    problems,
    audit: { event: 'role.updated', target, data: ({ before, ...role }) => ({ before, after: told(role) }) },
    handle: (tx, actor, { params, body: { name, ...rest } }) =>
      changeRoleOfOwn(tx, actor, params.role, { ...rest, ...(name !== undefined && { name: parseName(name) }) }),
  })
}

function deleteRoute(): Route {
  return route({
    operation: 'role_delete',
    method: 'DELETE',
    path: ONE,
    summary: 'Delete a role; whoever had it lacks it with the next request',
    tag,
    scope,
    permission: 'role.change',
    step_up: true,
    params: orgParams('role'),
    response: Nothing,
    status: 204,
    audit: {
      event: 'role.deleted',
      target: (_: unknown, { params }) => ({ type: 'role', id: params.role }),
      data: ({ before }) => ({ before }),
    },
    async handle(tx, _actor, { params }) {
      const { name, permissions, member_count } = await deleteRole(tx, params.role)
      return replaced({ name, permissions, member_count })
    },
  })
}

function assignRoute(): Route {
  return route({
    operation: 'member_set_custom_roles',
    method: 'PUT',
    path: `${ORGANISATION_PATH}/members/:member/custom-roles`,
    summary: 'Set the custom roles of a member; what an identity provider gave stays',
    tag: 'Members',
    scope,
    permission: 'role.change',
    step_up: true,
    params: orgParams('member'),
    body: Type.Object(
      { role_ids: Type.Array(Id, { uniqueItems: true, maxItems: 50 }) },
      { additionalProperties: false },
    ),
    response: Type.Object({ id: Id, role_ids: Type.Array(Id) }),
    problems: [ownerOnly, outranked, memberRemoved, ownPermissions, referenceUnknown],
    audit: {
      event: 'member.custom_roles_changed',
      target: ({ id }) => ({ type: 'member', id }),
      data: ({ role_ids, before }) => ({ before, after: { role_ids } }),
    },
    handle: (tx, actor, { params, body }) => changeCustomRoles(tx, actor, params.member, body.role_ids),
  })
}
