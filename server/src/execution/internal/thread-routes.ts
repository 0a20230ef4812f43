import { Type } from 'typebox'
import { appendEntry } from '../../audit/append.ts'
import { ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { Id, Name, nullable, orgParams, PageQuery, pageSchema, Timestamp } from '../../http/schema.ts'
import { badCursor } from '../../kernel/page.ts'
import { quoteExpired, quoteNotConfirmed } from '../problems.ts'
import { createThread, deleteThread, getThread, listThreads, say } from '../thread.ts'
import { askerOf } from './run-asker.ts'
import type { RunRouteNeeds } from './run-asked-schema.ts'
import { JsonObject } from './run-schema.ts'

const tag = 'threads'
const thread = { id: Id, title: Name, project_id: Id, created_at: Timestamp, updated_at: Timestamp }
const Thread = Type.Object(thread)
const ThreadDetail = Type.Object({
  ...thread,
  messages: Type.Array(
    Type.Object({
      id: Id,
      content: Type.String(),
      created_at: Timestamp,
      run: nullable(
        Type.Object({
          id: Id,
          app_id: Id,
          app_name: Type.String(),
          state: Type.String(),
          failure: nullable(Type.String()),
          output: Type.Unknown(),
        }),
      ),
    }),
  ),
})

/** Conversations from which apps are run. */
export function threadRoutes({ desk }: RunRouteNeeds): readonly Route[] {
  return [
    route({
      operation: 'thread_list',
      method: 'GET',
      path: `${ORGANISATION_PATH}/threads`,
      scope: 'organisation',
      permission: 'run.view_own',
      tag,
      summary: 'List own threads, newest first',
      params: orgParams(),
      query: PageQuery,
      response: pageSchema(Thread),
      problems: [badCursor],
      handle: (tx, actor, { query }) => listThreads(tx, actor, query),
    }),
    route({
      operation: 'thread_create',
      method: 'POST',
      path: `${ORGANISATION_PATH}/threads`,
      scope: 'organisation_wide',
      permission: 'run.execute',
      tag,
      summary: 'Open a thread from which apps can be run',
      params: orgParams(),
      body: Type.Object({ title: Name, project_id: Type.Optional(Id) }, { additionalProperties: false }),
      response: Thread,
      status: 201,
      audit: { event: 'thread.created', written_by: 'handler' },
      async handle(both, actor, { body }, request) {
        const { project_id = null } = body
        const asker = await askerOf(both, actor, request, { project_id, use_case_id: null, thread_id: null })
        return both.decide(async (tx, now) => {
          const opened = await createThread(tx, now, { title: body.title, project_id: asker.project_id })
          const target = { type: 'thread', id: opened.id }
          await appendEntry(tx, request.origin, { event: 'thread.created', target })
          return opened
        })
      },
    }),
    route({
      operation: 'thread_get',
      method: 'GET',
      path: `${ORGANISATION_PATH}/threads/:thread`,
      scope: 'organisation_wide',
      permission: 'run.view_own',
      tag,
      summary: 'Get an own thread with its messages and the drafts of the runs they started',
      params: orgParams('thread'),
      response: ThreadDetail,
      handle: (both, actor, { params }, request) =>
        getThread(desk.vault, { id: request.organisation.id, database: both.organisation }, actor, params.thread),
    }),
    route({
      operation: 'thread_delete',
      method: 'DELETE',
      path: `${ORGANISATION_PATH}/threads/:thread`,
      scope: 'organisation',
      permission: 'run.view_own',
      tag,
      summary: 'Delete an own thread with its messages; its runs stay',
      params: orgParams('thread'),
      response: Type.Object({}),
      status: 204,
      audit: { event: 'thread.deleted', target: (_output, { params }) => ({ type: 'thread', id: params.thread }) },
      async handle(tx, actor, { params }) {
        await deleteThread(tx, actor, params.thread)
        return {}
      },
    }),
    route({
      operation: 'thread_say',
      method: 'POST',
      path: `${ORGANISATION_PATH}/threads/:thread/messages`,
      scope: 'organisation_wide',
      permission: 'run.execute',
      tag,
      summary: 'Write into an own thread, and run an app with it; its draft is shown in the thread',
      params: orgParams('thread'),
      body: Type.Object(
        {
          content: Type.String({ minLength: 1, maxLength: 100_000 }),
          app_id: Type.Optional(Id),
          input: Type.Optional(JsonObject),
          use_case_id: Type.Optional(Id),
          jurisdiction: Type.Optional(Type.String({ minLength: 2, maxLength: 20 })),
          quote_id: Type.Optional(Id),
          max_price_micros: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
        },
        { additionalProperties: false },
      ),
      response: ThreadDetail,
      status: 201,
      problems: [quoteNotConfirmed, quoteExpired],
      audit: { event: 'execution.created', written_by: 'handler' },
      async handle(both, actor, { params, body }, request) {
        const owner = { id: request.organisation.id, database: both.organisation }
        const { project_id } = await getThread(desk.vault, owner, actor, params.thread)
        const { use_case_id = null } = body
        const place = { project_id: actor.use.via === 'api_key' ? null : project_id, use_case_id }
        const asker = await askerOf(both, actor, request, { ...place, thread_id: params.thread })
        const { app_id, input = {}, jurisdiction = null, quote_id = null, max_price_micros = null } = body
        const confirmation = { quote_id, max_price_micros }
        const run = app_id === undefined ? null : { app_id, input, jurisdiction, confirmation }
        await say(desk, asker, params.thread, { content: body.content, run })
        const seen = await getThread(desk.vault, owner, actor, params.thread)
        return request.act_id === null ? seen : both.decide(async () => seen)
      },
    }),
  ]
}
