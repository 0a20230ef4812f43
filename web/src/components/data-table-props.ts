import type { ReactNode } from 'react'
import type { List } from '../api/list.ts'
import type { MenuItem } from '../ui/menu.tsx'

export type Column<Row> = {
  readonly id: string
  readonly header: string
  /** The first column holds the link to the row. */
  readonly cell: (row: Row) => ReactNode
  /** A grid track, such as `minmax(160px, 2fr)` or `120px`. */
  readonly width: string
  readonly isNumber?: boolean
  /** What the rows can be put in order by; for lists that have an end. */
  readonly orderBy?: (row: Row) => string | number | null
  /** Left out of the cards of narrow screens. */
  readonly isSecondary?: boolean
}

export type Selection = {
  readonly ids: readonly string[]
  readonly onChange: (ids: readonly string[]) => void
  /** What can be done with all that is selected. */
  readonly acts: ReactNode
}

export type DataTableProps<Row> = {
  /** What the rows are, for people who do not see the table. */
  readonly label: string
  readonly list: List<Row>
  readonly columns: readonly Column<Row>[]
  readonly rowId: (row: Row) => string
  readonly rowName: (row: Row) => string
  /** The address of the row's own screen. */
  readonly rowHref?: (row: Row) => string
  readonly rowMenu?: (row: Row) => readonly MenuItem[]
  readonly selection?: Selection
  /** Shown when there is nothing at all. */
  readonly empty: ReactNode
  /** Whether filters are set: then nothing found is no first use. */
  readonly isFiltered?: boolean
  readonly onClearFilters?: () => void
  readonly searched?: string | undefined
}
