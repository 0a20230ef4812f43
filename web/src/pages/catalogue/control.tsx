import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CheckboxField } from '../../ui/checkbox.tsx'
import { GroupMistake, TextAreaField, TextField } from '../../ui/field.tsx'
import { MoneyField, NumberField } from '../../ui/number-field.tsx'
import { SelectField } from '../../ui/select.tsx'
import { SwitchField } from '../../ui/switch.tsx'
import { type ControlSpec, isRemovable, isWhole, type PlainSpec } from './control-spec.ts'
import { useFindings } from './findings.tsx'
import { type Json, listOf, memberAt, textOf, withMember } from './json-edit.ts'
import { parseJson } from './json-text.ts'

type ControlProps = {
  readonly spec: PlainSpec
  readonly value: Json
  readonly onChange: (value: Json) => void
  readonly currency: string
}

const NOTHING = ''
const ALL = 'all'

/** Label, hint, note and mistake of a control. */
export function useControlTexts(spec: ControlSpec): Common {
  const { t } = useTranslation('builder')
  const { mistakeAt, mistakeIn } = useFindings()
  const word = spec.word ?? spec.path.replaceAll('/', '_')
  const hint = t(`h.${word}`, { defaultValue: '', open: '{{', close: '}}' })
  return {
    label: t(`f.${word}`, { defaultValue: spec.path }),
    error: isWhole(spec) || spec.kind === 'object' ? mistakeAt(spec.path) : mistakeIn(spec.path),
    ...(hint !== '' && { hint }),
    ...(spec.isOptional === true && { note: t('optional') }),
  }
}

/** The control of one plain member. */
export function Control({ spec, value, onChange, currency }: ControlProps) {
  const member = memberAt(value, spec.path)
  const set = (next: unknown) => onChange(withMember(value, spec.path, next))
  const common = useControlTexts(spec)
  const canGo = isRemovable(spec, value)
  const setText = (text: string) => set(text === '' && canGo ? undefined : text)
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
      return <SwitchField {...common} isOn={member === true} onChange={set} />
    case 'object':
      return <SwitchField {...common} isOn={member !== undefined} onChange={(isOn) => set(isOn ? {} : undefined)} />
    case 'select':
      return <Chosen {...common} spec={spec} value={textOf(member)} onChange={setText} />
    case 'lines':
      return (
        <Lines {...common} value={member} onChange={(lines) => set(lines.length === 0 && canGo ? undefined : lines)} />
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
          {...common}
          options={spec.options ?? []}
          isVerbatim={spec.isVerbatim === true}
          value={member}
          onChange={(next) => set(next.length === 0 && canGo ? undefined : next)}
        />
      )
    case 'all_or_choices':
      return (
        <Choices
          {...common}
          options={spec.options ?? []}
          value={member === ALL ? spec.options : member}
          onChange={(next) => set(next.length === (spec.options ?? []).length ? ALL : next)}
        />
      )
    case 'json':
      return <JsonControl {...common} value={member} onChange={set} />
  }
}

export type Common = {
  readonly label: string
  readonly hint?: string
  readonly note?: string
  readonly error?: string | null
}

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

/** Several of a few words. What is chosen without being offered is shown, so that it can be taken out. */
function Choices(
  props: Common & {
    readonly options: readonly string[]
    readonly isVerbatim?: boolean
    readonly value: unknown
    readonly onChange: (words: readonly string[]) => void
  },
) {
  const { t } = useTranslation('builder')
  const id = useId()
  const chosen = listOf(props.value).map(textOf)
  const options = [...new Set([...props.options, ...chosen])]
  const isWrong = props.error != null
  return (
    <fieldset className="flex flex-col gap-2" {...(isWrong && { 'aria-describedby': id })}>
      <legend className="pb-1.5 font-medium">
        {props.label}
        {props.note !== undefined && <span className="ms-1.5 font-normal text-fg3">{props.note}</span>}
      </legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {options.map((option) => (
          <CheckboxField
            key={option}
            label={
              props.isVerbatim === true ? option : t(`words.${option}`, { defaultValue: option.replaceAll('_', ' ') })
            }
            isChecked={chosen.includes(option)}
            onChange={(isOn) =>
              props.onChange(options.filter((each) => (each === option ? isOn : chosen.includes(each))))
            }
          />
        ))}
      </div>
      {isWrong && <GroupMistake id={id}>{props.error}</GroupMistake>}
      {props.hint !== undefined && <p className="meta text-fg3">{props.hint}</p>}
    </fieldset>
  )
}

/** JSON as text; what is no JSON yet stays as it is typed and is not taken over. */
export function JsonControl(
  props: Common & { readonly value: unknown; readonly onChange: (value: unknown) => void; readonly rows?: number },
) {
  const { t } = useTranslation('builder')
  const given = props.value === undefined ? '' : JSON.stringify(props.value, null, 2)
  // What was typed counts as long as it led to the value that stands here; with another value it is forgotten.
  const [typed, setTyped] = useState({ text: given, value: props.value })
  const text = typed.value === props.value ? typed.text : given
  const mistake = text.trim() === '' ? null : parseJson(text).mistake
  return (
    <TextAreaField
      {...props}
      isMono
      rows={props.rows ?? 6}
      value={text}
      error={mistake === null ? (props.error ?? null) : t('notJson', { mistake })}
      onChange={(next) => {
        const parsed = next.trim() === '' ? { value: undefined, mistake: null } : parseJson(next)
        const isTaken = parsed.mistake === null
        setTyped({ text: next, value: isTaken ? parsed.value : props.value })
        if (isTaken) props.onChange(parsed.value)
      }}
    />
  )
}
