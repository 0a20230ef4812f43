// The one client of the API: typed by its contract, without any privilege.

import createClient, { type Middleware } from 'openapi-fetch'
import { sendNoted } from './acts.ts'
import { ApiProblem, readProblem } from './problem.ts'
import type { paths } from './schema.d.ts'
import { isProvenAnew } from './step-up.ts'
import { requireNotViewing } from './viewing.ts'

/** A mutation that is repeated (a lost answer, a second click) is done once. */
const once: Middleware = {
  onRequest({ request }) {
    if (request.method === 'POST' && !request.headers.has('idempotency-key')) {
      request.headers.set('idempotency-key', crypto.randomUUID())
    }
    return request
  },
}

/** Nothing is done in an organisation while it is looked at as somebody else. */
const onlyLooking: Middleware = {
  onRequest({ request }) {
    requireNotViewing(request)
  },
}

// What was sent, for the case that it has to be sent again: the body of a request can be read once.
const copies = new WeakMap<Request, Request>()

/** Throws refusals. An act that needs a fresh proof of who does it is repeated when the person has given one. */
const refuse: Middleware = {
  onRequest({ request }) {
    copies.set(request, request.clone())
  },
  async onResponse({ request, response }) {
    if (response.ok) return undefined
    const problem = await readProblem(response)
    const again = copies.get(request)
    if (again === undefined || !(await isProvenAnew(problem))) throw problem
    // The refused attempt has used its key up.
    if (again.headers.has('idempotency-key')) again.headers.set('idempotency-key', crypto.randomUUID())
    const repeated = await sendNoted(again)
    if (!repeated.ok) throw await readProblem(repeated)
    return repeated
  },
}

/** Calls are `api.GET('/api/…', { params })`; every refusal is thrown as an `ApiProblem`. Read answers with `answerOf`. */
export const api = createClient<paths>({ credentials: 'same-origin', fetch: sendNoted })
api.use(onlyLooking, once, refuse)

/** The body of an answer that has one: `await answerOf(api.GET(…))`. */
export async function answerOf<Data>(call: Promise<{ readonly data?: Data; readonly response: Response }>) {
  const { data, response } = await call
  if (data === undefined) {
    throw new ApiProblem({ status: response.status, code: 'empty_answer', title: 'The answer is empty' })
  }
  return data
}
