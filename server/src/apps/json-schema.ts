// JSON Schemas inside contracts (2020-12). They come from people, so they are bounded before anything compiles them: a closed
// list of keywords, no reference out of the document or in a circle, and patterns whose worst case is bounded.

import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { ProblemField } from '../kernel/problem.ts'
import type { SchemaValue } from './input-schema.ts'
import { isObject, pointerStep } from './internal/value.ts'
import { findPatternFault, UNBOUNDED_SUBJECT_CHARS } from './regex.ts'

const MAX_DEPTH = 16
const MAX_SCHEMAS = 500
const MAX_CHARS = 100_000
/** Comparing every two items costs the square of their number. */
const MAX_UNIQUE_ITEMS = 1000
const MAX_VIOLATIONS = 20

const FORMATS = ['date', 'date-time', 'time', 'email', 'uri', 'uuid'] as const

/** Keywords that hold one schema, a list of them, or named ones; and those that hold none. */
const ONE = ['items', 'additionalProperties', 'contains', 'not', 'if', 'then', 'else', 'propertyNames']
const LIST = ['anyOf', 'oneOf', 'allOf', 'prefixItems']
const NAMED = ['properties', '$defs']
const PLAIN =
  '$schema $ref $comment type enum const title description default examples required minProperties maxProperties minItems ' +
  'maxItems uniqueItems minContains maxContains minLength maxLength pattern format minimum maximum exclusiveMinimum ' +
  'exclusiveMaximum multipleOf readOnly writeOnly deprecated'
const KEYWORDS: ReadonlySet<string> = new Set([...ONE, ...LIST, ...NAMED, ...PLAIN.split(' ')])

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true, logger: false })
addFormats.default(ajv, [...FORMATS])

type Walk = { readonly root: SchemaValue; readonly faults: ProblemField[]; seen: number }

/** What is wrong with a schema, each with its pointer below `at`; empty if `violationsOf` may be given it. Total. */
export function findSchemaFaults(schema: unknown, at: string): readonly ProblemField[] {
  if (!isObject(schema)) return [{ pointer: at, message: 'is no JSON Schema object' }]
  const walk: Walk = { root: schema, faults: [], seen: 0 }
  walkSchema(walk, schema, at, 0)
  if (walk.faults.length > 0) return walk.faults.slice(0, MAX_VIOLATIONS)
  if (JSON.stringify(schema).length > MAX_CHARS)
    return [{ pointer: at, message: `is longer than ${MAX_CHARS} characters` }]
  if (hasCircle(schema)) return [{ pointer: `${at}/$defs`, message: 'refers to itself in a circle' }]
  try {
    compile(schema)
    return []
  } catch (error) {
    return [{ pointer: at, message: `is no valid JSON Schema: ${String(error).slice(0, 300)}` }]
  }
}

function walkSchema(walk: Walk, schema: unknown, at: string, depth: number): void {
  if (typeof schema === 'boolean' && depth > 0) return
  const refuse = (message: string, keyword?: string): void => {
    walk.faults.push({ pointer: keyword === undefined ? at : `${at}/${pointerStep(keyword)}`, message })
  }
  if (!isObject(schema)) return refuse('is no schema')
  if (walk.faults.length >= MAX_VIOLATIONS) return
  if (depth > MAX_DEPTH) return refuse(`is nested deeper than ${MAX_DEPTH} levels`)
  if (++walk.seen > MAX_SCHEMAS) return refuse(`holds more than ${MAX_SCHEMAS} schemas`)
  for (const keyword of Object.keys(schema)) {
    if (!KEYWORDS.has(keyword)) refuse(`the keyword ${keyword.slice(0, 60)} is not taken here`, keyword)
  }
  walkBounds(schema, refuse)
  for (const keyword of ONE) if (keyword in schema) walkSchema(walk, schema[keyword], `${at}/${keyword}`, depth + 1)
  for (const keyword of LIST) {
    const list = schema[keyword]
    if (Array.isArray(list))
      list.forEach((each, index) => walkSchema(walk, each, `${at}/${keyword}/${index}`, depth + 1))
  }
  for (const keyword of NAMED) {
    const named = schema[keyword]
    if (!isObject(named)) continue
    for (const [name, each] of Object.entries(named)) {
      walkSchema(walk, each, `${at}/${keyword}/${pointerStep(name)}`, depth + 1)
    }
  }
}

function walkBounds(schema: SchemaValue, refuse: (message: string, keyword: string) => void): void {
  const { $ref, pattern, maxLength, uniqueItems, maxItems, format } = schema
  if ($ref !== undefined && definitionOf($ref) === null) {
    refuse('may only refer to a definition of its own, as #/$defs/name', '$ref')
  }
  if (typeof pattern === 'string') {
    const fault = findPatternFault(pattern, typeof maxLength === 'number' ? maxLength : UNBOUNDED_SUBJECT_CHARS)
    if (fault !== null) refuse(fault, 'pattern')
  }
  if (uniqueItems === true && !(typeof maxItems === 'number' && maxItems <= MAX_UNIQUE_ITEMS)) {
    refuse(`needs maxItems of at most ${MAX_UNIQUE_ITEMS} beside it`, 'uniqueItems')
  }
  if (format !== undefined && !FORMATS.some((each) => each === format)) {
    refuse(`must be one of ${FORMATS.join(', ')}`, 'format')
  }
}

const definitionOf = (ref: unknown): string | null =>
  typeof ref === 'string' ? (/^#\/\$defs\/([A-Za-z0-9_-]{1,100})$/.exec(ref)?.[1] ?? null) : null

/** Whether following references can come back to where it began: a value would then be checked without an end. */
function hasCircle(root: SchemaValue): boolean {
  const definitions = isObject(root['$defs']) ? root['$defs'] : {}
  const done = new Set<string>()
  const leadsBack = (name: string, path: ReadonlySet<string>): boolean => {
    if (path.has(name)) return true
    if (done.has(name)) return false
    const around = new Set(path).add(name)
    if (referencesIn(definitions[name]).some((each) => leadsBack(each, around))) return true
    done.add(name)
    return false
  }
  return Object.keys(definitions).some((name) => leadsBack(name, new Set()))
}

function referencesIn(schema: unknown): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap(referencesIn)
  if (!isObject(schema)) return []
  const own = definitionOf(schema['$ref'])
  return [...(own === null ? [] : [own]), ...Object.values(schema).flatMap(referencesIn)]
}

type Checker = (value: unknown) => readonly ErrorObject[]

const compiled = new WeakMap<SchemaValue, Checker>()

function compile(schema: SchemaValue): Checker {
  const known = compiled.get(schema)
  if (known !== undefined) return known
  const validate = ajv.compile(schema)
  // Ajv would otherwise keep every schema it has ever seen.
  ajv.removeSchema(schema)
  const checker: Checker = (value) => (validate(value) ? [] : (validate.errors ?? []))
  compiled.set(schema, checker)
  return checker
}

/**
 * Where a value breaks a schema that `findSchemaFaults` has passed: pointers into the value with what is wrong there, at most
 * twenty; empty if it keeps it. The compiled form is remembered as long as the schema object lives.
 */
export function violationsOf(schema: SchemaValue, value: unknown): readonly ProblemField[] {
  return compile(schema)(value).slice(0, MAX_VIOLATIONS).map(violationOf)
}

function violationOf(error: ErrorObject): ProblemField {
  const { keyword, instancePath, params, message = 'is not as it must be' } = error
  const name: unknown = params['missingProperty'] ?? params['additionalProperty']
  if (typeof name !== 'string') return { pointer: instancePath, message: messageOf(keyword, params, message) }
  const pointer = `${instancePath}/${pointerStep(name)}`
  return { pointer, message: keyword === 'required' ? 'is missing' : 'is not asked for' }
}

function messageOf(keyword: string, params: Readonly<Record<string, unknown>>, message: string): string {
  const { allowedValues } = params
  if (keyword !== 'enum' || !Array.isArray(allowedValues)) return message
  return `must be one of ${allowedValues.slice(0, 20).map(String).join(', ')}`
}
