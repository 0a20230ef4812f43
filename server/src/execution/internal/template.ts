// Templates: `{{input.x}}`, `{{system.timestamp}}`, `{{node_id.path}}` inside text. A text that is nothing but one of them
// stands for the value and keeps its type. Filled in once: what a value brings is never read as a template again.

import { StepFailure } from './step-failure.ts'

/** What templates and expressions can name: `input`, `system`, and the values of nodes by their ids. */
export type Variables = Readonly<Record<string, unknown>>

const PLACE = /\{\{\s*([a-z][a-z0-9_]*(?:\.[A-Za-z0-9_-]{1,100}){0,20})\s*\}\}/g
const WHOLE = /^\{\{\s*([a-z][a-z0-9_]*(?:\.[A-Za-z0-9_-]{1,100}){0,20})\s*\}\}$/
const MAX_FILLED_CHARS = 8_000_000

/** The value that a path names; undefined when there is none. Only own members are seen. */
export function lookUp(variables: Variables, path: string): unknown {
  let value: unknown = variables
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = Reflect.get(value, part)
  }
  return value
}

/** A value as text inside text: nothing for nothing, JSON for what is no text. */
function textOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Fills in a text. Fails with `value_too_large` when it grows beyond bounds. */
export function fillText(template: string, variables: Variables): string {
  const filled = template.replace(PLACE, (_whole, path: string) => textOf(lookUp(variables, path)))
  if (filled.length > MAX_FILLED_CHARS) throw new StepFailure('value_too_large', 'A filled-in text is too large.')
  return filled
}

/** Fills in every text of a JSON value; a text that is one place alone becomes that value, null where there is none. */
export function fill(value: unknown, variables: Variables): unknown {
  if (typeof value === 'string') {
    const path = WHOLE.exec(value)?.[1]
    return path === undefined ? fillText(value, variables) : (lookUp(variables, path) ?? null)
  }
  if (Array.isArray(value)) return value.map((each: unknown) => fill(each, variables))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, each]: [string, unknown]) => [name, fill(each, variables)]),
  )
}
