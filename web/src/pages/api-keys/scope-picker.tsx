import { useQuery } from '@tanstack/react-query'
import { CircleAlert } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type PermissionRow, permissionsQuery } from '../../api/permissions.ts'
import { SearchBox } from '../../components/filter-bar.tsx'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'
import { Checkbox } from '../../ui/checkbox.tsx'

const mayCarry = (row: PermissionRow, kind: 'own' | 'organisation'): boolean =>
  row.key === 'any' || (row.key === 'person' && kind === 'own')

/** What a key may do: of the permissions its kind may carry, those that its maker holds. */
export function ScopePicker(props: {
  readonly kind: 'own' | 'organisation'
  readonly value: readonly string[]
  readonly onChange: (scopes: readonly string[]) => void
  readonly error: string | null
}) {
  const { t } = useTranslation('api-keys')
  const { t: roles } = useTranslation('roles')
  const org = useOrg()
  const { can } = useAccess()
  const id = useId()
  const [text, setText] = useState<string | undefined>(undefined)
  const { data, error, refetch } = useQuery(permissionsQuery(org))
  if (data === undefined) {
    return error === null ? <Skeleton lines={4} /> : <ErrorState error={error} onRetry={() => void refetch()} />
  }
  const sayOf = (row: PermissionRow) => roles(`allows.${row.permission}`, { defaultValue: row.allows })
  const offered = data.items.filter((row) => mayCarry(row, props.kind) && can(row.permission))
  const needle = text?.toLowerCase() ?? ''
  const shown = offered.filter((row) => `${row.permission} ${sayOf(row)}`.toLowerCase().includes(needle))
  const toggle = (permission: string, isOn: boolean) =>
    props.onChange(isOn ? [...props.value, permission] : props.value.filter((each) => each !== permission))
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-end justify-between gap-2">
        <div>
          <p id={id} className="font-medium">
            {t('scopes')}
          </p>
          <p className="meta text-fg3">{t('scopesChosen', { count: props.value.length, of: offered.length })}</p>
        </div>
        <SearchBox label={t('findScope')} value={text} onChange={setText} />
      </div>
      {props.error !== null && (
        <p role="alert" className="meta flex gap-1 text-bad">
          <CircleAlert size={14} aria-hidden className="mt-px shrink-0" />
          {props.error}
        </p>
      )}
      <ul aria-labelledby={id} className="flex flex-col divide-y rounded-lg border">
        {shown.map((row) => (
          <li key={row.permission} className="flex items-start gap-2.5 px-3 py-2">
            <span className="flex h-5 items-center">
              <Checkbox
                label={row.permission}
                isChecked={props.value.includes(row.permission)}
                onChange={(isOn) => toggle(row.permission, isOn)}
              />
            </span>
            <div className="min-w-0">
              <p className="truncate font-mono text-[12px]">{row.permission}</p>
              <p className="meta text-fg3">{sayOf(row)}</p>
            </div>
          </li>
        ))}
        {shown.length === 0 && <li className="p-4 text-center text-fg2">{t('noScope')}</li>}
      </ul>
    </div>
  )
}
