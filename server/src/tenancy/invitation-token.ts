// The link of an invitation names its organisation, so it is found in that organisation's database and nowhere else.

import { idFromBase62, idToBase62, newSecretText } from '../kernel/id.ts'

export type InvitationToken = { readonly organisation_id: string; readonly invitation_id: string }

/** A new token: `rvi_<organisation>_<invitation>_<256 random bits>`. It is mailed, and only its hash is kept. */
export function createInvitationToken({ organisation_id, invitation_id }: InvitationToken): string {
  return `rvi_${idToBase62(organisation_id)}_${idToBase62(invitation_id)}_${newSecretText()}`
}

/** What a token names, or null when it is none. Whether it is good is asked in the organisation. */
export function parseInvitationToken(token: string): InvitationToken | null {
  const [, organisation = '', invitation = ''] =
    /^rvi_([0-9A-Za-z]{22})_([0-9A-Za-z]{22})_[A-Za-z0-9_-]{43}$/.exec(token) ?? []
  const organisation_id = idFromBase62(organisation)
  const invitation_id = idFromBase62(invitation)
  return organisation_id === null || invitation_id === null ? null : { organisation_id, invitation_id }
}
