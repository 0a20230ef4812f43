import type { ReactNode } from 'react'
import { cx } from '../ui/cx.ts'

const WIDTH = { list: 'max-w-[1400px]', detail: 'max-w-[1080px]', form: 'max-w-[720px]' } as const

/** The frame of a screen: its width by kind, and the gaps between its parts. */
export function Page({ kind, children }: { readonly kind: keyof typeof WIDTH; readonly children: ReactNode }) {
  return <div className={cx('mx-auto flex w-full flex-col gap-5 px-4 py-5 md:px-6', WIDTH[kind])}>{children}</div>
}

/** Title, one line of purpose, and what can be done here: secondary acts first, the primary one last. */
export function PageHeader(props: {
  readonly title: ReactNode
  readonly purpose?: ReactNode
  readonly badge?: ReactNode
  readonly actions?: ReactNode
}) {
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
      <div className="min-w-0 flex-1 basis-80">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 tabIndex={-1} className="line-clamp-2 text-title font-semibold tracking-[-0.01em] outline-none">
            {props.title}
          </h1>
          {props.badge}
        </div>
        {props.purpose !== undefined && <p className="text-fg2">{props.purpose}</p>}
      </div>
      {props.actions !== undefined && <div className="flex flex-wrap gap-2">{props.actions}</div>}
    </div>
  )
}

/** A group of things that belong together, under a title of its own. */
export function Card(props: {
  readonly title?: string
  readonly purpose?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
  readonly isFlush?: boolean
}) {
  return (
    <section aria-label={props.title} className="overflow-hidden rounded-xl border bg-surface">
      {props.title !== undefined && (
        <div className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 pt-3 pb-1">
          <div className="min-w-0 flex-1 basis-44">
            <h2 className="text-sm font-medium">{props.title}</h2>
            {props.purpose !== undefined && <p className="meta text-fg3">{props.purpose}</p>}
          </div>
          {props.actions}
        </div>
      )}
      <div
        className={cx(
          props.isFlush !== true && 'px-4 pb-4',
          props.isFlush !== true && (props.title === undefined ? 'pt-4' : 'pt-2'),
        )}
      >
        {props.children}
      </div>
    </section>
  )
}

export type Fact = { readonly label: string; readonly value: ReactNode }

/** Properties of one thing, for the side of a detail screen. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className="flex flex-col divide-y">
      {facts.map(({ label, value }) => (
        <div key={label} className="grid grid-cols-[minmax(96px,2fr)_3fr] gap-3 py-2 first:pt-0 last:pb-0">
          <dt className="text-fg3">{label}</dt>
          <dd className="min-w-0">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Main part and, beside it from 1024 px, what stays in sight. */
export function Columns({ children, side }: { readonly children: ReactNode; readonly side: ReactNode }) {
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(280px,1fr)]">
      <div className="flex min-w-0 flex-col gap-5">{children}</div>
      <div className="flex flex-col gap-5 lg:sticky lg:top-5">{side}</div>
    </div>
  )
}
