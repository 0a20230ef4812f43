// Refusals that whoever made them has told the log already: it must not be told twice.

import type { Problem } from '../kernel/problem.ts'

const told = new WeakSet<Problem>()

/** Marks a refusal as one that has its entry in the log. */
export function markTold(problem: Problem): Problem {
  told.add(problem)
  return problem
}

/** Whether a refusal has its entry already. */
export function isTold(problem: Problem): boolean {
  return told.has(problem)
}
