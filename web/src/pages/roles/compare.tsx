import { useTranslation } from 'react-i18next'
import { useList } from '../../api/list.ts'
import type { PermissionRow } from '../../api/permissions.ts'
import { useUrlState } from '../../components/url-state.ts'
import { useOrg } from '../../session/facts.ts'
import { Select } from '../../ui/select.tsx'
import { RoleTable } from './matrix.tsx'
import { customRolesQuery } from './queries.ts'
import { columnOf, type RoleColumn, useBuiltIn } from './role-columns.ts'

/** In what two roles or designations differ. */
export function Compare({ rows }: { readonly rows: readonly PermissionRow[] }) {
  const { t } = useTranslation('roles')
  const org = useOrg()
  const url = useUrlState(['left', 'right'])
  const builtIn = useBuiltIn()
  const own = useList(customRolesQuery(org)).rows ?? []
  const columns = [...builtIn, ...own.map(columnOf)]
  const find = (id: string | undefined, usual: string) =>
    columns.find((each) => each.id === id) ?? columns.find((each) => each.id === usual)
  const left = find(url.values.left, 'admin')
  const right = find(url.values.right, 'owner')
  if (left === undefined || right === undefined) return null
  const options = columns.map(({ id, name }) => ({ value: id, label: name }))
  const countOf = (column: RoleColumn) => t('countHeld', { count: rows.filter(column.gives).length })
  const differing = rows.filter((row) => left.gives(row) !== right.gives(row))
  return (
    <div className="flex flex-col gap-3">
      <p className="meta text-fg3">{t('compareText')}</p>
      <div className="flex flex-wrap items-center gap-3">
        <div className="w-52">
          <Select label={t('left')} value={left.id} options={options} onChange={(id) => url.set({ left: id })} />
        </div>
        <span className="meta text-fg3">{countOf(left)}</span>
        <div className="w-52">
          <Select label={t('right')} value={right.id} options={options} onChange={(id) => url.set({ right: id })} />
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
