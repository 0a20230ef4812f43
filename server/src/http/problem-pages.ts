// Where the `type` of a problem leads: what each code means, from the registry that makes them.

import type { FastifyInstance } from 'fastify'
import { listProblems, notFound } from '../kernel/problem.ts'

/** `/problems` lists every code; `/problems/<code>` says one. */
export function serveProblemPages(app: FastifyInstance): void {
  app.get('/problems', async (_request, reply) =>
    reply.type('application/json').send(JSON.stringify({ items: listProblems().map(describe) })),
  )
  app.get<{ Params: { code: string } }>('/problems/:code', async (request, reply) => {
    const problem = listProblems().find((each) => each.code === request.params.code)
    if (problem === undefined) throw notFound()
    return reply.type('application/json').send(JSON.stringify(describe(problem)))
  })
}

const describe = ({ code, status, title }: ReturnType<typeof listProblems>[number]) => ({ code, status, title })
