import { X } from 'lucide-react'
import { type ClipboardEvent, type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from './cx.ts'
import { Field, type FieldProps } from './field.tsx'

const ENDS_A_CHIP = ['Enter', ',', ';', ' ']

/** Several short texts. What is typed or pasted is taken apart by `parse`; what it leaves stays in the box. */
export function ChipsField(
  props: FieldProps & {
    readonly values: readonly string[]
    readonly onChange: (values: readonly string[]) => void
    readonly parse: (text: string) => readonly string[]
    readonly isWrong?: (value: string) => boolean
    readonly placeholder?: string
  },
) {
  const { t } = useTranslation('words')
  const [text, setText] = useState('')
  const add = (given: string): boolean => {
    const found = props.parse(given)
    if (found.length === 0) return false
    props.onChange([...new Set([...props.values, ...found])])
    setText('')
    return true
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (ENDS_A_CHIP.includes(event.key) && text.trim() !== '') {
      if (add(text)) event.preventDefault()
    } else if (event.key === 'Backspace' && text === '') {
      props.onChange(props.values.slice(0, -1))
    }
  }
  const onPaste = (event: ClipboardEvent) => {
    if (add(event.clipboardData.getData('text'))) event.preventDefault()
  }
  return (
    <Field {...props}>
      <div className="flex max-h-48 flex-wrap items-center gap-1.5 overflow-y-auto rounded-md border border-field bg-surface p-1.5 focus-within:outline-2 focus-within:outline-accent-text">
        {props.values.map((value) => (
          <span
            key={value}
            className={cx(
              'inline-flex max-w-full items-center gap-1 rounded bg-sunken py-0.5 ps-2 pe-0.5',
              props.isWrong?.(value) === true && 'bg-bad-soft text-bad',
            )}
          >
            <span className="truncate">{value}</span>
            <button
              type="button"
              aria-label={t('removeThis', { what: value })}
              className="grid size-6 place-items-center rounded text-fg3 hover:text-fg"
              onClick={() => props.onChange(props.values.filter((each) => each !== value))}
            >
              <X size={13} aria-hidden />
            </button>
          </span>
        ))}
        <input
          aria-label={props.label}
          aria-invalid={props.error == null ? undefined : true}
          className="h-7 min-w-40 flex-1 bg-transparent px-1.5 outline-none placeholder:text-fg3"
          placeholder={props.values.length === 0 ? props.placeholder : undefined}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onBlur={() => add(text)}
          spellCheck={false}
          autoComplete="off"
        />
      </div>
    </Field>
  )
}
