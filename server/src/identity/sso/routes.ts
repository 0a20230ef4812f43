// The door for providers: back-channel logout is a form, as its specification says, so it is not one of the JSON routes.

import type { FastifyError, FastifyInstance } from 'fastify'
import type { RequestLog } from '../../http/request-log.ts'
import { toProblem } from '../../http/problem-json.ts'
import { isId } from '../../kernel/id.ts'
import { notFound, type Problem } from '../../kernel/problem.ts'
import type { ControlDatabase } from '../../kernel/database.ts'
import { addressSubject, countAttempt, forgiveAttempt } from '../back-off.ts'
import { tooManyAttempts } from '../problems.ts'
import { logOutByProvider } from './back-channel-logout.ts'
import type { Providers } from './provider.ts'
import { problemOf, SsoRefusal } from './refusal.ts'

const MAX_BODY_BYTES = 64 * 1024

/** Serves back-channel logout. Errors are in the shape of OAuth, as the specification asks. */
export function serveBackChannelLogout(
  app: FastifyInstance,
  needs: { readonly control: ControlDatabase; readonly providers: Providers },
  requests: RequestLog,
): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    const parse = { parseAs: 'string', bodyLimit: MAX_BODY_BYTES } as const
    scope.addContentTypeParser('application/x-www-form-urlencoded', parse, (_request, body, done) => done(null, body))
    scope.setErrorHandler((error: FastifyError | SsoRefusal, request, reply) => {
      const problem = error instanceof SsoRefusal ? problemOf(error) : toProblem(error)
      if (problem.status === 401) requests.countFailure('back_channel_logout', request.client)
      if (problem.retry_after_s !== undefined) reply.header('retry-after', Math.ceil(problem.retry_after_s))
      return reply
        .code(statusFor(problem))
        .header('cache-control', 'no-store')
        .send({ error: 'invalid_request', error_description: problem.detail ?? problem.title })
    })
    scope.post<{ Params: { connection: string } }>(
      '/api/sso/connections/:connection/back-channel-logout',
      async (request, reply) => {
        const { connection } = request.params
        if (!isId(connection)) throw notFound()
        const counted = await needs.control.transaction((tx) => countAttempt(tx, [addressSubject(request.client)]))
        if ('wait_s' in counted) throw tooManyAttempts({}, { retry_after_s: counted.wait_s })
        const token = tokenIn(request.body)
        await logOutByProvider(needs, connection, token, { request_id: request.id, address: request.client })
        await needs.control.transaction((tx) => forgiveAttempt(tx, counted.attempt))
        return reply.code(200).header('cache-control', 'no-store').send()
      },
    )
  })
}

/** A token that is refused is a bad request to a provider, whatever it would be to a person. */
const statusFor = (problem: Problem): number =>
  problem.status === 401 || problem.status === 422 ? 400 : problem.status

function tokenIn(body: unknown): string {
  const tokens = typeof body === 'string' ? new URLSearchParams(body).getAll('logout_token') : []
  const [token] = tokens
  if (token === undefined || tokens.length > 1)
    throw new SsoRefusal(token === undefined ? 'token_missing' : 'parameter_repeated')
  return token
}
