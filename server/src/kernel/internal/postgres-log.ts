// The embedded server's own log file: written by the server, read only to say why it did not start.

import { closeSync, openSync, readSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Home } from './postgres-home.ts'

const KEPT_BYTES = 16 * 1024 * 1024
const QUOTED_BYTES = 16 * 1024

export function logPath(home: Home): string {
  return join(home.directory, 'postgres.log')
}

/** Keeps one earlier log; called while no server writes. */
export function rotateLog(home: Home): void {
  if (logSize(home) > KEPT_BYTES) renameSync(logPath(home), `${logPath(home)}.1`)
}

export function logSize(home: Home): number {
  return statSync(logPath(home), { throwIfNoEntry: false })?.size ?? 0
}

/** What the server wrote since the log had `from` bytes, or the end of it if that is long. */
export function readLog(home: Home, from: number): string {
  const end = logSize(home)
  const begin = Math.max(from, end - QUOTED_BYTES)
  const bytes = Buffer.alloc(end - begin)
  const file = openSync(logPath(home), 'r')
  try {
    return bytes.toString('utf8', 0, readSync(file, bytes, 0, bytes.length, begin))
  } finally {
    closeSync(file)
  }
}

/** The last lines as part of one sentence. */
export function lastLines(said: string): string {
  const lines = said.split('\n').filter((line) => line.trim() !== '')
  return lines.length === 0 ? 'it said nothing' : lines.slice(-4).join(' | ')
}
