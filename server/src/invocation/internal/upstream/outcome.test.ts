import { describe, expect, test } from 'vitest'
import { ending, endingOfError, endingOfStatus, parseRetryAfterMs, retryDelayMs, signalOf } from './outcome.ts'

const retry = { max_retries: 2, base_ms: 100, max_wait_ms: 2000 }
const rateLimited = endingOfStatus(429)

describe('outcomes', () => {
  test('an error of the connection means what stage it met the call in', () => {
    const error = (code: string) => Object.assign(new Error('secret text'), { code })
    expect(endingOfError(error('ECONNREFUSED'), false, false)).toEqual(
      ending('provider_unreachable', 'connect_failed', 'ECONNREFUSED'),
    )
    expect(endingOfError(error('EGRESS_REFUSED'), false, false).detail).toBe('egress_refused')
    expect(endingOfError(error('UND_ERR_CONNECT_TIMEOUT'), false, false).detail).toBe('connect_timeout')
    expect(endingOfError(error('ECONNRESET'), true, false).detail).toBe('reset_before_answer')
    expect(endingOfError(error('ECONNRESET'), true, true).detail).toBe('reset_in_answer')
    expect(endingOfError(error('UND_ERR_HEADERS_TIMEOUT'), true, false).outcome).toBe('provider_timeout')
    expect(endingOfError(error('UND_ERR_BODY_TIMEOUT'), true, true).detail).toBe('idle_timeout')
    expect(endingOfError(error('HPE_INVALID_CONSTANT'), true, false).outcome).toBe('invalid_response')
    expect(endingOfError('not even an error', true, true).outcome).toBe('provider_cut')
  })

  test('a retry waits at least as long as the provider asks, and none is made when that is too long', () => {
    for (const random of [0, 0.5, 0.999]) {
      const delay = retryDelayMs(rateLimited, 429, 1000, 1, random, retry)
      expect(delay).toBeGreaterThanOrEqual(1000)
      expect(delay).toBeLessThanOrEqual(1100)
      const first = retryDelayMs(rateLimited, 429, null, 1, random, retry) ?? 0
      const second = retryDelayMs(rateLimited, 429, null, 2, random, retry) ?? 0
      expect(first >= 50 && first <= 100 && second >= 100 && second <= 200).toBe(true)
    }
    expect(retryDelayMs(rateLimited, 429, 2001, 1, 0, retry)).toBeNull()
    expect(retryDelayMs(rateLimited, 429, null, 3, 0, retry)).toBeNull()
  })

  test('only what may pass by itself is tried again', () => {
    const delay = (end: ReturnType<typeof ending>, status: number) =>
      retryDelayMs(end, status, null, 1, 0, retry) !== null
    expect(delay(endingOfStatus(503), 503)).toBe(true)
    expect(delay(ending('provider_unreachable', 'connect_failed'), 0)).toBe(true)
    expect(delay(ending('provider_cut', 'reset_before_answer'), 0)).toBe(true)
    expect(delay(endingOfStatus(400), 400)).toBe(false)
    expect(delay(ending('provider_cut', 'reset_in_answer'), 200)).toBe(false)
    expect(delay(ending('provider_timeout', 'headers_timeout'), 0)).toBe(false)
    expect(delay(ending('provider_unreachable', 'egress_refused'), 0)).toBe(false)
    expect(delay(ending('invalid_response', 'not_json'), 200)).toBe(false)
  })

  test('what a caller can bring about says nothing of the provider’s health', () => {
    expect(signalOf(ending('client_gone', 'none'), 0)).toBe('unknown')
    expect(signalOf(ending('invalid_response', 'answer_too_large'), 200)).toBe('unknown')
    expect(signalOf(ending('provider_timeout', 'total_timeout'), 200)).toBe('unknown')
    expect(signalOf(ending('provider_unreachable', 'egress_refused'), 0)).toBe('unknown')
    expect(signalOf(endingOfStatus(400), 400)).toBe('healthy')
    expect(signalOf(endingOfStatus(429), 429)).toBe('unknown')
    expect(signalOf(endingOfStatus(500), 500)).toBe('failed')
    expect(signalOf(ending('provider_error', 'error_in_answer'), 200)).toBe('failed')
    expect(signalOf(ending('provider_cut', 'no_finish'), 200)).toBe('failed')
  })

  test('Retry-After is read as seconds, as a date and in OpenAI’s milliseconds; anything else is none', () => {
    const now = Date.parse('2026-01-01T00:00:00Z')
    expect(parseRetryAfterMs('3', null, now)).toBe(3000)
    expect(parseRetryAfterMs('0.25', null, now)).toBe(250)
    expect(parseRetryAfterMs('9', '120', now)).toBe(120)
    expect(parseRetryAfterMs('Thu, 01 Jan 2026 00:00:07 GMT', null, now)).toBe(7000)
    expect(parseRetryAfterMs('Wed, 31 Dec 2025 23:00:00 GMT', null, now)).toBe(0)
    for (const text of ['', '-1', 'soon', '1e9', 'Infinity'])
      expect([text, parseRetryAfterMs(text, null, now)]).toEqual([text, null])
    expect(parseRetryAfterMs(null, null, now)).toBeNull()
  })
})
