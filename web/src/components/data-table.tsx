// Every list of the portal: sticky head, keyset paging, selection, row menu, skeletons of the rows' height, and cards where
// the screen is narrow. Long lists draw only the rows in sight.

import {
  columnVisibilityFeature,
  createColumnHelper,
  type Row as TableRow,
  rowSelectionFeature,
  type RowSelectionState,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import type { Column, DataTableProps } from './data-table-props.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { cx } from '../ui/cx.ts'
import { CardList } from './card-list.tsx'
import { useFormat } from './format.ts'
import { LoadMore } from './load-more.tsx'
import { RowMenu } from './row-menu.tsx'
import { useShownColumns } from './shown-columns.tsx'
import { ErrorState, NoResults } from './states.tsx'
import { type Order, useOrder } from './table-order.ts'
import { useIsNarrow } from './use-is-narrow.ts'

const features = tableFeatures({ columnVisibilityFeature, rowSelectionFeature })
const VIRTUAL_FROM = 100
const SKELETON_ROWS = 8

/**
 * See the head of this file. What somebody did is answered at once, and the rows follow when it stands there: writing them
 * anew takes longer than a person should wait for a button.
 */
export function DataTable<Row>(given: DataTableProps<Row>) {
  const { list, order, toggle } = useOrder(given.list, given.columns)
  const deferred = useDeferredValue({ ...given, list, order, onOrder: toggle })
  return useMemo(() => <Table {...deferred} />, [deferred])
}

type OrderedProps<Row> = DataTableProps<Row> & {
  readonly order: Order | null
  readonly onOrder: (id: string) => void
}

function Table<Row>(given: OrderedProps<Row>) {
  const { columns, chooser } = useShownColumns(given.columns)
  const props = { ...given, columns }
  const { list, isFiltered = false, onClearFilters } = props
  const isNarrow = useIsNarrow()
  if (list.error !== null)
    return (
      <Frame>
        <ErrorState error={list.error} onRetry={list.reload} />
      </Frame>
    )
  if (list.rows?.length === 0 && !list.isStale) {
    const isCleared = !isFiltered || onClearFilters === undefined
    return <Frame>{isCleared ? props.empty : <NoResults onClear={onClearFilters} asked={props.searched} />}</Frame>
  }
  return isNarrow ? <CardList {...given} footer={<Footer {...props} />} /> : <Grid {...props} chooser={chooser} />
}

function Frame({ children }: { readonly children: ReactNode }) {
  return <div className="overflow-clip rounded-xl border bg-surface">{children}</div>
}

type Item<Row> = { readonly row: Row }

function useRows<Row>({ list, columns, rowId, selection }: DataTableProps<Row>) {
  const { rows } = list
  // Made once for what is shown, not at every step of scrolling.
  const data = useMemo(() => (rows ?? []).map((row) => ({ row })), [rows])
  const shown = useMemo(() => {
    const helper = createColumnHelper<typeof features, Item<Row>>()
    return columns.map(({ id, header }) => helper.display({ id, header }))
  }, [columns])
  const chosen: RowSelectionState = Object.fromEntries((selection?.ids ?? []).map((id) => [id, true]))
  return useTable({
    features,
    data,
    columns: shown,
    getRowId: ({ row }) => rowId(row),
    state: { rowSelection: chosen },
    onRowSelectionChange: (update) => {
      const next = typeof update === 'function' ? update(chosen) : update
      selection?.onChange(Object.keys(next).filter((id) => next[id] === true))
    },
  })
}

const hasRowMenu = <Row,>({ rowMenu, rowHref }: DataTableProps<Row>): boolean =>
  rowMenu !== undefined || rowHref !== undefined

const tracksOf = <Row,>(props: DataTableProps<Row>): string =>
  [props.selection && '36px', ...props.columns.map(({ width }) => width), hasRowMenu(props) && '48px']
    .filter(Boolean)
    .join(' ')

/** The rows in sight, as the page scrolls; all of them while they are few. */
function useRowsInSight(count: number, body: React.RefObject<HTMLDivElement | null>) {
  const isVirtual = count > VIRTUAL_FROM
  const row_px = Number.parseInt(getComputedStyle(document.documentElement).getPropertyValue('--row'), 10) || 40
  const virtualizer = useVirtualizer({
    count,
    enabled: isVirtual,
    getScrollElement: () => document.querySelector<HTMLElement>('#main'),
    estimateSize: () => row_px,
    overscan: 12,
    scrollMargin: body.current?.offsetTop ?? 0,
  })
  const items = isVirtual
    ? virtualizer
        .getVirtualItems()
        .map(({ index, start }) => ({ index, start: start - virtualizer.options.scrollMargin }))
    : Array.from({ length: count }, (_, index) => ({ index, start: index * row_px }))
  return { items, height_px: count * row_px }
}

type GridProps<Row> = OrderedProps<Row> & { readonly chooser: ReactNode }

function Grid<Row>(props: GridProps<Row>) {
  const { list, columns, selection } = props
  const { t } = useTranslation('words')
  const table = useRows(props)
  const rows = table.getRowModel().rows
  const body = useRef<HTMLDivElement>(null)
  const { items, height_px } = useRowsInSight(rows.length, body)
  const gridTemplateColumns = tracksOf(props)
  const hasMenu = hasRowMenu(props)
  return (
    <Frame>
      <div className="overflow-x-auto lg:overflow-x-visible">
        <div
          role="table"
          aria-label={props.label}
          aria-rowcount={list.hasMore ? -1 : rows.length + 1}
          aria-busy={list.isStale}
          className="min-w-fit"
        >
          <div role="rowgroup" className="z-10 rounded-t-xl border-b bg-sunken lg:sticky lg:top-0">
            <div role="row" aria-rowindex={1} className="grid h-9 items-center px-2" style={{ gridTemplateColumns }}>
              {selection && (
                <div role="columnheader" className="px-2">
                  <Checkbox
                    label={t('selectAll')}
                    isChecked={table.getIsAllRowsSelected()}
                    isMixed={table.getIsSomeRowsSelected()}
                    onChange={(isChecked) => table.toggleAllRowsSelected(isChecked)}
                  />
                </div>
              )}
              {columns.map((column) => (
                <ColumnHead key={column.id} column={column} order={props.order} onOrder={props.onOrder} />
              ))}
              {hasMenu && (
                // What is only read out stays inside the part that scrolls sideways.
                <div role="columnheader" className="relative flex justify-end">
                  <span className="sr-only">{t('acts')}</span>
                  {props.chooser}
                </div>
              )}
            </div>
          </div>
          {list.rows === null ? (
            <SkeletonRows count={columns.length} tracks={gridTemplateColumns} />
          ) : (
            <div
              role="rowgroup"
              ref={body}
              className={cx('relative', list.isStale && 'opacity-60')}
              style={{ height: height_px }}
            >
              {items.map(({ index, start }) => {
                const row = rows[index]
                if (row === undefined) return null
                return (
                  <GridRow
                    key={row.id}
                    given={props}
                    row={row}
                    index={index}
                    start={start}
                    isSelected={row.getIsSelected()}
                    isLast={index === rows.length - 1}
                  />
                )
              })}
            </div>
          )}
        </div>
      </div>
      <Footer {...props} />
    </Frame>
  )
}

type GridRowProps<Row> = {
  /** The same object as long as the table is: while it scrolls, a row that is there is left alone. */
  readonly given: GridProps<Row>
  readonly row: TableRow<typeof features, Item<Row>>
  readonly index: number
  readonly start: number
  readonly isSelected: boolean
  readonly isLast: boolean
}

function GridRow<Row>({ given, row, index, start, isSelected, isLast }: GridRowProps<Row>) {
  return useMemo(
    () => <RowView given={given} row={row} index={index} start={start} isSelected={isSelected} isLast={isLast} />,
    [given, row, index, start, isSelected, isLast],
  )
}

function RowView<Row>({ given, row, index, start, isSelected, isLast }: GridRowProps<Row>) {
  const { t } = useTranslation('words')
  const { selection } = given
  const item = row.original.row
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selection ? isSelected : undefined}
      className={cx(
        'absolute inset-x-0 grid h-row items-center px-2 hover:bg-hover focus-within:bg-hover',
        !isLast && 'border-b',
        isSelected && 'bg-accent-soft',
      )}
      style={{ gridTemplateColumns: tracksOf(given), transform: `translateY(${start}px)` }}
    >
      {selection && (
        <div role="cell" className="px-2">
          <Checkbox
            label={t('selectThis', { what: given.rowName(item) })}
            isChecked={isSelected}
            onChange={(isChecked) => row.toggleSelected(isChecked)}
          />
        </div>
      )}
      {given.columns.map((column) => (
        <div
          role="cell"
          key={column.id}
          className={cx('truncate px-2', column.isNumber === true && 'text-end text-fg2 tabular-nums')}
        >
          {column.cell(item)}
        </div>
      ))}
      {hasRowMenu(given) && (
        <div role="cell" className="flex justify-end">
          <RowMenu {...given} row={item} />
        </div>
      )}
    </div>
  )
}

function ColumnHead<Row>(props: {
  readonly column: Column<Row>
  readonly order: Order | null
  readonly onOrder: (id: string) => void
}) {
  const { column, order } = props
  const isOrdered = order?.id === column.id
  const direction = order?.isDescending === true ? 'descending' : 'ascending'
  const Caret = isOrdered ? (order.isDescending ? ArrowDown : ArrowUp) : ChevronsUpDown
  return (
    <div
      role="columnheader"
      aria-sort={column.orderBy === undefined ? undefined : isOrdered ? direction : 'none'}
      className={cx('meta truncate px-2 font-medium text-fg2', column.isNumber === true && 'text-end')}
    >
      {column.orderBy === undefined ? (
        column.header
      ) : (
        <button
          type="button"
          onClick={() => props.onOrder(column.id)}
          className={cx(
            'group/head inline-flex max-w-full items-center gap-1 rounded-xs align-top hover:text-fg',
            // Its words end where the numbers below end.
            column.isNumber === true && 'flex-row-reverse',
          )}
        >
          <span className="truncate">{column.header}</span>
          <Caret
            size={12}
            aria-hidden
            className={cx(
              'shrink-0',
              !isOrdered && 'opacity-0 group-hover/head:opacity-60 group-focus-visible/head:opacity-60',
            )}
          />
        </button>
      )}
    </div>
  )
}

function SkeletonRows({ count, tracks }: { readonly count: number; readonly tracks: string }) {
  const { t } = useTranslation('words')
  return (
    <div role="rowgroup">
      <div role="row">
        <div role="cell">
          <div role="status" aria-label={t('loading')} className="appear-late">
            {Array.from({ length: SKELETON_ROWS }, (_, row) => (
              <SkeletonRow key={row} row={row} count={count} tracks={tracks} />
            ))}
          </div>
        </div>
      </div>
    </div>
  )
}

function SkeletonRow({
  row,
  count,
  tracks,
}: {
  readonly row: number
  readonly count: number
  readonly tracks: string
}) {
  return (
    <div
      aria-hidden
      className="grid h-row items-center border-b px-2 last:border-b-0"
      style={{ gridTemplateColumns: tracks }}
    >
      {Array.from({ length: count }, (_, cell) => (
        <div key={cell} className="px-2">
          <div className="skeleton h-3" style={{ width: `${45 + ((row * 17 + cell * 29) % 45)}%` }} />
        </div>
      ))}
    </div>
  )
}

/** How many there are and how many are selected; reads on when it comes into sight, until a page fails. */
function Footer<Row>({ list, selection }: DataTableProps<Row>) {
  const { t } = useTranslation('words')
  const format = useFormat()
  const end = useRef<HTMLDivElement>(null)
  const { hasMore, moreError, loadMore } = list
  const [isInSight, setInSight] = useState(false)
  useEffect(() => {
    const { current } = end
    if (current === null) return undefined
    const observer = new IntersectionObserver(([entry]) => setInSight(entry?.isIntersecting === true), {
      rootMargin: '600px',
    })
    observer.observe(current)
    return () => observer.disconnect()
  }, [])
  useEffect(() => {
    if (isInSight && hasMore && moreError === null && !list.isLoadingMore) loadMore()
  }, [isInSight, hasMore, moreError, list.isLoadingMore, loadMore])
  const count = list.rows?.length ?? 0
  const chosen = selection?.ids.length ?? 0
  return (
    <div ref={end} className="flex min-h-10 flex-wrap items-center gap-3 border-t px-4 py-1.5">
      <p className="meta text-fg3" aria-live="polite">
        {list.rows === null
          ? t('loading')
          : chosen > 0
            ? t('selectedCount', { count: chosen, of: format.number(count) })
            : t(list.hasMore ? 'rowsAndMore' : 'rows', { count, shown: format.number(count) })}
      </p>
      {chosen > 0 && (
        <>
          {selection?.acts}
          <Button variant="ghost" size="compact" onClick={() => selection?.onChange([])}>
            {t('clearSelection')}
          </Button>
        </>
      )}
      <LoadMore list={list} variant="ghost" size="compact" className="ms-auto" />
    </div>
  )
}
