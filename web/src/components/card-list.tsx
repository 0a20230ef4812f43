import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Checkbox } from '../ui/checkbox.tsx'
import type { DataTableProps } from './data-table-props.ts'
import { RowMenu } from './row-menu.tsx'
import { Skeleton } from './states.tsx'

/** A list on a narrow screen: the first column as the head of a card, the important others below it. */
export function CardList<Row>(props: DataTableProps<Row> & { readonly footer: ReactNode }) {
  const { list, columns, selection } = props
  const { t } = useTranslation('words')
  const [head, ...rest] = columns
  const shown = rest.filter((column) => column.isSecondary !== true)
  if (list.rows === null) {
    return (
      <div className="rounded-xl border bg-surface p-4">
        <Skeleton lines={8} />
      </div>
    )
  }
  const toggle = (id: string, isChecked: boolean) => {
    const others = (selection?.ids ?? []).filter((each) => each !== id)
    selection?.onChange(isChecked ? [...others, id] : others)
  }
  return (
    <div className="overflow-clip rounded-xl border bg-surface">
      <ul aria-label={props.label} className={list.isStale ? 'divide-y opacity-60' : 'divide-y'}>
        {list.rows.map((row) => {
          const id = props.rowId(row)
          return (
            <li key={id} className="flex items-start gap-3 px-4 py-3">
              {selection && (
                <span className="pt-1">
                  <Checkbox
                    label={t('selectThis', { what: props.rowName(row) })}
                    isChecked={selection.ids.includes(id)}
                    onChange={(isChecked) => toggle(id, isChecked)}
                  />
                </span>
              )}
              <div className="min-w-0 flex-1">
                <div className="font-medium">{head?.cell(row)}</div>
                <dl className="meta mt-1.5 grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
                  {shown.map((column) => (
                    <div key={column.id} className="contents">
                      <dt className="text-fg3">{column.header}</dt>
                      <dd className="min-w-0 truncate text-fg2">{column.cell(row)}</dd>
                    </div>
                  ))}
                </dl>
              </div>
              <RowMenu {...props} row={row} />
            </li>
          )
        })}
      </ul>
      {props.footer}
    </div>
  )
}
