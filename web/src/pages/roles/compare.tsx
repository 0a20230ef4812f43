import { useTranslation } from 'react-i18next'
import type { PermissionRow } from '../../api/permissions.ts'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { Select } from '../../ui/select.tsx'
import { COLUMNS, gives } from './holders.ts'
import { RoleTable, useRoleName } from './matrix.tsx'

/** In what two roles or designations differ. */
export function Compare({ rows }: { readonly rows: readonly PermissionRow[] }) {
  const { t } = useTranslation('roles')
  const nameOf = useRoleName()
  const url = useUrlState(['left', 'right'])
  const left = oneOf(url.values.left, COLUMNS) ?? 'admin'
  const right = oneOf(url.values.right, COLUMNS) ?? 'owner'
  const options = COLUMNS.map((value) => ({ value, label: nameOf(value) }))
  const countOf = (name: typeof left) => t('countHeld', { count: rows.filter((row) => gives(row, name)).length })
  const differing = rows.filter((row) => gives(row, left) !== gives(row, right))
  return (
    <div className="flex flex-col gap-3">
      <p className="meta text-fg3">{t('compareText')}</p>
      <div className="flex flex-wrap items-center gap-3">
        <div className="w-52">
          <Select label={t('left')} value={left} options={options} onChange={(next) => url.set({ left: next })} />
        </div>
        <span className="meta text-fg3">{countOf(left)}</span>
        <div className="w-52">
          <Select label={t('right')} value={right} options={options} onChange={(next) => url.set({ right: next })} />
        </div>
        <span className="meta text-fg3">{countOf(right)}</span>
      </div>
      {differing.length === 0 ? (
        <p className="rounded-xl border bg-surface p-6 text-center text-fg2">{t('same')}</p>
      ) : (
        <RoleTable rows={differing} columns={[left, right]} />
      )}
    </div>
  )
}
