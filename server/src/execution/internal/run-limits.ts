// The limits of a run under way: its own, which were the least of all layers when it was created, and those in force where
// they are narrower by now. What was narrowed and is widened again binds no longer, but never beyond the run's own.

import type { ControlDatabase, OrganisationDatabase } from '../../kernel/database.ts'
import type { PolicyDocument } from '../../policy/document.ts'
import { effectivePolicy } from '../../policy/effective.ts'
import { getPolicy } from '../../policy/policy.ts'
import { findTierPolicy } from '../../policy/tier.ts'
import type { LockedRun } from './run-row.ts'
import { StepFailure, tooManySteps } from './step-failure.ts'

export type RunLimits = { readonly max_seconds: number; readonly max_steps: number }

/** What layers say about limits; missing is none. */
export type LimitsInForce = Pick<PolicyDocument, 'max_execution_seconds' | 'max_steps'>

/** The narrower of a run's own limits and those in force. */
function narrowerLimits(own: RunLimits, in_force: LimitsInForce): RunLimits {
  return {
    max_seconds: Math.min(own.max_seconds, in_force.max_execution_seconds ?? own.max_seconds),
    max_steps: Math.min(own.max_steps, in_force.max_steps ?? own.max_steps),
  }
}

/** What platform, account tier and organisation allow at this moment. */
export async function readLimits(
  control: ControlDatabase,
  database: OrganisationDatabase,
  organisation_id: string,
): Promise<LimitsInForce> {
  const platform = await control.autocommit(getPolicy)
  const tier = await control.autocommit((tx) => findTierPolicy(tx, organisation_id))
  const own = await database.autocommit(getPolicy)
  return effectivePolicy(platform.document, own.document, tier?.document).values
}

/** The failure of a run whose time is used up. */
export const tooLong = (max_seconds: number): StepFailure =>
  new StepFailure('time_limit', `The run may take ${max_seconds} s, and its time was used up.`)

/** Why a run that took so many steps until now is beyond the narrower of its own limits and those in force; null if it is not. */
export function findExcess(run: LockedRun, in_force: LimitsInForce, steps: number): StepFailure | null {
  const { max_seconds, max_steps } = narrowerLimits(run, in_force)
  if (steps > max_steps) return tooManySteps(max_steps)
  if (run.runs_until === null) return null
  const ends_ms = run.runs_until.getTime() - (run.max_seconds - max_seconds) * 1000
  return run.now.getTime() > ends_ms ? tooLong(max_seconds) : null
}

/** The limits of one attempt, which what is in force may narrow while it works. */
export type Bounds = {
  readonly limits: () => RunLimits
  /** Holds the attempt to what is in force from now on. */
  readonly holdTo: (in_force: LimitsInForce) => void
  /** Lets the time run that is left of the run's own; calls back when it, or the narrower one, is used up. The answer ends it. */
  readonly spend: (left_ms: number, onUsedUp: () => void) => () => void
}

/** Opens the limits of an attempt at a run with these of its own, which hold until something narrower is told. */
export function createBounds(own: RunLimits): Bounds {
  let limits = own
  let arm = (): void => undefined
  return {
    limits: () => limits,
    holdTo(now) {
      limits = narrowerLimits(own, now)
      arm()
    },
    spend(left_ms, onUsedUp) {
      const ends_ms = performance.now() + left_ms
      let timer: NodeJS.Timeout | undefined
      arm = () => {
        clearTimeout(timer)
        const remaining_ms = ends_ms - (own.max_seconds - limits.max_seconds) * 1000 - performance.now()
        timer = setTimeout(onUsedUp, Math.max(0, Math.min(remaining_ms, MAX_TIMER_MS)))
      }
      arm()
      return () => {
        arm = () => undefined
        clearTimeout(timer)
      }
    },
  }
}

/** Node's timers know no longer wait; an attempt is held to what is in force long before. */
const MAX_TIMER_MS = 2_147_483_647
