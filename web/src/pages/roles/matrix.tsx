import { Check, Minus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { PermissionRow } from '../../api/permissions.ts'
import { SearchBox } from '../../components/filter-bar.tsx'
import { useAllows } from '../../components/permission-picker.tsx'
import { useUrlState } from '../../components/url-state.ts'
import { Badge } from '../../ui/badge.tsx'
import { type RoleColumn, useBuiltIn } from './role-columns.ts'

/** Every permission, and which roles and designations give it. */
export function Matrix({ rows }: { readonly rows: readonly PermissionRow[] }) {
  const { t } = useTranslation('roles')
  const url = useUrlState(['q'])
  const say = useAllows()
  const columns = useBuiltIn()
  const needle = url.values.q?.toLowerCase() ?? ''
  const shown = rows.filter((row) => `${row.permission} ${say(row)}`.toLowerCase().includes(needle))
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="meta max-w-2xl text-fg3">{t('legend')}</p>
        <SearchBox label={t('find')} value={url.values.q} onChange={(q) => url.set({ q }, true)} />
      </div>
      <RoleTable rows={shown} columns={columns} />
    </div>
  )
}

/** Permissions by roles, as a table that scrolls sideways where the screen is narrow. */
export function RoleTable(props: { readonly rows: readonly PermissionRow[]; readonly columns: readonly RoleColumn[] }) {
  const { t } = useTranslation('roles')
  const say = useAllows()
  if (props.rows.length === 0) {
    return <p className="rounded-xl border bg-surface p-6 text-center text-fg2">{t('noPermission')}</p>
  }
  return (
    <div tabIndex={0} role="region" aria-label={t('title')} className="overflow-x-auto rounded-xl border bg-surface">
      <table className="w-full min-w-fit border-collapse">
        <thead>
          <tr className="meta border-b bg-sunken text-fg2">
            <th scope="col" className="sticky start-0 min-w-44 bg-sunken px-4 py-2 text-start font-medium sm:min-w-64">
              {t('permission')}
            </th>
            {props.columns.map((column) => (
              <th key={column.id} scope="col" className="px-3 py-2 text-center font-medium whitespace-nowrap">
                {column.name}
              </th>
            ))}
            <th scope="col" className="px-4 py-2 text-start font-medium">
              {t('extras')}
            </th>
          </tr>
        </thead>
        <tbody className="divide-y">
          {props.rows.map((row) => (
            <tr key={row.permission}>
              <th scope="row" className="sticky start-0 bg-surface px-4 py-2 text-start font-normal">
                <span className="block first-letter:uppercase">{say(row)}</span>
                <code className="font-mono text-[12px] break-all text-fg3">{row.permission}</code>
              </th>
              {props.columns.map((column) => (
                <td key={column.id} className="px-3 text-center">
                  {column.gives(row) ? (
                    <Check size={16} className="inline text-ok" aria-label={t('held')} />
                  ) : (
                    <Minus size={14} className="inline text-fg3 opacity-50" aria-label={t('notHeld')} />
                  )}
                </td>
              ))}
              <td className="px-4 py-2">
                <Extras row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Extras({ row }: { readonly row: PermissionRow }) {
  const { t } = useTranslation('roles')
  return (
    <span className="flex flex-wrap gap-1">
      {row.single && <Badge>{t('single')}</Badge>}
      {row.key !== 'none' && <Badge>{t(row.key === 'any' ? 'keyAny' : 'keyPerson')}</Badge>}
      {row.surface === 'studio' && <Badge tone="info">{t('studioOnly')}</Badge>}
      {row.needs !== null && <Badge tone="info">{t('needs', { permission: row.needs })}</Badge>}
    </span>
  )
}
