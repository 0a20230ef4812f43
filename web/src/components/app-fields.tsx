import { useTranslation } from 'react-i18next'
import { FieldControl } from './app-field.tsx'
import type { TypedInput } from './app-input.ts'
import type { AppField } from './contract.ts'
import type { FormState } from './form.tsx'

/** The fields of an app's form. `at` is where the server finds them in the body, such as `input`. */
export function AppFields(props: {
  readonly fields: readonly AppField[]
  readonly form: FormState<TypedInput>
  readonly at: string
}) {
  const { t } = useTranslation('apps')
  const { fields, form, at } = props
  if (fields.length === 0) return <p className="text-fg2">{t('form.noFields')}</p>
  return fields.map((field) => (
    <FieldControl
      key={field.name}
      field={field}
      value={form.values[field.name] ?? null}
      error={form.errorOf(field.name) ?? form.problem?.field(`${at}/${field.name}`) ?? null}
      onChange={(value) => form.set(field.name, value)}
    />
  ))
}
