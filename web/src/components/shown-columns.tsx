import { Columns3 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readStored, store } from '../session/preferences.ts'
import { IconButton } from '../ui/button.tsx'
import { Menu } from '../ui/menu.tsx'
import type { Column } from './data-table-props.ts'

/** A table with fewer columns has none to spare. */
const MIN_COLUMNS = 4
const SEPARATOR = ' '

/**
 * The columns of a table that this browser shows, and the menu to choose them. The first is the row's name and always there.
 * Tables are told apart by their columns.
 */
export function useShownColumns<Row>(all: readonly Column<Row>[]): {
  readonly columns: readonly Column<Row>[]
  readonly chooser: ReactNode
} {
  const { t } = useTranslation('words')
  const name = `columns ${all.map(({ id }) => id).join(SEPARATOR)}`
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({})
  const hidden = new Set((chosen[name] ?? readStored(name) ?? '').split(SEPARATOR))
  const [first, ...rest] = all
  if (first === undefined || all.length < MIN_COLUMNS) return { columns: all, chooser: null }
  const toggle = (id: string) => {
    const next = rest.filter((column) => hidden.has(column.id) !== (column.id === id)).map((column) => column.id)
    store(name, next.join(SEPARATOR))
    setChosen({ ...chosen, [name]: next.join(SEPARATOR) })
  }
  const items = rest.map(({ id, header }) => ({
    id,
    label: header,
    isChecked: !hidden.has(id),
    staysOpen: true,
    onSelect: () => toggle(id),
  }))
  return {
    columns: [first, ...rest.filter(({ id }) => !hidden.has(id))],
    chooser: (
      <Menu
        trigger={
          <IconButton size="compact" label={t('columns')}>
            <Columns3 size={14} aria-hidden />
          </IconButton>
        }
        groups={[{ label: t('columns'), items }]}
      />
    ),
  }
}
