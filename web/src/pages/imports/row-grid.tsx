import { useVirtualizer } from '@tanstack/react-virtual'
import { CircleAlert, CircleCheck, Trash2 } from 'lucide-react'
import { memo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useIsNarrow } from '../../components/use-is-narrow.ts'
import { IconButton } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import type { Cell, ImportRow } from './desk.ts'
import { RowCell } from './row-cell.tsx'
import type { Mending } from './rows.ts'

const ROW_PX = 48
const CARD_PX = 330
const OVERSCAN = 10

/** The rows of a file, every cell to be mended where it stands. Only what is in sight is drawn. */
export function RowGrid(props: {
  readonly rows: readonly ImportRow[]
  readonly cells: readonly Cell[]
  readonly mending: Mending
}) {
  const { rows, cells, mending } = props
  const { t } = useTranslation('imports')
  const isNarrow = useIsNarrow()
  const body = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => document.querySelector<HTMLElement>('#main'),
    estimateSize: () => (isNarrow ? CARD_PX : ROW_PX),
    getItemKey: (index) => rows[index]?.row_number ?? index,
    overscan: OVERSCAN,
    scrollMargin: body.current?.offsetTop ?? 0,
  })
  const gridTemplateColumns = `60px ${cells.map((cell) => (cell === 'role' ? '110px' : 'minmax(120px, 1fr)')).join(' ')} minmax(180px, 1.3fr) 40px`
  return (
    <div className="overflow-clip rounded-xl border bg-surface">
      <div role="table" aria-label={t('rows')} aria-rowcount={rows.length + 1}>
        <div role="rowgroup" className={cx('z-10 border-b bg-sunken md:sticky md:top-0', isNarrow && 'sr-only')}>
          <div role="row" aria-rowindex={1} className="grid h-9 items-center px-2" style={{ gridTemplateColumns }}>
            {[t('row'), ...cells.map((cell) => t(`cell.${cell}`)), t('whatIsWrong'), t('leaveOut')].map((name, at) => (
              <div role="columnheader" key={name} className="meta truncate px-1.5 font-medium text-fg2">
                {at === cells.length + 2 ? <span className="sr-only">{name}</span> : name}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" ref={body} className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start, key }) => {
            const row = rows[index]
            if (row === undefined) return null
            return (
              <div
                key={key}
                ref={virtualizer.measureElement}
                data-index={index}
                role="row"
                aria-rowindex={index + 2}
                className="absolute inset-x-0 border-b"
                style={{ transform: `translateY(${start - virtualizer.options.scrollMargin}px)` }}
              >
                <Row row={row} cells={cells} mending={mending} tracks={isNarrow ? null : gridTemplateColumns} />
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

const Row = memo(function Row(props: {
  readonly row: ImportRow
  readonly cells: readonly Cell[]
  readonly mending: Mending
  /** Null on narrow screens, where a row is a card. */
  readonly tracks: string | null
}) {
  const { t } = useTranslation('imports')
  const { row, cells, mending, tracks } = props
  const isOut = row.state === 'dropped'
  const isCard = tracks === null
  const problemId = `row-${row.row_number}-problem`
  return (
    <div
      className={cx(
        'px-2 py-1.5',
        isCard ? 'flex flex-col gap-2 py-3' : 'grid min-h-11 items-center',
        isOut && 'text-fg3',
      )}
      style={isCard ? {} : { gridTemplateColumns: tracks }}
    >
      <div role="rowheader" className="px-1.5 text-fg3 tabular-nums">
        {isCard ? t('rowNumber', { number: row.row_number }) : row.row_number}
      </div>
      {cells.map((cell) => (
        <div role="cell" key={cell} className="min-w-0 px-1">
          <RowCell row={row} cell={cell} isLabelled={isCard} describedBy={problemId} onMend={mending.mend} />
        </div>
      ))}
      <div role="cell" id={problemId} className="min-w-0 px-1.5">
        <Verdict row={row} />
      </div>
      <div role="cell" className="flex justify-end">
        {!isOut && (
          <IconButton
            size="compact"
            label={t('leaveRowOut', { number: row.row_number })}
            onClick={() => void mending.drop(row)}
          >
            <Trash2 size={14} aria-hidden />
          </IconButton>
        )}
      </div>
    </div>
  )
})

function Verdict({ row }: { readonly row: ImportRow }) {
  const { t } = useTranslation('imports')
  if (row.state === 'dropped') return <span className="meta text-fg3">{t('leftOut')}</span>
  if (row.errors.length === 0) {
    return (
      <span className="meta flex items-center gap-1.5 text-ok">
        <CircleCheck size={14} aria-hidden className="shrink-0" />
        {t('ready')}
      </span>
    )
  }
  return (
    <ul className="meta text-bad">
      {row.errors.map(({ cell, code }) => (
        <li key={`${cell} ${code}`} className="flex gap-1.5">
          <CircleAlert size={14} aria-hidden className="mt-px shrink-0" />
          {t(`error.${code}`, { cell: t(`cell.${cell}`) })}
        </li>
      ))}
    </ul>
  )
}
