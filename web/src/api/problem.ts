// What the API says when it refuses (RFC 9457), as the one error that screens know.

export type ProblemField = { readonly pointer: string; readonly message: string }

/** A refusal of the API, or that it could not be reached (`status` 0, code `unreachable`). */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string | null
  readonly params: Readonly<Record<string, unknown>>
  readonly request_id: string | null
  readonly fields: readonly ProblemField[]

  constructor(given: {
    readonly status: number
    readonly code: string
    readonly title: string
    readonly detail?: string | null
    readonly params?: Readonly<Record<string, unknown>>
    readonly request_id?: string | null
    readonly fields?: readonly ProblemField[]
  }) {
    super(given.detail ?? given.title)
    this.name = 'ApiProblem'
    this.status = given.status
    this.code = given.code
    this.title = given.title
    this.detail = given.detail ?? null
    this.params = given.params ?? {}
    this.request_id = given.request_id ?? null
    this.fields = given.fields ?? []
  }

  /** What is said of one field of the body, by its name; null when nothing is. */
  field(name: string): string | null {
    return this.fields.find(({ pointer }) => pointer === `/${name}` || pointer.startsWith(`/${name}/`))?.message ?? null
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const textAt = (value: object, name: string): string | null => {
  const member: unknown = Reflect.get(value, name)
  return typeof member === 'string' ? member : null
}

function fieldsAt(value: object): readonly ProblemField[] {
  const fields: unknown = Reflect.get(value, 'fields')
  if (!Array.isArray(fields)) return []
  return fields.filter(isObject).flatMap((field) => {
    const pointer = textAt(field, 'pointer')
    const message = textAt(field, 'message')
    return pointer === null || message === null ? [] : [{ pointer, message }]
  })
}

function paramsAt(value: object): Readonly<Record<string, unknown>> {
  const params: unknown = Reflect.get(value, 'params')
  return isObject(params) ? { ...params } : {}
}

/** Reads a refusal. A body that is none of ours (a proxy's page, say) is told by its status alone. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => null)
  const request_id = response.headers.get('x-request-id')
  const { status } = response
  if (!isObject(body)) return new ApiProblem({ status, code: 'unknown', title: `HTTP ${status}`, request_id })
  return new ApiProblem({
    status,
    code: textAt(body, 'code') ?? 'unknown',
    title: textAt(body, 'title') ?? `HTTP ${status}`,
    detail: textAt(body, 'detail'),
    params: paramsAt(body),
    request_id: textAt(body, 'request_id') ?? request_id,
    fields: fieldsAt(body),
  })
}

/** Anything that was thrown, as a problem: what is no answer of the API is a failure of the network or of the page. */
export function toProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error
  const isNetwork = error instanceof TypeError
  return new ApiProblem({
    status: 0,
    code: isNetwork ? 'unreachable' : 'page_error',
    title: error instanceof Error ? error.message : String(error),
  })
}
