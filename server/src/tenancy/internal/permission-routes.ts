import { Type } from 'typebox'
import { ALL_PERMISSIONS, BASE_ROLES, DESIGNATIONS, PERMISSIONS, SURFACES } from '../../access/permission.ts'
import { ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { nullable, orgParams } from '../../http/schema.ts'

const MatrixRow = Type.Object({
  permission: Type.Enum(ALL_PERMISSIONS),
  allows: Type.String({ description: 'What its holder may do' }),
  roles: Type.Array(Type.Enum(BASE_ROLES), { description: 'Base roles that hold it' }),
  designations: Type.Array(Type.Enum(DESIGNATIONS), { description: 'Designations that add it' }),
  single: Type.Boolean({ description: 'Whether it may be granted to one member or stand in a custom role' }),
  surface: nullable(Type.Enum(SURFACES)),
  needs: nullable(Type.Enum(ALL_PERMISSIONS)),
  key: Type.Enum(['none', 'person', 'any'], { description: 'Which API keys may carry it as a scope' }),
})

/** The permission matrix as data, so that a portal renders what the server decides by. */
export function permissionRoutes(): readonly Route[] {
  return [
    route({
      operation: 'permission_list',
      method: 'GET',
      path: `${ORGANISATION_PATH}/permissions`,
      summary: 'Show every permission, and which roles and designations give it',
      tag: 'Members',
      scope: 'organisation',
      permission: 'org.view',
      params: orgParams(),
      response: Type.Object({ items: Type.Array(MatrixRow) }),
      handle: async () => ({
        items: ALL_PERMISSIONS.map((permission) => ({ permission, ...PERMISSIONS[permission] })),
      }),
    }),
  ]
}
