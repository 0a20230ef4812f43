// The one client of the API: typed by its contract, without any privilege.

import createClient, { type Middleware } from 'openapi-fetch'
import { ApiProblem, readProblem } from './problem.ts'
import type { paths } from './schema.d.ts'

/** A mutation that is repeated (a lost answer, a second click) is done once. */
const once: Middleware = {
  onRequest({ request }) {
    if (request.method === 'POST' && !request.headers.has('idempotency-key')) {
      request.headers.set('idempotency-key', crypto.randomUUID())
    }
    return request
  },
}

const refuse: Middleware = {
  async onResponse({ response }) {
    if (!response.ok) throw await readProblem(response)
  },
}

/** Calls are `api.GET('/api/…', { params })`; every refusal is thrown as an `ApiProblem`. Read answers with `answerOf`. */
export const api = createClient<paths>({ credentials: 'same-origin' })
api.use(once, refuse)

/** The body of an answer that has one: `await answerOf(api.GET(…))`. */
export async function answerOf<Data>(call: Promise<{ readonly data?: Data; readonly response: Response }>) {
  const { data, response } = await call
  if (data === undefined) {
    throw new ApiProblem({ status: response.status, code: 'empty_answer', title: 'The answer is empty' })
  }
  return data
}
