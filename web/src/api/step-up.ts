// Some acts ask for a fresh proof of who does them. The client asks for it here, once for all that wait, and repeats the act.

import type { ApiProblem } from './problem.ts'

/** Asks the person; true when they proved who they are, false when they would rather not. */
export type Asker = (problem: ApiProblem) => Promise<boolean>

const CURABLE = new Set(['step_up_required', 'session_too_old'])

let asker: Asker | null = null
let pending: Promise<boolean> | null = null

/** Sets who asks, as long as the page has somebody who can. */
export function answerStepUps(ask: Asker): () => void {
  asker = ask
  return () => {
    if (asker === ask) asker = null
  }
}

/** Whether what was refused may be asked for again, because the person has just proved who they are. */
export async function isProvenAnew(problem: ApiProblem): Promise<boolean> {
  if (asker === null || !CURABLE.has(problem.code)) return false
  pending ??= asker(problem).finally(() => {
    pending = null
  })
  return pending
}
