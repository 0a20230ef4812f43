// The thread of a sandbox: one task at a time, nothing but data in and out. It holds no connection, no key and no secret.

import { parentPort } from 'node:worker_threads'
import jsonata from 'jsonata'
import { readJson } from '../../kernel/json-text.ts'
import type { SandboxAnswer, SandboxTask } from './sandbox.ts'

/** Bounds inside the thread, short of those that end it: depth of recursion, and elements of one sequence. */
const BOUNDS = { stack: 500, sequence: 100_000 } as const
const MAX_RESULT_CHARS = 16_000_000

async function evaluate(task: SandboxTask): Promise<string> {
  const expression = jsonata(task.expression, BOUNDS)
  // A step that is computed again must give the same: its clock is the run's.
  const instant = Date.parse(task.timestamp)
  expression.registerFunction('now', () => task.timestamp, '<:s>')
  expression.registerFunction('millis', () => instant, '<:n>')
  const result: unknown = await expression.evaluate(readJson(task.variables))
  const text = JSON.stringify(result ?? null) ?? 'null'
  if (text.length > MAX_RESULT_CHARS) throw new Error('The result is too large')
  return text
}

async function answer(task: SandboxTask): Promise<SandboxAnswer> {
  try {
    return { is_done: true, result: await evaluate(task) }
  } catch (error) {
    return { is_done: false, code: 'expression_failed', detail: sentenceOf(error).slice(0, 1000) }
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
