import type { StepItem, StepState } from '../../components/stepper.tsx'
import { outcomeOf, type RunDetail } from '../../api/runs.ts'

const ORDER = ['running', 'draft', 'level1', 'level2', 'level3', 'finalised'] as const
type Mark = (typeof ORDER)[number]

/** How far a run is: which of its marks it has passed. */
function reached(run: RunDetail): number {
  switch (outcomeOf(run)) {
    case 'created':
    case 'running':
    case 'paused':
      return 0
    case 'draft':
    case 'review':
      return 2
    case 'acknowledged':
      return run.open_level?.level === 3 ? 4 : 3
    case 'finalised':
      return ORDER.length
    default:
      return run.draft_at === null ? 0 : 2
  }
}

type End = 'failed' | 'cancelled' | 'tested'

/** Whether it was a test that came to its end. */
export const isTested = ({ reason_code }: Pick<RunDetail, 'reason_code'>): boolean => reason_code === 'tested'

/** The way of a run from its start to its end, with the levels that it needs. */
export function stepsOf(run: RunDetail, textOf: (mark: Mark | End) => string): readonly StepItem[] {
  if (isTested(run)) {
    return [
      { id: 'running', label: textOf('running'), state: 'done' },
      { id: 'tested', label: textOf('tested'), state: 'done' },
    ]
  }
  const at = reached(run)
  const marks = ORDER.filter(
    (mark) =>
      !(mark === 'level1' && !run.level1) && !(mark === 'level2' && !run.level2) && !(mark === 'level3' && !run.level3),
  )
  const outcome = outcomeOf(run)
  const ending = outcome === 'failed' || outcome === 'cancelled' ? outcome : 'finalised'
  const isBroken = ending !== 'finalised'
  return marks.map((mark) => {
    const place = ORDER.indexOf(mark)
    if (mark === 'finalised' && isBroken) return { id: mark, label: textOf(ending), state: 'failed' }
    const state: StepState = place < at ? 'done' : place === at && !isBroken ? 'now' : 'next'
    return { id: mark, label: textOf(mark), state }
  })
}
