import type { ReactNode } from 'react'
import { cx } from '../ui/cx.ts'
import { Tooltip } from '../ui/tooltip.tsx'
import { useFormat } from './format.ts'

/** An amount of money in micro-units. */
export function Money({ micros, currency }: { readonly micros: number; readonly currency: string }) {
  const format = useFormat()
  return <span className="whitespace-nowrap tabular-nums">{format.money(micros, currency)}</span>
}

/** A number of tokens: short, and exact on demand. */
export function Tokens({ count }: { readonly count: number }) {
  const format = useFormat()
  const short = format.compact(count)
  const exact = format.number(count)
  const text = <span className="whitespace-nowrap tabular-nums">{short}</span>
  return short === exact ? text : <Tooltip text={exact}>{text}</Tooltip>
}

export type KpiTone = 'ok' | 'warn' | 'bad' | 'plain'

const TONE: Readonly<Record<KpiTone, string>> = { ok: 'text-ok', warn: 'text-warn', bad: 'text-bad', plain: 'text-fg3' }

/** One figure that matters, in a row of at most four (`KpiRow`). */
export function Kpi(props: {
  readonly label: string
  readonly value: ReactNode
  readonly note?: ReactNode
  readonly tone?: KpiTone
  readonly chart?: ReactNode
}) {
  return (
    <div className="min-w-0 rounded-xl border bg-surface px-4 py-3">
      <dt className="truncate text-fg3">{props.label}</dt>
      <dd className="mt-0.5 flex flex-wrap items-baseline gap-x-2">
        <span className="text-kpi font-semibold tracking-[-0.02em] tabular-nums">{props.value}</span>
        {props.note !== undefined && (
          <span className={cx('meta tabular-nums', TONE[props.tone ?? 'plain'])}>{props.note}</span>
        )}
        {props.chart !== undefined && <span className="ms-auto self-center">{props.chart}</span>}
      </dd>
    </div>
  )
}

export function KpiRow({ children }: { readonly children: ReactNode }) {
  return <dl className="grid grid-cols-[repeat(auto-fit,minmax(170px,1fr))] gap-3">{children}</dl>
}
