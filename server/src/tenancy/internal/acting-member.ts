import { type Actor, makerOf } from '../../access/actor.ts'
import { membershipRequired } from '../problems.ts'

/**
 * The member who answers for what the actor makes: the person, or for a key of the organisation the one responsible for
 * it. Refuses the super-admin without a membership (`membership_required`).
 */
export function requireResponsible(actor: Actor): string {
  const member_id = makerOf(actor)
  if (member_id === null) throw membershipRequired()
  return member_id
}
