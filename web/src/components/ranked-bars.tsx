import type { ReactNode } from 'react'

export type Ranked = {
  readonly id: string
  readonly name: ReactNode
  readonly value: number
  readonly text: ReactNode
  readonly note?: ReactNode
}

/** A ranking: who or what most, with how much each is of the first. */
export function RankedBars({ label, rows }: { readonly label: string; readonly rows: readonly Ranked[] }) {
  const most = Math.max(...rows.map(({ value }) => value), 1)
  return (
    <ol aria-label={label} className="flex flex-col gap-2.5">
      {rows.map(({ id, name, value, text, note }) => (
        <li key={id} className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 gap-y-1">
          <span className="truncate font-medium">{name}</span>
          <span className="tabular-nums">
            {text}
            {note !== undefined && <span className="meta ms-2 text-fg3">{note}</span>}
          </span>
          <span aria-hidden className="col-span-2 h-1.5 overflow-hidden rounded-full bg-hover2">
            <span className="block h-full rounded-full bg-accent" style={{ width: `${(value / most) * 100}%` }} />
          </span>
        </li>
      ))}
    </ol>
  )
}
