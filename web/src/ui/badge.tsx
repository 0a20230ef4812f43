import type { ReactNode } from 'react'
import { cx } from './cx.ts'

export type BadgeTone = 'ok' | 'warn' | 'bad' | 'info' | 'neutral' | 'accent'

const TONE: Readonly<Record<BadgeTone, string>> = {
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  info: 'bg-info-soft text-info',
  neutral: 'bg-sunken text-fg2 inset-ring inset-ring-line',
  accent: 'bg-accent-soft text-accent-text',
}

/** A state or kind in one or two words: the word says it, the colour only helps. */
export function Badge(props: { readonly tone?: BadgeTone; readonly isStruck?: boolean; readonly children: ReactNode }) {
  return (
    <span
      className={cx(
        'inline-flex h-5 items-center gap-1 rounded-full px-2 text-[12px] font-medium whitespace-nowrap',
        TONE[props.tone ?? 'neutral'],
        props.isStruck === true && 'line-through',
      )}
    >
      {props.children}
    </span>
  )
}
