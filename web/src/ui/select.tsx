import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronDown } from 'lucide-react'
import { cx } from './cx.ts'
import { Field, type FieldProps } from './field.tsx'
import { COMPACT_INPUT, INPUT, ITEM, POPUP } from './surface.ts'

export type Option<Value extends string> = {
  readonly value: Value
  readonly label: string
  /** A second line in the list. */
  readonly hint?: string
  readonly isDisabled?: boolean
}

export type SelectProps<Value extends string> = {
  readonly value: Value
  readonly onChange: (value: Value) => void
  readonly options: readonly Option<Value>[]
  /** Read out; shown only by `SelectField`. */
  readonly label: string
  readonly isCompact?: boolean
  readonly isDisabled?: boolean
}

/** One of a few known values. More than about ten belong into a `Combobox`. */
export function Select<Value extends string>({
  value,
  onChange,
  options,
  label,
  isCompact,
  isDisabled,
}: SelectProps<Value>) {
  return (
    <Base.Root
      value={value}
      onValueChange={(next) => {
        if (next !== null) onChange(next)
      }}
      items={options.map((option) => ({ value: option.value, label: option.label }))}
      disabled={isDisabled}
    >
      <Base.Trigger
        aria-label={label}
        className={cx(
          isCompact === true ? COMPACT_INPUT : INPUT,
          'flex items-center justify-between gap-2 text-start data-[disabled]:bg-sunken data-[disabled]:text-fg3',
        )}
      >
        <Base.Value className="truncate" />
        <Base.Icon className="text-fg3">
          <ChevronDown size={15} aria-hidden />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className="z-60" sideOffset={4} alignItemWithTrigger={false}>
          <Base.Popup className={cx(POPUP, 'min-w-[var(--anchor-width)]')}>
            {options.map((option) => (
              <Base.Item key={option.value} value={option.value} disabled={option.isDisabled} className={ITEM}>
                <span className="flex-1">
                  <Base.ItemText>{option.label}</Base.ItemText>
                  {option.hint !== undefined && <span className="meta block max-w-80 text-fg3">{option.hint}</span>}
                </span>
                <span className="grid w-4 place-items-center text-accent-text">
                  <Base.ItemIndicator>
                    <Check size={14} aria-hidden />
                  </Base.ItemIndicator>
                </span>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

/** A `Select` with its label, hint and error. */
export function SelectField<Value extends string>(props: SelectProps<Value> & FieldProps) {
  return (
    <Field label={props.label} hint={props.hint} error={props.error} {...(props.note && { note: props.note })}>
      <Select {...props} />
    </Field>
  )
}
