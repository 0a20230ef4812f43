// The gateway's place in the server: its own body parsing (bytes, untouched) and its own error shape.

import type { FastifyError, FastifyInstance } from 'fastify'
import type { ErrorDialect } from '../http/client-error.ts'
import { toProblem } from '../http/problem-json.ts'
import { malformedRequest, payloadTooLarge } from '../http/problems.ts'
import type { RequestLog } from '../http/request-log.ts'
import type { Performer } from '../invocation/performer.ts'
import type { Log } from '../kernel/log.ts'
import { notFound, Problem } from '../kernel/problem.ts'
import { chatCompletions } from './chat-completions.ts'
import { getModel, listModels } from './models.ts'
import { openAiError, openAiErrorHeaders } from './openai-error.ts'

/** Images and files travel inside the body. */
const MAX_BODY_BYTES = 10 * 1024 * 1024

const PREFIX = '/v1'

/** For requests to the gateway that are refused before they reach it. */
export const OPENAI_DIALECT: ErrorDialect = { prefix: PREFIX, headersOf: openAiErrorHeaders, bodyOf: openAiError }

/** Serves the OpenAI dialect under `/v1`. */
export function serveGateway(app: FastifyInstance, performer: Performer, requests: RequestLog, log: Log): void {
  app.register(
    async (gateway) => {
      gateway.removeAllContentTypeParsers()
      gateway.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES }, (_request, body, done) =>
        done(null, body),
      )
      gateway.setErrorHandler((error: FastifyError, request, reply) => {
        const problem = problemOf(error)
        performer.metrics.countRefusal(problem.code)
        if (problem.status === 401) requests.countFailure('invalid_api_key', request.client)
        if (problem.code === 'internal_error')
          log.error({ err: problem.cause, request_id: request.id }, 'a call failed')
        return reply
          .code(problem.status)
          .headers(openAiErrorHeaders(problem))
          .send(JSON.stringify(openAiError(problem, request.id)))
      })
      gateway.setNotFoundHandler(() => {
        throw notFound({}, { detail: 'The gateway does not know this address.' })
      })
      gateway.post('/chat/completions', { bodyLimit: MAX_BODY_BYTES }, (request, reply) =>
        chatCompletions(performer, request, reply),
      )
      gateway.get('/models', (request, reply) => listModels(performer, request, reply))
      gateway.get('/models/*', (request, reply) => getModel(performer, request, reply))
      // Nearer than the portal's pages, which are served at every other address.
      gateway.get('/*', (_request, reply) => reply.callNotFound())
    },
    { prefix: PREFIX },
  )
}

function problemOf(error: FastifyError): Problem {
  if (error instanceof Problem) return error
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return payloadTooLarge({ limit_bytes: MAX_BODY_BYTES })
  if (error.statusCode !== undefined && error.statusCode < 500) return malformedRequest({}, { cause: error })
  return toProblem(error)
}
