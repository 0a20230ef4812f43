// The super-admin makes an organisation for somebody, who is invited as its owner. It waits for them (`awaiting_owner`): until
// the invitation is accepted it has no member, and nothing runs in it.

import type { Origin } from '../audit/append.ts'
import { parseEmail } from '../identity/user.ts'
import { newId } from '../kernel/id.ts'
import type { Mailer } from '../mail/message.ts'
import { relayMails } from '../mail/message.ts'
import { prepareInvitations, readInviter } from './invitation.ts'
import { linkToCopy, termsOf } from './invitation-act.ts'
import { type CreationNeeds, createOrganisation } from './organisation-creation.ts'
import type { Metadata, Organisation } from './organisation.ts'

export type Appointment = {
  readonly name: string
  readonly metadata?: Metadata
  readonly owner: { readonly email: string }
  readonly created_by: string
}

export type AppointedOwner = {
  readonly id: string
  readonly email: string
  /** To be handed over while no mail server is set; null otherwise. */
  readonly link: string | null
}

/** Makes an organisation whose owner is invited by address. Throws `email_invalid`, and as `createOrganisation`. */
export async function createOrganisationFor(
  needs: CreationNeeds & { readonly mailer: Mailer },
  origin: Origin,
  { name, metadata, owner, created_by }: Appointment,
): Promise<{ readonly organisation: Organisation; readonly invitation: AppointedOwner }> {
  const { control, databases, mailer } = needs
  const parsed = parseEmail(owner.email)
  const id = newId()
  const { settings, inviter_name } = await readInviter(control, origin.actor_id, 'The operator')
  const inviting = { organisation: { id, name }, inviter_name, terms: termsOf('org_owner') }
  const [invitation] = await prepareInvitations(mailer, settings, inviting, [parsed])
  if (invitation === undefined) throw new Error('An invitation was not prepared')
  const organisation = await createOrganisation(needs, origin, {
    id,
    name,
    owner: { invitation, terms: inviting.terms },
    created_by,
    ...(metadata !== undefined && { metadata }),
  })
  await relayMails(control, await databases.of(id), id)
  const link = await linkToCopy(control, invitation.link)
  return { organisation, invitation: { id: invitation.id, email: parsed.email_key, link } }
}
