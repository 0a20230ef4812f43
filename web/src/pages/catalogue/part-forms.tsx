import { useTranslation } from 'react-i18next'
import { Plus } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { type Json, jsonOf, listOf, textOf, withItem, withMember } from './json-edit.ts'
import { AddButton, ListEditor } from './list-editor.tsx'
import { Controls } from './part-controls.tsx'
import {
  COLUMN_SPECS,
  fieldSpecs,
  type FileName,
  governanceSpecs,
  infoSpecs,
  layoutSpecs,
  newNode,
  nodeSpecs,
  PRICING_SPECS,
  RESULT_SPECS,
  type Words,
} from './parts.ts'
import { SchemaEditor } from './schema-editor.tsx'
import { freshName } from './schema-form.ts'

type PartProps = {
  readonly value: Json
  readonly words: Words
  readonly currency: string
  readonly onChange: (value: Json) => void
}

/** The form of one of the six files. */
export function PartForm(props: PartProps & { readonly file: FileName }) {
  const { value, onChange, words, currency } = props
  const common = { value, onChange, currency }
  switch (props.file) {
    case 'info':
      return <Controls {...common} specs={infoSpecs(words)} />
    case 'input':
      return (
        <Fields {...props} fields={listOf(value['fields'])} onFields={(fields) => onChange({ ...value, fields })} />
      )
    case 'pipeline':
      return (
        <Nodes
          {...props}
          path="nodes"
          nodes={listOf(value['nodes'])}
          onNodes={(nodes) => onChange({ ...value, nodes })}
        />
      )
    case 'result':
      return <ResultPart {...props} />
    case 'governance':
      return <Controls {...common} specs={governanceSpecs(words)} />
    case 'pricing':
      return <Controls {...common} specs={PRICING_SPECS} />
  }
}

function Fields(
  props: Pick<PartProps, 'words' | 'currency'> & {
    readonly fields: readonly unknown[]
    readonly onFields: (fields: readonly unknown[]) => void
  },
) {
  const { t } = useTranslation('builder')
  const { fields, onFields } = props
  const add = () => {
    const name = freshName(
      'field_',
      fields.map((field) => textOf(jsonOf(field)['name'])),
    )
    onFields([...fields, { name, label: t('newField'), type: 'text', required: false }])
  }
  return (
    <ListEditor
      title={t('files.input')}
      path="fields"
      items={fields}
      onChange={onFields}
      nameOf={(field) => textOf(jsonOf(field)['label'])}
      noteOf={(field) => t(`fieldTypes.${textOf(jsonOf(field)['type'])}`, { defaultValue: '' })}
      add={<AddButton label={t('addField')} onAdd={add} />}
    >
      {(field, onChange) => (
        <Controls specs={fieldSpecs(props.words)} value={jsonOf(field)} onChange={onChange} currency={props.currency} />
      )}
    </ListEditor>
  )
}

type NodesProps = Pick<PartProps, 'words' | 'currency'> & {
  /** Where the list lies below the part that it stands in. */
  readonly path: string
  readonly nodes: readonly unknown[]
  readonly onNodes: (nodes: readonly unknown[]) => void
}

function Nodes(props: NodesProps) {
  const { t } = useTranslation('builder')
  const { nodes, onNodes } = props
  const typeName = (type: string) => t(`nodeTypes.${type}`, { defaultValue: type })
  const ids = nodes.map((node) => textOf(jsonOf(node)['id']))
  const add = (type: string) => onNodes([...nodes, newNode(type, freshName('step_', ids), typeName(type))])
  return (
    <ListEditor
      title={t('files.pipeline')}
      path={props.path}
      items={nodes}
      onChange={onNodes}
      nameOf={(node) => textOf(jsonOf(node)['title'])}
      noteOf={(node) => `${textOf(jsonOf(node)['id'])} · ${typeName(textOf(jsonOf(node)['type']))}`}
      add={
        <Menu
          align="start"
          trigger={
            <Button className="self-start">
              <Plus size={15} aria-hidden />
              {t('addStep')}
            </Button>
          }
          groups={[
            {
              items: props.words.node_types.map((type) => ({
                id: type,
                label: typeName(type),
                hint: t(`nodeHints.${type}`, { defaultValue: '' }),
                onSelect: () => add(type),
              })),
            },
          ]}
        />
      }
    >
      {(node, onChange, at) => (
        <NodeForm {...props} node={jsonOf(node)} before={ids.slice(0, at)} onChange={onChange} />
      )}
    </ListEditor>
  )
}

/** What a step needs by its type, and the steps inside it. */
function NodeForm(
  props: Pick<NodesProps, 'words' | 'currency'> & {
    readonly node: Json
    readonly before: readonly string[]
    readonly onChange: (node: Json) => void
  },
) {
  const { t } = useTranslation('builder')
  const { node, onChange, words, currency } = props
  const inner = (name: 'then' | 'else' | 'nodes') => (
    <div className="border-s-2 ps-3">
      <p className="pb-2 font-medium">{t(`inner.${name}`)}</p>
      <Nodes
        words={words}
        currency={currency}
        path={name}
        nodes={listOf(node[name])}
        onNodes={(nodes) => onChange(withMember(node, name, name === 'else' && nodes.length === 0 ? undefined : nodes))}
      />
    </div>
  )
  const branches = listOf(node['branches'])
  const setBranches = (next: readonly unknown[]) => onChange(withMember(node, 'branches', next))
  return (
    <div className="flex flex-col gap-4">
      <Controls specs={nodeSpecs(props.before)} value={node} onChange={onChange} currency={currency} />
      {node['type'] === 'human_task' && (
        <Fields
          words={words}
          currency={currency}
          fields={listOf(node['fields'])}
          onFields={(fields) => onChange({ ...node, fields })}
        />
      )}
      {node['type'] === 'condition' && inner('then')}
      {node['type'] === 'condition' && inner('else')}
      {node['type'] === 'for_each' && inner('nodes')}
      {node['type'] === 'parallel' &&
        branches.map((branch, at) => (
          <div key={at} className="border-s-2 ps-3">
            <p className="pb-2 font-medium">{t('branch', { number: at + 1 })}</p>
            <Nodes
              words={words}
              currency={currency}
              path={`branches/${at}`}
              nodes={listOf(branch)}
              onNodes={(nodes) => setBranches(withItem(branches, at, nodes))}
            />
          </div>
        ))}
      {node['type'] === 'parallel' && <AddButton label={t('addBranch')} onAdd={() => setBranches([...branches, []])} />}
    </div>
  )
}

function ResultPart({ value, words, currency, onChange }: PartProps) {
  const { t } = useTranslation('builder')
  const layout = listOf(value['layout'])
  return (
    <div className="flex flex-col gap-6">
      <SchemaEditor
        label={t('resultFields')}
        path="schema"
        schema={value['schema']}
        onChange={(schema) => onChange({ ...value, schema })}
      />
      <div className="flex flex-col gap-2">
        <h3 className="font-medium">{t('layout')}</h3>
        <ListEditor
          title={t('layout')}
          path="layout"
          items={layout}
          onChange={(next) => onChange(withMember(value, 'layout', next))}
          nameOf={(part) => textOf(jsonOf(part)['label'])}
          noteOf={(part) => textOf(jsonOf(part)['pointer'])}
          add={
            <AddButton
              label={t('addPart')}
              onAdd={() =>
                onChange({ ...value, layout: [...layout, { pointer: '/', label: t('newPart'), format: 'text' }] })
              }
            />
          }
        >
          {(part, onPart) => (
            <div className="flex flex-col gap-4">
              <Controls specs={layoutSpecs(words)} value={jsonOf(part)} onChange={onPart} currency={currency} />
              <TableColumns part={jsonOf(part)} onChange={onPart} />
            </div>
          )}
        </ListEditor>
      </div>
      <Controls specs={RESULT_SPECS} value={value} onChange={onChange} currency={currency} />
    </div>
  )
}

/** The columns of a part that is shown as a table. */
function TableColumns({ part, onChange }: { readonly part: Json; readonly onChange: (part: Json) => void }) {
  const { t } = useTranslation('builder')
  const columns = listOf(part['columns'])
  const set = (next: readonly unknown[]) => onChange(withMember(part, 'columns', next.length === 0 ? undefined : next))
  if (part['format'] !== 'table' && columns.length === 0) return null
  return (
    <div className="border-s-2 ps-3">
      <p className="pb-2 font-medium">{t('columns')}</p>
      <ListEditor
        title={t('columns')}
        path="columns"
        items={columns}
        onChange={set}
        nameOf={(column) => textOf(jsonOf(column)['label'])}
        noteOf={(column) => textOf(jsonOf(column)['pointer'])}
        add={
          <AddButton label={t('addColumn')} onAdd={() => set([...columns, { pointer: '/', label: t('newColumn') }])} />
        }
      >
        {(column, onColumn) => <Controls specs={COLUMN_SPECS} value={jsonOf(column)} onChange={onColumn} currency="" />}
      </ListEditor>
    </div>
  )
}
