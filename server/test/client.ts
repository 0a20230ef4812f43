// A client of the public API as a program would write one; the demo and the tests use it alike. It has no privileges.

export type Reply = {
  readonly status: number
  readonly headers: Headers
  /** The parsed body, or null when there is none. */
  readonly body: unknown
  readonly text: string
}

/** Who asks: a session cookie, an API key, or nobody. */
export type As = { readonly cookie: string } | { readonly key: string } | null

export type ReeveClient = {
  readonly url: string
  readonly request: (
    method: string,
    path: string,
    options?: { readonly as?: As; readonly body?: unknown; readonly headers?: Record<string, string> },
  ) => Promise<Reply>
  /** Like `request`, and throws unless the status is 2xx; returns the body as an object. */
  readonly call: (
    method: string,
    path: string,
    options?: { readonly as?: As; readonly body?: unknown; readonly headers?: Record<string, string> },
  ) => Promise<Answered>
}

/** A JSON object whose members are read by name and kind; a member of another kind is an error. */
export type Answered = {
  readonly body: unknown
  readonly headers: Headers
  readonly text: (name: string) => string
  readonly object: (name: string) => Answered
  readonly list: (name: string) => readonly Answered[]
}

const memberOf = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined

/** Wraps a JSON value for reading by name. */
export function answered(body: unknown, headers: Headers = new Headers()): Answered {
  return {
    body,
    headers,
    text(name) {
      const value = memberOf(body, name)
      if (typeof value !== 'string') throw new Error(`The answer has no text "${name}": ${JSON.stringify(body)}`)
      return value
    },
    object: (name) => answered(memberOf(body, name)),
    list(name) {
      const value = memberOf(body, name)
      if (!Array.isArray(value)) throw new Error(`The answer has no list "${name}": ${JSON.stringify(body)}`)
      return value.map((item: unknown) => answered(item))
    },
  }
}

/** The session cookie that an answer sets, as a Cookie header. */
export function cookieOf(headers: Headers): string {
  const cookie = headers.getSetCookie().find((each) => each.startsWith('__Host-reeve_session='))
  if (cookie === undefined) throw new Error('The answer sets no session cookie')
  return cookie.split(';')[0] ?? ''
}

const BYTES = 'application/octet-stream'

/** A client of the deployment at `url`. A body of bytes goes as it is, any other as JSON. */
export function createClient(url: string): ReeveClient {
  const request: ReeveClient['request'] = async (method, path, { as = null, body, headers = {} } = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': body instanceof Uint8Array ? BYTES : 'application/json' }),
        ...(as === null ? {} : 'cookie' in as ? { cookie: as.cookie } : { authorization: `Bearer ${as.key}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body) }),
      redirect: 'manual',
    })
    const text = await response.text()
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson && text !== '' ? JSON.parse(text) : null,
    }
  }
  return {
    url,
    request,
    async call(method, path, options) {
      const reply = await request(method, path, options)
      if (reply.status < 200 || reply.status > 299) throw new Error(`${method} ${path}: ${reply.status} ${reply.text}`)
      return answered(reply.body, reply.headers)
    },
  }
}
