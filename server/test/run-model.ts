// What runs must do, said a second time, from the words of the requirements alone (4.7, 4.9, 4.16, rulings 1 and 8 to 12): it
// knows nothing of tables, gates or hashes. Beside it the commands that a history is made of. Persons are numbers: 0 and 1
// request; 1 is a manager as well; 2 manager, 3 manager and compliance officer, 4 compliance officer, 5 reviewer.

import fc from 'fast-check'

const MAY_APPROVE = [1, 2, 3, 5]
const MAY_SIGN_OFF = [3, 4]

/** A run as the requirements see it. */
export type ModelRun = {
  readonly requester: number
  /** What app and policies have ever demanded while it was open: it is never less (ruling 1). */
  levels: { one: boolean; two: number; three: number }
  state: string
  revision: number
  edits: number
  /** Who has given which level of the draft as it is. */
  given: { level: number; by: number }[]
  isLate: boolean
}

type Demand = { readonly one: boolean; readonly two: number; readonly three: number }
const NO_DEMAND: Demand = { one: false, two: 0, three: 0 }
/** Whether it has not ended. */
export const isOpen = ({ state }: ModelRun): boolean => !['finalised', 'failed', 'cancelled'].includes(state)
/** Whether a draft waits for level 1. */
export const isUnacknowledged = ({ state }: ModelRun): boolean => ['draft', 'review'].includes(state)
/** Whether it waits for people. */
export const isWaiting = (run: ModelRun): boolean => isUnacknowledged(run) || run.state === 'acknowledged'

/** What the requirements say becomes of runs. */
export class Oracle {
  readonly runs = new Map<string, ModelRun>()
  demand: Demand = NO_DEMAND

  /** Levels 2 and 3 imply level 1; what is demanded now is added for good. */
  raise(run: ModelRun): void {
    const { levels } = run
    levels.two = Math.max(levels.two, this.demand.two)
    levels.three = Math.max(levels.three, this.demand.three)
    levels.one = levels.one || this.demand.one || levels.two > 0 || levels.three > 0
  }

  /** The lowest level without enough distinct persons; nobody counts twice in one run. */
  open({ levels, given }: ModelRun): number | null {
    const has = (level: number): number => given.filter((each) => each.level === level).length
    if (levels.one && has(1) < 1) return 1
    if (has(2) < levels.two) return 2
    if (has(3) < levels.three) return 3
    return null
  }

  may(run: ModelRun, level: number, by: number): boolean {
    if (level === 1) return by === run.requester
    if (by === run.requester || run.given.some((each) => each.by === by)) return false
    return (level === 2 ? MAY_APPROVE : MAY_SIGN_OFF).includes(by)
  }

  /** The level that waits under what is demanded now, which need not have been applied to the run yet. */
  openNow(run: ModelRun): number | null {
    const raised = { ...run, levels: { ...run.levels } }
    this.raise(raised)
    return this.open(raised)
  }

  /** Whoever may give the open level may look, late or not; a draft that somebody has looked at is under review. */
  review(run: ModelRun, by: number): boolean {
    const open = isWaiting(run) ? this.openNow(run) : null
    if (open === null || !this.may(run, open, by)) return false
    if (run.state === 'draft') run.state = 'review'
    return true
  }

  cancel(run: ModelRun): boolean {
    if (!isOpen(run)) return false
    run.state = 'cancelled'
    return true
  }

  /** Whether the act is done, and what follows. `seen` is the draft that was looked at. */
  decide(run: ModelRun, act: string, by: number, seen: string): boolean {
    if (!isWaiting(run)) return false
    const open = this.openNow(run)
    const wanted = { acknowledge: 1, approve: 2, sign_off: 3 }[act]
    const stateFits = wanted === undefined || (wanted === 1) === isUnacknowledged(run)
    if (open === null || run.isLate || !stateFits || (wanted !== undefined && wanted !== open)) return false
    if (!this.may(run, open, by) || seen !== draftOf(run)) return false
    if (act === 'return' && by === run.requester) return false
    if (act === 'reject') {
      run.state = 'cancelled'
      return true
    }
    this.raise(run)
    if (act === 'return') {
      Object.assign(run, { state: 'draft', revision: run.revision + 1, given: [], isLate: false })
      return true
    }
    run.given.push({ level: open, by })
    run.state = this.open(run) === null ? 'finalised' : 'acknowledged'
    return true
  }

  /** Whether what somebody means is done, and what follows. */
  follow(run: ModelRun, { act: word, by: index }: Meant, seen: string): boolean {
    if (word === 'cancel') return this.cancel(run)
    if (word === 'review') return this.review(run, index)
    const done = this.decide(run, word, index, seen)
    if (done) run.isLate = false
    return done
  }
}

/** The draft as somebody has seen it: any change makes it another. */
export const draftOf = (run: ModelRun): string => `${run.revision}.${run.edits}`

export type Command =
  | {
      readonly kind: 'create'
      readonly requester: number
      readonly two: number
      readonly three: number
      readonly one: boolean
    }
  | {
      readonly kind: 'start' | 'pause' | 'resume' | 'draft' | 'fail' | 'kill' | 'cancel' | 'late'
      readonly run: number
    }
  | { readonly kind: 'edit' | 'review' | 'return'; readonly run: number; readonly by: number }
  | { readonly kind: 'advance'; readonly run: number; readonly by: number; readonly stale: boolean }
  | { readonly kind: 'decide'; readonly run: number; readonly by: number; readonly act: Act; readonly stale: boolean }
  | { readonly kind: 'together'; readonly run: number; readonly first: Deed; readonly second: Deed }
  | { readonly kind: 'policy'; readonly one: boolean; readonly two: number; readonly three: number }
  | { readonly kind: 'watch' }
export type Act = 'acknowledge' | 'approve' | 'sign_off' | 'return' | 'reject'
export type Deed = { readonly by: number; readonly act: Act | 'review' | 'cancel' | 'next' }

/** A deed at a moment: what comes next is known. */
export type Meant = { readonly by: number; readonly act: Exclude<Deed['act'], 'next'> }

const ACTS: readonly Act[] = ['acknowledge', 'approve', 'sign_off', 'return', 'reject']
const run = fc.nat({ max: 2 })
const by = fc.nat({ max: 5 })
const act = fc.constantFrom(...ACTS, 'acknowledge' as const, 'approve' as const, 'sign_off' as const)
const stale = fc.nat({ max: 5 }).map((n) => n === 0)
const deed = fc.record({
  by,
  act: fc.oneof(
    act,
    fc.constantFrom('cancel' as const, 'review' as const),
    fc.constant('next' as const),
    fc.constant('next' as const),
  ),
})
const demand = { one: fc.boolean(), two: fc.nat({ max: 2 }), three: fc.nat({ max: 1 }) }
/** Any command of a history. */
export const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('create'), requester: fc.nat({ max: 1 }), ...demand }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('start', 'draft', 'draft'), run }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('pause', 'resume'), run }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('review'), run, by }) },
  { weight: 18, arbitrary: fc.record({ kind: fc.constant('advance'), run, by, stale }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('return'), run, by }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('fail', 'kill', 'kill', 'cancel', 'late'), run }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('edit'), run, by: fc.nat({ max: 1 }) }) },
  {
    weight: 14,
    arbitrary: fc.record({ kind: fc.constant('decide'), run, by, act, stale: fc.nat({ max: 7 }).map((n) => n === 0) }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('together'), run, first: deed, second: deed }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('policy'), ...demand }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('watch') }) },
)
