// Which Reeve process stops the embedded server: the one that started it, or that found it without a living owner. A
// command run beside a serving node only borrows it.

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Home } from './postgres-home.ts'
import { isAlive } from './postmaster.ts'

/** Homes this very process owns: a process id alone may be a dead owner's, given to us after a restart. */
const owned = new Set<string>()

/** For the process that started the server. */
export function takeOwnership(home: Home): void {
  writeFileSync(ownerPath(home), `${process.pid}\n`, { mode: 0o600 })
  owned.add(home.directory)
}

/** For a process that found the server running: true if no living process owns it, and then this one does. */
export function adoptOwnership(home: Home): boolean {
  const path = ownerPath(home)
  const owner = existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0
  const lives = owner === process.pid ? owned.has(home.directory) : owner > 0 && isAlive(owner)
  if (!lives) takeOwnership(home)
  return !lives
}

export function dropOwnership(home: Home): void {
  rmSync(ownerPath(home), { force: true })
  owned.delete(home.directory)
}

function ownerPath(home: Home): string {
  return join(home.directory, 'owner')
}
