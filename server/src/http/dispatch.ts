// What happens around a handler: who asks, may they, was it done before, and what the log says of it. The act, its log
// entry and the answer kept for its Idempotency-Key are one transaction; a refusal of somebody known is logged too.

import type { TSchema } from 'typebox'
import { requirePermission } from '../access/require.ts'
import { appendEntry, appendPlatformEntry, anonymousOrigin, type EntryDraft } from '../audit/append.ts'
import { type Origin, originOf, platformOriginOf } from '../audit/append.ts'
import type { ControlDatabase, OrganisationDatabase, OrganisationTx } from '../kernel/database.ts'
import type { OrganisationDatabases } from '../kernel/organisation-databases.ts'
import { Problem } from '../kernel/problem.ts'
import { type Download, isDownload } from './binary.ts'
import { requireStepUp } from '../identity/step-up.ts'
import {
  type Credential,
  platformActorOf,
  requirePlatform,
  requireSession,
  type SignedIn,
  visit,
  type Visitor,
} from './authenticate.ts'
import {
  actIdOf,
  type AnswerToKeep,
  claimKey,
  dropClaim,
  findKeptAnswer,
  fulfilClaim,
  type IdempotencyKey,
  keepAnswer,
  readIdempotencyKey,
} from './idempotency.ts'
import {
  idempotencyInFlight,
  idempotencyMismatch,
  organisationNotActive,
  passwordChangeRequired,
  sessionConfined,
} from './problems.ts'
import { refusalEntry } from './refusal-entry.ts'
import type { Input, OrganisationActor, Reply, RequestFacts, Route } from './route.ts'
import { isTold } from './told.ts'
import { noteUse, type Uses } from './use.ts'

export type Answer = {
  readonly status: number
  /** The body, already serialised by the route's response schema. */
  readonly body: string
  readonly isReplay: boolean
  /** In place of a body. */
  readonly download?: Download
}

export type DispatchTools = Uses & {
  readonly control: ControlDatabase
  readonly databases: OrganisationDatabases
}

export type Incoming = {
  readonly route: Route
  readonly input: Input<TSchema, TSchema, TSchema>
  readonly credential: Credential | null
  readonly session_token: string | null
  readonly browser_secret: string | null
  readonly idempotency_header: string | undefined
  readonly request_id: string
  readonly address: string
  readonly user_agent: string
  readonly reply: Reply
  readonly serialise: (output: unknown) => string
  /** Told as soon as it is known who asks and which database the request concerns; the request log needs it. */
  readonly identify: (origin: Origin, database: OrganisationDatabase | null) => void
}

/** For so long what control said of a visitor counts while their request goes on. */
const CURRENT_MS = 500

const statusOf = (route: Route): number => route.status ?? 200

/** Runs one request of one route. Throws Problems; whatever else it throws is a bug. */
export async function dispatch(tools: DispatchTools, incoming: Incoming): Promise<Answer> {
  switch (incoming.route.scope) {
    case 'open':
      return dispatchOpen(tools, incoming)
    case 'person':
    case 'person_wide':
    case 'platform':
    case 'platform_wide':
      return dispatchPersonal(tools, incoming)
    case 'organisation':
    case 'organisation_wide':
      return dispatchOrganisation(tools, incoming)
  }
}

const factsOf = (incoming: Incoming, origin: Origin, key: IdempotencyKey | null = null): RequestFacts => ({
  request_id: incoming.request_id,
  address: incoming.address,
  user_agent: incoming.user_agent,
  session_token: incoming.session_token,
  browser_secret: incoming.browser_secret,
  origin,
  act_id: key && actIdOf(key),
})

function fresh(incoming: Incoming, output: unknown): Answer {
  const status = statusOf(incoming.route)
  if (incoming.route.produces !== 'bytes') return { status, body: incoming.serialise(output), isReplay: false }
  if (!isDownload(output)) throw new Error(`${incoming.route.operation} gave no download`)
  return { status, body: '', isReplay: false, download: output }
}

/** What a repetition gets: the same answer, without what is shown only once, or the id of what was done. */
function kept(incoming: Incoming, output: unknown): AnswerToKeep {
  const { route, input } = incoming
  const paths = (route.shown_once ?? []).map((path) => path.split('/'))
  const { status, body } = fresh(incoming, paths.reduce(withoutMember, output))
  const made: unknown = memberOf(output, 'id')
  const done_id = typeof made === 'string' ? made : (draftOf(route, input, output)?.target?.id ?? null)
  return { status, body, done_id }
}

function withoutMember(value: unknown, [name = '', ...rest]: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null) return value
  return { ...value, [name]: rest.length === 0 ? null : withoutMember(Reflect.get(value, name), rest) }
}

/** Nobody is known here, so there is no principal whose key could be remembered, and the handler logs by itself. */
async function dispatchOpen(tools: DispatchTools, incoming: Incoming): Promise<Answer> {
  const { route, input, reply } = incoming
  if (route.scope !== 'open') throw new Error('Not an open route')
  const origin = anonymousOrigin(incoming)
  incoming.identify(origin, null)
  return fresh(incoming, await route.handle(tools.control, input, factsOf(incoming, origin), reply))
}

function draftOf(route: Route, input: Incoming['input'], output: unknown): EntryDraft | null {
  const rule = route.audit
  if (rule === undefined || 'written_by' in rule) return null
  const told: object = typeof output === 'object' && output !== null ? output : {}
  const target = rule.target?.(told, input)
  const data = rule.data?.(told, input)
  return { event: rule.event, ...(target && { target }), ...(data && { data }) }
}

const idempotencyKeyOf = (incoming: Incoming, principal_id: string): IdempotencyKey | null =>
  incoming.route.method === 'POST'
    ? readIdempotencyKey(incoming.idempotency_header, principal_id, incoming.route.operation, {
        params: incoming.input.params,
        // Of bytes, only what they are called: a stream is read once.
        body: incoming.route.consumes ? incoming.input.query : incoming.input.body,
      })
    : null

async function dispatchPersonal(tools: DispatchTools, incoming: Incoming): Promise<Answer> {
  const { route, input, reply } = incoming
  const session = await requireSession(tools.control, incoming.credential)
  const actor = platformActorOf(session)
  const origin = platformOriginOf(actor, incoming)
  incoming.identify(origin, null)
  const key = idempotencyKeyOf(incoming, session.user_id)
  const facts = factsOf(incoming, origin, key)
  try {
    requireUnconfined(route, session)
    requirePasswordChanged(route, session)
    if (route.scope === 'platform' || route.scope === 'platform_wide') requirePlatform(session, route.permission)
    if (route.step_up === true) requireStepUp(session)
    if (route.scope === 'person_wide') {
      return await once(tools, incoming, key, () => route.handle(tools.control, session, input, facts, reply))
    }
    if (route.scope === 'platform_wide') {
      return await once(tools, incoming, key, () => route.handle(tools.control, actor, input, facts, reply))
    }
    // The cookie follows the commit: a browser must never hold a session that was rolled back.
    const cookies: (string | null)[] = []
    const late: Reply = { ...reply, setSessionCookie: (token) => void cookies.push(token) }
    const answered = await tools.control.transaction(async (tx) => {
      const earlier = key && (await findKeptAnswer(tx, key))
      if (earlier) return { ...earlier, isReplay: true }
      let output: unknown
      if (route.scope === 'platform') output = await route.handle(tx, actor, input, facts)
      else if (route.scope === 'person') output = await route.handle(tx, session, input, facts, late)
      const draft = draftOf(route, input, output)
      if (draft) await appendPlatformEntry(tx, origin, draft)
      if (key) await keepAnswer(tx, key, kept(incoming, output))
      return fresh(incoming, output)
    })
    for (const token of cookies) reply.setSessionCookie(token)
    return answered
  } catch (error) {
    const refusal = refusalOf(error, route)
    if (refusal) await tools.control.transaction((tx) => appendPlatformEntry(tx, origin, refusal))
    throw error
  }
}

/** An act in transactions of its own: its Idempotency-Key is claimed before and fulfilled or given back after. */
async function once(
  tools: DispatchTools,
  incoming: Incoming,
  key: IdempotencyKey | null,
  act: () => Promise<unknown>,
): Promise<Answer> {
  if (key === null) return fresh(incoming, await act())
  const earlier = await claimKey(tools.control, key)
  if (earlier !== null) return { ...earlier, isReplay: true }
  const output = await act().catch(async (error: unknown) => {
    await dropClaim(tools.control, key)
    throw error
  })
  // From here on the act is done: should the answer not be kept, the claim still says so.
  await fulfilClaim(tools.control, key, kept(incoming, output))
  return fresh(incoming, output)
}

/** Whoever came through an organisation's provider acts there, and touches nothing of the account but what the route allows. */
function requireUnconfined(route: Route, session: SignedIn): void {
  if (session.organisation_id === null) return
  const isPersonal = route.scope === 'person' || route.scope === 'person_wide'
  if (isPersonal && route.in_one_organisation === true) return
  throw sessionConfined({ organisation_id: session.organisation_id })
}

function requirePasswordChanged(route: Route, session: SignedIn): void {
  if (!session.must_change_password) return
  const isPersonal = route.scope === 'person' || route.scope === 'person_wide'
  if (isPersonal && route.before_password_change === true) return
  throw passwordChangeRequired()
}

/**
 * Refusals that the log tells of: denied rights, mutations that a rule stopped, an Idempotency-Key of another request. Not
 * typing errors, not unknown ids.
 */
function refusalOf(error: unknown, route: Route): EntryDraft | null {
  if (!(error instanceof Problem) || isTold(error)) return null
  const isDenial = error.status === 403
  const isStopped = route.method !== 'GET' && (error.status === 402 || error.status === 409 || error.status === 429)
  if (!isDenial && !isStopped && error.code !== idempotencyMismatch.code) return null
  return refusalEntry(error, route.operation)
}

/** Who acts in an organisation, by what its database says now and control said last. */
type Enter = (tx: OrganisationTx, now?: Visitor) => Promise<OrganisationActor>

async function dispatchOrganisation(tools: DispatchTools, incoming: Incoming): Promise<Answer> {
  const { route } = incoming
  const organisation_id = String(memberOf(incoming.input.params, 'org'))
  const visitor = await visit(
    tools,
    incoming.credential,
    organisation_id,
    (session) => incoming.identify(platformOriginOf(platformActorOf(session), incoming), null),
    incoming,
  )
  const database = tools.databases.at(visitor.organisation.placement)
  const seen: { actor: OrganisationActor | null } = { actor: null }
  const enter: Enter = async (tx, now = visitor) => {
    const { actor, refusal } = await now.arriveIn(tx)
    seen.actor = actor
    incoming.identify(originOf(actor, incoming), database)
    if (refusal !== null) throw refusal
    noteUse(tools, database, actor, incoming.address)
    requireOpen(now, actor, route)
    if (now.coming) requirePasswordChanged(route, now.coming.session)
    if (route.scope === 'organisation' || route.scope === 'organisation_wide')
      requirePermission(actor, route.permission)
    if (route.step_up === true && now.coming) requireStepUp(now.coming.session)
    return actor
  }
  try {
    const answer =
      route.scope === 'organisation_wide'
        ? await dispatchWide(tools, incoming, visitor, database, enter)
        : await database.transaction((tx) => answerInOrganisation(incoming, visitor, tx, enter))
    if (seen.actor !== null && isForeignSuperadmin(seen.actor)) await logAccess(tools, incoming, visitor, seen.actor)
    return answer
  } catch (error) {
    const refusal = refusalOf(error, route)
    const { actor } = seen
    if (refusal && actor) await database.transaction((tx) => appendEntry(tx, originOf(actor, incoming), refusal))
    throw error
  }
}

async function answerInOrganisation(
  incoming: Incoming,
  visitor: Visitor,
  tx: OrganisationTx,
  enter: Enter,
): Promise<Answer> {
  const { route, input } = incoming
  if (route.scope !== 'organisation') throw new Error('Not an organisation route')
  const actor = await enter(tx)
  const origin = originOf(actor, incoming)
  const key = idempotencyKeyOf(incoming, principalOf(actor))
  if (isForeignSuperadmin(actor)) await appendEntry(tx, origin, accessDraft(route))
  const earlier = key && (await findKeptAnswer(tx, key))
  if (earlier) return { ...earlier, isReplay: true }
  const { organisation } = visitor
  const output: unknown = await route.handle(tx, actor, input, { ...factsOf(incoming, origin, key), organisation })
  const draft = draftOf(route, input, output)
  if (draft) await appendEntry(tx, origin, draft)
  if (key) await keepAnswer(tx, key, kept(incoming, output))
  return fresh(incoming, output)
}

async function dispatchWide(
  tools: DispatchTools,
  incoming: Incoming,
  visitor: Visitor,
  database: OrganisationDatabase,
  enter: Enter,
): Promise<Answer> {
  const { route, input } = incoming
  if (route.scope !== 'organisation_wide') throw new Error('Not an organisation-wide route')
  // A key is locked for the length of a transaction; without one, who enters is all that is asked.
  const ask = incoming.idempotency_header === undefined ? database.autocommit : database.transaction
  const first = await ask(async (tx) => {
    const actor = await enter(tx)
    const key = idempotencyKeyOf(incoming, principalOf(actor))
    if (isForeignSuperadmin(actor)) await appendEntry(tx, originOf(actor, incoming), accessDraft(route))
    return { actor, key, kept: key && (await findKeptAnswer(tx, key)) }
  })
  if (first.kept) return { ...first.kept, isReplay: true }
  const { organisation } = visitor
  const request = { ...factsOf(incoming, originOf(first.actor, incoming), first.key), organisation }
  const current = stayCurrent(visitor)
  const decide = async <Result>(work: (tx: OrganisationTx, actor: OrganisationActor) => Promise<Result>) => {
    const now = await current()
    return database.transaction(async (tx) => {
      const actor = await enter(tx, now)
      const { key } = first
      if (key === null) return work(tx, actor)
      // A duplicate that began beside this one has decided meanwhile: asked again, this one gets its answer.
      if (await findKeptAnswer(tx, key)) throw idempotencyInFlight({}, { retry_after_s: 1 })
      const result = await work(tx, actor)
      await keepAnswer(tx, key, kept(incoming, result))
      return result
    })
  }
  const both = { control: tools.control, organisation: database, decide }
  return fresh(incoming, await route.handle(both, first.actor, input, request, incoming.reply))
}

/** The visitor by what control said within the last half second: whoever waits or follows decides as who they are by then. */
function stayCurrent(visitor: Visitor): () => Promise<Visitor> {
  let latest = { visitor, asked_ms: performance.now() }
  return async () => {
    const asked_ms = performance.now()
    if (asked_ms - latest.asked_ms > CURRENT_MS) latest = { visitor: await latest.visitor.again(), asked_ms }
    return latest.visitor
  }
}

/** An archived organisation can still be read by its people; any other that is not active is closed to them. */
function requireOpen({ organisation }: Visitor, actor: OrganisationActor, route: Route): void {
  const { status, status_reason } = organisation
  if (status === 'active' || (actor.kind === 'user' && actor.is_superadmin)) return
  if (route.method === 'GET' && (status === 'archived' || status === 'pending_purge')) return
  // Whoever gets here is one of its people or its keys: the reason was written for them.
  throw organisationNotActive({ status, reason: status_reason })
}

const isForeignSuperadmin = (actor: OrganisationActor): boolean =>
  actor.kind === 'user' && actor.is_superadmin && actor.membership === null

const accessDraft = (route: Route): EntryDraft => ({
  event: 'superadmin.accessed',
  data: { operation: route.operation },
})

/** The platform's log learns of it as well, and only then does the super-admin get an answer. */
async function logAccess(
  tools: DispatchTools,
  incoming: Incoming,
  visitor: Visitor,
  actor: OrganisationActor,
): Promise<void> {
  if (actor.kind !== 'user' || actor.use.via !== 'session') return
  const { user_id, use } = actor
  const origin = platformOriginOf({ kind: 'user', user_id, is_superadmin: true, use }, incoming)
  const organisation_id = visitor.organisation.id
  await tools.control.transaction((tx) =>
    appendPlatformEntry(tx, origin, { ...accessDraft(incoming.route), organisation_id }),
  )
}

const principalOf = (actor: OrganisationActor): string => (actor.kind === 'user' ? actor.user_id : actor.use.api_key_id)

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
