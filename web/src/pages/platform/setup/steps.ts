// The steps of the first run after the super-admin is made. How far it is, is read from how things stand: whatever way a
// step was done, it is done, and the wizard goes on where something is missing.

import type { Overview } from '../../../api/platform.ts'

export const STEPS = ['protect', 'name', 'mail', 'provider', 'model', 'organisation'] as const
export type StepId = (typeof STEPS)[number]

export type Step = {
  readonly id: StepId
  readonly isDone: boolean
  /** A platform works without it. */
  readonly isOptional: boolean
}

/** The steps in their order, with what is done. */
export function stepsOf({ organisations, people, models, health, is_named }: Overview): readonly Step[] {
  const { awaiting_owner, active, suspended, archived, pending_purge } = organisations
  const isDone: Readonly<Record<StepId, boolean>> = {
    protect: people.unprotected_superadmins === 0,
    name: is_named,
    mail: health.has_mail_server,
    provider: models.providers > models.keyless_providers,
    model: models.models > 0,
    organisation: awaiting_owner + active + suspended + archived + pending_purge > 0,
  }
  return STEPS.map((id) => ({ id, isDone: isDone[id], isOptional: id === 'name' || id === 'mail' }))
}

/** Whether everything that is needed is there. */
export const isSetUp = (steps: readonly Step[]): boolean => steps.every((step) => step.isDone || step.isOptional)
