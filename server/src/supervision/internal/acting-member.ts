import type { Actor } from '../../access/actor.ts'
import { forbidden } from '../../access/problems.ts'

/** The membership that answers for an act. Refuses whoever comes without one (`forbidden`). */
export function requireMemberId(actor: Actor): string {
  if (actor.kind === 'user' && actor.membership !== null) return actor.membership.member_id
  throw forbidden(
    { permission: null, reason: 'not_a_member', roles: [], designations: [], can_be_granted: false },
    { detail: 'This is done by members of the organisation in person.' },
  )
}

/** The author as the log names them: by the membership, the super-admin without one by the account. */
export function authorIdOf(actor: Actor): string {
  if (actor.kind !== 'user') throw forbidden({ permission: null, reason: 'not_a_member', roles: [], designations: [] })
  return actor.membership?.member_id ?? actor.user_id
}
