import { Type } from 'typebox'
import { ownProjectRole, projectRoleMissing, workspaceRoleMissing } from '../../access/problems.ts'
import { PROJECT_ROLES } from '../../access/scope-role.ts'
import { Nothing, ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { Id, Name, nullable, orgParams, PageQuery, pageSchema, Timestamp } from '../../http/schema.ts'
import { nameInvalid } from '../../identity/problems.ts'
import {
  defaultProjectRoles,
  defaultProjectStays,
  memberRemoved,
  membershipRequired,
  projectArchived,
  projectNameTaken,
  referenceUnknown,
} from '../problems.ts'
import {
  archiveProject,
  changeProject,
  createProject,
  getProject,
  listProjectMembers,
  listProjects,
  removeProjectMember,
  setProjectMember,
} from '../project.ts'
import { parseName } from './name.ts'
import { replaced } from './replaced.ts'

const tag = 'Projects'
const scope = 'organisation'
const PATH = `${ORGANISATION_PATH}/projects`

const Role = Type.Enum(PROJECT_ROLES)
const Project = Type.Object({
  id: Id,
  name: Type.String(),
  kind: Type.Union([Type.Literal('default'), Type.Literal('team')]),
  workspace_id: nullable(Id),
  created_at: Timestamp,
  archived_at: nullable(Timestamp),
})
/** `my_role` is null for an admin who may list the project and not see into it. */
const SeenProject = Type.Object({ ...Project.properties, my_role: nullable(Role) })
const ProjectMember = Type.Object({ member_id: Id, role: Role })
const Draft = Type.Object({ name: Name, workspace_id: Type.Optional(nullable(Id)) }, { additionalProperties: false })
const Change = Type.Partial(Draft, { additionalProperties: false })
const Query = Type.Object(
  { ...PageQuery.properties, archived: Type.Optional(Type.Boolean()), workspace_id: Type.Optional(Id) },
  { additionalProperties: false },
)

const targetOf = (project: { readonly id: string }) => ({ type: 'project', id: project.id })
const inProject = (_: unknown, { params }: { readonly params: { readonly project: string } }) =>
  targetOf({ id: params.project })

/** Projects and the roles in them. */
export function projectRoutes(): readonly Route[] {
  return [...routesOfProjects(), ...routesOfProjectMembers()]
}

function routesOfProjects(): readonly Route[] {
  return [
    route({
      operation: 'project_list',
      method: 'GET',
      path: PATH,
      summary: 'List the projects one may know of',
      tag,
      scope,
      permission: 'project.view',
      params: orgParams(),
      query: Query,
      response: pageSchema(SeenProject),
      handle: (tx, actor, { query }) => listProjects(tx, actor, query),
    }),
    route({
      operation: 'project_create',
      method: 'POST',
      path: PATH,
      summary: 'Make a team project and become its admin',
      tag,
      scope,
      permission: 'project.create',
      params: orgParams(),
      body: Draft,
      response: SeenProject,
      status: 201,
      problems: [projectNameTaken, nameInvalid, membershipRequired, referenceUnknown, workspaceRoleMissing],
      audit: {
        event: 'project.created',
        target: targetOf,
        data: ({ name, workspace_id }) => ({ name, workspace_id }),
      },
      handle: (tx, actor, { body }) => createProject(tx, actor, { ...body, name: parseName(body.name) }),
    }),
    route({
      operation: 'project_view',
      method: 'GET',
      path: `${PATH}/:project`,
      summary: 'Show a project',
      tag,
      scope,
      permission: 'project.view',
      params: orgParams('project'),
      response: SeenProject,
      handle: (tx, actor, { params }) => getProject(tx, actor, params.project),
    }),
    route({
      operation: 'project_change',
      method: 'PATCH',
      path: `${PATH}/:project`,
      summary: 'Change the name of a project, or the workspace it is in',
      tag,
      scope,
      permission: 'project.view',
      params: orgParams('project'),
      body: Change,
      response: Project,
      problems: [
        projectNameTaken,
        nameInvalid,
        projectRoleMissing,
        workspaceRoleMissing,
        referenceUnknown,
        projectArchived,
      ],
      audit: {
        event: 'project.updated',
        target: targetOf,
        data: ({ name, workspace_id, before }) => ({ before, after: { name, workspace_id } }),
      },
      handle: (tx, actor, { params, body: { name, ...rest } }) =>
        changeProject(tx, actor, params.project, { ...rest, ...(name !== undefined && { name: parseName(name) }) }),
    }),
    route({
      operation: 'project_delete',
      method: 'DELETE',
      path: `${PATH}/:project`,
      summary: 'Archive a project and revoke the keys that work in it',
      tag,
      scope,
      permission: 'project.delete',
      params: orgParams('project'),
      response: Nothing,
      status: 204,
      problems: [defaultProjectStays, projectArchived],
      audit: { event: 'project.deleted', target: inProject, data: ({ before }) => ({ before }) },
      async handle(tx, actor, { params }) {
        const { name, revoked_keys } = await archiveProject(tx, actor, params.project)
        return replaced({ name, revoked_keys })
      },
    }),
  ]
}

function routesOfProjectMembers(): readonly Route[] {
  return [
    route({
      operation: 'project_list_members',
      method: 'GET',
      path: `${PATH}/:project/members`,
      summary: 'List the roles written down in a project',
      tag,
      scope,
      permission: 'project.view',
      params: orgParams('project'),
      query: PageQuery,
      response: pageSchema(ProjectMember),
      handle: (tx, actor, { params, query }) => listProjectMembers(tx, actor, params.project, query),
    }),
    route({
      operation: 'project_set_member',
      method: 'PUT',
      path: `${PATH}/:project/members/:member`,
      summary: 'Give somebody a role in a team project',
      tag,
      scope,
      permission: 'project.view',
      params: orgParams('project', 'member'),
      body: Type.Object({ role: Role }, { additionalProperties: false }),
      response: ProjectMember,
      problems: [projectRoleMissing, ownProjectRole, defaultProjectRoles, projectArchived, memberRemoved],
      audit: {
        event: 'project.member_set',
        target: inProject,
        data: ({ member_id, role, before }) => ({ member_id, before, after: { role } }),
      },
      handle: (tx, actor, { params, body }) =>
        setProjectMember(tx, actor, params.project, { member_id: params.member, role: body.role }),
    }),
    route({
      operation: 'project_remove_member',
      method: 'DELETE',
      path: `${PATH}/:project/members/:member`,
      summary: 'Take the role of somebody in a team project',
      tag,
      scope,
      permission: 'project.view',
      params: orgParams('project', 'member'),
      response: Nothing,
      status: 204,
      problems: [projectRoleMissing, defaultProjectRoles, projectArchived],
      audit: { event: 'project.member_removed', target: inProject, data: ({ before }) => ({ before }) },
      handle: async (tx, actor, { params }) =>
        replaced(await removeProjectMember(tx, actor, params.project, params.member)),
    }),
  ]
}
