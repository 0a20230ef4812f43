// What the forms of the builder ask, file by file, and what a new app begins with.

import { type ControlSpec, isOfType } from './control-spec.ts'
import { type Json, memberAt } from './json-edit.ts'
import { NEW_SCHEMAS } from './schema-form.ts'

export const FILES = ['info', 'input', 'pipeline', 'result', 'governance', 'pricing'] as const
export type FileName = (typeof FILES)[number]
export type Files = Readonly<Record<FileName, Json>>

export type Words = {
  readonly categories: readonly string[]
  readonly engine_types: readonly string[]
  readonly risks: readonly string[]
  readonly field_types: readonly string[]
  readonly file_formats: readonly string[]
  readonly data_classes: readonly string[]
  readonly node_types: readonly string[]
  readonly layout_formats: readonly string[]
  readonly provider_types: readonly string[]
  readonly consequences: readonly string[]
}

export const infoSpecs = (words: Words): readonly ControlSpec[] => [
  { path: 'name', kind: 'text' },
  { path: 'description', kind: 'area' },
  { path: 'version', kind: 'text' },
  { path: 'category', kind: 'select', options: words.categories },
  { path: 'language', kind: 'text' },
  { path: 'tags', kind: 'lines' },
  { path: 'icon', kind: 'text', isOptional: true },
  { path: 'instructions', kind: 'area', isOptional: true },
]

export const fieldSpecs = (words: Words): readonly ControlSpec[] => [
  { path: 'name', kind: 'text' },
  { path: 'label', kind: 'text' },
  { path: 'type', kind: 'select', options: words.field_types },
  { path: 'required', kind: 'switch' },
  { path: 'description', kind: 'text', isOptional: true },
  { path: 'min_length', kind: 'number', isOptional: true, isShown: isOfType('text') },
  { path: 'max_length', kind: 'number', isOptional: true, isShown: isOfType('text') },
  { path: 'minimum', kind: 'number', isOptional: true, isShown: isOfType('number') },
  { path: 'maximum', kind: 'number', isOptional: true, isShown: isOfType('number') },
  { path: 'options', kind: 'lines', isShown: isOfType('select') },
  {
    path: 'formats',
    kind: 'choices',
    options: words.file_formats,
    isOptional: true,
    isShown: isOfType('file', 'files'),
  },
  { path: 'max_bytes', kind: 'number', isOptional: true, isShown: isOfType('file', 'files') },
  { path: 'max_files', kind: 'number', isOptional: true, isShown: isOfType('files') },
  {
    path: 'default',
    kind: 'default',
    isOptional: true,
    isShown: isOfType('text', 'number', 'date', 'boolean', 'select'),
  },
  { path: 'data_class', kind: 'select', options: words.data_classes, isOptional: true },
]

const HTTP_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Where the member at `path` is there. */
const isThere =
  (path: string) =>
  (value: Json): boolean =>
    memberAt(value, path) !== undefined

/** What a step asks; `before` are the steps that it may wait for. */
export const nodeSpecs = (before: readonly string[]): readonly ControlSpec[] => [
  { path: 'id', kind: 'text' },
  { path: 'title', kind: 'text' },
  { path: 'system', kind: 'area', isOptional: true, isShown: isOfType('prompt') },
  { path: 'prompt', kind: 'area', isShown: isOfType('prompt') },
  { path: 'output', kind: 'select', options: ['text', 'json'], isShown: isOfType('prompt') },
  {
    path: 'schema',
    kind: 'schema',
    word: 'answer_schema',
    isOptional: true,
    isShown: (node) => isOfType('prompt')(node) && node['output'] === 'json',
  },
  { path: 'model', kind: 'text', isOptional: true, isShown: isOfType('prompt') },
  { path: 'max_output_tokens', kind: 'number', isOptional: true, isShown: isOfType('prompt') },
  { path: 'temperature', kind: 'number', isOptional: true, isShown: isOfType('prompt') },
  { path: 'file', kind: 'text', isShown: isOfType('parse') },
  { path: 'expression', kind: 'code', isShown: isOfType('transform', 'condition') },
  { path: 'value', kind: 'value', isShown: isOfType('validate') },
  { path: 'schema', kind: 'schema', isShown: isOfType('validate') },
  { path: 'method', kind: 'select', options: HTTP_METHODS, isShown: isOfType('http_tool') },
  { path: 'url', kind: 'text', isShown: isOfType('http_tool') },
  { path: 'headers', kind: 'text_rows', isOptional: true, isShown: isOfType('http_tool') },
  { path: 'body', kind: 'value', isOptional: true, isShown: isOfType('http_tool') },
  { path: 'credential', kind: 'object', isShown: isOfType('http_tool') },
  { path: 'credential/name', kind: 'text', isShown: isThere('credential') },
  { path: 'credential/header', kind: 'text', isOptional: true, isShown: isThere('credential') },
  { path: 'credential/prefix', kind: 'text', isOptional: true, isShown: isThere('credential') },
  { path: 'expect', kind: 'select', options: ['json', 'text'], isOptional: true, isShown: isOfType('http_tool') },
  { path: 'description', kind: 'area', isShown: isOfType('human_task') },
  { path: 'assignee', kind: 'assignee', isShown: isOfType('human_task') },
  { path: 'due_days', kind: 'number', isOptional: true, isShown: isOfType('human_task') },
  { path: 'items', kind: 'code', isShown: isOfType('for_each') },
  { path: 'as', kind: 'text', isShown: isOfType('for_each') },
  { path: 'max_items', kind: 'number', isShown: isOfType('for_each') },
  { path: 'concurrency', kind: 'number', isOptional: true, isShown: isOfType('for_each') },
  { path: 'app', kind: 'app', isShown: isOfType('sub_app') },
  { path: 'version', kind: 'text', word: 'sub_version', isOptional: true, isShown: isOfType('sub_app') },
  { path: 'input', kind: 'rows', isShown: isOfType('sub_app') },
  {
    path: 'needs',
    kind: 'choices',
    options: before,
    isVerbatim: true,
    isOptional: true,
    isShown: () => before.length > 0,
  },
  { path: 'retries', kind: 'number', isOptional: true },
  { path: 'timeout_seconds', kind: 'number', isOptional: true },
  { path: 'on_error', kind: 'select', options: ['fail', 'continue'], isOptional: true },
]

export const layoutSpecs = (words: Words): readonly ControlSpec[] => [
  { path: 'pointer', kind: 'text' },
  { path: 'label', kind: 'text' },
  { path: 'format', kind: 'select', options: words.layout_formats },
]

export const COLUMN_SPECS: readonly ControlSpec[] = [
  { path: 'pointer', kind: 'text', word: 'column_pointer' },
  { path: 'label', kind: 'text' },
]

/** What a result says besides what it holds and how that is shown. */
export const RESULT_SPECS: readonly ControlSpec[] = [
  { path: 'title', kind: 'text', word: 'result_title', isOptional: true },
  { path: 'output', kind: 'value', word: 'result_output', isOptional: true },
]

const quorum = (level: string): ControlSpec => ({
  path: `supervision/${level}/quorum`,
  kind: 'number',
  word: 'quorum',
  isOptional: true,
  isShown: isThere(`supervision/${level}`),
})
const from = (level: string, options: readonly string[]): ControlSpec => ({
  path: `supervision/${level}/from`,
  kind: 'choices',
  word: 'from',
  options,
  isOptional: true,
  isShown: isThere(`supervision/${level}`),
})

export const governanceSpecs = (words: Words): readonly ControlSpec[] => [
  { path: 'engine_type', kind: 'select', options: words.engine_types },
  { path: 'risk', kind: 'select', options: words.risks },
  { path: 'consequences', kind: 'choices', options: words.consequences, isOptional: true },
  { path: 'supervision/required', kind: 'switch' },
  { path: 'supervision/level2', kind: 'object' },
  quorum('level2'),
  from('level2', ['manager', 'reviewer']),
  { path: 'supervision/level3', kind: 'object' },
  quorum('level3'),
  from('level3', ['compliance_officer']),
  { path: 'statements', kind: 'lines', isOptional: true },
  { path: 'jurisdictions', kind: 'all_or_lines' },
  { path: 'allowed_provider_types', kind: 'all_or_choices', options: words.provider_types },
  { path: 'data_classes', kind: 'choices', options: words.data_classes, isOptional: true },
  { path: 'max_execution_seconds', kind: 'number', isOptional: true },
  { path: 'max_steps', kind: 'number', isOptional: true },
]

export const PRICING_SPECS: readonly ControlSpec[] = [
  { path: 'base_micros', kind: 'micros' },
  { path: 'per_input_megabyte_micros', kind: 'micros', isOptional: true },
  { path: 'per_input_kilochar_micros', kind: 'micros', isOptional: true },
  { path: 'per_item_micros', kind: 'micros', isOptional: true },
]

/** What a new app begins with: it asks one text, asks a model once, and shows the answer. */
export const starter = (name: string, language: string, words: Pick<Words, 'categories'>): Json => ({
  info: { name, description: name, version: '1.0.0', category: words.categories[0] ?? '', tags: [], language },
  input: { fields: [{ name: 'text', label: 'Text', type: 'text', required: true, max_length: 20_000 }] },
  pipeline: {
    nodes: [
      {
        id: 'answer',
        type: 'prompt',
        title: 'Answer',
        prompt: '<text>\n{{input.text}}\n</text>',
        output: 'text',
      },
      { id: 'shown', type: 'transform', title: 'Lay out', expression: '{ "answer": answer }' },
    ],
  },
  result: {
    schema: {
      type: 'object',
      properties: { answer: { type: 'string' } },
      required: ['answer'],
      additionalProperties: false,
    },
    layout: [{ pointer: '/answer', label: 'Answer', format: 'text' }],
  },
  governance: {
    engine_type: 'prompt',
    risk: 'low',
    jurisdictions: 'all',
    supervision: { required: true },
    allowed_provider_types: 'all',
  },
  pricing: { base_micros: 0 },
})

/** A node of a type, as it is added. */
export const newNode = (type: string, id: string, title: string): Json => {
  const base = { id, type, title }
  switch (type) {
    case 'transform':
      return { ...base, expression: '' }
    case 'validate':
      return { ...base, value: '', schema: NEW_SCHEMAS.object }
    case 'prompt':
      return { ...base, prompt: '', output: 'text' }
    case 'parallel':
      return { ...base, branches: [[], []] }
    case 'condition':
      // oxlint-disable-next-line unicorn/no-thenable -- the word of the contract
      return { ...base, expression: '', then: [] }
    case 'for_each':
      return { ...base, items: '', as: 'item', nodes: [], max_items: 20 }
    case 'human_task':
      return { ...base, description: '', assignee: 'requester', fields: [] }
    case 'http_tool':
      return { ...base, method: 'GET', url: 'https://' }
    case 'sub_app':
      return { ...base, app: '', input: {} }
    default:
      return base
  }
}
