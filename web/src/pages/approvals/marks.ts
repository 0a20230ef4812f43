// Which drafts are marked to be decided together. Kept beside the page: going to the next draft is going to another address,
// which begins the page anew.

import { useSyncExternalStore } from 'react'

const NONE: readonly string[] = []
let marks: readonly string[] = NONE
const listeners = new Set<() => void>()

function change(next: readonly string[]): void {
  marks = next
  for (const tell of listeners) tell()
}

function listen(tell: () => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

/** Sets a mark, or takes it away where it was. */
export const toggleMark = (run_id: string): void =>
  change(marks.includes(run_id) ? marks.filter((each) => each !== run_id) : [...marks, run_id])

export const clearMarks = (): void => change(NONE)

/** The runs whose drafts are marked, whichever view they are in. */
export const useMarks = (): readonly string[] => useSyncExternalStore(listen, () => marks)
