// Hints between the nodes of a deployment, by NOTIFY over control. A hint may be lost, and may come twice: whoever hears one
// looks, and whoever hears none looks in its own rhythm.

import { setTimeout as sleep } from 'node:timers/promises'
import type { ControlDatabase } from './database.ts'
import type { Log } from './log.ts'

export type Hints = {
  /** Tells every listening node, this one included, of something; the same text at most every 200 ms. */
  readonly tell: (what: string) => void
  /** Calls back with each hint, from soon on until `stop`. Holds one connection to control. */
  readonly listen: (hear: (what: string) => void) => void
  readonly stop: () => Promise<void>
}

const CHANNEL = 'reeve_hint'
const SAME_AGAIN_MS = 200
const LISTEN_AGAIN_MS = 1000

/** The hints of one node. */
export function createHints(control: ControlDatabase, log: Log): Hints {
  const stopping = new AbortController()
  const told = new Set<string>()
  const listening: Promise<void>[] = []

  const send = (what: string): void => {
    control
      .connection((client) => client.query({ name: 'kernel.hint', text: SEND, values: [what] }))
      .catch((error: unknown) => log.debug({ err: error }, 'a hint was lost'))
  }

  /** Listens until the connection is lost, or is asked to stop. */
  const listenOnce = (hear: (what: string) => void): Promise<void> =>
    control.connection(async (client) => {
      const { promise, resolve } = Promise.withResolvers<void>()
      const end = () => resolve()
      const onNotification = ({ payload = '' }: { readonly payload?: string | undefined }) => hear(payload)
      client.on('notification', onNotification)
      client.once('end', end)
      stopping.signal.addEventListener('abort', end, { once: true })
      try {
        await client.query(`listen ${CHANNEL}`)
        if (!stopping.signal.aborted) await promise
        await client.query('unlisten *')
      } finally {
        client.off('notification', onNotification)
        client.off('end', end)
        stopping.signal.removeEventListener('abort', end)
      }
    })

  const listenOn = async (hear: (what: string) => void): Promise<void> => {
    while (!stopping.signal.aborted) {
      await listenOnce(hear).catch((error: unknown) => log.debug({ err: error }, 'hints are not heard for a moment'))
      await sleep(LISTEN_AGAIN_MS, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }

  return {
    tell(what) {
      if (told.has(what) || stopping.signal.aborted) return
      told.add(what)
      setTimeout(() => told.delete(what), SAME_AGAIN_MS).unref()
      send(what)
    },
    listen: (hear) => void listening.push(listenOn(hear)),
    async stop() {
      stopping.abort()
      await Promise.all(listening)
    },
  }
}

const SEND = `select pg_notify('${CHANNEL}', $1)`
