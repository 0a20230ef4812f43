// What a screen reads of an app's contract. The server has judged it; here only what is shown is taken out, safely.

import { at, isList, listAt, numberAt, textAt, wordsAt } from './json-value.ts'

export const FIELD_TYPES = ['text', 'number', 'date', 'boolean', 'select', 'file', 'files'] as const
export type FieldType = (typeof FIELD_TYPES)[number]

export type AppField = {
  readonly name: string
  readonly label: string
  readonly description: string | null
  readonly type: FieldType
  readonly isRequired: boolean
  readonly options: readonly string[]
  readonly formats: readonly string[]
  readonly min_length: number | null
  readonly max_length: number | null
  readonly max_bytes: number | null
  readonly max_files: number | null
  readonly minimum: number | null
  readonly maximum: number | null
  readonly initial: string | number | boolean | null
}

export type LayoutPart = {
  readonly pointer: string
  readonly label: string
  readonly format: string
  readonly columns: readonly { readonly pointer: string; readonly label: string }[]
}

export type AppContract = {
  readonly name: string
  readonly description: string
  readonly category: string
  readonly instructions: string | null
  readonly tags: readonly string[]
  readonly engine_type: string
  readonly risk: string
  readonly statements: readonly string[]
  readonly fields: readonly AppField[]
  readonly pipeline: readonly { readonly id: string; readonly type: string; readonly title: string }[]
  readonly layout: readonly LayoutPart[]
  readonly jurisdictions: readonly string[] | null
}

/** Takes out of a contract what is shown. */
export function readContract(contract: unknown): AppContract {
  const [info, governance] = [at(contract, 'info'), at(contract, 'governance')]
  const jurisdictions = at(governance, 'jurisdictions')
  return {
    name: textAt(info, 'name') ?? '',
    description: textAt(info, 'description') ?? '',
    category: textAt(info, 'category') ?? '',
    instructions: textAt(info, 'instructions'),
    tags: wordsAt(info, 'tags'),
    engine_type: textAt(governance, 'engine_type') ?? '',
    risk: textAt(governance, 'risk') ?? '',
    statements: wordsAt(governance, 'statements'),
    fields: readFields(listAt(at(contract, 'input'), 'fields')),
    pipeline: listAt(at(contract, 'pipeline'), 'nodes').map((node) => ({
      id: textAt(node, 'id') ?? '',
      type: textAt(node, 'type') ?? '',
      title: textAt(node, 'title') ?? textAt(node, 'id') ?? '',
    })),
    layout: readLayout(contract),
    jurisdictions: Array.isArray(jurisdictions) ? wordsAt(governance, 'jurisdictions') : null,
  }
}

/** How the parts of an output are shown, as far as the contract says. */
export function readLayout(contract: unknown): readonly LayoutPart[] {
  return listAt(at(contract, 'result'), 'layout').map((part) => ({
    pointer: textAt(part, 'pointer') ?? '',
    label: textAt(part, 'label') ?? '',
    format: textAt(part, 'format') ?? 'json',
    columns: listAt(part, 'columns').map((column) => ({
      pointer: textAt(column, 'pointer') ?? '',
      label: textAt(column, 'label') ?? '',
    })),
  }))
}

/** The fields of a form, as a contract or a task has them. */
export const readFields = (fields: readonly unknown[]): readonly AppField[] => fields.flatMap(readField)

function readField(field: unknown): readonly AppField[] {
  const type = FIELD_TYPES.find((each) => each === textAt(field, 'type'))
  const name = textAt(field, 'name')
  if (type === undefined || name === null) return []
  const initial = at(field, 'default')
  return [
    {
      name,
      type,
      label: textAt(field, 'label') ?? name,
      description: textAt(field, 'description'),
      isRequired: at(field, 'required') === true,
      options: wordsAt(field, 'options'),
      formats: wordsAt(field, 'formats'),
      min_length: numberAt(field, 'min_length'),
      max_length: numberAt(field, 'max_length'),
      max_bytes: numberAt(field, 'max_bytes'),
      max_files: numberAt(field, 'max_files'),
      minimum: numberAt(field, 'minimum'),
      maximum: numberAt(field, 'maximum'),
      initial:
        typeof initial === 'string' || typeof initial === 'number' || typeof initial === 'boolean' ? initial : null,
    },
  ]
}

/** The part of a value that a JSON pointer names (RFC 6901). */
export function partAt(value: unknown, pointer: string): unknown {
  if (pointer === '') return value
  return pointer
    .slice(1)
    .split('/')
    .map((word) => word.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((part, word) => (isList(part) ? part[Number(word)] : at(part, word)), value)
}
