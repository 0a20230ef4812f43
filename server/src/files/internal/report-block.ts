// How a JSON value reads in a document: objects as labelled parts, alike objects as a table, everything else as lines.

import type { Block } from '../report.ts'

const MAX_COLUMNS = 6

const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A word like `due_date` as people write it. */
function labelOf(name: string): string {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]+/g, ' ')
    .trim()
    .toLowerCase()
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1)
}

/** A value without parts as text. */
function plainText(value: unknown): string {
  if (value === null || value === undefined) return '–'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** The blocks of a value, in order. */
export function blocksOf(value: unknown, depth = 0): readonly Block[] {
  if (isPlain(value)) return linesOf(plainText(value)).map((text) => ({ kind: 'paragraph', text, depth }))
  if (Array.isArray(value)) return tableOf(value) ?? value.flatMap((item) => itemOf(item, depth))
  const parts: Readonly<Record<string, unknown>> = isRecord(value) ? value : {}
  return Object.entries(parts).flatMap(([name, part]) => partOf(labelOf(name), part, depth))
}

const linesOf = (text: string): readonly string[] => text.split(/\r?\n/)

function itemOf(item: unknown, depth: number): readonly Block[] {
  if (isPlain(item)) return [{ kind: 'item', text: plainText(item), depth }]
  const [first, ...rest] = blocksOf(item, depth + 1)
  return first === undefined || first.kind === 'table'
    ? blocksOf(item, depth + 1)
    : [{ kind: 'item', text: first.text, depth }, ...rest]
}

function partOf(label: string, part: unknown, depth: number): readonly Block[] {
  if (isPlain(part) && !plainText(part).includes('\n')) {
    return [{ kind: 'paragraph', text: `${label}: ${plainText(part)}`, depth }]
  }
  return [{ kind: 'label', text: label, depth }, ...blocksOf(part, depth + 1)]
}

/** A list of objects that have only plain members, few enough to stand side by side. */
function tableOf(items: readonly unknown[]): readonly Block[] | null {
  const records = items.filter(isRecord)
  if (items.length === 0 || records.length < items.length) return null
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))]
  const fits =
    names.length > 0 && names.length <= MAX_COLUMNS && records.every((record) => Object.values(record).every(isPlain))
  if (!fits) return null
  const rows = records.map((record) => names.map((name) => (name in record ? plainText(record[name]) : '')))
  return [{ kind: 'table', columns: names.map(labelOf), rows }]
}

/** How a note reads beside what it is about. */
export const NOTE_WORDS = { note: 'Note', edit: 'Edited', flag: 'Flag', override: 'Override' } as const

/** A moment as documents write it. */
export const momentOf = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
