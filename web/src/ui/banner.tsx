import { CircleAlert, Info, type LucideIcon, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'

export type Tone = 'info' | 'warn' | 'bad'

const TONE: Readonly<Record<Tone, readonly [string, LucideIcon]>> = {
  info: ['bg-info-soft text-info', Info],
  warn: ['bg-warn-soft text-warn', TriangleAlert],
  bad: ['bg-bad-soft text-bad', CircleAlert],
}

/** A message that stays where it belongs. `role` is `alert` for what has just gone wrong. */
export function Banner(props: {
  readonly tone: Tone
  readonly title: string
  readonly children?: ReactNode
  readonly action?: ReactNode
  readonly isAlert?: boolean
  readonly isFlush?: boolean
}) {
  const [colours, Icon] = TONE[props.tone]
  return (
    <div
      role={props.isAlert === true ? 'alert' : 'status'}
      className={cx('flex items-start gap-2.5 px-3 py-2.5', colours, props.isFlush !== true && 'rounded-lg')}
    >
      <Icon size={16} className="mt-0.5 shrink-0" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{props.title}</p>
        {props.children !== undefined && <div className="text-fg">{props.children}</div>}
      </div>
      {props.action}
    </div>
  )
}
