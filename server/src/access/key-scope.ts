// Which scopes a new API key may carry. At use they are intersected with what the person then holds (`require.ts`).

import type { Actor } from './actor.ts'
import type { Permission } from './permission.ts'
import { isPermission, PERMISSIONS } from './permission.ts'
import { scopeNotAllowed } from './problems.ts'
import { hasPermission } from './require.ts'

/**
 * Allows scopes that name permissions which such a key may carry and which its maker holds now as a member: nobody
 * makes a key that may do more than they may, and no key bypasses. Throws `scope_not_allowed`, naming each refused scope
 * by its place under `/scopes`.
 */
export function checkKeyScopes(actor: Actor, owner: 'person' | 'organisation', scopes: readonly string[]): void {
  const fields = scopes.flatMap((scope, index) => {
    const message = whyRefused(actor, owner, scope)
    return message === null ? [] : [{ pointer: `/scopes/${index}`, message }]
  })
  if (fields.length === 0) return
  throw scopeNotAllowed({}, { fields, detail: 'A key carries only what its kind may carry and its maker holds.' })
}

function whyRefused(actor: Actor, owner: 'person' | 'organisation', scope: string): string | null {
  if (!isPermission(scope)) return 'names no permission'
  const { key } = PERMISSIONS[scope]
  if (key === 'none') return 'is for signed-in people; no key may carry it'
  if (key === 'person' && owner === 'organisation')
    return 'is answered for in person; an organisation key may not carry it'
  return isHeldAsMember(actor, scope) ? null : 'is not held by you as a member'
}

const isHeldAsMember = (actor: Actor, scope: Permission): boolean =>
  hasPermission(actor.kind === 'user' ? { ...actor, is_superadmin: false } : actor, scope)
