// The one place where a Problem becomes OpenAI's error shape, with our code inside, so that the official SDKs raise the
// errors their users know and a program can still tell what Reeve refused.

import { idempotencyInFlight } from '../http/problems.ts'
import { providerRateLimited } from '../invocation/problems.ts'
import type { Problem } from '../kernel/problem.ts'

export type OpenAiError = {
  readonly error: {
    readonly message: string
    readonly type: string
    readonly param: string | null
    readonly code: string
    readonly params: Problem['params']
    readonly request_id: string
  }
}

function typeOf(problem: Problem): string {
  switch (problem.status) {
    case 401:
      return 'authentication_error'
    case 402:
      return 'insufficient_quota'
    case 403:
      return 'permission_error'
    case 404:
      return 'not_found_error'
    case 409:
      return 'conflict_error'
    case 429:
      return problem.code === 'quota_exceeded' ? 'insufficient_quota' : 'rate_limit_error'
    default:
      return problem.status >= 500 ? 'server_error' : 'invalid_request_error'
  }
}

/** The body of an error answer. OpenAI's own code stands where its clients look for it, the model that is missing. */
export function openAiError(problem: Problem, request_id: string): OpenAiError {
  const { param } = problem.params
  return {
    error: {
      message: problem.detail === undefined ? problem.title : `${problem.title}. ${problem.detail}`,
      type: typeOf(problem),
      param: typeof param === 'string' ? param : null,
      code: problem.code,
      params: problem.params,
      request_id,
    },
  }
}

const TRANSIENT = new Set([providerRateLimited.code, idempotencyInFlight.code])

/**
 * Headers of an error answer. The official SDKs try 408, 409, 429 and 5xx again unless they are told not to: a quota that
 * resets tomorrow is not worth it, a node that drains is.
 */
export function openAiErrorHeaders(problem: Problem): Record<string, string> {
  const isTransient = problem.status >= 500 || TRANSIENT.has(problem.code)
  return {
    'content-type': 'application/json; charset=utf-8',
    'x-should-retry': String(isTransient),
    ...(problem.retry_after_s === undefined ? {} : { 'retry-after': String(Math.ceil(problem.retry_after_s)) }),
  }
}
