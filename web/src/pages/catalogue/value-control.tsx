import { Plus, Trash2 } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../ui/button.tsx'
import { GroupMistake, TextAreaField } from '../../ui/field.tsx'
import { SelectField } from '../../ui/select.tsx'
import { type Common, JsonControl } from './control.tsx'
import { pointerStep, useFindings, Within } from './findings.tsx'
import { jsonOf, textOf, withItem } from './json-edit.ts'
import { NameField } from './name-field.tsx'
import { freshName } from './schema-form.ts'
import { begunAs, recordOf, type Row, rowsOf, VALUE_WAYS, type ValueWay, wayOf } from './value-form.ts'

type ValueProps = Common & {
  /** Where it lies below the part that it stands in. */
  readonly path: string
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}

/** A value made of templates: as a text, as names with values, or as JSON. Changing one's mind brings back what was there. */
export function ValueControl(props: ValueProps) {
  const { t } = useTranslation('builder')
  const [chosen, setChosen] = useState<'json' | null>(null)
  const [left, setLeft] = useState<Partial<Record<ValueWay, unknown>>>({})
  const { value, onChange, label, ...texts } = props
  const way = chosen ?? wayOf(value)
  const choose = (next: ValueWay) => {
    setLeft({ ...left, [way]: value })
    setChosen(next === 'json' ? next : null)
    if (next !== 'json' && wayOf(value) !== next) onChange(left[next] ?? begunAs(next, value))
  }
  return (
    <div className="flex flex-col gap-3">
      <SelectField
        label={label}
        {...(texts.note !== undefined && { note: texts.note })}
        {...(texts.hint !== undefined && { hint: texts.hint })}
        value={way}
        options={VALUE_WAYS.map((each) => ({ value: each, label: t(`valueWays.${each}`) }))}
        onChange={choose}
      />
      <ValueBody {...props} way={way} />
    </div>
  )
}

function ValueBody(props: ValueProps & { readonly way: ValueWay }) {
  const { t } = useTranslation('builder')
  const { mistakeIn } = useFindings()
  const { way, path, value, onChange } = props
  const label = t('valueOf', { name: props.label, way: t(`valueWays.${way}`) })
  switch (way) {
    case 'text':
      return <TextAreaField label={label} rows={3} value={textOf(value)} error={mistakeIn(path)} onChange={onChange} />
    case 'rows':
      return <RowsControl label={label} path={path} value={value} onChange={onChange} />
    case 'json':
      return <JsonControl label={label} value={value} error={mistakeIn(path)} onChange={onChange} />
  }
}

type RowsProps = Common & {
  readonly path: string
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  /** Every value is a text. */
  readonly isFlat?: boolean
}

/** Names with values. */
export function RowsControl(props: RowsProps) {
  const { t } = useTranslation('builder')
  const id = useId()
  const rows = rowsOf(jsonOf(props.value))
  const names = rows.map(({ name }) => name)
  const mistake = useFindings().mistakeBeside(
    props.path,
    names.map((name) => pointerStep(name)),
  )
  const set = (next: readonly Row[]) => props.onChange(recordOf(next))
  return (
    <fieldset className="flex flex-col gap-3" aria-describedby={mistake === null ? undefined : id}>
      <legend className="pb-1.5 font-medium">
        {props.label}
        {props.note !== undefined && <span className="ms-1.5 font-normal text-fg3">{props.note}</span>}
      </legend>
      {mistake !== null && <GroupMistake id={id}>{mistake}</GroupMistake>}
      {rows.length === 0 && <p className="text-fg2">{t('noneYet')}</p>}
      <Within path={props.path}>
        {rows.map((row, at) => (
          <RowFields
            key={at}
            row={row}
            isFlat={props.isFlat === true}
            taken={names.filter((name) => name !== row.name)}
            onChange={(next) => set(withItem(rows, at, next))}
            onRemove={() => set(rows.filter((_, index) => index !== at))}
          />
        ))}
      </Within>
      <Button
        className="self-start"
        onClick={() =>
          set([...rows, { name: freshName(props.isFlat === true ? 'x-name-' : 'name_', names), value: '' }])
        }
      >
        <Plus size={15} aria-hidden />
        {t('addRow')}
      </Button>
      {props.hint !== undefined && <p className="meta text-fg3">{props.hint}</p>}
    </fieldset>
  )
}

function RowFields(props: {
  readonly row: Row
  readonly isFlat: boolean
  readonly taken: readonly string[]
  readonly onChange: (row: Row) => void
  readonly onRemove: () => void
}) {
  const { t } = useTranslation('builder')
  const { mistakeAt, mistakeIn } = useFindings()
  const { row, onChange } = props
  const path = pointerStep(row.name)
  const setValue = (value: unknown) => onChange({ ...row, value: value ?? '' })
  return (
    <div className="flex flex-wrap items-start gap-3 rounded-lg border px-3 py-3">
      <div className="min-w-32 flex-1 basis-32">
        <NameField
          label={t('f.name')}
          name={row.name}
          taken={props.taken}
          error={props.isFlat ? null : mistakeAt(path)}
          onChange={(name) => onChange({ ...row, name })}
        />
      </div>
      <div className="min-w-48 flex-2 basis-48">
        {props.isFlat ? (
          <TextAreaField
            label={t('value')}
            rows={1}
            value={textOf(row.value)}
            error={mistakeIn(path)}
            onChange={setValue}
          />
        ) : (
          <ValueControl label={t('value')} path={path} value={row.value} onChange={setValue} />
        )}
      </div>
      <IconButton label={t('remove', { name: row.name })} onClick={props.onRemove}>
        <Trash2 size={15} aria-hidden />
      </IconButton>
    </div>
  )
}
