// What a role gives, read from the matrix of the server.

import type { PermissionRow } from '../../api/permissions.ts'

export const BASE_ROLES = ['owner', 'admin', 'member'] as const
export const DESIGNATIONS = ['manager', 'reviewer', 'compliance_officer', 'expert'] as const
export const SURFACES = ['studio', 'hub'] as const
export type BaseRole = (typeof BASE_ROLES)[number]
export type Designation = (typeof DESIGNATIONS)[number]
export type Surface = (typeof SURFACES)[number]

/** A role or a designation: a column of the matrix. */
export const COLUMNS = [...BASE_ROLES, ...DESIGNATIONS] as const
export type RoleName = (typeof COLUMNS)[number]

export const isBaseRole = (name: RoleName): name is BaseRole => BASE_ROLES.some((each) => each === name)

/** Whether a role or designation by itself gives a permission. */
export const gives = (row: PermissionRow, name: RoleName): boolean =>
  isBaseRole(name) ? row.roles.includes(name) : row.designations.includes(name)

export type Worn = {
  readonly base_role: BaseRole
  readonly designations: readonly Designation[]
  readonly surface: Surface
}

/** The permissions of somebody with these roles, before anything granted or denied singly. */
export function permissionsOf(rows: readonly PermissionRow[], worn: Worn): ReadonlySet<string> {
  const given = rows.filter(
    (row) =>
      (row.surface === null || row.surface === worn.surface) &&
      (gives(row, worn.base_role) || worn.designations.some((each) => gives(row, each))),
  )
  const names = new Set<string>(given.map(({ permission }) => permission))
  return new Set(given.filter(({ needs }) => needs === null || names.has(needs)).map(({ permission }) => permission))
}
