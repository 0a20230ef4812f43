/**
 * What the operating system says a process used, from Linux's /proc. Elsewhere every figure is absent, never guessed.
 */
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { medianOf } from './figures.ts'

/** The processes of one gateway, by what they do. */
export type Processes = { readonly gateway: readonly number[]; readonly database: readonly number[] }

export type Usage = {
  readonly seconds: number
  /** CPU time of the gateway's own processes and of its database; absent where there are none, and without /proc. */
  readonly gateway_cpu_us: number | undefined
  readonly database_cpu_us: number | undefined
  readonly upstream_cpu_us: number | undefined
  readonly load_cpu_us: number
  /** CPU time of the machine that belongs to none of them, in cores. */
  readonly foreign_cores: number | undefined
}

/** Linux reports CPU time to user space in hundredths of a second, on every architecture. */
const TICK_US = 10_000

const hasProc = existsSync('/proc/self/stat')

function readProc(path: string): string | undefined {
  try {
    return readFileSync(`/proc/${path}`, 'latin1')
  } catch {
    return undefined // the process has ended
  }
}

/** The fields of /proc/<pid>/stat from the third on: the second, a name in brackets, may hold anything. */
function readStat(pid: number): readonly string[] | undefined {
  const stat = readProc(`${pid}/stat`)
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
}

function cpuTicks(pid: number): number {
  const stat = readStat(pid)
  return stat === undefined ? 0 : Number(stat[11]) + Number(stat[12])
}

function sumMemory(pids: readonly number[], file: string, pattern: RegExp): number | undefined {
  if (!hasProc || pids.length === 0) return undefined
  return pids.reduce((sum, pid) => sum + Number(pattern.exec(readProc(`${pid}/${file}`) ?? '')?.[1] ?? 0) * 1024, 0)
}

/** Resident memory of the processes together, in bytes. */
export function residentBytes(pids: readonly number[]): number | undefined {
  return sumMemory(pids, 'status', /VmRSS:\s+(\d+) kB/)
}

/** Memory of processes that share much of it, each shared page counted once, in bytes. Needs to be their user or root. */
export function proportionalBytes(pids: readonly number[]): number | undefined {
  return sumMemory(pids, 'smaps_rollup', /\nPss:\s+(\d+) kB/)
}

/** The parent of a process; undefined when it is gone or cannot be told here. */
export function findParent(pid: number): number | undefined {
  const stat = readStat(pid)
  return stat === undefined ? undefined : Number(stat[1])
}

/** A process and all that descend from it, those called `postgres` apart. */
export function findProcesses(root: number): Processes {
  if (!hasProc) return { gateway: [root], database: [] }
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const parent = Number(readStat(Number(name))?.[1] ?? -1)
    children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const found = [root]
  for (const pid of found) found.push(...(children.get(pid) ?? []))
  const isDatabase = (pid: number) => readProc(`${pid}/comm`)?.trim() === 'postgres'
  return { gateway: found.filter((pid) => !isDatabase(pid)), database: found.filter(isDatabase) }
}

/** Busy ticks of the whole machine: all of the first line of /proc/stat but idle and waiting for disks. */
function machineTicks(): number {
  const fields = (readProc('stat') ?? '').split('\n', 1)[0]?.trim().split(/\s+/).slice(1, 9).map(Number) ?? []
  return fields.reduce((sum, ticks, index) => (index === 3 || index === 4 ? sum : sum + ticks), 0)
}

type Reading = {
  readonly at_ms: number
  readonly load_us: number
  readonly machine: number
  readonly ticks: ReadonlyMap<number, number>
}

function read(pids: readonly number[]): Reading {
  const own = process.cpuUsage()
  return {
    at_ms: performance.now(),
    load_us: own.user + own.system,
    machine: hasProc ? machineTicks() : 0,
    ticks: new Map(pids.map((pid) => [pid, cpuTicks(pid)])),
  }
}

export type Meter = { readonly stop: () => Usage }

/**
 * Starts counting what the gateway, the upstream and this process use. The processes are listed again at the end: one that
 * was started in between counts whole.
 */
export function startMeter(listProcesses: () => Processes, upstream_pid: number): Meter {
  const before = listProcesses()
  const first = read([...before.gateway, ...before.database, upstream_pid])
  return {
    stop: () => {
      const after = listProcesses()
      const last = read([...after.gateway, ...after.database, upstream_pid])
      const seconds = (last.at_ms - first.at_ms) / 1000
      const spentUs = (pids: readonly number[]): number | undefined => {
        if (!hasProc || pids.length === 0) return undefined
        return pids.reduce((sum, pid) => sum + ((last.ticks.get(pid) ?? 0) - (first.ticks.get(pid) ?? 0)) * TICK_US, 0)
      }
      const gateway_cpu_us = spentUs(after.gateway)
      const database_cpu_us = spentUs(after.database)
      const upstream_cpu_us = spentUs([upstream_pid])
      const load_cpu_us = last.load_us - first.load_us
      const known_us = (gateway_cpu_us ?? 0) + (database_cpu_us ?? 0) + (upstream_cpu_us ?? 0) + load_cpu_us
      const foreign_us = (last.machine - first.machine) * TICK_US - known_us
      const foreign_cores = hasProc ? Math.max(0, foreign_us / (seconds * 1e6)) : undefined
      return { seconds, gateway_cpu_us, database_cpu_us, upstream_cpu_us, load_cpu_us, foreign_cores }
    },
  }
}

/** What one `fdatasync` of 8 KB takes in this folder: the floor of every synchronous commit. */
export function measureSyncUs(folder: string): number {
  const draft = mkdtempSync(join(folder, 'sync-'))
  const file = openSync(join(draft, 'file'), 'w')
  const block = Buffer.alloc(8192)
  const times_us = Array.from({ length: 100 }, (_, n) => {
    writeSync(file, block, 0, block.length, n * block.length)
    const started_ms = performance.now()
    fdatasyncSync(file)
    return (performance.now() - started_ms) * 1000
  })
  closeSync(file)
  rmSync(draft, { recursive: true })
  return medianOf(times_us) ?? 0
}
