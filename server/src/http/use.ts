import type { OrganisationDatabase } from '../kernel/database.ts'
import type { KeyUses } from '../tenancy/key-use.ts'
import type { SessionUses } from '../tenancy/member-session.ts'
import type { OrganisationActor } from './route.ts'

/** Where it is noted what was used last. */
export type Uses = { readonly key_uses: KeyUses; readonly session_uses: SessionUses }

/** Notes that a key, or the session of a member, was used in an organisation. */
export function noteUse(uses: Uses, database: OrganisationDatabase, actor: OrganisationActor, address: string): void {
  const { use } = actor
  if (use.via === 'api_key') return uses.key_uses.note(database, use.api_key_id)
  if (actor.kind !== 'user' || actor.membership === null) return
  const { member_id } = actor.membership
  uses.session_uses.note(database, { session_id: use.session_id, member_id, address })
}
