// A value that a contract makes of templates, as a form shows it: a text, names with values, or whatever else as JSON.

import { isJson, type Json } from './json-edit.ts'

export const VALUE_WAYS = ['text', 'rows', 'json'] as const
export type ValueWay = (typeof VALUE_WAYS)[number]

/** How a value is shown. One that is not there yet is a text that is still empty. */
export const wayOf = (value: unknown): ValueWay =>
  value === undefined || typeof value === 'string' ? 'text' : isJson(value) ? 'rows' : 'json'

/** A value begun in another way; as JSON it stays what it is. */
export const begunAs = (way: ValueWay, value: unknown): unknown => (way === 'json' ? value : way === 'rows' ? {} : '')

export type Row = { readonly name: string; readonly value: unknown }

export const rowsOf = (record: Json): readonly Row[] => Object.entries(record).map(([name, value]) => ({ name, value }))

/** The names with their values again. No two rows may have the same name. */
export const recordOf = (rows: readonly Row[]): Json => Object.fromEntries(rows.map(({ name, value }) => [name, value]))
