import { useTranslation } from 'react-i18next'
import { Plus } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Controls } from './control.tsx'
import { type Json, jsonOf, listOf, textOf, withItem, withMember } from './json-edit.ts'
import { AddButton, ListEditor } from './list-editor.tsx'
import {
  fieldSpecs,
  type FileName,
  governanceSpecs,
  infoSpecs,
  layoutSpecs,
  newNode,
  nodeSpecs,
  PRICING_SPECS,
  type Words,
} from './parts.ts'
import { ResultFields } from './result-fields.tsx'

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
      return <Nodes {...props} nodes={listOf(value['nodes'])} onNodes={(nodes) => onChange({ ...value, nodes })} />
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
  const add = () =>
    onFields([...fields, { name: `field_${fields.length + 1}`, label: t('newField'), type: 'text', required: false }])
  return (
    <ListEditor
      title={t('files.input')}
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
  readonly nodes: readonly unknown[]
  readonly onNodes: (nodes: readonly unknown[]) => void
}

function Nodes(props: NodesProps) {
  const { t } = useTranslation('builder')
  const { nodes, onNodes } = props
  const typeName = (type: string) => t(`nodeTypes.${type}`, { defaultValue: type })
  return (
    <ListEditor
      title={t('files.pipeline')}
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
                onSelect: () => onNodes([...nodes, newNode(type, nodes.length + 1)]),
              })),
            },
          ]}
        />
      }
    >
      {(node, onChange) => <NodeForm {...props} node={jsonOf(node)} onChange={onChange} />}
    </ListEditor>
  )
}

/** What a step needs by its type, and the steps inside it. */
function NodeForm(props: NodesProps & { readonly node: Json; readonly onChange: (node: Json) => void }) {
  const { t } = useTranslation('builder')
  const { node, onChange, words, currency } = props
  const inner = (name: 'then' | 'else' | 'nodes') => (
    <div className="border-s-2 ps-3">
      <p className="pb-2 font-medium">{t(`inner.${name}`)}</p>
      <Nodes
        words={words}
        currency={currency}
        nodes={listOf(node[name])}
        onNodes={(nodes) => onChange(withMember(node, name, name === 'else' && nodes.length === 0 ? undefined : nodes))}
      />
    </div>
  )
  const branches = listOf(node['branches'])
  const setBranches = (next: readonly unknown[]) => onChange(withMember(node, 'branches', next))
  return (
    <div className="flex flex-col gap-4">
      <Controls specs={nodeSpecs()} value={node} onChange={onChange} currency={currency} />
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
  const setLayout = (next: readonly unknown[]) => onChange(withMember(value, 'layout', next))
  return (
    <div className="flex flex-col gap-6">
      <ResultFields schema={value['schema']} onChange={(schema) => onChange({ ...value, schema })} />
      <div className="flex flex-col gap-2">
        <h3 className="font-medium">{t('layout')}</h3>
        <ListEditor
          title={t('layout')}
          items={layout}
          onChange={setLayout}
          nameOf={(part) => textOf(jsonOf(part)['label'])}
          noteOf={(part) => textOf(jsonOf(part)['pointer'])}
          add={
            <AddButton
              label={t('addPart')}
              onAdd={() => setLayout([...layout, { pointer: '/', label: t('newPart'), format: 'text' }])}
            />
          }
        >
          {(part, onPart) => (
            <Controls specs={layoutSpecs(words)} value={jsonOf(part)} onChange={onPart} currency={currency} />
          )}
        </ListEditor>
      </div>
    </div>
  )
}
