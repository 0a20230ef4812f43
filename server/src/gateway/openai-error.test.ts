import { expect, test } from 'vitest'
import { idempotencyInFlight, idempotencyMismatch } from '../http/problems.ts'
import {
  invalidApiKey,
  organisationInactive,
  providerFailed,
  providerRateLimited,
  quotaExceeded,
  walletInsufficient,
} from '../invocation/problems.ts'
import { draining, internalError, notFound, type Problem } from '../kernel/problem.ts'
import { openAiError, openAiErrorHeaders } from './openai-error.ts'

test.each<[Problem, string, boolean]>([
  [invalidApiKey(), 'authentication_error', false],
  [walletInsufficient(), 'insufficient_quota', false],
  [quotaExceeded(), 'insufficient_quota', false],
  [organisationInactive(), 'permission_error', false],
  [notFound(), 'not_found_error', false],
  [idempotencyInFlight(), 'conflict_error', true],
  [idempotencyMismatch(), 'invalid_request_error', false],
  [providerRateLimited(), 'rate_limit_error', true],
  [providerFailed(), 'server_error', true],
  [draining(), 'server_error', true],
])('%s is of the type %s, and tried again: %s', (problem, type, isTriedAgain) => {
  expect(openAiError(problem, 'the request')).toMatchObject({
    error: { type, code: problem.code, request_id: 'the request', param: null },
  })
  expect(openAiErrorHeaders(problem)['x-should-retry']).toBe(String(isTriedAgain))
})

test('what really happened is never told, what the caller needs is', () => {
  const bug = internalError({}, { cause: new Error('password authentication failed') })
  expect(JSON.stringify(openAiError(bug, 'r'))).not.toContain('password')
  const refusal = quotaExceeded({ param: 'max_tokens', limit: 10 }, { detail: 'Ask for less.', retry_after_s: 1.2 })
  expect(openAiError(refusal, 'r').error).toMatchObject({ param: 'max_tokens', params: { limit: 10 } })
  expect(openAiError(refusal, 'r').error.message).toContain('Ask for less.')
  expect(openAiErrorHeaders(refusal)['retry-after']).toBe('2')
})
