// Roles as columns beside the permissions: the built-in ones read from the matrix of the server, the organisation's own from
// what they hold.

import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { PermissionRow } from '../../api/permissions.ts'
import { BASE_ROLES, DESIGNATIONS } from '../../api/viewing.ts'
import type { CustomRole } from './queries.ts'

export type RoleColumn = {
  readonly id: string
  readonly name: string
  /** Whether it gives a permission by itself. */
  readonly gives: (row: PermissionRow) => boolean
}

/** The base roles and the designations. */
export function useBuiltIn(): readonly RoleColumn[] {
  const { t } = useTranslation('roles')
  return useMemo(
    () => [
      ...BASE_ROLES.map((id) => ({ id, name: t(`role.${id}`), gives: (row: PermissionRow) => row.roles.includes(id) })),
      ...DESIGNATIONS.map((id) => ({
        id,
        name: t(`designation.${id}`),
        gives: (row: PermissionRow) => row.designations.includes(id),
      })),
    ],
    [t],
  )
}

/** A role of the organisation's own. */
export const columnOf = ({ id, name, permissions }: CustomRole): RoleColumn => ({
  id,
  name,
  gives: (row) => permissions.includes(row.permission),
})
