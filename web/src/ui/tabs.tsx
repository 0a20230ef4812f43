import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'

export type Tab<Value extends string> = {
  readonly value: Value
  readonly label: string
  readonly count?: number | undefined
  /** What is wrong in it, in a few words; null when nothing is. */
  readonly mistakes?: { readonly count: number; readonly text: string } | null
  readonly content: ReactNode
}

/** Parts of one thing. The chosen tab belongs into the URL. */
export function Tabs<Value extends string>(props: {
  readonly label: string
  readonly value: Value
  readonly tabs: readonly Tab<Value>[]
  readonly onChange: (value: Value) => void
}) {
  return (
    <Base.Root
      value={props.value}
      onValueChange={(next) => {
        const chosen = props.tabs.find((tab) => tab.value === next)
        if (chosen !== undefined) props.onChange(chosen.value)
      }}
    >
      <Base.List aria-label={props.label} className="flex gap-5 overflow-x-auto border-b" activateOnFocus={false}>
        {props.tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="-mb-px flex h-9 items-center gap-1.5 border-b-2 border-transparent whitespace-nowrap text-fg2 hover:text-fg focus-visible:-outline-offset-2 data-[active]:border-accent data-[active]:font-medium data-[active]:text-fg"
          >
            {tab.label}
            {tab.mistakes != null && (
              <span className="rounded bg-bad-soft px-1.5 text-[11px] leading-[18px] text-bad tabular-nums">
                <span aria-hidden>{tab.mistakes.count}</span>
                <span className="sr-only">{tab.mistakes.text}</span>
              </span>
            )}
            {tab.count !== undefined && (
              <span className="rounded bg-sunken px-1.5 text-[11px] leading-[18px] text-fg2 tabular-nums">
                {tab.count}
              </span>
            )}
          </Base.Tab>
        ))}
      </Base.List>
      {props.tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} className="pt-4">
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  )
}
