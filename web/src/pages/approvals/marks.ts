// Which drafts are marked to be decided together, and what was left of the last ones that were. Kept beside the page: going to
// the next draft is going to another address, which begins the page anew.

import { useSyncExternalStore } from 'react'
import type { Answer } from '../../api/answer.ts'
import type { Waiting } from './queries.ts'

type Store<Value> = { readonly get: () => Value; readonly set: (next: Value) => void; readonly use: () => Value }

function keep<Value>(first: Value): Store<Value> {
  let value = first
  const listeners = new Set<() => void>()
  const listen = (tell: () => void) => {
    listeners.add(tell)
    return () => listeners.delete(tell)
  }
  const get = () => value
  return {
    get,
    set(next) {
      value = next
      for (const tell of listeners) tell()
    },
    use: () => useSyncExternalStore(listen, get),
  }
}

const NONE: readonly string[] = []
const marks = keep(NONE)

/** Sets a mark, or takes it away where it was. */
export const toggleMark = (run_id: string): void =>
  marks.set(marks.get().includes(run_id) ? marks.get().filter((each) => each !== run_id) : [...marks.get(), run_id])

export const clearMarks = (): void => marks.set(NONE)

/** The runs whose drafts are marked, whichever view they are in. */
export const useMarks = (): readonly string[] => marks.use()

type Decided = Answer<'/api/orgs/{org}/approvals/batch/approve', 'post'>['items'][number]

/** What several decided together left as it was, each with the reason. */
export type Leftover = {
  /** What became of the others, in words; null where there are none. */
  readonly done: string | null
  readonly items: readonly { readonly draft: Waiting; readonly answer: Decided }[]
}

const NOTHING_LEFT: Leftover | null = null
const leftover = keep<Leftover | null>(NOTHING_LEFT)

export const setLeftover = (left: Leftover | null): void => leftover.set(left)
export const useLeftover = (): Leftover | null => leftover.use()
