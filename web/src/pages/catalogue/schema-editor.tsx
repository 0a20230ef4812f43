import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CheckboxField } from '../../ui/checkbox.tsx'
import { GroupMistake } from '../../ui/field.tsx'
import { SelectField } from '../../ui/select.tsx'
import { SwitchField } from '../../ui/switch.tsx'
import { ToggleGroup } from '../../ui/toggle-group.tsx'
import { Control, JsonControl } from './control.tsx'
import type { PlainSpec } from './control-spec.ts'
import { pointerStep, useFindings, Within } from './findings.tsx'
import { type Json, jsonOf } from './json-edit.ts'
import { AddButton, ListEditor } from './list-editor.tsx'
import { NameField } from './name-field.tsx'
import {
  fieldsOf,
  freshName,
  isClosed,
  isNullable,
  kindOf,
  NEW_SCHEMAS,
  SCHEMA_KINDS,
  type SchemaField,
  type SchemaKind,
  unshownIn,
  withClosed,
  withFields,
  withKind,
  withNullable,
} from './schema-form.ts'

const FORMATS = ['date', 'date-time', 'time', 'email', 'uri', 'uuid']

const DESCRIPTION: PlainSpec = { path: 'description', kind: 'text', word: 'schema_description', isOptional: true }
const number = (path: string): PlainSpec => ({ path, kind: 'number', isOptional: true })

/** What limits a value of each kind. */
const LIMITS: Readonly<Record<SchemaKind, readonly PlainSpec[]>> = {
  text: [
    number('minLength'),
    number('maxLength'),
    { path: 'format', kind: 'select', word: 'schema_format', options: FORMATS, isOptional: true },
    { path: 'pattern', kind: 'code', isOptional: true },
  ],
  number: [number('minimum'), number('maximum')],
  integer: [number('minimum'), number('maximum')],
  boolean: [],
  choice: [{ path: 'enum', kind: 'lines', word: 'options' }],
  list: [number('minItems'), number('maxItems')],
  object: [],
  any: [],
}

type SchemaProps = { readonly schema: unknown; readonly onChange: (schema: unknown) => void }

/** What a value has to be: by a form as far as a form can show it, and whole as the JSON Schema that it is. */
export function SchemaEditor(props: SchemaProps & { readonly label: string; readonly path: string }) {
  const { t } = useTranslation('builder')
  const id = useId()
  const [way, setWay] = useState<'form' | 'json'>('form')
  const { mistakeAt, mistakeIn } = useFindings()
  const mistake = way === 'json' ? mistakeIn(props.path) : mistakeAt(props.path)
  return (
    <section
      aria-label={props.label}
      aria-describedby={mistake === null ? undefined : id}
      className="flex flex-col gap-3"
    >
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h3 className="font-medium">{props.label}</h3>
        <ToggleGroup
          label={t('wayOf', { name: props.label })}
          value={way}
          options={[
            { value: 'form', label: t('asForm') },
            { value: 'json', label: t('asJson') },
          ]}
          onChange={setWay}
        />
      </div>
      {way === 'json' ? (
        <JsonControl
          label={t('schema.asJson')}
          rows={14}
          value={props.schema}
          error={mistake}
          onChange={(schema) => props.onChange(schema ?? {})}
        />
      ) : (
        <>
          {mistake !== null && <GroupMistake id={id}>{mistake}</GroupMistake>}
          <Within path={props.path}>
            <SchemaPart schema={props.schema ?? {}} onChange={props.onChange} />
          </Within>
        </>
      )}
    </section>
  )
}

/** One schema of those inside each other. */
function SchemaPart({ schema, onChange }: SchemaProps) {
  const { t } = useTranslation('builder')
  const { mistakeAt, mistakeIn } = useFindings()
  const kind = kindOf(schema)
  if (kind === null) {
    return (
      <JsonControl
        label={t('schema.asJson')}
        hint={t('schema.asJsonHint')}
        value={schema}
        error={mistakeIn('')}
        onChange={(next) => onChange(next ?? {})}
      />
    )
  }
  const whole = jsonOf(schema)
  const more = unshownIn(whole, kind)
  return (
    <div className="flex flex-col gap-4">
      <SelectField
        label={t('f.type')}
        value={kind}
        error={mistakeAt('type')}
        options={SCHEMA_KINDS.map((value) => ({ value, label: t(`schema.kinds.${value}`) }))}
        onChange={(next) => onChange(withKind(whole, next))}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        {[DESCRIPTION, ...LIMITS[kind]].map((spec) => (
          <div key={spec.path} className={spec.kind === 'number' || spec.kind === 'select' ? '' : 'sm:col-span-2'}>
            <Control spec={spec} value={whole} onChange={onChange} currency="" />
          </div>
        ))}
      </div>
      {whole['type'] !== undefined && kind !== 'choice' && (
        <CheckboxField
          label={t('schema.nullable')}
          isChecked={isNullable(whole)}
          onChange={(isOn) => onChange(withNullable(whole, isOn))}
        />
      )}
      {kind === 'list' && <EachItem schema={whole} onChange={onChange} />}
      {kind === 'object' && <SchemaFields schema={whole} onChange={onChange} />}
      {more.length > 0 && <p className="meta text-fg3">{t('schema.more', { names: more.join(', ') })}</p>}
    </div>
  )
}

type WholeProps = { readonly schema: Json; readonly onChange: (schema: unknown) => void }

function EachItem({ schema, onChange }: WholeProps) {
  const { t } = useTranslation('builder')
  return (
    <div className="border-s-2 ps-3">
      <p className="pb-2 font-medium">{t('schema.each')}</p>
      <Within path="items">
        <SchemaPart schema={schema['items'] ?? {}} onChange={(items) => onChange({ ...schema, items })} />
      </Within>
    </div>
  )
}

/** The named parts of an object, and whether there may be others. */
function SchemaFields({ schema, onChange }: WholeProps) {
  const { t } = useTranslation('builder')
  const fields = fieldsOf(schema)
  const names = fields.map(({ name }) => name)
  const closed = isClosed(schema)
  const noteOf = ({ schema: part, isRequired }: SchemaField): string => {
    const kind = kindOf(part)
    return [kind === null ? t('asJson') : t(`schema.kinds.${kind}`), ...(isRequired ? [t('always')] : [])].join(' · ')
  }
  const add = () => {
    const field = { name: freshName('part_', names), schema: NEW_SCHEMAS.text, isRequired: true }
    onChange(withFields(schema, [...fields, field]))
  }
  return (
    <>
      <ListEditor
        title={t('schema.fields')}
        items={fields}
        onChange={(next) => onChange(withFields(schema, next))}
        path="properties"
        isUnordered
        pathOf={({ name }) => `properties/${pointerStep(name)}`}
        nameOf={({ name }) => name}
        noteOf={noteOf}
        add={<AddButton label={t('addResultField')} onAdd={add} />}
      >
        {(field, change) => (
          <div className="flex flex-col gap-4">
            <NameField
              label={t('f.name')}
              name={field.name}
              taken={names.filter((name) => name !== field.name)}
              onChange={(name) => change({ ...field, name })}
            />
            <CheckboxField
              label={t('always')}
              isChecked={field.isRequired}
              onChange={(isRequired) => change({ ...field, isRequired })}
            />
            <SchemaPart schema={field.schema} onChange={(part) => change({ ...field, schema: part })} />
          </div>
        )}
      </ListEditor>
      {closed !== null && (
        <SwitchField
          label={t('schema.closed')}
          hint={t('schema.closedHint')}
          isOn={closed}
          onChange={(isOn) => onChange(withClosed(schema, isOn))}
        />
      )}
    </>
  )
}
