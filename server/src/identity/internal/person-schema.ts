import { type Static, Type } from 'typebox'
import type { Reply } from '../../http/route.ts'
import { Id, Timestamp } from '../../http/schema.ts'
import type { ControlTx } from '../../kernel/database.ts'
import type { NewSession } from '../session.ts'
import type { User } from '../user.ts'

/** An account as its owner sees it. */
export const Person = Type.Object({
  id: Id,
  email: Type.String(),
  display_name: Type.String(),
  is_superadmin: Type.Boolean(),
  must_change_password: Type.Boolean(),
  locale: Type.String(),
  time_zone: Type.String(),
})

/** An organisation somebody probably belongs to: a hint for menus, it decides nothing. */
export const OrganisationHint = Type.Object({ id: Id, name: Type.String(), status: Type.String() })
export type OrganisationHint = Static<typeof OrganisationHint>
export type ListOrganisationsOf = (tx: ControlTx, user_id: string) => Promise<readonly OrganisationHint[]>

/** What every way of signing in answers. */
export const SignedInPerson = Type.Object({ person: Person, session: Type.Object({ id: Id, expires_at: Timestamp }) })

/** The cookie gets the token; the body never shows it. */
export function welcome(reply: Reply, user: User, session: NewSession) {
  reply.setSessionCookie(session.token)
  return { person: user, session: { id: session.session_id, expires_at: session.expires_at } }
}
