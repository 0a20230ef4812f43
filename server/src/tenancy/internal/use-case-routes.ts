import { Type } from 'typebox'
import { projectRoleMissing } from '../../access/problems.ts'
import { Nothing, ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { Id, Name, nullable, orgParams, PageQuery, pageSchema, Timestamp } from '../../http/schema.ts'
import { nameInvalid } from '../../identity/problems.ts'
import { projectArchived, useCaseNameTaken } from '../problems.ts'
import { archiveUseCase, createUseCase, listUseCases } from '../use-case.ts'
import { parseName } from './name.ts'
import { replaced } from './replaced.ts'

const tag = 'Projects'
const scope = 'organisation'
const permission = 'project.view'
const PATH = `${ORGANISATION_PATH}/projects/:project/use-cases`

const UseCase = Type.Object({
  id: Id,
  project_id: Id,
  name: Type.String(),
  created_at: Timestamp,
  archived_at: nullable(Timestamp),
})
const Query = Type.Object(
  { ...PageQuery.properties, archived: Type.Optional(Type.Boolean()) },
  { additionalProperties: false },
)

/** Use cases of projects. */
export function useCaseRoutes(): readonly Route[] {
  return [
    route({
      operation: 'use_case_list',
      method: 'GET',
      path: PATH,
      summary: 'List the use cases of a project',
      tag,
      scope,
      permission,
      params: orgParams('project'),
      query: Query,
      response: pageSchema(UseCase),
      handle: (tx, actor, { params, query }) => listUseCases(tx, actor, params.project, query),
    }),
    route({
      operation: 'use_case_create',
      method: 'POST',
      path: PATH,
      summary: 'Make a use case',
      tag,
      scope,
      permission,
      params: orgParams('project'),
      body: Type.Object({ name: Name }, { additionalProperties: false }),
      response: UseCase,
      status: 201,
      problems: [useCaseNameTaken, nameInvalid, projectRoleMissing, projectArchived],
      audit: {
        event: 'use_case.created',
        target: ({ id }) => ({ type: 'use_case', id }),
        data: ({ name, project_id }) => ({ name, project_id }),
      },
      handle: (tx, actor, { params, body }) => createUseCase(tx, actor, params.project, parseName(body.name)),
    }),
    route({
      operation: 'use_case_delete',
      method: 'DELETE',
      path: `${PATH}/:use_case`,
      summary: 'Archive a use case and revoke the keys that were made for it',
      tag,
      scope,
      permission,
      params: orgParams('project', 'use_case'),
      response: Nothing,
      status: 204,
      problems: [projectRoleMissing, projectArchived],
      audit: {
        event: 'use_case.deleted',
        target: (_, { params }) => ({ type: 'use_case', id: params.use_case }),
        data: ({ before }) => ({ before }),
      },
      async handle(tx, actor, { params }) {
        const { name, revoked_keys } = await archiveUseCase(tx, actor, params.project, params.use_case)
        return replaced({ name, revoked_keys })
      },
    }),
  ]
}
