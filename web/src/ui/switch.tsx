import { Field } from '@base-ui/react/field'
import { Switch as Base } from '@base-ui/react/switch'
import type { ReactNode } from 'react'
import { FieldMistake } from './field.tsx'
import { HINT } from './surface.ts'

/** On or off, at once. */
export function SwitchField(props: {
  readonly label: string
  readonly hint?: ReactNode
  /** What is wrong with it as it is; null when nothing is. */
  readonly error?: string | null | undefined
  readonly isOn: boolean
  readonly isDisabled?: boolean
  readonly onChange: (isOn: boolean) => void
}) {
  return (
    <Field.Root invalid={props.error != null} className="flex items-start justify-between gap-4">
      <div>
        <Field.Label className="block font-medium">{props.label}</Field.Label>
        {props.error != null && <FieldMistake>{props.error}</FieldMistake>}
        {props.hint !== undefined && <Field.Description className={HINT}>{props.hint}</Field.Description>}
      </div>
      <Base.Root
        checked={props.isOn}
        disabled={props.isDisabled}
        onCheckedChange={(isOn) => props.onChange(isOn)}
        className="h-5 w-9 shrink-0 rounded-full bg-field p-0.5 transition-colors duration-120 data-[checked]:bg-accent data-[disabled]:opacity-50"
      >
        <Base.Thumb className="block size-4 rounded-full bg-white shadow-sm transition-transform duration-120 data-[checked]:translate-x-4 rtl:data-[checked]:-translate-x-4" />
      </Base.Root>
    </Field.Root>
  )
}
