// The thread of a sandbox: one task at a time, nothing but data in and out. It holds no connection, no key and no secret.

import { parentPort } from 'node:worker_threads'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import jsonata from 'jsonata'
import type { SandboxAnswer, SandboxTask } from './sandbox.ts'

/** Bounds inside the thread, short of those that end it: depth of recursion, and elements of one sequence. */
const BOUNDS = { stack: 500, sequence: 100_000 } as const
const MAX_VIOLATIONS = 20
const MAX_RESULT_CHARS = 16_000_000
const REMEMBERED = 200

const remembered = new Map<string, ValidateFunction>()

function validatorOf(schema: string): ValidateFunction {
  const known = remembered.get(schema)
  if (known !== undefined) return known
  const ajv = new Ajv2020({ allErrors: true, strict: false, validateSchema: true })
  addFormats.default(ajv)
  const parsed: unknown = JSON.parse(schema)
  if (typeof parsed !== 'object' || parsed === null) throw new Error('A schema is an object')
  const compiled = ajv.compile(parsed)
  const [oldest] = remembered.keys()
  if (remembered.size >= REMEMBERED && oldest !== undefined) remembered.delete(oldest)
  remembered.set(schema, compiled)
  return compiled
}

async function evaluate(task: Extract<SandboxTask, { kind: 'evaluate' }>): Promise<string> {
  const expression = jsonata(task.expression, BOUNDS)
  // A step that is computed again must give the same: its clock is the run's.
  const instant = Date.parse(task.timestamp)
  expression.registerFunction('now', () => task.timestamp, '<:s>')
  expression.registerFunction('millis', () => instant, '<:n>')
  const result: unknown = await expression.evaluate(JSON.parse(task.variables))
  const text = JSON.stringify(result ?? null) ?? 'null'
  if (text.length > MAX_RESULT_CHARS) throw new Error('The result is too large')
  return text
}

function validate(task: Extract<SandboxTask, { kind: 'validate' }>): string {
  const check = validatorOf(task.schema)
  if (check(JSON.parse(task.value))) return '[]'
  const places = (check.errors ?? []).map(({ instancePath, keyword, params, message }) => {
    const missing: unknown = keyword === 'required' ? params['missingProperty'] : undefined
    const pointer = typeof missing === 'string' ? `${instancePath}/${escapePart(missing)}` : instancePath
    return [pointer, typeof missing === 'string' ? 'is missing' : (message ?? keyword)]
  })
  return JSON.stringify(places.slice(0, MAX_VIOLATIONS))
}

const escapePart = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1')

async function answer(task: SandboxTask): Promise<SandboxAnswer> {
  try {
    return { is_done: true, result: task.kind === 'evaluate' ? await evaluate(task) : validate(task) }
  } catch (error) {
    const code = task.kind === 'evaluate' ? 'expression_failed' : 'schema_invalid'
    return { is_done: false, code, detail: sentenceOf(error).slice(0, 1000) }
  }
}

/** JSONata throws plain objects that carry a message. */
function sentenceOf(error: unknown): string {
  const message: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'message') : null
  return typeof message === 'string' ? message : String(error)
}

const tell = (message: SandboxAnswer | 'ready'): void => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage(message)
}

parentPort?.on('message', (task: SandboxTask) => {
  void answer(task).then(tell)
})
tell('ready')
