import { CircleAlert } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PermissionRow } from '../api/permissions.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { SearchBox } from './filter-bar.tsx'

/** What a permission allows, in the reader's language where it is known. The page fetches the texts `roles`. */
export function useAllows(): (row: PermissionRow) => string {
  const { t } = useTranslation('roles')
  return (row) => t(`allows.${row.permission}`, { defaultValue: row.allows })
}

/** Some of the permissions that are offered. */
export function PermissionPicker(props: {
  readonly label: string
  readonly offered: readonly PermissionRow[]
  readonly value: readonly string[]
  readonly onChange: (permissions: readonly string[]) => void
  readonly error: string | null
}) {
  const { t } = useTranslation('roles')
  const say = useAllows()
  const id = useId()
  const [text, setText] = useState<string | undefined>(undefined)
  const needle = text?.toLowerCase() ?? ''
  const shown = props.offered.filter((row) => `${row.permission} ${say(row)}`.toLowerCase().includes(needle))
  const toggle = (permission: string, isOn: boolean) =>
    props.onChange(isOn ? [...props.value, permission] : props.value.filter((each) => each !== permission))
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-end justify-between gap-2">
        <div>
          <p id={id} className="font-medium">
            {props.label}
          </p>
          <p className="meta text-fg3">{t('chosen', { count: props.value.length, of: props.offered.length })}</p>
        </div>
        <SearchBox label={t('find')} value={text} onChange={setText} />
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
              <p className="meta text-fg3 first-letter:uppercase">{say(row)}</p>
            </div>
          </li>
        ))}
        {shown.length === 0 && <li className="p-4 text-center text-fg2">{t('noPermission')}</li>}
      </ul>
    </div>
  )
}
