import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup as Base } from '@base-ui/react/toggle-group'
import type { Option } from './select.tsx'

/** A few views of the same thing; one is always on. */
export function ToggleGroup<Value extends string>(props: {
  readonly label: string
  readonly value: Value
  readonly options: readonly Option<Value>[]
  readonly onChange: (value: Value) => void
}) {
  return (
    <Base
      aria-label={props.label}
      value={[props.value]}
      onValueChange={([next]) => {
        const chosen = props.options.find((option) => option.value === next)
        if (chosen !== undefined) props.onChange(chosen.value)
      }}
      className="flex h-8 w-fit max-w-full items-center gap-0.5 overflow-x-auto rounded-md bg-sunken p-0.5 inset-ring inset-ring-line"
    >
      {props.options.map((option) => (
        <Toggle
          key={option.value}
          value={option.value}
          className="h-7 rounded px-2.5 whitespace-nowrap text-fg2 hover:text-fg data-[pressed]:bg-surface data-[pressed]:font-medium data-[pressed]:text-fg data-[pressed]:shadow-xs dark:data-[pressed]:bg-hover2"
        >
          {option.label}
        </Toggle>
      ))}
    </Base>
  )
}
