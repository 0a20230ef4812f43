// The states of a run and the acts that lead from one to the next (requirements 4.7, rulings 9 to 12): the one table that
// `transition.ts` decides by and `docs/run-states.md` is drawn from. A gateway call knows only running and the ends.

import { runStateRefused } from './problems.ts'

/** What the column of a run's state holds. */
export const RECORDED_STATES = [
  'created',
  'running',
  'paused',
  'draft',
  'review',
  'acknowledged',
  'finalised',
  'failed',
  'cancelled',
] as const
export type RecordedState = (typeof RECORDED_STATES)[number]

/** All states. An archived run keeps beside it the end that it came to, by which money and reports go. */
export const STATES = [...RECORDED_STATES, 'archived'] as const
export type State = (typeof STATES)[number]

/** Here money is decided, and nothing follows but the archive; a run that has not ended holds its quote. */
export const END_STATES = ['finalised', 'failed', 'cancelled'] as const satisfies readonly State[]
export type EndState = (typeof END_STATES)[number]

export type Transition = {
  readonly from: readonly State[]
  /** Where the act may lead: several where levels that are still open decide. */
  readonly to: readonly State[]
  readonly by: string
  readonly guard: string
  readonly effect: string
}

const OPEN = ['created', 'running', 'paused', 'draft', 'review', 'acknowledged'] as const
const SUPERVISED = ['draft', 'review', 'acknowledged'] as const

const TABLE = {
  start: {
    from: ['created'],
    to: ['running'],
    by: 'engine',
    guard: 'the attempt is the latest',
    effect: 'its time runs',
  },
  pause: {
    from: ['running'],
    to: ['paused'],
    by: 'engine',
    guard: 'the attempt is the latest',
    effect: 'its time stands still, the hold stays',
  },
  resume: {
    from: ['paused'],
    to: ['running'],
    by: 'engine, on an answer or a top-up',
    guard: '–',
    effect: 'its time runs on',
  },
  produce_draft: {
    from: ['running'],
    to: ['draft', 'finalised'],
    by: 'engine',
    guard: "the attempt is the latest and the output keeps the app's schema",
    effect: 'level 1 opens; where no level is needed the platform acknowledges and the run is finalised',
  },
  end_test: {
    from: ['running'],
    to: ['cancelled'],
    by: 'engine',
    guard: 'as to produce a draft, and the run tries out a version that is not published',
    effect: 'the output is kept to be looked at; nobody decides about it and nothing is charged',
  },
  fail: {
    from: ['created', 'running', 'paused'],
    to: ['failed'],
    by: 'engine',
    guard: 'the attempt is the latest',
    effect: 'the hold goes back, not charged',
  },
  open_review: {
    from: ['draft', 'review', 'acknowledged'],
    to: ['review', 'acknowledged'],
    by: 'who may give the open level',
    guard: '–',
    effect: 'the first opening is kept; a draft is under review',
  },
  edit: {
    from: ['draft', 'review'],
    to: ['draft', 'review'],
    by: 'who may acknowledge',
    guard: 'the human layer is the one that was seen',
    effect: 'the human layer changes, the output never',
  },
  acknowledge: {
    from: ['draft', 'review'],
    to: ['acknowledged', 'finalised'],
    by: 'the requester, or a reviewer where the requester cannot or has delegated it',
    guard: 'every statement is ticked, the draft is the one that was seen',
    effect: 'the human layer is locked, the next level opens',
  },
  approve: {
    from: ['acknowledged'],
    to: ['acknowledged', 'finalised'],
    by: 'an approver of level 2 who is not the requester',
    guard: 'the draft is the one that was seen, the person has not given another level',
    effect: 'counts for the quorum; the next level opens',
  },
  sign_off: {
    from: ['acknowledged'],
    to: ['acknowledged', 'finalised'],
    by: 'a compliance officer who is not the requester',
    guard: 'as to approve, and the person has proved again who they are',
    effect: 'counts for the quorum',
  },
  return: {
    from: ['draft', 'review', 'acknowledged'],
    to: ['draft'],
    by: 'an approver of the open level who is not the requester',
    guard: 'with comments',
    effect: 'revision + 1, approvals are void, the hold stays, the timer starts anew',
  },
  reject: {
    from: ['draft', 'review', 'acknowledged'],
    to: ['cancelled'],
    by: 'who may give the open level',
    guard: 'with a reason',
    effect: 'the hold goes back, not charged',
  },
  cancel: {
    from: OPEN,
    to: ['cancelled'],
    by: 'the requester, or the platform when app, engine or requester may run no more',
    guard: '–',
    effect: 'the hold goes back, not charged',
  },
  expire: {
    from: SUPERVISED,
    to: ['cancelled'],
    by: 'the platform',
    guard: 'the open level has waited too long by the clock of the database',
    effect: 'the hold goes back, not charged',
  },
  add_levels: {
    from: OPEN,
    to: OPEN,
    by: 'the platform, as a policy becomes stricter',
    guard: 'levels are only added',
    effect: 'a lower level that is missing opens',
  },
  archive: {
    from: END_STATES,
    to: ['archived'],
    by: 'the platform',
    guard: 'it ended longer ago than the setting of the platform says',
    effect: 'it is read as before, and listed only when asked for; money and log stay',
  },
} as const satisfies Readonly<Record<string, Transition>>

export type RunAct = keyof typeof TABLE

/** The table: every act with the states it starts from and may lead to. */
export const TRANSITIONS: Readonly<Record<RunAct, Transition>> = Object.freeze(TABLE)

const isAct = (word: string): word is RunAct => Object.hasOwn(TABLE, word)

/** Every act, in the order of the table. */
export const RUN_ACTS: readonly RunAct[] = Object.freeze(Object.keys(TABLE).filter(isAct))

/** Whether money is decided. */
export function isEnded(state: State): boolean {
  return state === 'archived' || isEndState(state)
}

/** Whether it is one of the ends that a run comes to. */
export function isEndState(state: State): state is EndState {
  return END_STATES.some((each) => each === state)
}

/** The recorded word as it is read from the database. */
export function recordedStateOf(word: string): RecordedState {
  const state = RECORDED_STATES.find((each) => each === word)
  if (state === undefined) throw new Error(`The database holds an unknown state: ${word}`)
  return state
}

/** The state of a run whose row says this. */
export function stateOf(row: { readonly state: string; readonly archived_at: Date | null }): State {
  return row.archived_at === null ? recordedStateOf(row.state) : 'archived'
}

/** What may be done in a state. */
export function actsIn(state: State): readonly RunAct[] {
  return RUN_ACTS.filter((act) => TRANSITIONS[act].from.includes(state))
}

/** Whether the table knows this step. */
export function isTransition(act: RunAct, from: State, to: State): boolean {
  const transition = TRANSITIONS[act]
  return transition.from.includes(from) && transition.to.includes(to)
}

/** Refuses an act that the state does not allow (`run_state_refused`), naming the state. */
export function requireAct(act: RunAct, state: State): void {
  if (TRANSITIONS[act].from.includes(state)) return
  throw runStateRefused(
    { act, state, needs: TRANSITIONS[act].from },
    { detail: `The run is ${state}. That can be done while it is ${TRANSITIONS[act].from.join(' or ')}.` },
  )
}

/** The word of the three-word vocabulary that programs of other platforms know (requirements 4.7); of an archived run that of its end. */
export function commonStatusOf(
  state: RecordedState,
): 'running' | 'awaiting_review' | 'completed' | 'failed' | 'cancelled' {
  switch (state) {
    case 'created':
    case 'running':
    case 'paused':
      return 'running'
    case 'draft':
    case 'review':
    case 'acknowledged':
      return 'awaiting_review'
    case 'finalised':
      return 'completed'
    case 'failed':
    case 'cancelled':
      return state
  }
}
