// POST /v1/chat/completions: OpenAI's dialect in and out. What is judged is what is sent; a plain answer goes out byte for
// byte as the provider gave it, a stream event by event.

import type { FastifyReply, FastifyRequest } from 'fastify'
import { parseCall, type ReceivedCall } from '../invocation/call.ts'
import { perform, type Performance, type PlainAnswer } from '../invocation/perform.ts'
import type { Performer } from '../invocation/performer.ts'
import type { Problem } from '../kernel/problem.ts'
import { toProblem } from '../http/problem-json.ts'
import { idempotencyKeyInvalid } from '../http/problems.ts'
import { identify, requireKey } from './caller.ts'
import { openAiError } from './openai-error.ts'

const USE_CASE_HEADER = 'x-reeve-use-case'

const headerOf = (request: FastifyRequest, name: string): string | null => {
  const value = request.headers[name]
  return typeof value === 'string' ? value : null
}

function receive(request: FastifyRequest): ReceivedCall {
  const key = requireKey(request)
  const idempotency_key = headerOf(request, 'idempotency-key')
  if (idempotency_key !== null && !/^[\x21-\x7e]{1,255}$/.test(idempotency_key)) throw idempotencyKeyInvalid()
  return {
    key,
    request_id: request.id,
    address: request.client,
    use_case: headerOf(request, USE_CASE_HEADER),
    idempotency_key,
    bytes: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
    onIdentified: identify(request),
  }
}

/** Answers one call. Refusals are thrown as Problems; the plug-in's error handler gives them OpenAI's shape. */
export async function chatCompletions(
  performer: Performer,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  const call = parseCall(receive(request))
  if (call.is_streamed) return stream(performer, call, request, reply)
  const performance = perform(performer, call, null)
  abandonWhenClosed(reply, performance)
  const answer = await performance.answer
  reply.hijack()
  // Without an answer the client is gone; there is nobody to send it to.
  if (answer !== null) sendPlain(reply, answer)
  return undefined
}

/** Longer answers are not copied for the sake of one write. */
const MAX_COPIED_BYTES = 64 * 1024

/**
 * Sends the bytes of an answer as they are. Text leaves in one write with its head, a buffer would be a second piece; in
 * latin1 a character is a byte, so the copy changes nothing.
 */
function sendPlain(reply: FastifyReply, { status, body, execution_id, is_replay }: PlainAnswer): void {
  const { raw } = reply
  const given = Object.entries(reply.getHeaders()).flatMap(([name, value]) =>
    value === undefined ? [] : [name, value],
  )
  raw.writeHead(status, [
    ...given,
    'content-type',
    'application/json; charset=utf-8',
    'content-length',
    body.length,
    'x-reeve-execution-id',
    execution_id,
    ...(is_replay ? ['idempotent-replayed', 'true'] : []),
  ])
  if (body.length <= MAX_COPIED_BYTES) raw.end(body.toString('latin1'), 'latin1')
  else raw.end(body)
}

/** A client that goes away, or went while its body was read, gives its call up. */
function abandonWhenClosed({ raw }: FastifyReply, performance: Performance): void {
  if (raw.destroyed) performance.abandon()
  raw.once('close', () => {
    if (!raw.writableFinished) performance.abandon()
  })
}

async function stream(
  performer: Performer,
  call: ReturnType<typeof parseCall>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  const { raw } = reply
  const performance = perform(performer, call, {
    start(_headers, execution_id) {
      reply.hijack()
      raw.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
        'x-request-id': request.id,
        'x-reeve-execution-id': execution_id,
      })
    },
    write: (bytes) => raw.write(bytes),
  })
  raw.on('drain', performance.resume)
  abandonWhenClosed(reply, performance)
  try {
    const answer = await performance.answer
    if (!raw.headersSent) reply.hijack()
    if (!raw.headersSent && answer !== null) sendPlain(reply, answer)
    else raw.end()
  } catch (error) {
    if (!raw.headersSent) throw error
    // The stream has begun: the refusal is its last event, which the official SDKs raise as an error.
    raw.end(errorEvent(toProblem(error), request.id))
  }
  return undefined
}

const errorEvent = (problem: Problem, request_id: string): string =>
  `data: ${JSON.stringify(openAiError(problem, request_id))}\n\n`
