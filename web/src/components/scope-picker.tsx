import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type PermissionRow, permissionsQuery } from '../api/permissions.ts'
import { PermissionPicker } from './permission-picker.tsx'
import { ErrorState, Skeleton } from './states.tsx'
import { useAccess, useOrg } from '../session/facts.ts'

const mayCarry = (row: PermissionRow, kind: 'own' | 'organisation'): boolean =>
  row.key === 'any' || (row.key === 'person' && kind === 'own')

/** What a key may do: of the permissions its kind may carry, those that its maker holds. */
export function ScopePicker(props: {
  readonly kind: 'own' | 'organisation'
  /** "Scopes" if left out. */
  readonly label?: string
  /** What it may carry at most, such as what its service account may do. */
  readonly within?: readonly string[]
  readonly value: readonly string[]
  readonly onChange: (scopes: readonly string[]) => void
  readonly error: string | null
}) {
  const { t } = useTranslation('api-keys')
  const org = useOrg()
  const { can } = useAccess()
  const { data, error, refetch } = useQuery(permissionsQuery(org))
  if (data === undefined) {
    return error === null ? <Skeleton lines={4} /> : <ErrorState error={error} onRetry={() => void refetch()} />
  }
  return (
    <PermissionPicker
      {...props}
      label={props.label ?? t('scopes')}
      offered={data.items
        .filter((row) => mayCarry(row, props.kind) && can(row.permission))
        .filter(({ permission }) => props.within?.includes(permission) !== false)}
    />
  )
}
