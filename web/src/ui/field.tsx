import { Field as Base } from '@base-ui/react/field'
import { CircleAlert } from 'lucide-react'
import type { HTMLInputTypeAttribute, ReactNode } from 'react'
import { cx } from './cx.ts'
import { ERROR, HINT, INPUT, LABEL } from './surface.ts'

export type FieldProps = {
  readonly label: string
  /** What to know before typing. */
  readonly hint?: ReactNode
  /** What is wrong and what to do; null when nothing is. */
  readonly error?: string | null | undefined
  /** Said beside the label, such as "optional". */
  readonly note?: string
  readonly className?: string
}

const Said = ({ children }: { readonly children: ReactNode }) => (
  <>
    <CircleAlert size={14} aria-hidden className="mt-px shrink-0" />
    <span>{children}</span>
  </>
)

/** What is wrong with the field that it stands in. */
export const FieldMistake = ({ children }: { readonly children: ReactNode }) => (
  <Base.Error match className={ERROR}>
    <Said>{children}</Said>
  </Base.Error>
)

/** What is wrong with a group of controls, which refers to it by `id`. */
export const GroupMistake = ({ id, children }: { readonly id: string; readonly children: ReactNode }) => (
  <p id={id} className={ERROR}>
    <Said>{children}</Said>
  </p>
)

/** A labelled control with its hint and its error. */
export function Field({
  label,
  hint,
  error,
  note,
  className,
  children,
}: FieldProps & { readonly children: ReactNode }) {
  return (
    <Base.Root invalid={error != null} className={cx('flex flex-col gap-1.5', className)}>
      <Base.Label className={LABEL}>
        {label}
        {note !== undefined && <span className="ms-1.5 font-normal text-fg3">{note}</span>}
      </Base.Label>
      {children}
      {error != null && <FieldMistake>{error}</FieldMistake>}
      {hint !== undefined && <Base.Description className={HINT}>{hint}</Base.Description>}
    </Base.Root>
  )
}

export type TextFieldProps = FieldProps & {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly name?: string
  readonly type?: HTMLInputTypeAttribute
  readonly placeholder?: string
  readonly autoComplete?: string
  readonly autoFocus?: boolean
  readonly isReadOnly?: boolean
  readonly isMono?: boolean
  readonly maxLength?: number
  readonly inputMode?: 'text' | 'decimal' | 'numeric' | 'email' | 'url'
}

/** One line of text. */
export function TextField(props: TextFieldProps) {
  const { value, onChange, name, type, placeholder, autoComplete, autoFocus, isReadOnly, isMono, maxLength } = props
  return (
    <Field {...props}>
      <Base.Control
        className={cx(INPUT, isMono === true && 'font-mono')}
        value={value}
        onValueChange={(next) => onChange(next)}
        name={name}
        type={type ?? 'text'}
        placeholder={placeholder}
        autoComplete={autoComplete ?? 'off'}
        autoFocus={autoFocus}
        readOnly={isReadOnly}
        maxLength={maxLength}
        inputMode={props.inputMode}
        spellCheck={false}
      />
    </Field>
  )
}

export type TextAreaFieldProps = FieldProps & {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly rows?: number
  readonly placeholder?: string
  readonly isMono?: boolean
  readonly isReadOnly?: boolean
}

/** Several lines of text. */
export function TextAreaField({
  value,
  onChange,
  rows = 4,
  placeholder,
  isMono,
  isReadOnly,
  ...field
}: TextAreaFieldProps) {
  return (
    <Field {...field}>
      <Base.Control
        value={value}
        onValueChange={(next) => onChange(next)}
        readOnly={isReadOnly}
        placeholder={placeholder}
        render={<textarea rows={rows} />}
        className={cx(INPUT, 'h-auto py-2', isMono === true && 'font-mono')}
      />
    </Field>
  )
}
