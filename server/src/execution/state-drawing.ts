// The states of a run as a page for people, drawn from the one table. A test compares it with what is committed.

import { commonStatusOf, RECORDED_STATES, RUN_ACTS, TRANSITIONS } from './state.ts'

/** The text of `docs/run-states.md`. */
export function drawStates(): string {
  const arrows = RUN_ACTS.flatMap((act) =>
    TRANSITIONS[act].from.flatMap((from) =>
      TRANSITIONS[act].to
        .filter((to) => to !== from || TRANSITIONS[act].to.length === 1)
        .filter((to) => act !== 'add_levels' && isStep(act, from, to))
        .map((to) => `  ${from} --> ${to}: ${act}`),
    ),
  )
  const rows = RUN_ACTS.map((act) => {
    const { from, to, by, guard, effect } = TRANSITIONS[act]
    return `| \`${act}\` | ${from.join(', ')} | ${to.join(', ')} | ${by} | ${guard} | ${effect} |`
  })
  return [
    '# The states of a run',
    '',
    'Drawn from `server/src/execution/state.ts`; made anew with `vitest run server/src/execution/state.test.ts -u`.',
    '',
    '```mermaid',
    'stateDiagram-v2',
    '  [*] --> created',
    ...new Set(arrows),
    '  archived --> [*]',
    '```',
    '',
    '| act | from | to | by | guard | effect |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
    '| state | in three words |',
    '|---|---|',
    ...RECORDED_STATES.map((state) => `| ${state} | ${commonStatusOf(state)} |`),
    '| archived | as it ended |',
    '',
  ].join('\n')
}

/** An act that may stay where it is leads from each state to itself or on, never back. */
function isStep(act: string, from: string, to: string): boolean {
  if (act === 'open_review') return to === (from === 'acknowledged' ? 'acknowledged' : 'review') && to !== from
  return act !== 'edit'
}
