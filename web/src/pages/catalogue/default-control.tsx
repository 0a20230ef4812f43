import { useTranslation } from 'react-i18next'
import { TextField } from '../../ui/field.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { SelectField } from '../../ui/select.tsx'
import type { Common } from './control.tsx'
import { type Json, listOf, textOf } from './json-edit.ts'

type DefaultProps = Common & { readonly field: Json; readonly onChange: (value: unknown) => void }

/** What a form begins with, of the type of its field; an empty text stands for nothing. */
export function DefaultControl({ field, onChange, ...texts }: DefaultProps) {
  const { type, default: given } = field
  if (type === 'number' && (given === undefined || typeof given === 'number')) {
    return <NumberField {...texts} value={given ?? null} onChange={(next) => onChange(next ?? '')} />
  }
  if (type === 'boolean' && (given === undefined || typeof given === 'boolean')) {
    return <BooleanDefault {...texts} value={given} onChange={onChange} />
  }
  if (type === 'select' && (given === undefined || typeof given === 'string')) {
    const options = listOf(field['options']).map(textOf)
    return <ChosenDefault {...texts} value={given ?? ''} options={options} onChange={onChange} />
  }
  // Also what a field of another type has left behind: here it can be seen and taken out.
  const text = typeof given === 'string' ? given : given === undefined ? '' : JSON.stringify(given)
  return <TextField {...texts} type={type === 'date' ? 'date' : 'text'} value={text} onChange={onChange} />
}

function BooleanDefault({
  value,
  onChange,
  ...texts
}: Common & { readonly value: boolean | undefined; readonly onChange: (value: unknown) => void }) {
  const { t } = useTranslation('builder')
  return (
    <SelectField
      {...texts}
      value={value === undefined ? '' : value ? 'yes' : 'no'}
      options={[
        { value: '', label: t('noDefault') },
        { value: 'yes', label: t('yes') },
        { value: 'no', label: t('no') },
      ]}
      onChange={(next) => onChange(next === '' ? '' : next === 'yes')}
    />
  )
}

function ChosenDefault({
  value,
  options,
  onChange,
  ...texts
}: Common & {
  readonly value: string
  readonly options: readonly string[]
  readonly onChange: (value: unknown) => void
}) {
  const { t } = useTranslation('builder')
  const offered = [...new Set([...options, value])].filter((option) => option !== '')
  return (
    <SelectField
      {...texts}
      value={value}
      options={[{ value: '', label: t('noDefault') }, ...offered.map((option) => ({ value: option, label: option }))]}
      onChange={onChange}
    />
  )
}
