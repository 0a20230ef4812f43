import { Type } from 'typebox'
import { ALL_PERMISSIONS, type Permission } from '../../access/permission.ts'
import type { HeldPermission as Held, PermissionSource } from '../../access/require.ts'

const nullableText = Type.Union([Type.String(), Type.Null()])

/** One permission as answers show it: held and whence, or not held and what it was lost to. */
export const HeldPermission = Type.Object({
  permission: Type.Enum(ALL_PERMISSIONS),
  held: Type.Boolean(),
  from: Type.Union([Type.String(), Type.Null()], {
    description: 'role, designation, custom_role, grant, superadmin or key_scope; null when nothing gives it',
  }),
  name: Type.Union([Type.String(), Type.Null()], {
    description: 'Of the role, designation or custom role that gives it',
  }),
  lost_to: nullableText,
})

const nameOf = (source: PermissionSource | null): string | null => {
  if (source === null) return null
  if (source.from === 'role') return source.role
  if (source.from === 'custom_role') return source.custom_role
  return source.from === 'designation' ? source.designation : null
}

/** A decision of `access/require.ts` in that shape. */
export function heldPermission(permission: Permission, held: Held) {
  const { source } = held
  return {
    permission,
    held: held.held,
    from: source?.from ?? null,
    name: nameOf(source),
    lost_to: held.held ? null : held.lost_to,
  }
}
