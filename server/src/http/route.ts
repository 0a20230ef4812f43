// A route says everything about one operation in one place: who may, what goes in and out, how it refuses, and what the
// log says about it. A route that mutates without an audit event does not compile. `server.ts` turns routes into HTTP,
// `openapi.ts` into the contract.

import type { Static, TSchema } from 'typebox'
import { Type } from 'typebox'
import type { OrganisationKeyActor, PlatformActor, UserActor } from '../access/actor.ts'
import type { Permission } from '../access/permission.ts'
import type { PlatformPermission } from '../access/platform-permission.ts'
import type { Origin } from '../audit/append.ts'
import type { AuditEvent } from '../audit/event.ts'
import type { ControlDatabase, ControlTx, OrganisationDatabase, OrganisationTx } from '../kernel/database.ts'
import type { ProblemDefinition } from '../kernel/problem.ts'
import type { LiveSession } from '../tenancy/standing.ts'
import type { Download } from './binary.ts'

/** What every handler may know about the request itself. */
export type RequestFacts = {
  readonly request_id: string
  readonly address: string
  readonly user_agent: string
  readonly origin: Origin
  /**
   * The id of what this request makes, the same for each repetition with its Idempotency-Key; null without a key. An act in
   * several commits that names what it makes by it happens once, wherever it was interrupted.
   */
  readonly act_id: string | null
  /** The session cookie's token, for the routes that end or renew the session. */
  readonly session_token: string | null
  /** What a browser was given when it began to sign in through a provider; null when it did not. */
  readonly browser_secret: string | null
}

/** What a handler may do to the answer besides its body. */
export type Reply = {
  readonly setSessionCookie: (token: string | null) => void
  /** Binds a sign-in through a provider to this browser until it comes back; null forgets it. */
  readonly setBrowserSecret: (secret: string | null) => void
}

export type OrganisationFacts = { readonly id: string; readonly name: string; readonly status: string }

export type OrganisationActor = UserActor | OrganisationKeyActor

export type OrganisationRequest = RequestFacts & { readonly organisation: OrganisationFacts }

export type Input<P extends TSchema, Q extends TSchema, B extends TSchema> = {
  readonly params: Static<P>
  readonly query: Static<Q>
  readonly body: Static<B>
}

/**
 * What a handler may return for a response of type T: rows as the database gives them. Instants may be Dates and words of a
 * closed list plain text (the database's constraint keeps the list); members that the response does not name are dropped.
 */
export type Output<T> = T extends Download
  ? T
  : T extends string
    ? string | Date
    : T extends readonly (infer Item)[]
      ? readonly Output<Item>[]
      : T extends object
        ? { readonly [Name in keyof T]: Output<T[Name]> }
        : T

/** What an audit rule sees: the response, and what a change replaced if the handler returned it. */
type Told<Out> = Out & { readonly before?: unknown }

/** How the log tells of a mutation: by the route, in the handler's transaction, or by the handler itself. */
export type AuditRule<In, Out> =
  | {
      readonly event: AuditEvent
      readonly target?: (output: Told<Out>, input: In) => { readonly type: string; readonly id: string }
      readonly data?: (output: Told<Out>, input: In) => Readonly<Record<string, unknown>>
    }
  | { readonly event: AuditEvent; readonly written_by: 'handler' }

/** What changes nothing: by GET, or by POST where what is asked about is too long for an address. */
type Reading =
  | { readonly method: 'GET'; readonly audit?: never }
  | { readonly method: 'POST'; readonly mutates: false; readonly audit?: never }
type Writing<In, Out> = {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly mutates?: never
  readonly audit: AuditRule<In, Out>
}

type Common<P extends TSchema, Q extends TSchema, B extends TSchema, R extends TSchema> = {
  /** OpenAPI operationId: noun, then verb. */
  readonly operation: string
  readonly path: string
  readonly summary: string
  readonly tag: string
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  readonly response: R
  readonly status?: 200 | 201 | 202 | 204
  readonly problems?: readonly ProblemDefinition[]
  /** The body is bytes (`Upload`) instead of JSON: at most `max_bytes` are read, and for as long as they keep coming. */
  readonly consumes?: { readonly max_bytes: number }
  /** The answer is bytes (`DownloadResponse`) instead of JSON. */
  readonly produces?: 'bytes'
  /** A sensitive act: the person must have proved who they are within 5 minutes (`step_up_required`). Keys have no one. */
  readonly step_up?: true
  /** Members of the response, as `outer/inner`, that are shown once: the answer kept for a repetition has null there. */
  readonly shown_once?: readonly string[]
}

/** Anybody may call it. */
type Open<In, Out> = {
  readonly scope: 'open'
  readonly handle: (control: ControlDatabase, input: In, request: RequestFacts, reply: Reply) => Promise<Output<Out>>
}
/** A signed-in person, about themselves. */
type Personal<In, Out> = {
  readonly scope: 'person'
  /** Allowed while a one-time password still has to be changed. */
  readonly before_password_change?: true
  /** Allowed to a session that is valid in one organisation only. */
  readonly in_one_organisation?: true
  readonly handle: (
    tx: ControlTx,
    person: LiveSession,
    input: In,
    request: RequestFacts,
    reply: Reply,
  ) => Promise<Output<Out>>
}
/** A signed-in person, where the handler hashes or counts: it opens its own transactions, decides in one of them, and logs. */
type PersonalWide<In, Out> = {
  readonly scope: 'person_wide'
  readonly before_password_change?: true
  readonly in_one_organisation?: true
  readonly handle: (
    control: ControlDatabase,
    person: LiveSession,
    input: In,
    request: RequestFacts,
    reply: Reply,
  ) => Promise<Output<Out>>
}
/** Super-admins. */
type Platform<In, Out> = {
  readonly scope: 'platform'
  readonly permission: PlatformPermission
  readonly handle: (tx: ControlTx, actor: PlatformActor, input: In, request: RequestFacts) => Promise<Output<Out>>
}
/** Super-admins, where more than the control database is touched; the handler opens its own transactions and logs. */
type PlatformWide<In, Out> = {
  readonly scope: 'platform_wide'
  readonly permission: PlatformPermission
  readonly handle: (
    control: ControlDatabase,
    actor: PlatformActor,
    input: In,
    request: RequestFacts,
    reply: Reply,
  ) => Promise<Output<Out>>
}
/** Members of the organisation named by `:org`, in one transaction of its database. */
type Organisation<In, Out> = {
  readonly scope: 'organisation'
  readonly permission: Permission
  readonly handle: (
    tx: OrganisationTx,
    actor: OrganisationActor,
    input: In,
    request: OrganisationRequest,
  ) => Promise<Output<Out>>
}
/**
 * As `organisation`, where control is touched too. `decide` runs the deciding transaction and judges again who asks: by both
 * databases, however long the request went on.
 */
type OrganisationWide<In, Out> = {
  readonly scope: 'organisation_wide'
  readonly permission: Permission
  readonly handle: (
    both: BothDatabases,
    actor: OrganisationActor,
    input: In,
    request: OrganisationRequest,
    reply: Reply,
  ) => Promise<Output<Out>>
}

export type BothDatabases = {
  readonly control: ControlDatabase
  readonly organisation: OrganisationDatabase
  readonly decide: <Result>(work: (tx: OrganisationTx, actor: OrganisationActor) => Promise<Result>) => Promise<Result>
}

type AnyScope<In, Out> =
  | Open<In, Out>
  | Personal<In, Out>
  | PersonalWide<In, Out>
  | Platform<In, Out>
  | PlatformWide<In, Out>
  | Organisation<In, Out>
  | OrganisationWide<In, Out>

export type RouteDefinition<P extends TSchema, Q extends TSchema, B extends TSchema, R extends TSchema> = Common<
  P,
  Q,
  B,
  R
> &
  (Reading | Writing<Input<P, Q, B>, Static<R>>) &
  AnyScope<Input<P, Q, B>, Static<R>>

/** A route whose types have been checked where it was written; the server only checks values against its schemas. */
export type Route = RouteDefinition<TSchema, TSchema, TSchema, TSchema>

/** An input or output that is empty. */
export const Nothing = Type.Object({}, { additionalProperties: false })

/** Every path under an organisation starts with it. */
export const ORGANISATION_PATH = '/api/orgs/:org'

/**
 * Declares a route. The definition's own types tie handler, schemas and audit rule together; the server sees them only
 * through the schemas, which check every value before the handler gets it.
 */
export function route<
  P extends TSchema = typeof Nothing,
  Q extends TSchema = typeof Nothing,
  B extends TSchema = typeof Nothing,
  R extends TSchema = typeof Nothing,
>(definition: RouteDefinition<P, Q, B, R>): Route {
  // The one place where the handler's input type is forgotten: its values are checked against P, Q and B at run time.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- schemas, not types, guard what the server passes in
  return definition as unknown as Route
}
