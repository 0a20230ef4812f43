// What operators and their monitors ask: does the process live, can it serve, what does it count.

import type { FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'
import { problemBody } from './problem-json.ts'
import { controlUnavailable, type Problem } from '../kernel/problem.ts'

export type Readiness = () => Promise<Problem | null>

/** `/healthz`, `/readyz` and `/metrics`; `isReady` names what is missing as a problem. */
export function serveHealth(app: FastifyInstance, registry: Registry, isReady: Readiness): void {
  app.get('/healthz', async (_request, reply) => reply.type('application/json').send('{"status":"alive"}'))
  app.get('/readyz', async (request, reply) => {
    const missing = await isReady().catch((error: unknown) => controlUnavailable({}, { cause: error }))
    if (missing === null) return reply.type('application/json').send('{"status":"ready"}')
    return reply
      .code(503)
      .header('retry-after', 5)
      .type('application/problem+json')
      .send(JSON.stringify(problemBody(missing, request.id)))
  })
  app.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()))
}
