import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { Problem } from '../kernel/problem.ts'
import { actsIn, END_STATES, isEnded, isTransition, requireAct, RUN_ACTS, STATES, TRANSITIONS } from './state.ts'
import { drawStates } from './state-drawing.ts'

test('the page in the docs is drawn from the table', async () => {
  await expect(drawStates()).toMatchFileSnapshot('../../../docs/run-states.md')
})

test('nothing but the archive follows on an end and nothing on that, every other state can be left, and every state is reached', () => {
  expect(actsIn('archived')).toEqual([])
  for (const state of END_STATES) expect(actsIn(state)).toEqual(['archive'])
  for (const state of STATES)
    expect(
      actsIn(state).some((act) => act !== 'archive'),
      state,
    ).toBe(!isEnded(state))
  const reached = new Set(RUN_ACTS.flatMap((act) => TRANSITIONS[act].to))
  expect(STATES.filter((state) => state !== 'created' && !reached.has(state))).toEqual([])
})

test('only what produces, acknowledges, approves or signs off leads to the charge', () => {
  const charging = RUN_ACTS.filter((act) => TRANSITIONS[act].to.some((to) => to === 'finalised'))
  expect(charging).toEqual(['produce_draft', 'acknowledge', 'approve', 'sign_off'])
  for (const state of ['created', 'paused', 'failed', 'cancelled', 'archived'] as const) {
    expect(RUN_ACTS.some((act) => isTransition(act, state, 'finalised'))).toBe(false)
  }
})

test('an act in another state is refused, naming the state and where it could be done', () => {
  try {
    requireAct('approve', 'draft')
    expect.unreachable()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    expect(error).toMatchObject({ code: 'run_state_refused', params: { state: 'draft', needs: ['acknowledged'] } })
  }
  for (const state of END_STATES) expect(() => requireAct('cancel', state)).toThrow(`The run is ${state}`)
})

test('the state of an execution is written in one place, and in the functions of the ledger', () => {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const writers = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .filter((path) => {
      const text = readFileSync(`${root}/${path}`, 'utf8')
      return /updateTable\('execution\.execution'\)\s*\.set\(\{ state|update execution\.execution\s+(?:\w+\s+)?set\s+state\b/.test(
        text,
      )
    })
  expect(writers).toEqual(['execution/internal/move.ts'])
})
