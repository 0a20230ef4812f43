import { type Static, Type } from 'typebox'
import { ORGANISATION_PATH, type Route, route } from '../http/route.ts'
import { Id, nullable, orgParams, PageQuery, pageSchema, Timestamp } from '../http/schema.ts'
import { BUCKETS, intervalRefused, parseBounds, parseInterval, requireFewBuckets } from '../kernel/interval.ts'
import { badCursor } from '../kernel/page.ts'
import { notFound } from '../kernel/problem.ts'
import { appendEntry } from './append.ts'
import { countByEventAndActor, countOverTime, type EntryFilter, getEntry, listEntries } from './entry.ts'
import { listRequests, type RequestFilter } from './request.ts'

const tag = 'audit'
const USUAL_DAYS = 30

/** Input and output of an execution as they were kept, decrypted. */
export type OpenedContent = { readonly input: string | null; readonly output: string | null }

export type AuditNeeds = {
  /** Opens what was kept of an execution, over a connection of its own; refuses with `not_found` when nothing was. */
  readonly openContent: (organisation_id: string, execution_id: string) => Promise<OpenedContent>
}

const Count = Type.Integer({ minimum: 0 })

const entry = {
  id: Id,
  at: Timestamp,
  event: Type.String(),
  outcome: Type.String(),
  reason_code: nullable(Type.String()),
  actor_type: Type.String(),
  actor_id: nullable(Id),
  actor_role: nullable(Type.String()),
  via: Type.String(),
  api_key_id: nullable(Id),
  target_type: nullable(Type.String()),
  target_id: nullable(Type.String()),
  request_id: nullable(Id),
  address: nullable(Type.String()),
}
const Entry = Type.Object({ ...entry, execution_id: nullable(Id) })
const EntryDetail = Type.Object({ ...entry, execution_id: nullable(Id), data: Type.Unknown() })
const PlatformEntry = Type.Object({ ...entry, organisation_id: nullable(Id) })
const PlatformEntryDetail = Type.Object({ ...entry, organisation_id: nullable(Id), data: Type.Unknown() })

const Content = Type.Object({
  execution_id: Id,
  input: nullable(Type.String()),
  output: nullable(Type.String()),
})

const ApiRequest = Type.Object({
  at: Timestamp,
  request_id: Id,
  actor_type: Type.String(),
  actor_id: nullable(Id),
  api_key_id: nullable(Id),
  method: Type.String(),
  route: Type.String(),
  status: Type.Integer(),
  duration_ms: Type.Integer(),
  address: nullable(Type.String()),
})

const Histogram = Type.Object({
  from: Timestamp,
  to: Timestamp,
  bucket: Type.String(),
  items: Type.Array(Type.Object({ starts_at: Timestamp, succeeded: Count, refused: Count, failed: Count })),
})

const Facets = Type.Object({
  from: Timestamp,
  to: Timestamp,
  events: Type.Array(Type.Object({ event: Type.String(), count: Count })),
  actors: Type.Array(Type.Object({ actor_type: Type.String(), actor_id: nullable(Id), count: Count })),
})

const interval = { from: Type.Optional(Timestamp), to: Type.Optional(Timestamp) }
const filter = {
  ...interval,
  actor_id: Type.Optional(Id),
  api_key_id: Type.Optional(Id),
  event: Type.Optional(Type.String({ maxLength: 100, pattern: '^[a-z_]+[.](?:[*]|[a-z_]+)$' })),
  outcome: Type.Optional(Type.Enum(['succeeded', 'refused', 'failed'])),
  target_type: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  target_id: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  request_id: Type.Optional(Id),
  reason: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  search: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 100,
      pattern: '^[^\\u0000]*$',
      description: 'Words of which every one is part of event, outcome, reason, actor, target or address, in any case',
    }),
  ),
}
const closed = { additionalProperties: false } as const
const bucket = Type.Optional(Type.Enum([...BUCKETS]))

const inOrganisation = { ...filter, execution_id: Type.Optional(Id) }
const EntryQuery = Type.Object({ ...PageQuery.properties, ...inOrganisation }, closed)
const HistogramQuery = Type.Object({ ...inOrganisation, bucket }, closed)
const FacetQuery = Type.Object(inOrganisation, closed)

const onPlatform = { ...filter, organisation_id: Type.Optional(Id) }
const PlatformEntryQuery = Type.Object({ ...PageQuery.properties, ...onPlatform }, closed)
const PlatformHistogramQuery = Type.Object({ ...onPlatform, bucket }, closed)
const PlatformFacetQuery = Type.Object(onPlatform, closed)
const PlatformEntryParams = Type.Object({ entry: Id }, closed)

const RequestQuery = Type.Object(
  {
    ...PageQuery.properties,
    ...interval,
    actor_id: Type.Optional(Id),
    api_key_id: Type.Optional(Id),
    method: Type.Optional(Type.Enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])),
    route: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    status: Type.Optional(Type.String({ pattern: '^[1-5](?:xx|[0-9][0-9])$' })),
    request_id: Type.Optional(Id),
  },
  closed,
)

type AnyEntryQuery = Static<typeof EntryQuery> & Static<typeof PlatformEntryQuery>

const entryFilterOf = ({ from: _from, to: _to, limit: _limit, cursor: _cursor, ...rest }: AnyEntryQuery) => rest
const filterOf = (query: AnyEntryQuery): EntryFilter => ({ ...entryFilterOf(query), ...parseBounds(query) })
const requestFilterOf = (query: Static<typeof RequestQuery>): RequestFilter => ({ ...query, ...parseBounds(query) })

/** The log of an organisation, the log of the platform, and the requests to the API. */
export function auditRoutes(needs: AuditNeeds): readonly Route[] {
  return [...entryRoutes(), contentRoute(needs), ...overviewRoutes(), ...platformRoutes()]
}

function entryRoutes(): readonly Route[] {
  const scope = 'organisation'
  const permission = 'audit.view'
  return [
    route({
      operation: 'audit_entry_list',
      method: 'GET',
      path: `${ORGANISATION_PATH}/audit/entries`,
      scope,
      permission,
      tag,
      summary: "List the entries of the organisation's log, newest first",
      params: orgParams(),
      query: EntryQuery,
      response: pageSchema(Entry),
      problems: [badCursor, intervalRefused],
      handle: (tx, _actor, { query }) => listEntries({ of: 'organisation', tx }, filterOf(query), query),
    }),
    route({
      operation: 'audit_entry_get',
      method: 'GET',
      path: `${ORGANISATION_PATH}/audit/entries/:entry`,
      scope,
      permission,
      tag,
      summary: 'Get an entry with what it tells',
      params: orgParams('entry'),
      response: EntryDetail,
      handle: (tx, _actor, { params }) => getEntry({ of: 'organisation', tx }, params.entry),
    }),
    route({
      operation: 'api_request_list',
      method: 'GET',
      path: `${ORGANISATION_PATH}/audit/requests`,
      scope,
      permission,
      tag,
      summary: 'List the API requests that concerned the organisation, newest first',
      params: orgParams(),
      query: RequestQuery,
      response: pageSchema(ApiRequest),
      problems: [badCursor, intervalRefused],
      handle: (tx, _actor, { query }) => listRequests({ of: 'organisation', tx }, requestFilterOf(query), query),
    }),
  ]
}

/**
 * A reading that the log tells of. It has no Idempotency-Key, being a GET: no decrypted content is ever kept as an
 * answer. What was opened leaves only after its entry is committed.
 */
function contentRoute({ openContent }: AuditNeeds): Route {
  return route({
    operation: 'audit_entry_open_content',
    method: 'GET',
    path: `${ORGANISATION_PATH}/audit/entries/:entry/content`,
    scope: 'organisation_wide',
    permission: 'audit.view_content',
    tag,
    summary: 'Open the input and output that were kept of the execution an entry tells of; the log notes it',
    params: orgParams('entry'),
    response: Content,
    async handle({ organisation, decide }, _actor, { params }, { origin }) {
      const { execution_id } = await organisation.transaction((tx) =>
        getEntry({ of: 'organisation', tx }, params.entry),
      )
      if (execution_id === null) throw notFound()
      const opened = await openContent(params.org, execution_id)
      await decide((tx) =>
        appendEntry(tx, origin, {
          event: 'execution.content_opened',
          target: { type: 'execution', id: execution_id },
          data: { entry_id: params.entry },
        }),
      )
      return { execution_id, ...opened }
    },
  })
}

function overviewRoutes(): readonly Route[] {
  const scope = 'organisation'
  const permission = 'audit.view'
  return [
    route({
      operation: 'audit_histogram',
      method: 'GET',
      path: `${ORGANISATION_PATH}/audit/histogram`,
      scope,
      permission,
      tag,
      summary: 'Count the entries that match over time, by outcome; the last 30 days by day unless asked otherwise',
      params: orgParams(),
      query: HistogramQuery,
      response: Histogram,
      problems: [intervalRefused],
      async handle(tx, _actor, { query: { bucket: step = 'day', ...query } }) {
        const between = parseInterval(query, USUAL_DAYS)
        requireFewBuckets(between, step)
        const matching = { ...entryFilterOf(query), ...between }
        return { ...between, bucket: step, items: await countOverTime({ of: 'organisation', tx }, matching, step) }
      },
    }),
    route({
      operation: 'audit_facets',
      method: 'GET',
      path: `${ORGANISATION_PATH}/audit/facets`,
      scope,
      permission,
      tag,
      summary: 'List the events and the actors of the entries that match, with their numbers',
      params: orgParams(),
      query: FacetQuery,
      response: Facets,
      problems: [intervalRefused],
      async handle(tx, _actor, { query }) {
        const between = parseInterval(query, USUAL_DAYS)
        const matching = { ...entryFilterOf(query), ...between }
        return { ...between, ...(await countByEventAndActor({ of: 'organisation', tx }, matching)) }
      },
    }),
  ]
}

function platformRoutes(): readonly Route[] {
  const scope = 'platform'
  const permission = 'platform.audit.view'
  return [
    route({
      operation: 'platform_audit_entry_list',
      method: 'GET',
      path: '/api/platform/audit/entries',
      scope,
      permission,
      tag,
      summary: "List the entries of the platform's log, newest first",
      query: PlatformEntryQuery,
      response: pageSchema(PlatformEntry),
      problems: [badCursor, intervalRefused],
      handle: (tx, _actor, { query }) => listEntries({ of: 'platform', tx }, filterOf(query), query),
    }),
    route({
      operation: 'platform_audit_entry_get',
      method: 'GET',
      path: '/api/platform/audit/entries/:entry',
      scope,
      permission,
      tag,
      summary: "Get an entry of the platform's log with what it tells",
      params: PlatformEntryParams,
      response: PlatformEntryDetail,
      handle: (tx, _actor, { params }) => getEntry({ of: 'platform', tx }, params.entry),
    }),
    route({
      operation: 'platform_api_request_list',
      method: 'GET',
      path: '/api/platform/audit/requests',
      scope,
      permission,
      tag,
      summary: 'List the API requests that concerned no organisation, newest first',
      query: RequestQuery,
      response: pageSchema(ApiRequest),
      problems: [badCursor, intervalRefused],
      handle: (tx, _actor, { query }) => listRequests({ of: 'platform', tx }, requestFilterOf(query), query),
    }),
    route({
      operation: 'platform_audit_histogram',
      method: 'GET',
      path: '/api/platform/audit/histogram',
      scope,
      permission,
      tag,
      summary: "Count the entries of the platform's log that match over time, by outcome",
      query: PlatformHistogramQuery,
      response: Histogram,
      problems: [intervalRefused],
      async handle(tx, _actor, { query: { bucket: step = 'day', ...query } }) {
        const between = parseInterval(query, USUAL_DAYS)
        requireFewBuckets(between, step)
        const matching = { ...entryFilterOf(query), ...between }
        return { ...between, bucket: step, items: await countOverTime({ of: 'platform', tx }, matching, step) }
      },
    }),
    route({
      operation: 'platform_audit_facets',
      method: 'GET',
      path: '/api/platform/audit/facets',
      scope,
      permission,
      tag,
      summary: "List the events and the actors of the platform's log, with their numbers",
      query: PlatformFacetQuery,
      response: Facets,
      problems: [intervalRefused],
      async handle(tx, _actor, { query }) {
        const between = parseInterval(query, USUAL_DAYS)
        const matching = { ...entryFilterOf(query), ...between }
        return { ...between, ...(await countByEventAndActor({ of: 'platform', tx }, matching)) }
      },
    }),
  ]
}
