import { Type } from 'typebox'
import { Field } from '../../apps/field.ts'
import { ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { Id, nullable, orgParams, PageQuery, pageSchema, Timestamp } from '../../http/schema.ts'
import { badCursor } from '../../kernel/page.ts'
import { answerHumanTask, getHumanTask, listHumanTasks } from '../human-task.ts'
import { taskClosed } from '../problems.ts'
import type { RunRouteNeeds } from './run-asked-schema.ts'
import { JsonObject } from './run-schema.ts'

const tag = 'human tasks'

const task = {
  id: Id,
  execution_id: Id,
  node_id: Type.String(),
  title: Type.String(),
  member_id: nullable(Id),
  role: nullable(Type.String()),
  opened_at: Timestamp,
  due_at: nullable(Timestamp),
  answered_at: nullable(Timestamp),
  answered_by: nullable(Id),
  app_id: Id,
  app_name: Type.String(),
  requester_id: Id,
  risk: Type.String(),
}

const Task = Type.Object(task)
const TaskDetail = Type.Object({
  ...task,
  description: Type.String(),
  fields: Type.Array(Field),
  is_open: Type.Boolean(),
})

/** The queue of tasks that runs put to people. Whose a task is follows from the app, not from a permission. */
export function taskRoutes({ desk, engine }: RunRouteNeeds): readonly Route[] {
  return [
    route({
      operation: 'human_task_list',
      method: 'GET',
      path: `${ORGANISATION_PATH}/human-tasks`,
      scope: 'organisation',
      permission: 'run.view_own',
      tag,
      summary: 'List the open tasks that are yours to answer, newest first',
      params: orgParams(),
      query: Type.Object(
        { ...PageQuery.properties, answered: Type.Optional(Type.Boolean()) },
        { additionalProperties: false },
      ),
      response: pageSchema(Task),
      problems: [badCursor],
      handle: (tx, actor, { query }) => listHumanTasks(tx, actor, query),
    }),
    route({
      operation: 'human_task_get',
      method: 'GET',
      path: `${ORGANISATION_PATH}/human-tasks/:task`,
      scope: 'organisation_wide',
      permission: 'run.view_own',
      tag,
      summary: 'Get a task with what it asks for',
      params: orgParams('task'),
      response: TaskDetail,
      handle: (both, actor, { params }, request) =>
        getHumanTask(desk.vault, { id: request.organisation.id, database: both.organisation }, actor, params.task),
    }),
    route({
      operation: 'human_task_answer',
      method: 'POST',
      path: `${ORGANISATION_PATH}/human-tasks/:task/answer`,
      scope: 'organisation_wide',
      permission: 'run.view_own',
      tag,
      summary: 'Answer a task; its run goes on from there',
      params: orgParams('task'),
      body: Type.Object({ answer: JsonObject }, { additionalProperties: false }),
      response: TaskDetail,
      problems: [taskClosed],
      audit: { event: 'human_task.completed', written_by: 'handler' },
      async handle(both, actor, { params, body }, request) {
        const owner = { id: request.organisation.id, database: both.organisation }
        const answered = await answerHumanTask(desk.vault, owner, actor, request.origin, params.task, body.answer)
        engine.wake(request.organisation.id)
        return answered
      },
    }),
  ]
}
