import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

/** One factor, or one kind of them, and what can be done with it. */
export function FactorRow(props: {
  readonly icon: LucideIcon
  readonly title: ReactNode
  readonly text?: ReactNode
  readonly badge?: ReactNode
  readonly note?: ReactNode
  readonly isInner?: boolean
  readonly children: ReactNode
}) {
  const Icon = props.icon
  return (
    <li className="flex items-center gap-3 py-2.5 first:pt-0 last:pb-0">
      <Icon size={16} className={props.isInner === true ? 'ms-7 shrink-0 text-fg3' : 'shrink-0 text-fg3'} aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2">
          <span className="min-w-0 truncate">{props.title}</span>
          {props.badge}
        </p>
        {props.text !== undefined && <p className="meta text-fg3">{props.text}</p>}
        {props.note !== undefined && props.note !== false && <p className="meta text-fg3">{props.note}</p>}
      </div>
      {props.children}
    </li>
  )
}
