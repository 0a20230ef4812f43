// One error type for every expected refusal. Its wire format is RFC 9457; the gateway translates it into the vendors' shapes.

export type ProblemStatus =
  | 400
  | 401
  | 402
  | 403
  | 404
  | 405
  | 408
  | 409
  | 411
  | 413
  | 414
  | 415
  | 422
  | 429
  | 431
  | 500
  | 502
  | 503
  | 504

/** A field that was refused: `pointer` is an RFC 6901 JSON pointer into the request body. */
export type ProblemField = { readonly pointer: string; readonly message: string }

/** Values that a portal or a mail renders in the reader's language; never a secret, never foreign content. */
export type ProblemParams = Readonly<
  Record<string, string | number | boolean | null | readonly string[] | readonly number[]>
>

export type ProblemExtra = {
  readonly detail?: string
  readonly fields?: readonly ProblemField[]
  /** Seconds after which the same request may succeed; sent as `Retry-After`. */
  readonly retry_after_s?: number
  /** What really happened; goes to the log only, never to the client. */
  readonly cause?: unknown
}

export class Problem extends Error {
  readonly code: string
  readonly status: ProblemStatus
  readonly title: string
  readonly detail: string | undefined
  readonly params: ProblemParams
  readonly fields: readonly ProblemField[] | undefined
  readonly retry_after_s: number | undefined

  constructor(definition: ProblemDescription, params: ProblemParams, extra: ProblemExtra) {
    super(extra.detail ?? definition.title, { cause: extra.cause })
    this.name = 'Problem'
    this.code = definition.code
    this.status = definition.status
    this.title = definition.title
    this.detail = extra.detail
    this.params = params
    this.fields = extra.fields
    this.retry_after_s = extra.retry_after_s
  }
}

export type ProblemDescription = { readonly code: string; readonly status: ProblemStatus; readonly title: string }

export type ProblemDefinition = ProblemDescription & ((params?: ProblemParams, extra?: ProblemExtra) => Problem)

const registry = new Map<string, ProblemDefinition>()

/**
 * Registers a problem and returns its maker. Codes are lower snake_case and unique over the whole program; a second
 * definition of one code is a bug and throws at start-up.
 */
export function defineProblem(code: string, status: ProblemStatus, title: string): ProblemDefinition {
  if (!/^[a-z][a-z0-9_]*$/.test(code)) throw new Error(`Problem code ${code} is not lower snake_case`)
  if (registry.has(code)) throw new Error(`Problem ${code} is defined twice`)
  const description: ProblemDescription = { code, status, title }
  const make = (params: ProblemParams = {}, extra: ProblemExtra = {}): Problem =>
    new Problem(description, params, extra)
  const definition: ProblemDefinition = Object.assign(make, description)
  registry.set(code, definition)
  return definition
}

/** Every registered problem by code, for `openapi.json` and the documentation pages. */
export function listProblems(): readonly ProblemDefinition[] {
  return [...registry.values()].sort((a, b) => (a.code < b.code ? -1 : 1))
}

export const internalError = defineProblem('internal_error', 500, 'Something went wrong on our side')
export const notFound = defineProblem('not_found', 404, 'There is nothing here, or you may not know of it')
export const organisationUnavailable = defineProblem(
  'organisation_unavailable',
  503,
  'This organisation cannot be served at the moment',
)
export const controlUnavailable = defineProblem('control_unavailable', 503, 'Reeve cannot reach its control database')
export const overloaded = defineProblem('overloaded', 503, 'Too many calls are waiting; nothing was held or charged')
export const draining = defineProblem('draining', 503, 'This node is shutting down; try again')
