// Several processes that serve on one machine: this one keeps the database server and the listening socket, starts the
// others and, when one dies, another in its place. It serves nothing itself, so hardly anything can end it.

import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'
import { Value } from 'typebox/value'
import type { Config } from '../config.ts'
import { holdServer } from '../deployment.ts'
import type { Log } from '../kernel/log.ts'
import { FIRST, NO_WORK, printReady, Ready } from './ready.ts'

/** A process that ends again and again must not take the machine with it. */
const RESTART_AFTER_MS = 1000
/** Beyond the drain: ended calls are settled, connections closed. */
const STOP_WITHIN_MS = 15_000

/** Keeps `config.processes` processes serving until asked to stop. Throws when one does not even start. */
export async function keepProcesses(config: Config, log: Log, asked: Promise<void>): Promise<void> {
  const releaseServer = await holdServer(config, log)
  const kept = createKeeper(log)
  // The first brings the databases to head, so the others come after it.
  const startAll = async () => {
    const ready = await kept.start(true)
    await Promise.all(Array.from({ length: config.processes - 1 }, () => kept.start(false)))
    printReady(ready)
  }
  const starting = startAll()
  // Asked to stop while they start, nobody waits for that any more.
  starting.catch(() => undefined)
  try {
    await Promise.race([starting, asked])
    await asked
  } finally {
    await kept.stop(config.drain_timeout_ms + STOP_WITHIN_MS)
    await releaseServer()
  }
}

type Keeper = {
  /** Starts a process and waits until it serves; rejects when it ends before. From then on it is kept. */
  readonly start: (isFirst: boolean) => Promise<Ready>
  /** Asks all to stop and waits for them; those that do not end within `timeout_ms` are ended. */
  readonly stop: (timeout_ms: number) => Promise<void>
}

function createKeeper(log: Log): Keeper {
  const living = new Set<Worker>()
  let isStopping = false

  const fork = (isFirst: boolean): Worker => {
    const args = process.argv.includes(NO_WORK) ? ['serve', NO_WORK] : ['serve']
    cluster.setupPrimary({ args: isFirst ? [...args, FIRST] : args })
    const worker = cluster.fork()
    living.add(worker)
    worker.once('exit', () => living.delete(worker))
    return worker
  }
  const keep = (worker: Worker, isFirst: boolean): void => {
    worker.once('exit', (code: number | null, signal: string | null) => {
      if (isStopping) return
      log.error({ pid: worker.process.pid, code, signal }, 'a serving process has ended; another takes its place')
      setTimeout(() => {
        if (!isStopping) keep(fork(isFirst), isFirst)
      }, RESTART_AFTER_MS)
    })
  }

  return {
    async start(isFirst) {
      const worker = fork(isFirst)
      const ended = once(worker, 'exit').then(() => {
        throw new Error('A process of Reeve did not start; what it said stands above.')
      })
      const said = once(worker, 'message').then((messages: readonly unknown[]) => messages[0])
      const message = await Promise.race([said, ended])
      ended.catch(() => undefined)
      keep(worker, isFirst)
      return Value.Parse(Ready, message)
    },
    async stop(timeout_ms) {
      isStopping = true
      const ended = [...living].map((worker) => once(worker, 'exit'))
      for (const worker of living) worker.process.kill('SIGTERM')
      const cut = setTimeout(() => {
        for (const worker of living) worker.process.kill('SIGKILL')
      }, timeout_ms)
      await Promise.all(ended)
      clearTimeout(cut)
    },
  }
}
