// Where what an author wrote is computed: JSONata expressions run in threads of their own, with little memory and a time
// limit. Whatever loops is ended together with its thread, and nothing else notices.

import { Worker } from 'node:worker_threads'
import { readJson } from '../../kernel/json-text.ts'
import { StepFailure } from './step-failure.ts'

export type Sandbox = {
  /**
   * The value of a JSONata expression over `variables`, null where it gives nothing. Fails with `expression_failed`,
   * `expression_timeout` or `expression_too_large`; never for long.
   */
  readonly evaluate: (expression: string, variables: object, timestamp: string) => Promise<unknown>
  readonly close: () => Promise<void>
}

/** What a thread is asked. Values travel as JSON text, so that nothing but data crosses. */
export type SandboxTask = { readonly expression: string; readonly variables: string; readonly timestamp: string }

export type SandboxAnswer =
  | { readonly is_done: true; readonly result: string }
  | { readonly is_done: false; readonly code: string; readonly detail: string }

export type SandboxOptions = {
  /** How long one expression may take. */
  readonly timeout_ms?: number
  /** How many are computed at once. */
  readonly threads?: number
}

const TIMEOUT_MS = 2000
const THREADS = 2
const LIMITS = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 } as const
const MAX_VALUE_CHARS = 16_000_000
const THREAD = new URL('./sandbox-thread.ts', import.meta.url)

type Waiting = {
  readonly task: SandboxTask
  readonly resolve: (result: unknown) => void
  readonly reject: (failure: Error) => void
}

type Thread = { readonly worker: Worker; end: ((answer: SandboxAnswer | null) => void) | null }

/** Opens a sandbox; its threads start with the first task and keep no process alive. */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const timeout_ms = options.timeout_ms ?? TIMEOUT_MS
  const most = options.threads ?? THREADS
  const idle: Thread[] = []
  const all = new Set<Thread>()
  const queue: Waiting[] = []
  const state = { isClosed: false }

  /** A thread takes tasks once it says that it is ready: loading its programs costs no task its time. */
  const start = (): void => {
    const worker = new Worker(THREAD, { resourceLimits: LIMITS, env: {}, execArgv: [], argv: [] })
    worker.unref()
    const thread: Thread = { worker, end: null }
    all.add(thread)
    worker.on('message', (answer: SandboxAnswer | 'ready') => {
      if (answer !== 'ready') return thread.end?.(answer)
      idle.push(thread)
      next()
    })
    worker.on('error', () => drop(thread))
    worker.on('exit', () => drop(thread))
  }

  /** A thread that has ended: whatever it was computing has failed for want of memory or time. */
  const drop = (thread: Thread): void => {
    all.delete(thread)
    const at = idle.indexOf(thread)
    if (at >= 0) idle.splice(at, 1)
    thread.end?.(null)
  }

  const take = (): Thread | null => {
    const thread = idle.pop()
    if (thread === undefined && all.size < most) start()
    return thread ?? null
  }

  const give = (thread: Thread, { task, resolve, reject }: Waiting): void => {
    const timer = setTimeout(() => {
      finish({ is_done: false, code: 'expression_timeout', detail: `It took longer than ${timeout_ms} ms.` })
      all.delete(thread)
      void thread.worker.terminate()
      next()
    }, timeout_ms)
    const finish = (answer: SandboxAnswer | null): void => {
      clearTimeout(timer)
      thread.end = null
      if (answer === null) reject(new StepFailure('expression_too_large', 'It needs more memory than it may have.'))
      else if (answer.is_done) resolve(readJson(answer.result))
      else reject(new StepFailure(answer.code, answer.detail))
    }
    thread.end = (answer) => {
      finish(answer)
      if (all.has(thread)) idle.push(thread)
      next()
    }
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    thread.worker.postMessage(task)
  }

  const next = (): void => {
    while (queue.length > 0 && !state.isClosed) {
      const thread = take()
      if (thread === null) return
      const waiting = queue.shift()
      if (waiting !== undefined) give(thread, waiting)
    }
  }

  const ask = (task: SandboxTask): Promise<unknown> => {
    if (state.isClosed) return Promise.reject(new Error('The sandbox is closed'))
    return new Promise((resolve, reject) => {
      queue.push({ task, resolve, reject })
      next()
    })
  }

  return {
    async evaluate(expression, variables, timestamp) {
      return ask({ expression, variables: writeJson(variables), timestamp })
    },
    async close() {
      state.isClosed = true
      for (const { reject } of queue.splice(0)) reject(new Error('The sandbox is closed'))
      await Promise.all([...all].map(({ worker }) => worker.terminate()))
    },
  }
}

function writeJson(value: unknown): string {
  const text = JSON.stringify(value ?? null)
  if (text.length > MAX_VALUE_CHARS)
    throw new StepFailure('value_too_large', 'A value is too large to be computed with.')
  return text
}
