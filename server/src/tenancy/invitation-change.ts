// What becomes of an invitation after it was sent: taken back, made good again, sent again. Each act locks it first.

import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import type { BaseRole } from '../access/permission.ts'
import { ownerOnly } from '../access/problems.ts'
import { bypassesPermissions } from '../access/require.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import type { Problem } from '../kernel/problem.ts'
import { queueMailsInside } from '../mail/message.ts'
import { type InvitationState, lockInvitation, type PreparedInvitation } from './invitation.ts'
import { alreadyInvited, invitationStateRefused } from './problems.ts'

/** What a new owner is offered is the owners' and the super-admin's to take back or to send again. */
function checkRank(actor: Actor, { base_role }: { readonly base_role: BaseRole }): void {
  if (base_role !== 'owner' || bypassesPermissions(actor)) return
  if (actor.kind === 'user' && actor.membership?.base_role === 'owner') return
  throw ownerOnly(
    { target_role: 'owner' },
    { detail: 'Only an owner or the super-admin acts on the invitation of an owner.' },
  )
}

const refuseState = (state: InvitationState, allowed: readonly InvitationState[]): Problem =>
  invitationStateRefused(
    { state, allowed },
    { detail: `It is ${state}; this is possible while it is ${allowed.join(' or ')}.` },
  )

type Locked = Awaited<ReturnType<typeof lockInvitation>>

async function lockFor(
  tx: OrganisationTx,
  actor: Actor,
  invitation_id: string,
  allowed: readonly InvitationState[],
): Promise<Locked> {
  const invitation = await lockInvitation(tx, invitation_id)
  checkRank(actor, invitation)
  if (!allowed.includes(invitation.state)) throw refuseState(invitation.state, allowed)
  return invitation
}

/** Takes an invitation back; its link stops with this commit. Throws `not_found`, `owner_only`, `invitation_state_refused`. */
export async function revokeInvitation(tx: OrganisationTx, actor: Actor, invitation_id: string): Promise<Locked> {
  const invitation = await lockFor(tx, actor, invitation_id, ['invited', 'resent'])
  await tx
    .updateTable('tenancy.invitation')
    .set({ revoked_at: sql<Date>`now()` })
    .where('id', '=', invitation_id)
    .execute()
  return { ...invitation, state: 'revoked' }
}

/**
 * Makes an invitation that was taken back good again, with the link it had. Throws as `revokeInvitation`, and
 * `already_invited` when the address was invited anew since.
 */
export async function restoreInvitation(tx: OrganisationTx, actor: Actor, invitation_id: string): Promise<Locked> {
  const invitation = await lockFor(tx, actor, invitation_id, ['revoked'])
  const open = await tx
    .selectFrom('tenancy.invitation')
    .select('id')
    .where('email_key', '=', invitation.email)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  if (open !== undefined) throw alreadyInvited()
  await tx.updateTable('tenancy.invitation').set({ revoked_at: null }).where('id', '=', invitation_id).execute()
  return lockInvitation(tx, invitation_id)
}

/**
 * Sends an invitation again with a new link and a new end; the old link is dead. Throws `not_found`, `owner_only`,
 * `invitation_state_refused`, `already_invited`.
 */
export async function resendInvitation(
  tx: OrganisationTx,
  actor: Actor,
  invitation_id: string,
  prepared: PreparedInvitation,
): Promise<Locked> {
  const invitation = await lockFor(tx, actor, invitation_id, ['invited', 'resent', 'expired'])
  const open = await tx
    .selectFrom('tenancy.invitation')
    .select('id')
    .where('email_key', '=', invitation.email)
    .where('id', '<>', invitation_id)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  if (open !== undefined) throw alreadyInvited()
  await tx
    .updateTable('tenancy.invitation')
    .set({
      token_hash: prepared.token_hash,
      message_id: prepared.mail.id,
      expires_at: prepared.expires_at,
      sent_at: sql<Date>`now()`,
      sent_count: invitation.sent_count + 1,
      revoked_at: null,
    })
    .where('id', '=', invitation_id)
    .execute()
  await queueMailsInside(tx, [prepared.mail])
  return lockInvitation(tx, invitation_id)
}
