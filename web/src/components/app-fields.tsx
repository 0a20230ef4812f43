import { useTranslation } from 'react-i18next'
import { FieldControl } from './app-field.tsx'
import type { TypedInput } from './app-input.ts'
import { useFieldLimits } from './app-limits.ts'
import type { AppField } from './contract.ts'
import type { FormState } from './form.tsx'

/** The fields of an app's form. `at` is where the server finds them in the body, such as `input`. */
export function AppFields(props: {
  readonly fields: readonly AppField[]
  readonly form: FormState<TypedInput>
  readonly at: string
}) {
  const { t } = useTranslation('apps')
  const { excessOf } = useFieldLimits()
  const { fields, form, at } = props
  if (fields.length === 0) return <p className="text-fg2">{t('form.noFields')}</p>
  return fields.map((field) => {
    const value = form.values[field.name] ?? null
    const told = form.errorOf(field.name) ?? form.problem?.field(`${at}/${field.name}`) ?? null
    return (
      <FieldControl
        key={field.name}
        field={field}
        value={value}
        error={told ?? excessOf(field, value)}
        onChange={(next) => form.set(field.name, next)}
      />
    )
  })
}
