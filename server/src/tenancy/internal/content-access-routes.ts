import { Type } from 'typebox'
import { type Route, route } from '../../http/route.ts'
import { Id, nullable, PageQuery, pageSchema, Timestamp } from '../../http/schema.ts'
import { notFound } from '../../kernel/problem.ts'
import { closeContentAccess, listContentAccess, MAX_ACCESS_MINUTES, openContentAccess } from '../content-access.ts'
import { membershipRequired } from '../problems.ts'

const tag = 'Platform organisations'
const PATH = '/api/platform/content-accesses'

const Access = Type.Object({
  id: Id,
  user_id: Id,
  organisation_id: Id,
  reason: Type.String(),
  opened_at: Timestamp,
  expires_at: Timestamp,
  closed_at: nullable(Timestamp),
})

/** Opening organisations with a reason, where the platform demands one. */
export function contentAccessRoutes(): readonly Route[] {
  return [
    route({
      operation: 'content_access_list',
      method: 'GET',
      path: PATH,
      summary: 'List who opened which organisation, when and why',
      tag,
      scope: 'platform',
      permission: 'platform.audit.view',
      query: Type.Object(
        { ...PageQuery.properties, organisation_id: Type.Optional(Id) },
        { additionalProperties: false },
      ),
      response: pageSchema(Access),
      handle: (tx, _actor, { query }) => listContentAccess(tx, query),
    }),
    route({
      operation: 'content_access_open',
      method: 'POST',
      path: PATH,
      summary: 'Open an organisation one does not belong to, with a reason that its owners read',
      tag,
      scope: 'platform',
      permission: 'platform.organisation.view',
      step_up: true,
      body: Type.Object(
        {
          organisation_id: Id,
          reason: Type.String({ minLength: 10, maxLength: 500, pattern: '\\S' }),
          minutes: Type.Optional(
            Type.Integer({ minimum: 1, maximum: MAX_ACCESS_MINUTES, default: MAX_ACCESS_MINUTES }),
          ),
        },
        { additionalProperties: false },
      ),
      response: Access,
      status: 201,
      problems: [notFound, membershipRequired],
      audit: { event: 'superadmin.access_opened', written_by: 'handler' },
      handle(tx, actor, { body: { organisation_id, reason, minutes = MAX_ACCESS_MINUTES } }, { origin }) {
        // The command line opens nothing: it has no account.
        if (actor.kind !== 'user') throw membershipRequired()
        return openContentAccess(tx, origin, actor.user_id, organisation_id, { reason: reason.trim(), minutes })
      },
    }),
    route({
      operation: 'content_access_close',
      method: 'POST',
      path: `${PATH}/:access/close`,
      summary: 'Close an organisation again before the time is over',
      tag,
      scope: 'platform',
      permission: 'platform.organisation.view',
      params: Type.Object({ access: Id }, { additionalProperties: false }),
      response: Access,
      problems: [notFound],
      audit: { event: 'superadmin.access_closed', written_by: 'handler' },
      handle: (tx, _actor, { params }, { origin }) => closeContentAccess(tx, origin, params.access),
    }),
  ]
}
