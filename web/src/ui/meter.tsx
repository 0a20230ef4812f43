import { Meter as Base } from '@base-ui/react/meter'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'

const NEARLY_FULL = 0.8

/** How much of a limit is used. `text` says it in words; a limit of 0 is full. */
export function Meter(props: {
  readonly label: ReactNode
  readonly value: number
  readonly max: number
  readonly text: string
  readonly isMarked?: boolean
}) {
  const share = props.max <= 0 ? 1 : Math.min(1, props.value / props.max)
  const colour = share >= 1 ? 'bg-bad' : share >= NEARLY_FULL ? 'bg-warn' : 'bg-accent'
  return (
    <Base.Root
      value={Math.min(props.value, props.max)}
      max={Math.max(props.max, 1)}
      getAriaValueText={() => props.text}
      className="grid grid-cols-[1fr_auto] items-baseline gap-x-3 gap-y-1.5"
    >
      <Base.Label className={cx('truncate', props.isMarked === true ? 'font-medium' : 'text-fg2')}>
        {props.label}
      </Base.Label>
      <span className="text-fg2 tabular-nums">{props.text}</span>
      <Base.Track className="col-span-2 h-1.5 overflow-hidden rounded-full bg-hover2">
        <Base.Indicator className={cx('h-full rounded-full', colour)} />
      </Base.Track>
    </Base.Root>
  )
}
