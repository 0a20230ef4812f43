// Watching a run: waiting until it needs somebody or has ended, and the stream of its events. The engine of this node tells
// at once; runs on other nodes are looked at every half second. Whoever watches is judged again with every look.

import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Engine } from './engine.ts'
import { isEnded, type State } from './state.ts'

export type Progress = { readonly state: State; readonly [name: string]: unknown }

const LOOK_EVERY_MS = 500
/** A look after something was told waits this long, so that what comes together is told together. */
const GATHER_MS = 20
const KEEP_ALIVE_MS = 15_000
/** No stream lasts for ever: a watcher comes back by itself. */
const MAX_STREAM_MS = 30_000

/** Whether a run goes on by itself. */
const goesOn = (state: State): boolean => state === 'created' || state === 'running'

export type Following = {
  /** Resolves when something was told since the last time (true), after half a second, or when the signal says so. */
  readonly next: (signal: AbortSignal) => Promise<boolean>
  readonly end: () => void
}

/**
 * Follows what changes of a run on this node: its state, or also its steps. What is told while somebody looks is not lost,
 * nor is what is told of a run that is followed before it is created.
 */
export function follow(engine: Pick<Engine, 'watch'>, execution_id: string, least: 'step' | 'state'): Following {
  let isTold = false
  let hear = (): void => undefined
  const end = engine.watch(execution_id, (what) => {
    if (what !== least && least === 'state') return
    isTold = true
    hear()
  })
  return {
    end,
    async next(signal) {
      if (!isTold && !signal.aborted) {
        const { promise, resolve } = Promise.withResolvers<void>()
        hear = resolve
        const timer = setTimeout(resolve, LOOK_EVERY_MS)
        const stop = () => resolve()
        signal.addEventListener('abort', stop, { once: true })
        await promise
        clearTimeout(timer)
        signal.removeEventListener('abort', stop)
      }
      const wasTold = isTold
      isTold = false
      return wasTold
    },
  }
}

export type Waiting<Seen> = {
  readonly following: Following
  readonly wait_ms: number
  /** Whether the run may have ended before it was followed. */
  readonly isOld: boolean
  /** Its state, or null when it is not there: asked again and again. */
  readonly look: () => Promise<State | null>
  /** What is answered in the end. */
  readonly see: () => Promise<Seen>
}

/** Waits until the run no longer goes on by itself, or the time is up, and answers what is to be seen of it then. */
export async function waitForRun<Seen extends Progress>(waiting: Waiting<Seen>): Promise<Seen> {
  const { following, wait_ms, look, see } = waiting
  const signal = AbortSignal.timeout(wait_ms)
  let isDue = waiting.isOld
  while (wait_ms > 0 && !signal.aborted) {
    // What this node tells of is seen whole at once; what happens elsewhere is looked at first.
    const isTold = !isDue && (await following.next(signal))
    isDue = false
    if (isTold) {
      const seen = await see()
      if (!goesOn(seen.state)) return seen
    } else {
      const state = await look()
      if (state === null || !goesOn(state)) break
    }
  }
  return see()
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
    const following = follow(engine, execution_id, 'step')
    try {
      yield* tell(following, look, ended.signal)
    } finally {
      following.end()
    }
  }
  const stream = Readable.from(events(), { objectMode: false })
  stream.once('close', () => ended.abort())
  return stream
}

async function* tell(following: Following, look: () => Promise<Progress>, signal: AbortSignal): AsyncGenerator<string> {
  const began_ms = performance.now()
  let told = ''
  let told_ms = began_ms
  yield 'retry: 2000\n\n'
  while (!signal.aborted && performance.now() - began_ms < MAX_STREAM_MS) {
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
    await following.next(signal)
    await sleep(GATHER_MS)
  }
}
