// HTTP in front of the routes: parsing within limits, schema checks, browser defence, one shape for every refusal.

import { readFileSync, watchFile } from 'node:fs'
import { Readable } from 'node:stream'
import type { Socket } from 'node:net'
import { Server as TlsServer } from 'node:tls'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifySchema,
} from 'fastify'
import type { TSchema } from 'typebox'
import { anonymousOrigin, type Origin } from '../audit/append.ts'
import { clientAddress, isLoopback, isWithin, normaliseAddress, parseNetworks } from '../kernel/address.ts'
import type { OrganisationDatabase } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import type { Log } from '../kernel/log.ts'
import { draining, notFound, Problem } from '../kernel/problem.ts'
import { BROWSER_COOKIE, readBrowserSecret, readCredential, readSessionCookie, SESSION_COOKIE } from './authenticate.ts'
import { contentDisposition, type Download } from './binary.ts'
import { watchBody } from './body-deadline.ts'
import { answerClientError, type ErrorDialect } from './client-error.ts'
import { type DispatchTools, dispatch } from './dispatch.ts'
import { parseJsonBody } from './json-body.ts'
import { problemBody, toProblem } from './problem-json.ts'
import {
  foreignOrigin,
  invalidInput,
  malformedRequest,
  payloadTooLarge,
  requestTimeout,
  transportNotSecure,
  unsupportedMediaType,
} from './problems.ts'
import type { RequestLog } from './request-log.ts'
import type { Route } from './route.ts'
import { isRequired } from './schema.ts'

const MAX_BODY_BYTES = 1024 * 1024

export type ServerOptions = {
  readonly log: Log
  readonly tools: DispatchTools
  readonly requests: RequestLog
  readonly tls: { readonly certificate_path: string; readonly key_path: string } | null
  readonly trusted_proxies: readonly string[]
  readonly public_origin: string | null
  readonly isDraining: () => boolean
  readonly dialects: readonly ErrorDialect[]
}

declare module 'fastify' {
  interface FastifyRequest {
    started_ms: number
    client: string
    who: Origin | null
    where: OrganisationDatabase | null
  }
  interface FastifyContextConfig {
    max_upload_bytes?: number
  }
}

const formats = { allErrors: false, strict: false, useDefaults: true } as const

function createValidators() {
  const strict = new Ajv({ ...formats, coerceTypes: false })
  const coercing = new Ajv({ ...formats, coerceTypes: true })
  for (const ajv of [strict, coercing]) addFormats.default(ajv)
  return { strict, coercing }
}

/** Reloads certificate and key when their files change, so that renewing them needs no restart. */
function watchTls(app: FastifyInstance, tls: NonNullable<ServerOptions['tls']>, log: Log): void {
  const { server } = app
  const reload = () => {
    try {
      if (server instanceof TlsServer) server.setSecureContext({ ...readTls(tls), minVersion: 'TLSv1.2' })
      log.info('the TLS certificate was reloaded')
    } catch (error) {
      log.error({ err: error }, 'the new TLS certificate cannot be used; the old one stays')
    }
  }
  for (const path of [tls.certificate_path, tls.key_path]) {
    watchFile(path, { interval: 2000, persistent: false }, reload)
  }
}

const readTls = (tls: NonNullable<ServerOptions['tls']>) => ({
  cert: readFileSync(tls.certificate_path),
  key: readFileSync(tls.key_path),
})

/** The HTTP server without its routes: limits, request ids, client addresses, security headers, the request log. */
export function createServer(options: ServerOptions): FastifyInstance {
  const https = options.tls === null ? {} : { https: { ...readTls(options.tls), minVersion: 'TLSv1.2' as const } }
  const app: FastifyInstance = Fastify({
    ...https,
    http: { maxHeaderSize: 16 * 1024, connectionsCheckingInterval: 5000 },
    logger: false,
    bodyLimit: MAX_BODY_BYTES,
    genReqId: () => newId(),
    // The longest upload; how long any other body may take is watched in `body-deadline.ts`.
    requestTimeout: 3_600_000,
    connectionTimeout: 0,
    keepAliveTimeout: 65_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
    clientErrorHandler: (error, socket) => answerClientError(error, socket, options.dialects),
  })
  app.server.headersTimeout = 10_000
  app.server.maxHeadersCount = 200
  const trusted = parseNetworks(options.trusted_proxies)
  if (trusted === null) throw new Error('The trusted proxies were not checked')
  app.decorateRequest('started_ms', 0)
  app.decorateRequest('client', '')
  app.decorateRequest('who', null)
  app.decorateRequest('where', null)
  // The other end of a connection never changes.
  const peers = new WeakMap<Socket, string>()
  const peerOf = (socket: Socket): string => {
    const known = peers.get(socket)
    if (known !== undefined) return known
    // A client that has gone already has left no address.
    const peer = normaliseAddress(socket.remoteAddress ?? NOWHERE)
    peers.set(socket, peer)
    return peer
  }
  app.addHook('onRequest', (request, reply, done) => {
    request.started_ms = performance.now()
    const peer = peerOf(request.raw.socket)
    const forwarded = request.headers['x-forwarded-for']
    request.client = typeof forwarded === 'string' ? clientAddress(peer, forwarded, trusted) : peer
    reply.header('x-request-id', request.id)
    // The end of every answer: sent in full, or broken off because the client went away.
    reply.raw.once('close', () => noteRequest(options.requests, request, reply))
    if (request.method !== 'GET') {
      const isUpload = uploadOf(request) !== null
      watchBody(request.raw, isUpload, () => void expired(reply).send(requestTimeout()))
    }
    // Without TLS of its own a node may listen where proxies reach it, and so may others; what they send is read by anybody.
    const isPlain = options.tls === null && !isLoopback(peer) && !isWithin(trusted, peer)
    if (isPlain && !ABOUT_THE_NODE.has(request.url)) return done(transportNotSecure())
    // PostgreSQL stores no NUL, so none may come in through a path or a query either.
    if (request.url.includes('%00')) done(malformedRequest({}, { detail: 'The address holds a NUL.' }))
    else done(options.isDraining() && !ABOUT_THE_NODE.has(request.url) ? draining({}, { retry_after_s: 5 }) : undefined)
  })
  if (options.tls !== null) watchTls(app, options.tls, options.log)
  useProblems(app, options)
  return app
}

/** How many bytes the route of a request reads, if it reads bytes at all. */
function uploadOf(request: FastifyRequest): number | null {
  return request.routeOptions.config.max_upload_bytes ?? null
}

/** What is left of the body is not waited for. */
const expired = (reply: FastifyReply): FastifyReply => reply.header('connection', 'close')

/** What monitors ask, whoever they are and whatever the node does: it holds nothing of anybody. */
const ABOUT_THE_NODE = new Set(['/healthz', '/readyz', '/metrics'])

/** Paths that no log needs to tell of (security.md 1: at most six, written down). */
const UNLOGGED = new Set(['/healthz', '/readyz', '/metrics', '/openapi.json', '/', '/*'])

const NOWHERE = '0.0.0.0'

/** What the log says of a request whose client went away before there was an answer, as other servers do. */
const CLIENT_GONE = 499

/** Notes a request that is over in the log of the database it concerned. */
function noteRequest(requests: RequestLog, request: FastifyRequest, { raw }: FastifyReply): void {
  const route = routeOf(request, raw.statusCode)
  if (UNLOGGED.has(route)) return
  requests.note(request.where, {
    at: new Date(),
    origin: request.who ?? anonymousOrigin({ request_id: request.id, address: request.client }),
    method: request.method,
    route,
    status: raw.headersSent ? raw.statusCode : CLIENT_GONE,
    duration_ms: Math.round(performance.now() - request.started_ms),
  })
}

/** The portal's route takes every address; one at which it found nothing is as unknown as before. */
function routeOf(request: FastifyRequest, status: number): string {
  const { url } = request.routeOptions
  return url === undefined || (url === '/*' && status === 404) ? '(unknown)' : url
}

function useProblems(app: FastifyInstance, { log, requests }: ServerOptions): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = fromFastify(error)
    const isBadKey = problem instanceof Problem && problem.status === 401 && request.headers.authorization !== undefined
    if (isBadKey) requests.countFailure('invalid_api_key', request.client)
    return sendProblem(reply, request, problem, log)
  })
  app.setNotFoundHandler((request, reply) => sendProblem(reply, request, notFound(), log))
}

/** Sends a problem as RFC 9457; a bug is logged with its cause and shows the client a fixed sentence only. */
function sendProblem(reply: FastifyReply, request: FastifyRequest, error: unknown, log: Log): FastifyReply {
  const problem = toProblem(error)
  if (problem.status >= 500) {
    const level = problem.code === 'internal_error' ? 'error' : 'warn'
    log[level]({ err: problem.cause ?? problem, request_id: request.id, code: problem.code }, 'a request failed')
  }
  if (problem.retry_after_s !== undefined) reply.header('retry-after', Math.ceil(problem.retry_after_s))
  return reply
    .code(problem.status)
    .type('application/problem+json')
    .send(JSON.stringify(problemBody(problem, request.id)))
}

function fromFastify(error: FastifyError): unknown {
  if (error instanceof Problem) return error
  if (error.validation !== undefined) {
    const [first] = error.validation
    const name = first?.params['missingProperty'] ?? first?.params['additionalProperty']
    const pointer = `${first?.instancePath ?? ''}${typeof name === 'string' ? `/${name}` : ''}`
    const part = error.validationContext === 'body' ? '' : `/${error.validationContext ?? ''}`
    const message = first?.message ?? 'is not valid'
    return invalidInput(
      { pointer: `${part}${pointer}` },
      { detail: `${pointer || 'The input'} ${message}.`, fields: [{ pointer: `${part}${pointer}`, message }] },
    )
  }
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return payloadTooLarge({ limit_bytes: MAX_BODY_BYTES })
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return unsupportedMediaType()
    default:
      return error.statusCode !== undefined && error.statusCode < 500 ? malformedRequest({}, { cause: error }) : error
  }
}

/** Whether a browser sent this from another site. A client that sends neither header is no browser. */
function isForeign(request: FastifyRequest, public_origin: string | null): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true
  const { origin } = request.headers
  if (origin === undefined) return false
  const own = public_origin ?? `${request.protocol}://${request.headers.host ?? ''}`
  return origin !== own
}

/** Serves the routes under `/api`. Every schema is compiled now, so a bad one stops the start. */
export function serveRoutes(app: FastifyInstance, routes: readonly Route[], options: ServerOptions): void {
  const { strict, coercing } = createValidators()
  app.register(async (api) => {
    api.setValidatorCompiler(({ schema, httpPart }) => (httpPart === 'body' ? strict : coercing).compile(schema))
    api.removeAllContentTypeParsers()
    api.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
      try {
        done(null, parseJsonBody(Buffer.from(body)))
      } catch (error) {
        done(error instanceof Error ? error : new Error('The body cannot be read'))
      }
    })
    api.addContentTypeParser('application/octet-stream', (request, payload, done) => {
      const max_bytes = uploadOf(request)
      if (max_bytes === null) return done(unsupportedMediaType())
      if (Number(request.headers['content-length']) > max_bytes)
        return done(payloadTooLarge({ limit_bytes: max_bytes }))
      done(null, payload)
    })
    for (const route of routes) serveRoute(api, route, options)
  })
}

/** A body whose object has no members is not asked for: an empty request has none. */
function isEmptySchema(schema: TSchema | undefined): boolean {
  const properties: unknown = schema && Reflect.get(schema, 'properties')
  return (
    schema === undefined ||
    (typeof properties === 'object' && properties !== null && Object.keys(properties).length === 0)
  )
}

async function fillBody(request: FastifyRequest): Promise<void> {
  request.body ??= {}
}

function schemaOf(route: Route, status: number): FastifySchema {
  return {
    ...(route.params && { params: route.params }),
    ...(route.query && { querystring: route.query }),
    ...(route.body && !route.consumes && !isEmptySchema(route.body) && { body: route.body }),
    ...(route.produces === undefined && { response: { [status]: route.response } }),
  }
}

const YEAR_S = 31_536_000

/** Bytes are for saving: no browser may take them for a page of ours. */
function sendDownload(reply: FastifyReply, download: Download): FastifyReply {
  const { file_name, content_type, size_bytes, bytes } = download
  if (download.is_immutable === true) reply.header('cache-control', `public, max-age=${YEAR_S}, immutable`)
  if (size_bytes !== null) reply.header('content-length', size_bytes)
  return reply
    .header('content-disposition', contentDisposition(file_name))
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "sandbox; default-src 'none'")
    .type(content_type)
    .send(bytes)
}

function serveRoute(api: FastifyInstance, route: Route, options: ServerOptions): void {
  requireClosed(route)
  const status = route.status ?? 200
  api.route({
    method: route.method,
    url: route.path,
    ...(route.consumes && { config: { max_upload_bytes: route.consumes.max_bytes } }),
    schema: schemaOf(route, status),
    ...(!route.consumes && route.body && !isRequired(route.body) && { preValidation: fillBody }),
    async handler(request, reply) {
      if (request.method !== 'GET' && isForeign(request, options.public_origin)) throw foreignOrigin()
      if (route.consumes && !(request.body instanceof Readable)) throw unsupportedMediaType()
      const { cookie, authorization } = request.headers
      const key = request.headers['idempotency-key']
      const answer = await dispatch(options.tools, {
        route,
        input: { params: request.params, query: request.query, body: request.body ?? {} },
        credential: route.scope === 'open' ? null : readCredential(authorization, cookie),
        session_token: readSessionCookie(cookie),
        browser_secret: readBrowserSecret(cookie),
        idempotency_header: typeof key === 'string' ? key : undefined,
        request_id: request.id,
        address: request.client,
        user_agent: (request.headers['user-agent'] ?? '').slice(0, 300),
        reply: {
          setSessionCookie: (token) => void reply.header('set-cookie', cookieText(SESSION_COOKIE, token)),
          setBrowserSecret: (secret) => void reply.header('set-cookie', cookieText(BROWSER_COOKIE, secret, 600)),
        },
        serialise: (output) => (status === 204 ? '' : textOf(reply.code(status).serialize(output))),
        identify(origin, database) {
          request.who = origin
          request.where = database
        },
      })
      if (answer.isReplay) reply.header('idempotent-replayed', 'true')
      reply.header('cache-control', 'no-store').code(answer.status)
      if (answer.download) return sendDownload(reply, answer.download)
      if (answer.body === '') return reply.send()
      return reply.type('application/json; charset=utf-8').serializer(String).send(answer.body)
    },
  })
}

/** What the response schema made of an answer is text; anything else is a bug. */
function textOf(serialised: unknown): string {
  if (typeof serialised !== 'string') throw new Error('A response schema did not make text')
  return serialised
}

/** An object that is sent to us must say which fields it knows: a misspelt field is an error, never ignored. */
function requireClosed(route: Route): void {
  for (const schema of [route.body, route.query, route.params]) {
    if (schema === undefined || Reflect.get(schema, 'type') !== 'object') continue
    if (Reflect.get(schema, 'additionalProperties') !== false) {
      throw new Error(`${route.operation}: an input schema must refuse unknown fields`)
    }
  }
}

/** A cookie that lasts as long as the browser is open, or `max_age_s`; without a value it is taken back. */
function cookieText(name: string, value: string | null, max_age_s: number | null = null): string {
  const attributes = 'Path=/; Secure; HttpOnly; SameSite=Lax'
  if (value === null) return `${name}=; ${attributes}; Max-Age=0`
  return `${name}=${value}; ${attributes}${max_age_s === null ? '' : `; Max-Age=${max_age_s}`}`
}
