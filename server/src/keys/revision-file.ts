// Numbered revisions of one record, in a directory of their own: `1.sealed`, `2.sealed`, …; the highest is in force.
//
// A revision appears whole or not at all (temporary file, fsync, link, fsync of the directory), and link(2) gives each number
// to exactly one of any number of writers, whatever process or container they are in. There is no lock, so none can be left
// behind by a process that was killed. A number that was given is never given again: what is superseded is emptied, and its
// empty file stays.

import { randomUUID } from 'node:crypto'
import { access, chmod, constants, link, mkdir, open, readdir, readFile, rename, stat, unlink } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'

const REVISION = /^([1-9]\d{0,8})\.sealed$/
const TEMPORARY = /^[0-9a-f-]{36}\.tmp$/

type Revision = { readonly revision: number; readonly bytes: Buffer }

/** Whether an error is the operating system's: its code, call and path, never a file's content. */
export function isSystemError(error: unknown, code?: string): error is NodeJS.ErrnoException {
  return (
    error instanceof Error && 'syscall' in error && (code === undefined || ('code' in error && error.code === code))
  )
}

/**
 * Makes a directory, or takes one that is there, closes it to every other user of the machine, removes what crashed writers
 * left in it, and returns its full path.
 */
export async function openDirectory(directory: string): Promise<string> {
  const path = resolve(directory)
  await makeDirectory(path)
  await chmod(path, 0o700)
  await emptyRevisions(path, [])
  return path
}

/** Whether this process may read, write and enter a directory. */
export async function isUsableDirectory(directory: string): Promise<boolean> {
  try {
    await access(directory, constants.R_OK | constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The bytes of a file, or null when there is none. */
export async function findFile(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path)
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return null
    throw error
  }
}

/**
 * Creates a file of mode 0600 with these bytes, durably, or returns false when a file of that name exists. A crash leaves at
 * most a temporary file, which nothing reads and the next `emptyRevisions` of the directory removes.
 */
export async function createFile(path: string, bytes: Uint8Array): Promise<boolean> {
  const directory = dirname(path)
  await makeDirectory(directory)
  try {
    await place(directory, bytes, (temporary) => link(temporary, path))
  } catch (error) {
    if (isSystemError(error, 'EEXIST')) return false
    throw error
  }
  await syncDirectory(directory)
  return true
}

/** Whether a directory holds nothing or does not exist. */
export async function isEmptyDirectory(directory: string): Promise<boolean> {
  return (await listNames(directory)).length === 0
}

/** The revisions ever given in a directory, ascending; none when it does not exist. */
export async function listRevisions(directory: string): Promise<number[]> {
  const names = await listNames(directory)
  return names
    .flatMap((name) => REVISION.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b)
}

/** The bytes of one revision, or null when it was never given or has been emptied. */
export async function findRevision(directory: string, revision: number): Promise<Buffer | null> {
  const bytes = await findFile(pathOf(directory, revision))
  return bytes === null || bytes.length === 0 ? null : bytes
}

/** The revision in force, or null when there is none. Its bytes are empty only if someone outside Reeve emptied the file. */
export async function findLatestRevision(directory: string): Promise<Revision | null> {
  for (let seen = 0; ; ) {
    const revision = (await listRevisions(directory)).at(-1)
    if (revision === undefined) return null
    const bytes = await findRevision(directory, revision)
    if (bytes !== null || revision === seen) return { revision, bytes: bytes ?? Buffer.alloc(0) }
    seen = revision // emptied since it was listed, so a higher one is there by now
  }
}

/** Publishes a revision, or returns false when that number has been given before. */
export async function publishRevision(directory: string, revision: number, bytes: Uint8Array): Promise<boolean> {
  return createFile(pathOf(directory, revision), bytes)
}

/**
 * Empties the named revisions for good and removes what crashed writers left. The bytes are gone from the directory; what a
 * file system's own journal, snapshots or backups keep is out of reach.
 */
export async function emptyRevisions(directory: string, revisions: readonly number[]): Promise<void> {
  const names = await listNames(directory)
  const stale = names.filter((name) => TEMPORARY.test(name))
  await Promise.all(stale.map((name) => unlinkIfThere(join(directory, name))))
  for (const revision of revisions) {
    const path = pathOf(directory, revision)
    if (!names.includes(basename(path))) continue
    if ((await stat(path)).size > 0) await place(directory, Buffer.alloc(0), (temporary) => rename(temporary, path))
  }
  await syncDirectory(directory)
}

function pathOf(directory: string, revision: number): string {
  return join(directory, `${revision}.sealed`)
}

async function listNames(directory: string): Promise<string[]> {
  try {
    return await readdir(directory)
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return []
    throw error
  }
}

/** Writes a temporary file and moves it into place; again, when a cleaning writer took it for a dead one's. */
async function place(directory: string, bytes: Uint8Array, move: (temporary: string) => Promise<void>): Promise<void> {
  for (;;) {
    const temporary = join(directory, `${randomUUID()}.tmp`)
    try {
      await writeDurably(temporary, bytes)
      return await move(temporary)
    } catch (error) {
      if (!isSystemError(error, 'ENOENT') || error.syscall === 'open') throw error
    } finally {
      await unlinkIfThere(temporary)
    }
  }
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function makeDirectory(directory: string): Promise<void> {
  const first = await mkdir(directory, { recursive: true, mode: 0o700 })
  if (first === undefined) return
  for (let made = directory; made.length >= first.length; made = dirname(made)) await syncDirectory(dirname(made))
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function unlinkIfThere(path: string): Promise<void> {
  try {
    await unlink(path)
  } catch (error) {
    if (!isSystemError(error, 'ENOENT')) throw error
  }
}
