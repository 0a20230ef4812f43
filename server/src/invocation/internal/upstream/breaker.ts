// A circuit breaker for one provider: after enough failures in a row calls are refused at once instead of waiting for a
// provider that is down, and one call at a time finds out whether it is back. Pure: time is handed in.

export type BreakerOptions = {
  readonly max_failures: number
  readonly open_ms: number
}

/** `half_open`: the one probe is on its way. */
export type Breaker =
  | { readonly phase: 'closed'; readonly failures: number }
  | { readonly phase: 'open'; readonly until_ms: number }
  | { readonly phase: 'half_open' }

export type BreakerPass = 'call' | 'probe'

/** How an attempt speaks for the provider's health; `unknown` when it does not (given up, or refused for our own reasons). */
export type BreakerSignal = 'healthy' | 'failed' | 'unknown'

export const CLOSED: Breaker = Object.freeze({ phase: 'closed', failures: 0 })
const HALF_OPEN: Breaker = Object.freeze({ phase: 'half_open' })

/** Whether an attempt may be made now, and as what. Tell `enterBreaker` when it is made. */
export function passBreaker(breaker: Breaker, now_ms: number): BreakerPass | 'refused' {
  if (breaker.phase === 'closed') return 'call'
  return breaker.phase === 'open' && now_ms >= breaker.until_ms ? 'probe' : 'refused'
}

/** The breaker after an attempt has begun. */
export function enterBreaker(breaker: Breaker, pass: BreakerPass): Breaker {
  return pass === 'probe' ? HALF_OPEN : breaker
}

/**
 * The breaker after an attempt has ended, to be told exactly once for every one that began. Attempts that began before it
 * opened change nothing any more; a probe that says nothing makes room for the next.
 */
export function leaveBreaker(
  breaker: Breaker,
  pass: BreakerPass,
  signal: BreakerSignal,
  now_ms: number,
  options: BreakerOptions,
): Breaker {
  if (pass === 'probe') {
    if (signal === 'healthy') return CLOSED
    return { phase: 'open', until_ms: signal === 'failed' ? now_ms + options.open_ms : now_ms }
  }
  if (breaker.phase !== 'closed' || signal === 'unknown') return breaker
  if (signal === 'healthy') return breaker.failures === 0 ? breaker : CLOSED
  const failures = breaker.failures + 1
  return failures < options.max_failures
    ? { phase: 'closed', failures }
    : { phase: 'open', until_ms: now_ms + options.open_ms }
}
