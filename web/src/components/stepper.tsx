import { Check, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from '../ui/cx.ts'

export type StepState = 'done' | 'now' | 'next' | 'failed'

export type StepItem = {
  readonly id: string
  readonly label: string
  readonly state: StepState
  readonly note?: ReactNode
}

const DOT: Readonly<Record<StepState, string>> = {
  done: 'bg-ok text-surface',
  now: 'bg-accent text-accent-fg',
  next: 'border border-field text-fg3',
  failed: 'bg-bad-fill text-white',
}

/** Where something is on its way: what was done, what is next. */
export function Stepper({ label, steps }: { readonly label: string; readonly steps: readonly StepItem[] }) {
  return (
    <ol aria-label={label} className="flex flex-wrap gap-x-2 gap-y-3">
      {steps.map(({ id, label: text, state, note }, index) => (
        <li
          key={id}
          aria-current={state === 'now' ? 'step' : undefined}
          className="flex min-w-28 flex-1 items-start gap-2"
        >
          <span
            aria-hidden
            className={cx('grid size-5 shrink-0 place-items-center rounded-full text-[11px] tabular-nums', DOT[state])}
          >
            {state === 'done' ? (
              <Check size={12} strokeWidth={3} />
            ) : state === 'failed' ? (
              <X size={12} strokeWidth={3} />
            ) : (
              index + 1
            )}
          </span>
          <span className="min-w-0">
            <span className={cx('block', state === 'next' ? 'text-fg3' : 'font-medium')}>{text}</span>
            {note !== undefined && <span className="meta block text-fg3">{note}</span>}
          </span>
        </li>
      ))}
    </ol>
  )
}
