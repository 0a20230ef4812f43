import { Plus, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../ui/button.tsx'
import { CheckboxField } from '../../ui/checkbox.tsx'
import { TextField } from '../../ui/field.tsx'
import { SelectField } from '../../ui/select.tsx'
import { JsonControl } from './control.tsx'
import { isJson, jsonOf, listOf, textOf } from './json-edit.ts'

const KINDS = ['string', 'number', 'integer', 'boolean', 'array'] as const
type Kind = (typeof KINDS)[number]
type ResultField = { readonly name: string; readonly kind: Kind; readonly isRequired: boolean }

/** The fields of a flat result; null for a schema that says more than the form knows. */
function fieldsOf(schema: unknown): readonly ResultField[] | null {
  const whole = jsonOf(schema)
  if (whole['type'] !== 'object') return null
  const required = listOf(whole['required'])
  const fields = Object.entries(jsonOf(whole['properties'])).map(([name, property]) => {
    const { type, items, ...more } = jsonOf(property)
    const kind = KINDS.find((each) => each === type)
    const isPlain = Object.keys(more).length === 0 && (kind !== 'array' || textOf(jsonOf(items)['type']) === 'string')
    return kind === undefined || !isPlain ? null : { name, kind, isRequired: required.includes(name) }
  })
  const known = fields.filter((field) => field !== null)
  return known.length === fields.length ? known : null
}

const schemaOf = (fields: readonly ResultField[]): unknown => ({
  type: 'object',
  properties: Object.fromEntries(
    fields.map(({ name, kind }) => [
      name,
      kind === 'array' ? { type: kind, items: { type: 'string' } } : { type: kind },
    ]),
  ),
  required: fields.filter(({ isRequired }) => isRequired).map(({ name }) => name),
  additionalProperties: false,
})

/** What the result holds: by a form where it is flat, else as the JSON Schema that it is. */
export function ResultFields(props: { readonly schema: unknown; readonly onChange: (schema: unknown) => void }) {
  const { t } = useTranslation('builder')
  const fields = fieldsOf(props.schema)
  if (fields === null) {
    return (
      <JsonControl
        label={t('resultSchema')}
        hint={t('resultSchemaHint')}
        rows={12}
        value={isJson(props.schema) ? props.schema : undefined}
        onChange={props.onChange}
      />
    )
  }
  const change = (at: number, patch: Partial<ResultField>) =>
    props.onChange(schemaOf(fields.map((field, index) => (index === at ? { ...field, ...patch } : field))))
  const add = () =>
    props.onChange(schemaOf([...fields, { name: `part_${fields.length + 1}`, kind: 'string', isRequired: true }]))
  return (
    <section aria-label={t('resultFields')} className="flex flex-col gap-3">
      <h3 className="font-medium">{t('resultFields')}</h3>
      {fields.map((field, at) => (
        <div key={at} className="flex flex-wrap items-end gap-3">
          <TextField
            label={t('f.name')}
            className="min-w-40 flex-1"
            value={field.name}
            onChange={(name) => change(at, { name })}
          />
          <SelectField
            label={t('f.type')}
            value={field.kind}
            options={KINDS.map((value) => ({ value, label: t(`resultKinds.${value}`) }))}
            onChange={(kind) => change(at, { kind })}
          />
          <div className="pb-2">
            <CheckboxField
              label={t('always')}
              isChecked={field.isRequired}
              onChange={(isRequired) => change(at, { isRequired })}
            />
          </div>
          <IconButton
            label={t('remove', { name: field.name })}
            onClick={() => props.onChange(schemaOf(fields.filter((_, index) => index !== at)))}
          >
            <Trash2 size={15} aria-hidden />
          </IconButton>
        </div>
      ))}
      <Button className="self-start" onClick={add}>
        <Plus size={15} aria-hidden />
        {t('addResultField')}
      </Button>
    </section>
  )
}
