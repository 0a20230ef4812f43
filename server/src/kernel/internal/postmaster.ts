// The running server of a cluster, found through its `postmaster.pid` and told apart from a process that merely has the
// same id by now.

import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'

export type Postmaster = { readonly pid: number; readonly port: number | undefined; readonly is_ready: boolean }

/** What `postmaster.pid` says: nothing, a live server of this cluster, or a process id that means nothing any more. */
export type Finding =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly postmaster: Postmaster }
  | { readonly kind: 'stale'; readonly pid: number }

/**
 * The `cluster_name` a server is started with. It stands in the server's arguments, where any user may read it (the
 * working directory of another user's process needs a capability that containers lack), and names the directory by inode,
 * which a rename of a parent does not change.
 */
export function clusterMarker(cluster: string): string {
  const { dev, ino } = statSync(cluster)
  return `reeve-${dev}-${ino}`
}

/**
 * Looks for the server of this cluster. Throws one sentence if a PostgreSQL that Reeve did not start holds it: starting a
 * second one beside it would destroy the data.
 */
export function findPostmaster(cluster: string): Finding {
  const claimed = readProcessFile(cluster)
  if (claimed === undefined) return { kind: 'none' }
  const command = commandOf(claimed.pid)
  if (command.includes(`cluster_name=${clusterMarker(cluster)}`)) return { kind: 'running', postmaster: claimed }
  const is_foreign = basename(command[0] ?? '') === 'postgres' && !command.some(isMarked)
  if (!is_foreign) return { kind: 'stale', pid: claimed.pid }
  throw new Error(
    `Process ${claimed.pid} is a PostgreSQL that Reeve did not start and may hold "${cluster}"; stop it and start again`,
  )
}

/** Whether this process is the server started with this marker; a zombie is not. */
export function isServer(pid: number, marker: string): boolean {
  return commandOf(pid).includes(`cluster_name=${marker}`)
}

function isMarked(argument: string): boolean {
  return argument.startsWith('cluster_name=reeve-')
}

/** Line by line as PostgreSQL's `pidfile.h` says: 1 process id, 4 port, 8 status. */
function readProcessFile(cluster: string): Postmaster | undefined {
  let lines: string[]
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return undefined
  }
  const pid = Number(lines[0])
  const port = Number(lines[3])
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined
  return {
    pid,
    port: Number.isSafeInteger(port) && port > 0 ? port : undefined,
    is_ready: lines[7]?.trim() === 'ready',
  }
}

/** The arguments of a live process; none if it is gone, a zombie, or hidden from us. */
function commandOf(pid: number): readonly string[] {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
      .trim()
      .split(' ')
  } catch {
    return []
  }
}

/** Whether a process of this id exists; one we may not signal counts. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
