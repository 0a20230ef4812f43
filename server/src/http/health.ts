// What operators and their monitors ask: does the process live, can it serve, what does it count.

import type { FastifyInstance } from 'fastify'
import { Gauge, Registry, collectDefaultMetrics } from 'prom-client'
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

/** The registry of this process, with the process's own figures. */
export function createMetrics(
  budgets: Record<string, () => { open: number; idle: number; waiting: number }>,
): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'reeve_' })
  new Gauge({
    name: 'reeve_database_connections',
    help: 'Connections of this node by budget and state',
    labelNames: ['budget', 'state'],
    registers: [registry],
    collect() {
      for (const [budget, counts] of Object.entries(budgets)) {
        for (const [state, value] of Object.entries(counts())) this.set({ budget, state }, value)
      }
    },
  })
  return registry
}
