import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PersonPicker } from '../../components/person-picker.tsx'
import { ComboboxField } from '../../ui/combobox.tsx'
import { SelectField } from '../../ui/select.tsx'
import { SwitchField } from '../../ui/switch.tsx'
import { type Common, Control, useControlTexts } from './control.tsx'
import { type ControlSpec, isRemovable, isWhole, shownSpecs, type WholeSpec } from './control-spec.ts'
import { useDesk } from './desk.ts'
import { Spot } from './findings.tsx'
import { DefaultControl } from './default-control.tsx'
import { type Json, jsonOf, memberAt, textOf, withMember } from './json-edit.ts'
import { callableAppsQuery } from './queries.ts'
import { SchemaEditor } from './schema-editor.tsx'
import { NEW_SCHEMAS } from './schema-form.ts'
import { RowsControl, ValueControl } from './value-control.tsx'
import { rowsOf } from './value-form.ts'

type ControlsProps = {
  readonly specs: readonly ControlSpec[]
  readonly value: Json
  readonly onChange: (value: Json) => void
  readonly currency: string
}

/** The controls of a part, in their order; those that do not apply are left out. */
export function Controls({ specs, ...props }: ControlsProps) {
  return (
    <div className="flex flex-col gap-4">
      {shownSpecs(specs, props.value).map((spec) => (
        <Spot key={spec.path} path={spec.path}>
          {isWhole(spec) ? <WholeControl {...props} spec={spec} /> : <Control {...props} spec={spec} />}
        </Spot>
      ))}
    </div>
  )
}

type WholeProps = Pick<ControlsProps, 'value' | 'onChange'> & { readonly spec: WholeSpec }

/** A control that is a form of its own. */
function WholeControl({ spec, value, onChange }: WholeProps) {
  const texts = useControlTexts(spec)
  const member = memberAt(value, spec.path)
  const isNothing = (next: unknown) => next === '' || (spec.kind === 'text_rows' && rowsOf(jsonOf(next)).length === 0)
  const set = (next: unknown) =>
    onChange(withMember(value, spec.path, isRemovable(spec, value) && isNothing(next) ? undefined : next))
  switch (spec.kind) {
    case 'schema':
      return <SchemaControl {...texts} spec={spec} schema={member} onChange={set} />
    case 'value':
      return <ValueControl {...texts} path={spec.path} value={member} onChange={set} />
    case 'rows':
    case 'text_rows':
      return (
        <RowsControl {...texts} path={spec.path} isFlat={spec.kind === 'text_rows'} value={member} onChange={set} />
      )
    case 'default':
      return <DefaultControl {...texts} field={value} onChange={set} />
    case 'assignee':
      return <AssigneeControl {...texts} assignee={textOf(member)} onChange={set} />
    case 'app':
      return <AppControl {...texts} app={textOf(member)} onChange={set} />
  }
}

type Changing<Of extends object> = Common & Of & { readonly onChange: (value: unknown) => void }

/** A schema; one that may be left out is switched on, and comes back as it was. */
function SchemaControl({
  spec,
  schema,
  onChange,
  ...texts
}: Changing<{ readonly spec: WholeSpec; readonly schema: unknown }>) {
  const { t } = useTranslation('builder')
  const [left, setLeft] = useState<unknown>(NEW_SCHEMAS.object)
  const editor = { path: spec.path, schema, onChange }
  if (spec.isOptional !== true) return <SchemaEditor {...editor} label={texts.label} />
  const isThere = schema !== undefined
  return (
    <div className="flex flex-col gap-4">
      <SwitchField
        {...texts}
        isOn={isThere}
        onChange={(isOn) => {
          setLeft(schema ?? left)
          onChange(isOn ? left : undefined)
        }}
      />
      {isThere && <SchemaEditor {...editor} label={t('f.schema')} />}
    </div>
  )
}

const MEMBER = 'member:'
const ASSIGNEES = [
  'requester',
  'role:owner',
  'role:admin',
  'role:manager',
  'role:reviewer',
  'role:compliance_officer',
  'role:expert',
]

/** Who is asked: whoever runs the app, people of a role, or one person of the organisation. */
function AssigneeControl({ assignee, onChange, ...texts }: Changing<{ readonly assignee: string }>) {
  const { t } = useTranslation('builder')
  const { isPlatform } = useDesk()
  const isMember = assignee.startsWith(MEMBER)
  const word = isMember ? MEMBER : assignee
  const offered = [...ASSIGNEES, ...(isPlatform && !isMember ? [] : [MEMBER])]
  const known = offered.includes(word) ? offered : [word, ...offered]
  const options = known.map((value) => ({
    value,
    label: t(`assignees.${value.replaceAll(':', '_')}`, { defaultValue: value }),
  }))
  return (
    <div className="flex flex-col gap-4">
      <SelectField {...texts} value={word} options={options} onChange={onChange} />
      {isMember && !isPlatform && (
        <PersonPicker
          label={t('assignees.person')}
          value={assignee.slice(MEMBER.length)}
          onChange={(id) => onChange(MEMBER + (id ?? ''))}
        />
      )}
    </div>
  )
}

/** An app that may run inside this one, found by its name. */
function AppControl({ app, onChange, ...texts }: Changing<{ readonly app: string }>) {
  const { org } = useParams({ strict: false })
  const { data: apps = [] } = useQuery(callableAppsQuery(org))
  const options = apps.map(({ id, name, version }) => ({ value: id, label: name, hint: version }))
  const isKnown = app === '' || options.some(({ value }) => value === app)
  return (
    <ComboboxField
      {...texts}
      value={app === '' ? null : app}
      options={isKnown ? options : [{ value: app, label: app }, ...options]}
      onChange={(id) => onChange(id ?? '')}
    />
  )
}
