// Watching a run: waiting until it needs somebody or has ended, and the stream of its events. The engine of this node tells
// at once; runs on other nodes are looked at every half second. Whoever watches is judged again with every look.

import { Readable } from 'node:stream'
import type { Engine } from './engine.ts'
import { isEnded, type State } from './state.ts'

export type Progress = { readonly state: State; readonly [name: string]: unknown }

const LOOK_EVERY_MS = 500
/** A look after something was told waits this long, so that what comes together is told together. */
const GATHER_MS = 20
const KEEP_ALIVE_MS = 15_000
/** A watcher comes back by itself, and is then asked again who it is: a session that was ended follows nothing for long. */
const MAX_STREAM_MS = 30_000

/** Whether a run goes on by itself. */
const goesOn = (state: State): boolean => state === 'created' || state === 'running'

/** Resolves as soon as something of the run changed here (its state, or also a step), or after half a second. */
function nextLook(
  engine: Pick<Engine, 'watch'>,
  execution_id: string,
  least: 'step' | 'state',
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      unwatch()
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, LOOK_EVERY_MS)
    const unwatch = engine.watch(execution_id, (what) => {
      if (what !== least && least === 'state') return
      unwatch()
      clearTimeout(timer)
      setTimeout(done, GATHER_MS)
    })
    signal.addEventListener('abort', done, { once: true })
  })
}

/** Waits until the run no longer goes on by itself, or the time is up; `look` gives its state, or null when it is not there. */
export async function waitForRun(
  engine: Pick<Engine, 'watch'>,
  execution_id: string,
  wait_ms: number,
  look: () => Promise<State | null>,
): Promise<void> {
  const until_ms = performance.now() + wait_ms
  for (;;) {
    const left_ms = until_ms - performance.now()
    if (left_ms <= 0) return
    const state = await look()
    if (state === null || !goesOn(state)) return
    await nextLook(engine, execution_id, 'state', AbortSignal.timeout(Math.ceil(left_ms)))
  }
}

/**
 * The events of a run as a stream (`text/event-stream`): `progress` whenever something has changed, `end` with the last one.
 * It ends when the run has ended, when whoever watches may no longer see it, or after 30 seconds.
 */
export function streamRun(
  engine: Pick<Engine, 'watch'>,
  execution_id: string,
  look: () => Promise<Progress>,
): Readable {
  const ended = new AbortController()
  async function* events(): AsyncGenerator<string> {
    const began_ms = performance.now()
    let told = ''
    let told_ms = began_ms
    yield 'retry: 2000\n\n'
    while (!ended.signal.aborted && performance.now() - began_ms < MAX_STREAM_MS) {
      const seen = await look().catch(() => null)
      if (seen === null) return
      const text = JSON.stringify(seen)
      const isOver = isEnded(seen.state)
      if (text !== told) {
        told = text
        told_ms = performance.now()
        yield `event: ${isOver ? 'end' : 'progress'}\ndata: ${text}\n\n`
      } else if (performance.now() - told_ms > KEEP_ALIVE_MS) {
        told_ms = performance.now()
        yield ': still here\n\n'
      }
      if (isOver) return
      await nextLook(engine, execution_id, 'step', ended.signal)
    }
  }
  const stream = Readable.from(events(), { objectMode: false })
  stream.once('close', () => ended.abort())
  return stream
}
