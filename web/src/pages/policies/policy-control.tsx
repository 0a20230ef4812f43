import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { CheckboxField } from '../../ui/checkbox.tsx'
import { TextField } from '../../ui/field.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { SelectField } from '../../ui/select.tsx'
import { isLooser, KINDS, type PolicyField } from '../../components/policy-fields.ts'

const INHERIT = 'inherit'
const ALL = 'all'
const SOME = 'some'

export type ControlProps = {
  readonly field: PolicyField
  readonly label: string
  readonly value: unknown
  /** What the level above demands. */
  readonly above: unknown
  /** The platform's own document: nothing stands above it but what is built in. */
  readonly isBaseline: boolean
  readonly error: string | null
  /** Undefined takes over what stands above. */
  readonly onChange: (value: unknown) => void
}

/** Chooses a value that is at least as strict as the one above it. */
export function PolicyControl(props: ControlProps) {
  const kind = KINDS[props.field]
  switch (kind.kind) {
    case 'choice':
      return <Choice {...props} values={kind.values} />
    case 'most':
    case 'least':
      return <Amount {...props} unit={kind.unit} />
    case 'only':
      return <Only {...props} words={kind.words} />
    case 'including':
      return <Words {...props} />
  }
}

function Choice({
  field,
  label,
  value,
  above,
  isBaseline,
  error,
  onChange,
  values,
}: ControlProps & { readonly values: readonly (string | boolean)[] }) {
  const { t } = useTranslation('policies')
  return (
    <SelectField
      label={label}
      error={error}
      value={typeof value === 'string' || typeof value === 'boolean' ? String(value) : INHERIT}
      options={[
        { value: INHERIT, label: t(isBaseline ? 'asDefault' : 'inherit') },
        ...values.map((each) => {
          const isDisabled = isLooser(field, each, above)
          const text = t(`values.${String(each)}`, { defaultValue: String(each) })
          return { value: String(each), label: text, isDisabled, ...(isDisabled && { hint: t('looser') }) }
        }),
      ]}
      onChange={(next) => onChange(values.find((each) => String(each) === next))}
    />
  )
}

function Amount({ label, value, above, isBaseline, error, onChange, unit }: ControlProps & { readonly unit: string }) {
  const { t } = useTranslation('policies')
  const isMost = unit !== 'people'
  return (
    <NumberField
      label={label}
      error={error}
      hint={
        typeof above === 'number'
          ? t(isMost ? 'atMost' : 'atLeast', { count: above })
          : t(isBaseline ? 'emptyIsDefault' : 'emptyInherits')
      }
      value={typeof value === 'number' ? value : null}
      min={1}
      step={1}
      {...(isMost && typeof above === 'number' && { max: above })}
      unit={t(`unitNames.${unit}`, { defaultValue: unit })}
      onChange={(next) => onChange(next ?? undefined)}
    />
  )
}

const listed = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : [])

function Only(props: ControlProps & { readonly words: readonly string[] | null }) {
  const { t } = useTranslation('policies')
  const { value, words, label, error, onChange, above, isBaseline } = props
  const chosen = listed(value)
  const mode = value === undefined ? INHERIT : value === ALL ? ALL : SOME
  return (
    <div className="flex flex-col gap-3">
      <SelectField
        label={label}
        error={error}
        value={mode}
        options={[
          { value: INHERIT, label: t(isBaseline ? 'asDefault' : 'inherit') },
          {
            value: ALL,
            label: t('all'),
            isDisabled: Array.isArray(above),
            ...(Array.isArray(above) && { hint: t('looser') }),
          },
          { value: SOME, label: t('onlyThese') },
        ]}
        onChange={(next) => onChange(next === INHERIT ? undefined : next === ALL ? ALL : listed(above))}
      />
      {mode === SOME && words === null && <WordsField label={t('onlyThese')} value={chosen} onChange={onChange} />}
      {mode === SOME && words !== null && (
        <fieldset className="grid grid-cols-2 gap-2">
          <legend className="sr-only">{label}</legend>
          {words.map((word) => (
            <CheckboxField
              key={word}
              label={t(`values.${word}`, { defaultValue: word })}
              isChecked={chosen.includes(word)}
              isDisabled={Array.isArray(above) && !above.includes(word)}
              onChange={(isOn) => onChange(isOn ? [...chosen, word] : chosen.filter((each) => each !== word))}
            />
          ))}
        </fieldset>
      )}
    </div>
  )
}

function Words({ label, value, error, onChange }: ControlProps) {
  return (
    <WordsField
      label={label}
      error={error}
      value={listed(value)}
      onChange={(words) => onChange(words.length === 0 ? undefined : words)}
    />
  )
}

function WordsField(props: {
  readonly label: string
  readonly value: readonly string[]
  readonly error?: string | null
  readonly onChange: (words: readonly string[]) => void
}) {
  const { t } = useTranslation('policies')
  const id = useId()
  const text = props.value.join(', ')
  return (
    <TextField
      key={id}
      label={props.label}
      hint={t('commaHint')}
      error={props.error}
      value={text}
      onChange={(next) => props.onChange(split(next))}
    />
  )
}

/** Words apart by commas; the last may still be being typed. */
function split(text: string): readonly string[] {
  const words = text.split(/,\s*/)
  return words.filter((word, index) => word.trim() !== '' || (index === words.length - 1 && words.length > 1))
}
