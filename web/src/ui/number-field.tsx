import { NumberField as Base } from '@base-ui/react/number-field'
import { useTranslation } from 'react-i18next'
import { cx } from './cx.ts'
import { Field, type FieldProps } from './field.tsx'
import { INPUT } from './surface.ts'

const MICROS = 1_000_000

export type NumberFieldProps = FieldProps & {
  readonly value: number | null
  readonly onChange: (value: number | null) => void
  readonly min?: number
  readonly max?: number
  readonly step?: number
  readonly unit?: string
  readonly format?: Intl.NumberFormatOptions
}

/** A number, written and read in the reader's language. */
export function NumberField(props: NumberFieldProps) {
  const { i18n } = useTranslation()
  return (
    <Field {...props}>
      <Base.Root
        value={props.value}
        onValueChange={(value) => props.onChange(value)}
        locale={i18n.language}
        {...(props.min !== undefined && { min: props.min })}
        {...(props.max !== undefined && { max: props.max })}
        {...(props.step !== undefined && { step: props.step })}
        {...(props.format && { format: props.format })}
      >
        <div className="relative">
          <Base.Input className={cx(INPUT, 'tabular-nums', props.unit !== undefined && 'pe-16')} />
          {props.unit !== undefined && (
            <span aria-hidden className="pointer-events-none absolute inset-y-0 end-3 flex items-center text-fg3">
              {props.unit}
            </span>
          )}
        </div>
      </Base.Root>
    </Field>
  )
}

/** An amount of money: typed in units of the currency, given and taken in micro-units. */
export function MoneyField({
  value_micros,
  onChange,
  currency,
  ...field
}: FieldProps & {
  readonly value_micros: number | null
  readonly onChange: (value_micros: number | null) => void
  readonly currency: string
}) {
  return (
    <NumberField
      {...field}
      value={value_micros === null ? null : value_micros / MICROS}
      onChange={(value) => onChange(value === null ? null : Math.round(value * MICROS))}
      min={0}
      unit={currency}
      format={{ minimumFractionDigits: 2, maximumFractionDigits: 6 }}
    />
  )
}
