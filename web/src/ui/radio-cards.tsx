import { Radio } from '@base-ui/react/radio'
import { RadioGroup } from '@base-ui/react/radio-group'
import { useId } from 'react'
import type { Option } from './select.tsx'
import { cx } from './cx.ts'

/** A choice whose options need a sentence each. */
export function RadioCards<Value extends string>(props: {
  readonly label: string
  readonly value: Value
  readonly options: readonly Option<Value>[]
  readonly onChange: (value: Value) => void
  readonly columns?: 1 | 2 | 3
}) {
  const id = useId()
  const columns = { 1: '', 2: 'sm:grid-cols-2', 3: 'sm:grid-cols-3' }[props.columns ?? 1]
  return (
    <div className="flex flex-col gap-1.5">
      <span id={id} className="font-medium">
        {props.label}
      </span>
      <RadioGroup
        aria-labelledby={id}
        value={props.value}
        onValueChange={(value) => {
          const chosen = props.options.find((option) => option.value === value)
          if (chosen !== undefined) props.onChange(chosen.value)
        }}
        className={cx('grid gap-2', columns)}
      >
        {props.options.map((option) => (
          <Radio.Root
            key={option.value}
            value={option.value}
            disabled={option.isDisabled}
            aria-label={option.label}
            className="flex items-start gap-2.5 rounded-lg border bg-surface p-3 text-start hover:border-line2 data-[checked]:border-accent data-[checked]:bg-accent-soft data-[disabled]:opacity-60"
          >
            <span className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-field bg-surface">
              <Radio.Indicator className="size-2 rounded-full bg-accent" />
            </span>
            <span className="min-w-0">
              <span className="block font-medium">{option.label}</span>
              {option.hint !== undefined && <span className="meta block text-fg2">{option.hint}</span>}
            </span>
          </Radio.Root>
        ))}
      </RadioGroup>
    </div>
  )
}
