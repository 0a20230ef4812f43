// What the log says when somebody known is refused, whichever door they came through.

import type { EntryDraft } from '../audit/append.ts'
import type { Problem } from '../kernel/problem.ts'

/** The entry that tells of a refused operation, with the permission that was missing if it was one. */
export function refusalEntry({ code, params: { permission } }: Problem, operation: string): EntryDraft {
  return {
    event: 'access.denied',
    outcome: 'refused',
    reason_code: code,
    data: { operation, ...(typeof permission === 'string' && { permission }) },
  }
}
