// JSONata inside contracts: `transform`, the question of a `condition` and the items of a `for_each`. Judged here without
// being run; the engine bounds their running.

import jsonata from 'jsonata'
import { findPatternFault } from './regex.ts'
import type { VariablePath } from './template.ts'

const MAX_PARTS = 600
const MAX_DEPTH = 60
/** What a match may cost in an expression whose subject nobody bounds: three repetitions, none inside another. */
const MATCH_SUBJECT_CHARS = 400

/** `$eval` would run text that nobody has judged. */
const REFUSED_FUNCTIONS: readonly string[] = ['eval']

export type JudgedExpression = {
  /** What is wrong with it, in a sentence; null if it may be run. */
  readonly fault: string | null
  /** What it names of the variables, as far as that can be seen without running it. */
  readonly names: readonly VariablePath[]
}

type Part = Readonly<Record<string, unknown>>
type Reading = { readonly names: VariablePath[]; readonly faults: string[]; parts: number }

const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null && !Array.isArray(value)
const partsOf = (value: unknown): readonly Part[] => (Array.isArray(value) ? value.filter(isPart) : [])

/** Parses an expression and says what it names. Total: whatever the text is, it never throws and never runs it. */
export function judgeExpression(text: string): JudgedExpression {
  let root: unknown
  try {
    root = jsonata(text).ast()
  } catch (error) {
    return { fault: `is no JSONata: ${messageOf(error)}`, names: [] }
  }
  const reading: Reading = { names: [], faults: [], parts: 0 }
  if (isPart(root)) read(reading, root, true, 0)
  return { fault: reading.faults[0] ?? null, names: reading.names }
}

function messageOf(error: unknown): string {
  const message: unknown = isPart(error) ? error['message'] : undefined
  return typeof message === 'string' ? message.slice(0, 200) : 'it cannot be parsed'
}

/** `at_root`: names stand for variables here, and not for members of something that a path has led to. */
function read(reading: Reading, part: Part, at_root: boolean, depth: number): void {
  if (reading.faults.length > 0) return
  if (++reading.parts > MAX_PARTS) return void reading.faults.push('is too long; divide it into several nodes')
  if (depth > MAX_DEPTH) return void reading.faults.push(`is nested deeper than ${MAX_DEPTH} levels`)
  if (part['type'] === 'path') return readPath(reading, part, at_root, depth)
  if (part['type'] === 'regex') return readPattern(reading, part['value'])
  if (part['type'] === 'variable') return readVariable(reading, part['value'])
  readInside(reading, part, at_root, depth)
}

function readVariable(reading: Reading, name: unknown): void {
  if (REFUSED_FUNCTIONS.some((each) => each === name)) reading.faults.push(`must not use $${String(name)}`)
}

/** Everything inside a part; what a predicate, an order or a grouping says is about the items it is put to. */
function readInside(reading: Reading, part: Part, at_root: boolean, depth: number): void {
  for (const [name, value] of Object.entries(part)) {
    const is_relative = name === 'predicate' || name === 'stages' || name === 'group' || name === 'terms'
    for (const each of nestedIn(value)) read(reading, each, at_root && !is_relative, depth + 1)
  }
}

/** Parts directly inside a value: one, a list of them, or a list of pairs. */
function nestedIn(value: unknown): readonly Part[] {
  if (Array.isArray(value)) return value.flatMap(nestedIn)
  return isPart(value) && !(value instanceof RegExp) ? [value] : []
}

function readPattern(reading: Reading, value: unknown): void {
  const fault = value instanceof RegExp ? findPatternFault(value.source, MATCH_SUBJECT_CHARS) : null
  if (fault !== null) reading.faults.push(`the pattern ${String(value).slice(0, 60)} ${fault}`)
}

function readPath(reading: Reading, part: Part, at_root: boolean, depth: number): void {
  const steps = partsOf(part['steps'])
  const [first] = steps
  const names = nameOf(steps, at_root)
  if (names !== null) reading.names.push(names)
  else if (first !== undefined) read(reading, first, at_root, depth + 1)
  steps.forEach((step, index) => {
    if (index > 0 || names !== null) readInside(reading, step, false, depth + 1)
  })
  if (isPart(part['group'])) readInside(reading, part['group'], false, depth + 1)
}

/** The leading names of a path that begins at the variables; null when it begins elsewhere. */
function nameOf(steps: readonly Part[], at_root: boolean): VariablePath | null {
  const [first] = steps
  const value = first?.['value']
  const is_whole = first?.['type'] === 'variable' && (value === '$' || (value === '' && at_root))
  if (!is_whole && !(at_root && first?.['type'] === 'name')) return null
  const named = is_whole ? steps.slice(1) : steps
  const path: string[] = []
  for (const { type, value: name, stages, predicate } of named) {
    if (type !== 'name' || typeof name !== 'string') break
    path.push(name)
    if (stages !== undefined || predicate !== undefined) break
  }
  return path.length === 0 ? null : path
}
