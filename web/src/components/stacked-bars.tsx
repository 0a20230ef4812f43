import { ChartColumn, Table2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../ui/button.tsx'
import { cx } from '../ui/cx.ts'

export type Series = {
  readonly id: string
  readonly label: string
  /** A colour of the theme, such as `var(--chart-1)`. */
  readonly colour: string
}

export type Bar = {
  readonly id: string
  /** What the bar covers, in full. */
  readonly label: string
  /** What stands below the axis, where there is room. */
  readonly tick: string
  readonly values: readonly number[]
}

export type StackedBarsProps = {
  readonly label: string
  readonly series: readonly Series[]
  readonly bars: readonly Bar[]
  readonly write: (value: number) => string
  /** Makes the bars choices: of an hour, a day. */
  readonly onChoose?: (bar: Bar) => void
  readonly height_px?: number
  readonly note?: ReactNode
}

const MAX_TICKS = 6
const MOST_STEPS = 4
/** A low chart has room for fewer lines. */
const FEW_STEPS = 2
const LOW_PX = 140

/** One below every so many bars; none at the end where there is too little room beside the one before. */
const hasTick = (index: number, every: number, count: number): boolean =>
  index % every === 0 && (index === 0 || every <= 2 || count - index >= every / 2)

const totalOf = (bar: Bar): number => bar.values.reduce((sum, value) => sum + value, 0)

/** What the axis counts up by: 1, 2 or 5 times a power of ten, at most so many times up to the greatest. */
function stepOf(greatest: number, most: number): number {
  if (greatest <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(greatest / most))
  const step = ([1, 2, 5, 10].find((each) => each * power * most >= greatest) ?? 10) * power
  return Math.max(1, step)
}

/** The lines of the axis, from the top to 0. */
function linesOf(greatest: number, most: number): readonly number[] {
  const step = stepOf(greatest, most)
  const count = Math.ceil(greatest / step)
  return Array.from({ length: count + 1 }, (_, index) => (count - index) * step)
}

/** Amounts over time, stacked by series; the same figures as a table on demand. */
export function StackedBars(props: StackedBarsProps) {
  const { t } = useTranslation('words')
  const [isTable, setTable] = useState(false)
  return (
    <figure aria-label={props.label} className="flex flex-col gap-3.5">
      <figcaption className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <span
          className={cx(
            'min-w-0 flex-1 text-sm font-medium',
            // Beside a legend there is too little room for it, but on a wide screen.
            props.series.length > 1 || props.note !== undefined ? 'basis-full lg:basis-0' : 'basis-0',
          )}
        >
          {props.label}
          {props.note !== undefined && <span className="meta ms-2 font-normal text-fg3">{props.note}</span>}
        </span>
        <Legend series={props.series} />
        <IconButton size="compact" label={isTable ? t('asChart') : t('asTable')} onClick={() => setTable(!isTable)}>
          {isTable ? <ChartColumn size={14} aria-hidden /> : <Table2 size={14} aria-hidden />}
        </IconButton>
      </figcaption>
      {isTable ? <FigureTable {...props} /> : <Chart {...props} />}
    </figure>
  )
}

function Legend({ series }: Pick<StackedBarsProps, 'series'>) {
  if (series.length < 2) return null
  return (
    <ul className="meta flex flex-wrap gap-x-3 text-fg2">
      {series.map(({ id, label, colour }) => (
        <li key={id} className="flex items-center gap-1.5">
          <span aria-hidden className="size-2 rounded-xs" style={{ background: colour }} />
          {label}
        </li>
      ))}
    </ul>
  )
}

function Chart({ bars, series, write, onChoose, height_px = 160, label }: StackedBarsProps) {
  const [shown, setShown] = useState<string | null>(null)
  const lines = linesOf(Math.max(...bars.map(totalOf), 0), height_px < LOW_PX ? FEW_STEPS : MOST_STEPS)
  const max = Math.max(1, lines[0] ?? 0)
  const every = Math.max(1, Math.ceil(bars.length / MAX_TICKS))
  const chosen = bars.find(({ id }) => id === shown)
  const sum = write(bars.reduce((all, bar) => all + totalOf(bar), 0))
  return (
    <div role="group" aria-label={`${label}: ${sum}`} className="relative">
      <div className="relative ms-11" style={{ height: height_px }}>
        {lines.map((line) => (
          <div
            key={line}
            aria-hidden
            className="absolute inset-x-0 border-t"
            style={{ top: `${(1 - line / max) * 100}%` }}
          >
            <span className="meta absolute end-full me-2 -translate-y-1/2 whitespace-nowrap text-fg3 tabular-nums">
              {write(line)}
            </span>
          </div>
        ))}
        <div className="absolute inset-0 flex items-end">
          {bars.map((bar) => (
            <Column
              key={bar.id}
              bar={bar}
              series={series}
              max={max}
              text={`${bar.label}: ${write(totalOf(bar))}`}
              isShown={bar.id === shown}
              onShow={setShown}
              {...(onChoose && { onChoose })}
            />
          ))}
        </div>
        {chosen && <Tip bar={chosen} series={series} write={write} place={bars.indexOf(chosen) / bars.length} />}
      </div>
      <div aria-hidden className="meta relative ms-11 flex h-5 text-fg3">
        {bars.map((bar, index) => (
          <span key={bar.id} className="relative flex-1">
            {hasTick(index, every, bars.length) && (
              <span
                className={cx(
                  'absolute top-1 whitespace-nowrap',
                  // The last one ends below its bar where it would be cut off.
                  index > 0 && bars.length - index < every ? 'end-0' : 'start-0',
                )}
              >
                {bar.tick}
              </span>
            )}
          </span>
        ))}
      </div>
    </div>
  )
}

function Column(props: {
  readonly bar: Bar
  readonly series: readonly Series[]
  readonly max: number
  readonly text: string
  readonly isShown: boolean
  readonly onShow: (id: string | null) => void
  readonly onChoose?: (bar: Bar) => void
}) {
  const { bar, series, max, onShow, onChoose } = props
  const common = {
    className: cx(
      'flex h-full min-w-0 flex-1 flex-col-reverse items-center rounded-t-xs',
      props.isShown && 'bg-hover',
      onChoose && 'cursor-pointer focus-visible:-outline-offset-1',
    ),
    onMouseEnter: () => onShow(bar.id),
    onMouseLeave: () => onShow(null),
    onFocus: () => onShow(bar.id),
    onBlur: () => onShow(null),
  }
  const parts = series.map(({ id, colour }, index) => {
    const value = bar.values[index] ?? 0
    const share = (value / max) * 100
    return value === 0 ? null : (
      <span
        key={id}
        className="block w-[72%] max-w-12 shrink-0 last:rounded-t-[3px]"
        style={{ height: `max(1px, ${share}%)`, background: colour }}
      />
    )
  })
  return onChoose ? (
    <button type="button" aria-label={props.text} {...common} onClick={() => onChoose(bar)}>
      {parts}
    </button>
  ) : (
    <div role="img" aria-label={props.text} {...common}>
      {parts}
    </div>
  )
}

function Tip({
  bar,
  series,
  write,
  place,
}: Pick<StackedBarsProps, 'series' | 'write'> & { readonly bar: Bar; readonly place: number }) {
  const { t } = useTranslation('words')
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute top-0 z-20 min-w-36 rounded-lg border bg-raised p-2.5 shadow-pop"
      style={place > 0.5 ? { insetInlineEnd: `${(1 - place) * 100}%` } : { insetInlineStart: `${place * 100 + 3}%` }}
    >
      <p className="meta mb-1 font-medium">{bar.label}</p>
      <ul className="meta flex flex-col gap-0.5">
        {series.map(({ id, label, colour }, index) => (
          <li key={id} className="flex items-center gap-2">
            <span className="size-2 rounded-xs" style={{ background: colour }} />
            <span className="flex-1 text-fg2">{label}</span>
            <span className="tabular-nums">{write(bar.values[index] ?? 0)}</span>
          </li>
        ))}
        {series.length > 1 && (
          <li className="mt-1 flex justify-between border-t pt-1 font-medium">
            <span>{t('total')}</span>
            <span className="tabular-nums">{write(totalOf(bar))}</span>
          </li>
        )}
      </ul>
    </div>
  )
}

function FigureTable({ bars, series, write, label }: StackedBarsProps) {
  const { t } = useTranslation('words')
  return (
    <div className="max-h-56 overflow-auto rounded-lg border" tabIndex={0} role="region" aria-label={label}>
      <table className="w-full text-start">
        <thead className="sticky top-0 bg-sunken">
          <tr>
            <th scope="col" className="meta px-3 py-1.5 text-start font-medium text-fg2">
              {t('when')}
            </th>
            {series.map((each) => (
              <th key={each.id} scope="col" className="meta px-3 py-1.5 text-end font-medium text-fg2">
                {each.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {bars.map((bar) => (
            <tr key={bar.id} className="border-t">
              <th scope="row" className="px-3 py-1 text-start font-normal">
                {bar.label}
              </th>
              {series.map((each, index) => (
                <td key={each.id} className="px-3 py-1 text-end tabular-nums">
                  {write(bar.values[index] ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
