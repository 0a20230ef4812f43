// A small valid value for a JSON Schema, so that a route can be asked with input that is well formed and means nothing.

import { newId } from '../src/kernel/id.ts'

type Schema = Readonly<Record<string, unknown>>

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

let counter = 0

/** Texts differ from call to call. Objects get the members they require, and one more when they must have one; ids are such that nothing has them. */
export function exampleOf(schema: unknown): unknown {
  if (!isSchema(schema)) throw new Error('That is no schema')
  const choices = schema['anyOf'] ?? schema['enum']
  if ('const' in schema) return schema['const']
  if (Array.isArray(choices)) return isSchema(choices[0]) ? exampleOf(choices[0]) : choices[0]
  switch (schema['type']) {
    case 'object':
      return exampleObject(schema)
    case 'array':
      return Array.from({ length: Number(schema['minItems'] ?? 0) }, () => exampleOf(schema['items']))
    case 'string':
      return exampleText(schema)
    case 'integer':
    case 'number':
      return Number(schema['minimum'] ?? 1)
    case 'boolean':
      return true
    case 'null':
      return null
    default:
      return {}
  }
}

function exampleObject(schema: Schema): Record<string, unknown> {
  const properties = isSchema(schema['properties']) ? schema['properties'] : {}
  const required = Array.isArray(schema['required']) ? schema['required'].map(String) : []
  const wanted = Number(schema['minProperties'] ?? 0)
  const names = [...required, ...Object.keys(properties).filter((name) => !required.includes(name))]
  const chosen = names.slice(0, Math.max(required.length, wanted))
  return Object.fromEntries(chosen.map((name) => [name, exampleOf(properties[name])]))
}

function exampleText(schema: Schema): string {
  const pattern = typeof schema['pattern'] === 'string' ? new RegExp(schema['pattern'], 'u') : null
  if (pattern?.test('00000000-0000-0000-0000-000000000000') === true && !pattern.test('an example')) return newId()
  if (schema['format'] === 'date-time') return '2026-01-01T00:00:00Z'
  const least = Number(schema['minLength'] ?? 0)
  const most = Number(schema['maxLength'] ?? 200)
  const text = `example ${(counter += 1)}`.padEnd(least, 'x').slice(0, most)
  const found = [text, '1', '2026-01-01', 'a@example.com', 'rv', '200', '123456', 'a'.repeat(64)].find(
    (each) => pattern?.test(each) ?? true,
  )
  if (found === undefined) throw new Error(`No example matches ${String(schema['pattern'])}`)
  return found
}
