import { FileUp, Trash2 } from 'lucide-react'
import { useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from './format.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { CheckboxField } from '../ui/checkbox.tsx'
import { Field, TextAreaField, TextField } from '../ui/field.tsx'
import { NumberField } from '../ui/number-field.tsx'
import { SelectField } from '../ui/select.tsx'
import { filesIn, type Typed } from './app-input.ts'
import { useFieldLimits } from './app-limits.ts'
import type { AppField } from './contract.ts'

const LONG_TEXT = 200
/** Nothing is chosen; no option can have this name, being too long for one. */
const NONE = 'none'.padEnd(201, ' ')

/** The control for one field of the form of an app, or of a task inside a run. */
export function FieldControl(props: {
  readonly field: AppField
  readonly value: Typed
  readonly error: string | null
  readonly onChange: (value: Typed) => void
}) {
  const { field, value, error, onChange } = props
  const { t } = useTranslation('apps')
  const { sayLimits } = useFieldLimits()
  const note = field.isRequired ? undefined : t('form.optional')
  const hint = [field.description, sayLimits(field, value)].filter(Boolean).join(' – ')
  const common = {
    label: field.label,
    error,
    ...(hint !== '' && { hint }),
    ...(note !== undefined && { note }),
  }
  const text = typeof value === 'string' ? value : ''
  switch (field.type) {
    case 'text':
      return (field.max_length ?? Number.POSITIVE_INFINITY) > LONG_TEXT ? (
        <TextAreaField {...common} value={text} onChange={onChange} />
      ) : (
        <TextField {...common} value={text} onChange={onChange} />
      )
    case 'number':
      return <NumberField {...common} value={typeof value === 'number' ? value : null} onChange={onChange} />
    case 'date':
      return <TextField {...common} type="date" value={text} onChange={onChange} />
    case 'boolean':
      return (
        <CheckboxField label={field.label} isChecked={value === true} onChange={onChange}>
          {field.description ?? undefined}
        </CheckboxField>
      )
    case 'select':
      return (
        <SelectField
          {...common}
          value={text === '' ? NONE : text}
          options={[
            ...(field.isRequired && text !== '' ? [] : [{ value: NONE, label: t('form.choose') }]),
            ...field.options.map((option) => ({ value: option, label: option })),
          ]}
          onChange={(next) => onChange(next === NONE ? '' : next)}
        />
      )
    case 'file':
    case 'files':
      return <FileControl {...props} hint={hint} />
  }
}

function FileControl(props: Parameters<typeof FieldControl>[0] & { readonly hint: string }) {
  const { field, value, error, onChange, hint } = props
  const { t } = useTranslation('apps')
  const format = useFormat()
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  const files = filesIn(value)
  const add = (chosen: FileList | null) => {
    const added = [...(chosen ?? [])]
    if (added.length > 0) onChange(field.type === 'file' ? added.slice(0, 1) : [...files, ...added])
  }
  return (
    <Field
      label={field.label}
      error={error}
      {...(hint !== '' && { hint })}
      {...(!field.isRequired && { note: t('form.optional') })}
    >
      <div
        className="flex flex-col gap-2 rounded-lg border border-dashed border-field p-3"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault()
          add(event.dataTransfer.files)
        }}
      >
        {files.map((file, index) => (
          <div key={`${index} ${file.name}`} className="flex items-center gap-2">
            <span className="min-w-0 flex-1 truncate">{file.name}</span>
            {file.size > 0 && <span className="meta text-fg3 tabular-nums">{format.size(file.size)}</span>}
            <IconButton
              size="compact"
              label={t('form.removeFile', { name: file.name })}
              onClick={() => onChange(files.filter((each) => each !== file))}
            >
              <Trash2 size={14} aria-hidden />
            </IconButton>
          </div>
        ))}
        {(field.type === 'files' || files.length === 0) && (
          <Button className="self-start" onClick={() => input.current?.click()}>
            <FileUp size={15} aria-hidden />
            {t('form.chooseFile')}
          </Button>
        )}
        <input
          ref={input}
          id={id}
          type="file"
          hidden
          aria-label={field.label}
          multiple={field.type === 'files'}
          accept={field.formats.map((each) => `.${each}`).join(',')}
          onChange={(event) => {
            add(event.target.files)
            event.target.value = ''
          }}
        />
      </div>
    </Field>
  )
}
