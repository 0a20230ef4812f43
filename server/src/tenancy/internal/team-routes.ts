import { Type } from 'typebox'
import { Nothing, ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { Id, Name, orgParams, PageQuery, pageSchema, Timestamp } from '../../http/schema.ts'
import { nameInvalid } from '../../identity/problems.ts'
import { memberRemoved, teamNameTaken } from '../problems.ts'
import {
  createTeam,
  deleteTeam,
  getTeam,
  listTeamMembers,
  listTeams,
  removeTeamMember,
  renameTeam,
  setTeamMember,
} from '../team.ts'
import { parseName } from './name.ts'
import { replaced } from './replaced.ts'

const tag = 'Teams'
const scope = 'organisation'
const PATH = `${ORGANISATION_PATH}/teams`

const Team = Type.Object({ id: Id, name: Type.String(), created_at: Timestamp })
const ListedTeam = Type.Object({ ...Team.properties, member_count: Type.Integer() })
const TeamMember = Type.Object({ member_id: Id, is_manager: Type.Boolean() })
const Draft = Type.Object({ name: Name }, { additionalProperties: false })

const targetOf = (team: { readonly id: string }) => ({ type: 'team', id: team.id })
const inTeam = (_: unknown, { params }: { readonly params: { readonly team: string } }) => targetOf({ id: params.team })

/** Teams and who is in them. */
export function teamRoutes(): readonly Route[] {
  return [...routesOfTeams(), ...routesOfTeamMembers()]
}

function routesOfTeams(): readonly Route[] {
  return [
    route({
      operation: 'team_list',
      method: 'GET',
      path: PATH,
      summary: 'List the teams',
      tag,
      scope,
      permission: 'directory.view',
      params: orgParams(),
      query: PageQuery,
      response: pageSchema(ListedTeam),
      handle: (tx, _actor, { query }) => listTeams(tx, query),
    }),
    route({
      operation: 'team_create',
      method: 'POST',
      path: PATH,
      summary: 'Make a team',
      tag,
      scope,
      permission: 'team.manage',
      params: orgParams(),
      body: Draft,
      response: Team,
      status: 201,
      problems: [teamNameTaken, nameInvalid],
      audit: { event: 'team.created', target: targetOf, data: ({ name }) => ({ name }) },
      handle: (tx, _actor, { body }) => createTeam(tx, parseName(body.name)),
    }),
    route({
      operation: 'team_view',
      method: 'GET',
      path: `${PATH}/:team`,
      summary: 'Show a team',
      tag,
      scope,
      permission: 'directory.view',
      params: orgParams('team'),
      response: Team,
      handle: (tx, _actor, { params }) => getTeam(tx, params.team),
    }),
    route({
      operation: 'team_rename',
      method: 'PATCH',
      path: `${PATH}/:team`,
      summary: 'Rename a team',
      tag,
      scope,
      permission: 'team.manage',
      params: orgParams('team'),
      body: Draft,
      response: Team,
      problems: [teamNameTaken, nameInvalid],
      audit: { event: 'team.updated', target: targetOf, data: ({ name, before }) => ({ before, after: { name } }) },
      handle: (tx, _actor, { params, body }) => renameTeam(tx, params.team, parseName(body.name)),
    }),
    route({
      operation: 'team_delete',
      method: 'DELETE',
      path: `${PATH}/:team`,
      summary: 'Delete a team; its people and its past usage stay',
      tag,
      scope,
      permission: 'team.manage',
      params: orgParams('team'),
      response: Nothing,
      status: 204,
      audit: { event: 'team.deleted', target: inTeam, data: ({ before }) => ({ before }) },
      handle: async (tx, _actor, { params }) => replaced(await deleteTeam(tx, params.team)),
    }),
  ]
}

function routesOfTeamMembers(): readonly Route[] {
  return [
    route({
      operation: 'team_list_members',
      method: 'GET',
      path: `${PATH}/:team/members`,
      summary: 'List the people in a team',
      tag,
      scope,
      permission: 'directory.view',
      params: orgParams('team'),
      query: PageQuery,
      response: pageSchema(TeamMember),
      handle: (tx, _actor, { params, query }) => listTeamMembers(tx, params.team, query),
    }),
    route({
      operation: 'team_set_member',
      method: 'PUT',
      path: `${PATH}/:team/members/:member`,
      summary: 'Put somebody into a team, or make them its manager or no longer',
      tag,
      scope,
      permission: 'team.manage',
      params: orgParams('team', 'member'),
      body: Type.Object({ is_manager: Type.Boolean() }, { additionalProperties: false }),
      response: TeamMember,
      problems: [memberRemoved],
      audit: {
        event: 'team.member_set',
        target: inTeam,
        data: ({ member_id, is_manager, before }) => ({ member_id, before, after: { is_manager } }),
      },
      handle: (tx, _actor, { params, body }) => setTeamMember(tx, params.team, params.member, body.is_manager),
    }),
    route({
      operation: 'team_remove_member',
      method: 'DELETE',
      path: `${PATH}/:team/members/:member`,
      summary: 'Take somebody out of a team',
      tag,
      scope,
      permission: 'team.manage',
      params: orgParams('team', 'member'),
      response: Nothing,
      status: 204,
      audit: { event: 'team.member_removed', target: inTeam, data: ({ before }) => ({ before }) },
      handle: async (tx, _actor, { params }) => replaced(await removeTeamMember(tx, params.team, params.member)),
    }),
  ]
}
