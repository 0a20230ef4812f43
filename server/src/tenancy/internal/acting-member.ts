import type { Actor } from '../../access/actor.ts'
import { membershipRequired } from '../problems.ts'

/**
 * The actor's membership id, or null: the super-admin may come without one. An organisation's key has none of its own.
 */
export function memberIdOf(actor: Actor): string | null {
  return actor.kind === 'user' ? (actor.membership?.member_id ?? null) : null
}

/**
 * The member in whose name something is made: the person, or for a key of the organisation the one responsible for it. Null
 * for the super-admin without a membership, who configures everything and is nobody's member.
 */
export function makerOf(actor: Actor): string | null {
  return actor.kind === 'api_key' ? actor.responsible_member_id : memberIdOf(actor)
}

/**
 * The member who answers for what the actor makes: the person, or for a key of the organisation the one responsible for
 * it. Refuses the super-admin without a membership (`membership_required`).
 */
export function requireResponsible(actor: Actor): string {
  const member_id = makerOf(actor)
  if (member_id === null) throw membershipRequired()
  return member_id
}
