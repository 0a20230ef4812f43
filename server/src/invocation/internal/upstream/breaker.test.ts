import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Breaker, type BreakerPass, CLOSED, enterBreaker, leaveBreaker, passBreaker } from './breaker.ts'

const options = { max_failures: 20, open_ms: 5000 }

describe('breaker', () => {
  test('it opens with the twentieth failure in a row, and one good call starts the count afresh', () => {
    let breaker: Breaker = CLOSED
    const end = (signal: 'healthy' | 'failed' | 'unknown') => {
      breaker = leaveBreaker(enterBreaker(breaker, 'call'), 'call', signal, 0, options)
    }
    for (let count = 0; count < 19; count++) end('failed')
    end('healthy')
    for (let count = 0; count < 19; count++) end('failed')
    end('unknown')
    expect(passBreaker(breaker, 0)).toBe('call')
    end('failed')
    expect(passBreaker(breaker, 4999)).toBe('refused')
    expect(passBreaker(breaker, 5000)).toBe('probe')
  })

  test('one probe at a time: it closes the breaker, opens it again, or makes room for another', () => {
    const open: Breaker = { phase: 'open', until_ms: 5000 }
    const probing = enterBreaker(open, 'probe')
    expect(passBreaker(probing, 1e9)).toBe('refused')
    expect(passBreaker(leaveBreaker(probing, 'probe', 'healthy', 6000, options), 6000)).toBe('call')
    const again = leaveBreaker(probing, 'probe', 'failed', 6000, options)
    expect([passBreaker(again, 10_999), passBreaker(again, 11_000)]).toEqual(['refused', 'probe'])
    expect(passBreaker(leaveBreaker(probing, 'probe', 'unknown', 6000, options), 6000)).toBe('probe')
  })

  test('calls that began before it opened neither close nor prolong it', () => {
    const open: Breaker = { phase: 'open', until_ms: 5000 }
    for (const signal of ['healthy', 'failed', 'unknown'] as const) {
      expect(leaveBreaker(open, 'call', signal, 100, options)).toBe(open)
    }
  })

  test('whatever the interleaving: never two probes, never open for longer than its time, never closed by failures', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('begin' as const) }),
      fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 6000 }) }),
      fc.record({
        kind: fc.constant('end' as const),
        which: fc.nat(),
        signal: fc.constantFrom('healthy' as const, 'failed' as const, 'unknown' as const),
      }),
    )
    const limits = fc.record({
      max_failures: fc.integer({ min: 1, max: 20 }),
      open_ms: fc.integer({ min: 1, max: 5000 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), limits, (steps, chosen) => {
        let breaker: Breaker = CLOSED
        let now = 0
        let failures = 0
        const running: BreakerPass[] = []
        for (const taken of steps) {
          if (taken.kind === 'wait') now += taken.ms
          else if (taken.kind === 'begin') {
            const pass = passBreaker(breaker, now)
            if (pass === 'refused') continue
            breaker = enterBreaker(breaker, pass)
            running.push(pass)
          } else {
            const [pass] = running.splice(taken.which % Math.max(1, running.length), 1)
            if (pass === undefined) continue
            const before = breaker
            breaker = leaveBreaker(breaker, pass, taken.signal, now, chosen)
            if (before.phase === 'closed' && taken.signal !== 'unknown')
              failures = taken.signal === 'failed' ? failures + 1 : 0
            if (before.phase === 'closed') expect(breaker.phase === 'open').toBe(failures >= chosen.max_failures)
            if (breaker.phase === 'closed' && before.phase !== 'closed') expect(taken.signal).toBe('healthy')
            if (breaker.phase !== 'closed') failures = 0
          }
          const probes = running.filter((pass) => pass === 'probe').length
          expect(probes).toBe(breaker.phase === 'half_open' ? 1 : 0)
          if (probes === 0) expect(passBreaker(breaker, now + chosen.open_ms)).not.toBe('refused')
        }
      }),
      { numRuns: 500 },
    )
  })
})
