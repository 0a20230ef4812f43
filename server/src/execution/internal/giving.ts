// What deciding asks, of one draft and of several alike.

import { Type } from 'typebox'
import { forbidden } from '../../access/problems.ts'
import type { OrganisationActor } from '../../http/route.ts'

/** The statements that are confirmed; an app asks for ten at most. */
export const statementsOf = (maxItems: number) =>
  Type.Array(Type.String({ maxLength: 500 }), { maxItems, description: 'Those that are confirmed' })

/** What is said to whoever asked for a run that is returned or rejected. */
export const Words = Type.String({ minLength: 1, maxLength: 5000, pattern: '\\S' })

/** Refuses an API key (`forbidden`): a key cannot prove again who uses it. */
export function requireInPerson(actor: OrganisationActor): void {
  if (actor.use.via === 'session') return
  throw forbidden(
    { permission: 'run.approve_compliance', reason: 'key_barred', roles: [], designations: [], can_be_granted: false },
    { detail: 'Level 3 is signed off by a person who has just proved who they are, never by an API key.' },
  )
}
