// The double of a model provider: an HTTP server that speaks the OpenAI dialect. How it behaves is chosen by the model
// name a call asks for, so that a test names a failure instead of patching code; `SENTINELS` lists what it knows, with
// parameters behind colons (`chunks:50:20`). Any other name echoes the last user message.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerBytes, type ChatCall, eventOf, parseCall, planAnswer } from './fake-answer.ts'

/** What each model name does. A `:n` parameter changes the number given. */
const SENTINELS = {
  echo: 'answers with the last user message (so does any unknown name), or with what keeps the schema it was given',
  'break-schema': 'answers with JSON that breaks the schema it was given',
  tokens: 'tokens:500 answers with that many completion tokens',
  chunks: 'chunks:50:20 streams 50 chunks, 20 ms apart',
  stamp: 'stamp:50:20 the same, the content of each chunk being the monotonic clock in nanoseconds',
  slow: 'waits for release() (a stream sends two chunks before); slow:200 waits 200 ms',
  hang: 'never answers',
  'hang-mid-stream': 'sends two chunks (or half a body), then nothing',
  'hang-after-done': 'streams everything with [DONE] and never ends the response',
  'slow-drip': 'sends the whole answer byte by byte',
  'cut-mid-stream': 'cut-mid-stream:3 destroys the socket behind that many chunks (or in mid-body)',
  refuse: 'destroys the socket instead of answering',
  '429-then-ok': '429-then-ok:1:0 refuses that many calls, with that Retry-After, then answers one',
  'always-429': 'always-429:1 with that Retry-After',
  '500-then-ok': '500-then-ok:1 fails that many calls, then answers one',
  'always-500': 'always-500:503 fails with that status',
  status: 'status:400 answers every call with that status and an error body',
  redirect: 'redirects to itself',
  'malformed-sse': 'an event that is not JSON, behind two good ones',
  'malformed-json': 'a body cut short inside a complete response',
  'not-sse': 'answers a stream with JSON',
  gzip: 'claims a content encoding nobody asked for',
  empty: 'status 200 and no body',
  'no-usage': 'reports no usage',
  'wrong-usage': 'wrong-usage:1000000000 reports that many completion tokens',
  'bad-usage': 'reports usage that is no count at all',
  'usage-with-finish': 'reports the usage in the chunk that finishes, not in one of its own',
  'huge-body': 'huge-body:100 sends that many megabytes',
  'huge-event': 'huge-event:4 streams one event of that many megabytes',
  'duplicate-done': 'ends the stream twice',
  'no-done': 'ends the stream without [DONE]',
  'no-finish': 'ends the stream without finish_reason and [DONE]',
  'error-event': 'breaks the stream off with an error event behind two chunks',
  'error-200': 'an error object with status 200',
  'content-filter': 'stops for the content filter',
  'echo-key': 'repeats the credential it was sent in an error body',
} as const

export type RecordedRequest = {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
  readonly model: string
  /** Whether the client went away before the answer was complete. */
  readonly isAborted: () => boolean
}

export type FakeProvider = {
  readonly url: string
  readonly port: number
  /** The last 1,000 requests, oldest first. */
  readonly requests: readonly RecordedRequest[]
  /** Resolves with the first request, recorded or to come, that meets the condition. */
  readonly waitForRequest: (matches?: (request: RecordedRequest) => boolean) => Promise<RecordedRequest>
  /** The same for a request whose client went away before its answer was complete. */
  readonly waitForAbort: (matches?: (request: RecordedRequest) => boolean) => Promise<RecordedRequest>
  /** From now on every call waits as under `slow`. */
  readonly hold: () => void
  /** Lets every call that waits under `slow` or `hold` go on. */
  readonly release: () => void
  /** Number of connections open at the moment. */
  readonly connections: () => number
  /** Forgets the requests and the counters of `…-then-ok`. */
  readonly reset: () => void
  readonly close: () => Promise<void>
}

export type FakeProviderOptions = {
  readonly port?: number
  readonly log?: (line: string) => void
  /** How many requests are remembered; 0 under load. */
  readonly remembered?: number
}

type Entry = { request: RecordedRequest; isAborted: boolean }

type Waiter = {
  readonly wants: 'request' | 'abort'
  readonly matches: (request: RecordedRequest) => boolean
  readonly resolve: (request: RecordedRequest) => void
}

type State = {
  readonly entries: Entry[]
  readonly waiters: Waiter[]
  readonly held: Set<() => void>
  /** Whether calls wait that do not ask for it. */
  isHolding: boolean
  readonly failures: Map<string, number>
}

const always = (): boolean => true

/** Starts a provider on loopback. Nothing it does takes time unless a sentinel says so. */
export async function startFakeProvider(options: FakeProviderOptions = {}): Promise<FakeProvider> {
  const state: State = { entries: [], waiters: [], held: new Set(), isHolding: false, failures: new Map() }
  const remembered = options.remembered ?? 1000
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    // A provider that is hung up on has nothing to say about it.
    response.on('error', () => undefined)
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const [first] = parts
      const body = parts.length === 1 && first !== undefined ? first : Buffer.concat(parts)
      route(state, remembered, request, response, body)
      options.log?.(`${request.method} ${request.url} ${response.statusCode}`)
    })
  })
  const sockets = trackSockets(server)
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const port = portOf(server.address())
  const wait = (wants: Waiter['wants'], matches: Waiter['matches']) =>
    new Promise<RecordedRequest>((resolve) => {
      const found = state.entries.find((entry) => (wants === 'request' || entry.isAborted) && matches(entry.request))
      if (found === undefined) state.waiters.push({ wants, matches, resolve })
      else resolve(found.request)
    })
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    get requests() {
      return state.entries.map((entry) => entry.request)
    },
    waitForRequest: (matches = always) => wait('request', matches),
    waitForAbort: (matches = always) => wait('abort', matches),
    hold() {
      state.isHolding = true
    },
    release() {
      state.isHolding = false
      const held = [...state.held]
      state.held.clear()
      for (const resume of held) resume()
    },
    connections: () => sockets.size,
    reset() {
      state.entries.length = 0
      state.failures.clear()
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function trackSockets(server: Server): ReadonlySet<unknown> {
  const sockets = new Set<unknown>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  return sockets
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The fake provider has no port')
  return address.port
}

function route(
  state: State,
  remembered: number,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): void {
  const call = parseCall(body)
  remember(state, remembered, request, response, body, call.model)
  if (!/^Bearer \S+$/.test(request.headers.authorization ?? '')) {
    return sendError(response, 401, 'You did not provide an API key.', 'invalid_request_error')
  }
  const path = request.url ?? ''
  if (request.method === 'GET' && path.endsWith('/models')) return sendModels(response)
  if (request.method !== 'POST' || !path.endsWith('/chat/completions')) {
    return sendError(response, 404, `Unknown request URL: ${request.method} ${path}.`, 'invalid_request_error')
  }
  if (call.model === '') return sendError(response, 400, 'you must provide a model parameter', 'invalid_request_error')
  const [name = '', ...parameters] = call.model.split(':')
  const refusal = refusals[name]
  if (refusal === undefined) answer(state, response, call, name, parameters)
  else refusal({ state, request, response, call, parameters })
}

function remember(
  state: State,
  remembered: number,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
  model: string,
): void {
  if (remembered === 0) return
  const entry: Entry = {
    isAborted: false,
    request: {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body,
      model,
      isAborted: () => entry.isAborted,
    },
  }
  if (state.entries.push(entry) > remembered) state.entries.shift()
  notify(state, 'request', entry.request)
  response.once('close', () => {
    if (response.writableFinished) return
    entry.isAborted = true
    notify(state, 'abort', entry.request)
  })
}

function notify(state: State, wants: Waiter['wants'], request: RecordedRequest): void {
  const woken = state.waiters.filter((waiter) => waiter.wants === wants && waiter.matches(request))
  for (const waiter of woken) {
    state.waiters.splice(state.waiters.indexOf(waiter), 1)
    waiter.resolve(request)
  }
}

type Refused = {
  readonly state: State
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly call: ChatCall
  readonly parameters: readonly string[]
}

const numberOf = (text: string | undefined, fallback: number): number => (text === undefined ? fallback : Number(text))

/** Sentinels that do not answer the call; the others are in `answer`. */
const refusals: Readonly<Record<string, (refused: Refused) => void>> = {
  hang: () => undefined,
  refuse: ({ request }) => request.socket.destroy(),
  'always-429': ({ response, parameters }) => sendRateLimited(response, numberOf(parameters[0], 1)),
  'always-500': ({ response, parameters }) =>
    sendError(response, numberOf(parameters[0], 500), 'The server had an error.', 'server_error'),
  status: ({ response, parameters }) =>
    sendError(response, numberOf(parameters[0], 400), 'The request is not acceptable.', 'invalid_request_error'),
  '429-then-ok': (refused) => {
    if (failsAgain(refused)) sendRateLimited(refused.response, numberOf(refused.parameters[1], 0))
    else answer(refused.state, refused.response, refused.call, 'echo', [])
  },
  '500-then-ok': (refused) => {
    if (failsAgain(refused)) sendError(refused.response, 500, 'The server had an error.', 'server_error')
    else answer(refused.state, refused.response, refused.call, 'echo', [])
  },
  redirect: ({ response, request }) => {
    response.writeHead(307, { location: request.url ?? '/' }).end()
  },
  empty: ({ response }) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 0 }).end()
  },
  'error-200': ({ response }) => sendError(response, 200, 'The upstream model failed.', 'server_error'),
  'echo-key': ({ response, request }) =>
    sendError(response, 401, `Incorrect API key provided: ${request.headers.authorization}.`, 'invalid_request_error'),
  'huge-body': ({ response, parameters, call }) => sendHuge(response, numberOf(parameters[0], 100), call.stream),
}

function failsAgain({ state, call, parameters }: Refused): boolean {
  const failures = (state.failures.get(call.model) ?? 0) + 1
  const isFailing = failures <= numberOf(parameters[0], 1)
  state.failures.set(call.model, isFailing ? failures : 0)
  return isFailing
}

function answer(
  state: State,
  response: ServerResponse,
  call: ChatCall,
  name: string,
  parameters: readonly string[],
): void {
  if (call.stream && name !== 'not-sse') streamAnswer(state, response, call, name, parameters)
  else plainAnswer(state, response, call, name, parameters)
}

function plainAnswer(
  state: State,
  response: ServerResponse,
  call: ChatCall,
  name: string,
  parameters: readonly string[],
): void {
  const whole = answerBytes(call, name, parameters)
  const bytes = name === 'malformed-json' ? whole.subarray(0, whole.length - 40) : whole
  const send = () => {
    response.writeHead(200, [
      'content-type',
      'application/json',
      'content-length',
      String(bytes.length),
      'x-request-id',
      'req_fake',
      ...(name === 'gzip' ? ['content-encoding', 'gzip'] : []),
    ])
    if (name === 'cut-mid-stream') response.write(bytes.subarray(0, 100), () => response.destroy())
    else if (name === 'hang-mid-stream') response.write(bytes.subarray(0, 100))
    else if (name === 'slow-drip') drip(response, bytes)
    else response.end(bytes)
  }
  if (name === 'slow' || state.isHolding) hold(state, response, parameters[0], send)
  else send()
}

function streamAnswer(
  state: State,
  response: ServerResponse,
  call: ChatCall,
  name: string,
  parameters: readonly string[],
): void {
  const plan = planAnswer(call, name, parameters)
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-request-id': 'req_fake' })
  const finish = () => {
    if (name === 'hang-mid-stream') return
    if (name === 'hang-after-done') response.write(plan.end)
    else response.end(plan.end)
  }
  if (name === 'slow-drip') return drip(response, Buffer.concat([...plan.chunks.map((chunk) => chunk()), plan.end]))
  if (name === 'cut-mid-stream') {
    const sent = plan.chunks.slice(0, numberOf(parameters[0], 3)).map((chunk) => chunk())
    response.write(Buffer.concat(sent), () => response.destroy())
  } else if (name === 'slow' || state.isHolding) {
    response.write(Buffer.concat(plan.chunks.slice(0, 2).map((chunk) => chunk())))
    hold(state, response, parameters[0], () => sendChunks(response, plan.chunks.slice(2), 0, finish))
  } else {
    sendChunks(response, plan.chunks, plan.gap_ms, finish)
  }
}

/** Sends each chunk by itself; without a gap they leave together, as a busy provider's do. */
function sendChunks(
  response: ServerResponse,
  chunks: readonly (() => Buffer)[],
  gapMs: number,
  finish: () => void,
): void {
  if (gapMs === 0) {
    response.write(Buffer.concat(chunks.map((chunk) => chunk())))
    finish()
    return
  }
  let sent = 0
  const send = () => {
    const chunk = chunks[sent++]
    if (chunk !== undefined) return void response.write(chunk())
    clearInterval(timer)
    finish()
  }
  const timer = setInterval(send, gapMs)
  response.once('close', () => clearInterval(timer))
  send()
}

function hold(state: State, response: ServerResponse, waitMs: string | undefined, resume: () => void): void {
  if (waitMs === undefined) {
    state.held.add(resume)
    response.once('close', () => state.held.delete(resume))
  } else {
    const timer = setTimeout(resume, Number(waitMs))
    response.once('close', () => clearTimeout(timer))
  }
}

function drip(response: ServerResponse, bytes: Buffer): void {
  let sent = 0
  const next = () => {
    if (response.destroyed) return
    if (sent === bytes.length) return void response.end()
    response.write(bytes.subarray(sent, ++sent), () => setImmediate(next))
  }
  next()
}

function sendHuge(response: ServerResponse, megabytes: number, isStream: boolean): void {
  const text = 'x'.repeat(65_000)
  const block = isStream ? eventOf({ content: text }) : Buffer.from(text)
  response.writeHead(200, { 'content-type': isStream ? 'text/event-stream' : 'application/json' })
  if (!isStream) response.write('{"choices":[{"message":{"content":"')
  let left = Math.ceil((megabytes * 1_000_000) / block.length)
  const send = () => {
    while (left-- > 0) if (!response.write(block)) return void response.once('drain', send)
    response.end(isStream ? 'data: [DONE]\n\n' : '"}}]}')
  }
  send()
}

function sendModels(response: ServerResponse): void {
  const data = Object.keys(SENTINELS).map((id) => ({ id, object: 'model', created: 1_700_000_000, owned_by: 'fake' }))
  sendJson(response, 200, { object: 'list', data })
}

function sendRateLimited(response: ServerResponse, retryAfterS: number): void {
  response.setHeader('retry-after', String(retryAfterS))
  sendError(response, 429, 'Rate limit reached for requests.', 'rate_limit_error')
}

function sendError(response: ServerResponse, status: number, message: string, type: string): void {
  sendJson(response, status, { error: { message, type, param: null, code: null } })
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const bytes = Buffer.from(JSON.stringify(value))
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length }).end(bytes)
}
