// What every act of provisioning works with: whose connection it is, the organisation's transaction, and the log.

import type { SystemActor } from '../../access/actor.ts'
import { appendEntry, type EntryDraft, type Origin } from '../../audit/append.ts'
import type { Provisioner } from '../../identity/sso/scim-token.ts'
import type { ControlDatabase, OrganisationDatabase, OrganisationTx } from '../../kernel/database.ts'
import { connectionActor, scimGroupsOf } from '../sso/admission.ts'
import { applyGiven } from '../sso/mapped-access.ts'
import { giveFor, listMappings, type Mapping } from '../sso/mapping.ts'

export type Provisioning = {
  readonly control: ControlDatabase
  readonly organisation: OrganisationDatabase
  readonly provisioner: Provisioner
  readonly origin: Origin
  readonly base_url: string
}

/** Pages are never longer (requirements of the providers stay below). */
export const MAX_RESULTS = 200
/** Rows read at once while a filter looks for those that match. */
export const SEARCH_BATCH = 500

export type ListQuery = {
  readonly filter: string | null
  readonly start_index: number
  readonly count: number
}

export const actorOf = ({ provisioner }: Provisioning): SystemActor =>
  connectionActor(provisioner.organisation_id, 'scim')

/** Writes an entry of what a provider did, in the act's transaction. */
export async function logProvisioning(tx: OrganisationTx, work: Provisioning, draft: EntryDraft): Promise<void> {
  const data = { ...draft.data, connection_id: work.provisioner.connection_id }
  await appendEntry(tx, work.origin, { ...draft, data })
}

/** Computes anew what the groups of a member give: those of SCIM, and those of their last sign-in. */
export async function syncMember(
  tx: OrganisationTx,
  work: Provisioning,
  member_id: string,
  mappings: readonly Mapping[] | null = null,
): Promise<void> {
  const { connection_id } = work.provisioner
  const rules = mappings ?? (await listMappings(tx, connection_id))
  const seen = await tx
    .selectFrom('tenancy.sso_member')
    .select('groups')
    .where('member_id', '=', member_id)
    .where('connection_id', '=', connection_id)
    .executeTakeFirst()
  const groups = await scimGroupsOf(tx, connection_id, member_id)
  const given = giveFor(rules, new Set([...groups, ...(seen?.groups ?? [])]))
  const synced = await applyGiven(tx, actorOf(work), { connection_id, member_id }, given, true)
  if (synced.added.length + synced.removed.length + synced.kept.length === 0) return
  const target = { type: 'member', id: member_id }
  await logProvisioning(tx, work, { event: 'sso.group_synced', target, data: { ...synced } })
}
