import { Checkbox as Base } from '@base-ui/react/checkbox'
import { Check, Minus } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'

export type CheckboxProps = {
  readonly label: string
  readonly isChecked: boolean
  readonly isMixed?: boolean
  readonly isDisabled?: boolean
  readonly onChange: (isChecked: boolean) => void
}

/** A box whose label is only read out, for table rows. */
export function Checkbox({ label, isChecked, isMixed = false, isDisabled, onChange }: CheckboxProps) {
  return (
    <Base.Root
      aria-label={label}
      checked={isChecked}
      indeterminate={isMixed}
      disabled={isDisabled}
      onCheckedChange={(checked) => onChange(checked)}
      className={cx(
        'relative grid size-4 shrink-0 place-items-center rounded border border-field bg-surface text-accent-fg data-[disabled]:opacity-50',
        'data-[checked]:border-accent data-[checked]:bg-accent data-[indeterminate]:border-accent data-[indeterminate]:bg-accent',
        // The target is 24 px although the box is 16.
        'after:absolute after:-inset-1',
      )}
    >
      <Base.Indicator>
        {isMixed ? <Minus size={12} strokeWidth={3} /> : <Check size={12} strokeWidth={3} />}
      </Base.Indicator>
    </Base.Root>
  )
}

/** A box with its label beside it. */
export function CheckboxField({ children, ...box }: CheckboxProps & { readonly children?: ReactNode }) {
  return (
    <label className="flex items-start gap-2.5">
      <span className="flex h-5 items-center">
        <Checkbox {...box} />
      </span>
      <span>
        <span className="block" aria-hidden>
          {box.label}
        </span>
        {children !== undefined && <span className="meta block text-fg3">{children}</span>}
      </span>
    </label>
  )
}
