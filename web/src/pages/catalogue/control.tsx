import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CheckboxField } from '../../ui/checkbox.tsx'
import { TextAreaField, TextField } from '../../ui/field.tsx'
import { MoneyField, NumberField } from '../../ui/number-field.tsx'
import { SelectField } from '../../ui/select.tsx'
import { SwitchField } from '../../ui/switch.tsx'
import { type Json, listOf, memberAt, textOf, withMember } from './json-edit.ts'
import { parseJson } from './json-text.ts'

export type ControlKind =
  | 'text'
  | 'area'
  | 'code'
  | 'number'
  | 'micros'
  | 'select'
  | 'switch'
  | 'lines'
  | 'choices'
  | 'all_or_lines'
  | 'all_or_choices'
  | 'object'
  | 'json'

/** One control of a part: which member it changes, and how. Its label is the text `f.<last word of the path>`. */
export type ControlSpec = {
  readonly path: string
  readonly kind: ControlKind
  readonly options?: readonly string[]
  readonly isOptional?: boolean
  readonly isShown?: (value: Json) => boolean
}

type ControlProps = {
  readonly spec: ControlSpec
  readonly value: Json
  readonly onChange: (value: Json) => void
  readonly currency: string
}

const NOTHING = ''
const ALL = 'all'

/** The controls of a part, in their order; those that do not apply are left out. */
export function Controls(props: Omit<ControlProps, 'spec'> & { readonly specs: readonly ControlSpec[] }) {
  return (
    <div className="flex flex-col gap-4">
      {props.specs
        .filter((spec) => spec.isShown?.(props.value) !== false)
        .map((spec) => (
          <Control key={spec.path} {...props} spec={spec} />
        ))}
    </div>
  )
}

function Control({ spec, value, onChange, currency }: ControlProps) {
  const { t } = useTranslation('builder')
  const member = memberAt(value, spec.path)
  const set = (next: unknown) => onChange(withMember(value, spec.path, next))
  const word = spec.path.replaceAll('/', '_')
  const label = t(`f.${word}`, { defaultValue: spec.path })
  const hint = t(`h.${word}`, { defaultValue: '' })
  const common = {
    label,
    ...(hint !== '' && { hint }),
    ...(spec.isOptional === true && { note: t('optional') }),
  }
  const setText = (text: string) => set(text === '' && spec.isOptional === true ? undefined : text)
  const number = typeof member === 'number' ? member : null
  switch (spec.kind) {
    case 'text':
      return <TextField {...common} value={textOf(member)} onChange={setText} />
    case 'area':
      return <TextAreaField {...common} rows={5} value={textOf(member)} onChange={setText} />
    case 'code':
      return <TextAreaField {...common} isMono rows={4} value={textOf(member)} onChange={setText} />
    case 'number':
      return <NumberField {...common} value={number} onChange={(next) => set(next ?? undefined)} />
    case 'micros':
      return (
        <MoneyField {...common} currency={currency} value_micros={number} onChange={(next) => set(next ?? undefined)} />
      )
    case 'switch':
      return <SwitchField label={label} hint={hint} isOn={member === true} onChange={set} />
    case 'object':
      return (
        <SwitchField
          label={label}
          hint={hint}
          isOn={member !== undefined}
          onChange={(isOn) => set(isOn ? {} : undefined)}
        />
      )
    case 'select':
      return <Chosen {...common} spec={spec} value={textOf(member)} onChange={setText} />
    case 'lines':
      return (
        <Lines
          {...common}
          value={member}
          onChange={(lines) => set(lines.length === 0 && spec.isOptional === true ? undefined : lines)}
        />
      )
    case 'all_or_lines':
      return (
        <Lines
          {...common}
          value={member === ALL ? [] : member}
          onChange={(lines) => set(lines.length === 0 ? ALL : lines)}
        />
      )
    case 'choices':
      return (
        <Choices
          label={label}
          options={spec.options ?? []}
          value={member}
          onChange={(next) => set(next.length === 0 && spec.isOptional === true ? undefined : next)}
        />
      )
    case 'all_or_choices':
      return (
        <Choices
          label={label}
          options={spec.options ?? []}
          value={member === ALL ? spec.options : member}
          onChange={(next) => set(next.length === (spec.options ?? []).length ? ALL : next)}
        />
      )
    case 'json':
      return <JsonControl {...common} value={member} onChange={set} />
  }
}

type Common = { readonly label: string; readonly hint?: string; readonly note?: string }

function Chosen(
  props: Common & { readonly spec: ControlSpec; readonly value: string; readonly onChange: (value: string) => void },
) {
  const { t } = useTranslation('builder')
  const options = (props.spec.options ?? []).map((value) => ({
    value,
    label: t(`words.${value}`, { defaultValue: value.replaceAll('_', ' ') }),
  }))
  const none = { value: NOTHING, label: t('choose') }
  return (
    <SelectField
      {...props}
      options={props.spec.isOptional === true || props.value === NOTHING ? [none, ...options] : options}
    />
  )
}

/** A list of words, one per line. */
function Lines(props: Common & { readonly value: unknown; readonly onChange: (lines: readonly string[]) => void }) {
  const given = listOf(props.value).map(textOf).join('\n')
  const [text, setText] = useState(given)
  const linesOf = (next: string) => next.split('\n').filter((line) => line.trim() !== '')
  return (
    <TextAreaField
      {...props}
      rows={3}
      // An empty last line is still being typed.
      value={linesOf(text).join('\n') === given ? text : given}
      onChange={(next) => {
        setText(next)
        props.onChange(linesOf(next))
      }}
    />
  )
}

function Choices(props: {
  readonly label: string
  readonly options: readonly string[]
  readonly value: unknown
  readonly onChange: (words: readonly string[]) => void
}) {
  const { t } = useTranslation('builder')
  const chosen = listOf(props.value)
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="pb-1.5 font-medium">{props.label}</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {props.options.map((option) => (
          <CheckboxField
            key={option}
            label={t(`words.${option}`, { defaultValue: option.replaceAll('_', ' ') })}
            isChecked={chosen.includes(option)}
            onChange={(isOn) =>
              props.onChange(props.options.filter((each) => (each === option ? isOn : chosen.includes(each))))
            }
          />
        ))}
      </div>
    </fieldset>
  )
}

/** JSON as text; what is no JSON yet stays as it is typed and is not taken over. */
export function JsonControl(
  props: Common & { readonly value: unknown; readonly onChange: (value: unknown) => void; readonly rows?: number },
) {
  const { t } = useTranslation('builder')
  const given = props.value === undefined ? '' : JSON.stringify(props.value, null, 2)
  const [text, setText] = useState<string | null>(null)
  const parsed = text === null || text.trim() === '' ? null : parseJson(text)
  return (
    <TextAreaField
      {...props}
      isMono
      rows={props.rows ?? 6}
      value={text ?? given}
      error={parsed?.mistake == null ? null : t('notJson', { mistake: parsed.mistake })}
      onChange={(next) => {
        setText(next)
        if (next.trim() === '') props.onChange(undefined)
        else {
          const { value, mistake } = parseJson(next)
          if (mistake === null) props.onChange(value)
        }
      }}
    />
  )
}
