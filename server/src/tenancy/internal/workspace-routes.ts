import { Type } from 'typebox'
import { workspaceRoleMissing } from '../../access/problems.ts'
import { WORKSPACE_ROLES } from '../../access/scope-role.ts'
import { Nothing, ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { Id, Name, orgParams, PageQuery, pageSchema, Timestamp } from '../../http/schema.ts'
import { nameInvalid } from '../../identity/problems.ts'
import { memberRemoved, membershipRequired, workspaceNameTaken } from '../problems.ts'
import {
  changeWorkspace,
  createWorkspace,
  deleteWorkspace,
  getWorkspace,
  listWorkspaceMembers,
  listWorkspaces,
  removeWorkspaceMember,
  setWorkspaceMember,
} from '../workspace.ts'
import { parseName } from './name.ts'
import { replaced } from './replaced.ts'

const tag = 'Workspaces'
const scope = 'organisation'
const PATH = `${ORGANISATION_PATH}/workspaces`

const Role = Type.Enum(WORKSPACE_ROLES)
const Description = Type.String({ maxLength: 2000, pattern: '^[^\\u0000]*$' })
const Workspace = Type.Object({
  id: Id,
  name: Type.String(),
  description: Type.String(),
  created_at: Timestamp,
  my_role: Role,
})
const WorkspaceMember = Type.Object({ member_id: Id, role: Role })
const Draft = Type.Object({ name: Name, description: Type.Optional(Description) }, { additionalProperties: false })
const Change = Type.Partial(Draft, { additionalProperties: false })

const targetOf = (workspace: { readonly id: string }) => ({ type: 'workspace', id: workspace.id })
const inWorkspace = (_: unknown, { params }: { readonly params: { readonly workspace: string } }) =>
  targetOf({ id: params.workspace })

/** Workspaces and the roles in them. */
export function workspaceRoutes(): readonly Route[] {
  return [...routesOfWorkspaces(), ...routesOfWorkspaceMembers()]
}

function routesOfWorkspaces(): readonly Route[] {
  return [
    route({
      operation: 'workspace_list',
      method: 'GET',
      path: PATH,
      summary: 'List the workspaces one may know of',
      tag,
      scope,
      permission: 'workspace.view',
      params: orgParams(),
      query: PageQuery,
      response: pageSchema(Workspace),
      handle: (tx, actor, { query }) => listWorkspaces(tx, actor, query),
    }),
    route({
      operation: 'workspace_create',
      method: 'POST',
      path: PATH,
      summary: 'Make a workspace and become its admin',
      tag,
      scope,
      permission: 'workspace.create',
      params: orgParams(),
      body: Draft,
      response: Workspace,
      status: 201,
      problems: [workspaceNameTaken, nameInvalid, membershipRequired],
      audit: { event: 'workspace.created', target: targetOf, data: ({ name }) => ({ name }) },
      handle: (tx, actor, { body }) => createWorkspace(tx, actor, { ...body, name: parseName(body.name) }),
    }),
    route({
      operation: 'workspace_view',
      method: 'GET',
      path: `${PATH}/:workspace`,
      summary: 'Show a workspace',
      tag,
      scope,
      permission: 'workspace.view',
      params: orgParams('workspace'),
      response: Workspace,
      handle: (tx, actor, { params }) => getWorkspace(tx, actor, params.workspace, 'view'),
    }),
    route({
      operation: 'workspace_change',
      method: 'PATCH',
      path: `${PATH}/:workspace`,
      summary: 'Change the name or description of a workspace',
      tag,
      scope,
      permission: 'workspace.view',
      params: orgParams('workspace'),
      body: Change,
      response: Workspace,
      problems: [workspaceNameTaken, nameInvalid, workspaceRoleMissing],
      audit: {
        event: 'workspace.updated',
        target: targetOf,
        data: ({ name, description, before }) => ({ before, after: { name, description } }),
      },
      handle: (tx, actor, { params, body: { name, ...rest } }) =>
        changeWorkspace(tx, actor, params.workspace, {
          ...rest,
          ...(name !== undefined && { name: parseName(name) }),
        }),
    }),
    route({
      operation: 'workspace_delete',
      method: 'DELETE',
      path: `${PATH}/:workspace`,
      summary: 'Delete a workspace; its projects stay',
      tag,
      scope,
      permission: 'workspace.delete',
      params: orgParams('workspace'),
      response: Nothing,
      status: 204,
      audit: { event: 'workspace.deleted', target: inWorkspace, data: ({ before }) => ({ before }) },
      async handle(tx, actor, { params }) {
        const { name, description } = await deleteWorkspace(tx, actor, params.workspace)
        return replaced({ name, description })
      },
    }),
  ]
}

function routesOfWorkspaceMembers(): readonly Route[] {
  return [
    route({
      operation: 'workspace_list_members',
      method: 'GET',
      path: `${PATH}/:workspace/members`,
      summary: 'List the roles written down in a workspace',
      tag,
      scope,
      permission: 'workspace.view',
      params: orgParams('workspace'),
      query: PageQuery,
      response: pageSchema(WorkspaceMember),
      handle: (tx, actor, { params, query }) => listWorkspaceMembers(tx, actor, params.workspace, query),
    }),
    route({
      operation: 'workspace_set_member',
      method: 'PUT',
      path: `${PATH}/:workspace/members/:member`,
      summary: 'Give somebody a role in a workspace',
      tag,
      scope,
      permission: 'workspace.view',
      params: orgParams('workspace', 'member'),
      body: Type.Object({ role: Role }, { additionalProperties: false }),
      response: WorkspaceMember,
      problems: [workspaceRoleMissing, memberRemoved],
      audit: {
        event: 'workspace.member_set',
        target: inWorkspace,
        data: ({ member_id, role, before }) => ({ member_id, before, after: { role } }),
      },
      handle: (tx, actor, { params, body }) =>
        setWorkspaceMember(tx, actor, params.workspace, { member_id: params.member, role: body.role }),
    }),
    route({
      operation: 'workspace_remove_member',
      method: 'DELETE',
      path: `${PATH}/:workspace/members/:member`,
      summary: 'Take the role of somebody in a workspace',
      tag,
      scope,
      permission: 'workspace.view',
      params: orgParams('workspace', 'member'),
      response: Nothing,
      status: 204,
      problems: [workspaceRoleMissing],
      audit: { event: 'workspace.member_removed', target: inWorkspace, data: ({ before }) => ({ before }) },
      handle: async (tx, actor, { params }) =>
        replaced(await removeWorkspaceMember(tx, actor, params.workspace, params.member)),
    }),
  ]
}
