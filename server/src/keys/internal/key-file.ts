// Key entries on disk: a directory of revisions per key, each revision encrypted under the master key and bound to the key's
// name and its number, so that neither can be swapped for another.
//
// Nothing is remembered: every call reads the revision that is in force after it came, so what one process rotates, trims or
// destroys has changed for all of them. A change publishes the next revision, and begins anew when another writer was first.

import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as turnOfEventLoop } from 'node:timers/promises'
import { open, seal } from '../aead.ts'
import { type Key, parseKeyName } from '../key.ts'
import { keyExists, keyNotFound, keyProviderUnavailable } from '../problems.ts'
import { emptyRevisions, findLatestRevision, isSystemError, publishRevision } from '../revision-file.ts'
import { decodeEntry, encodeEntry, type KeyEntry } from './key-entry.ts'

type Loaded = { readonly revision: number; readonly entry: KeyEntry | null }

/** One reading of an entry for all who asked for it in one turn of the event loop; the last of them wipes it. */
type Reading = { readonly loaded: Promise<Loaded>; readers: number }

type KeyFiles = {
  /** Stores a first entry; `key_exists` when the name is taken. Its material is wiped. */
  create(entry: KeyEntry): Promise<Key>
  /** Hands the entry in force to `act`, which must be done with it when it returns: the material is wiped soon after. */
  read<T>(name: string, act: (entry: KeyEntry) => T): Promise<T>
  /** Replaces the entry by what `act` makes of it; material that is left out is gone from the disk. */
  change(name: string, act: (entry: KeyEntry) => KeyEntry): Promise<Key>
  /** Removes the entry unless `check` throws. */
  destroy(name: string, check: (entry: KeyEntry) => void): Promise<void>
}

export function keyFilesIn(root: string, master: Buffer): KeyFiles {
  const directory = join(root, 'keys')

  async function load(name: string): Promise<Loaded> {
    const latest = await findLatestRevision(join(directory, parseKeyName(name)))
    if (latest === null) {
      await access(join(root, 'master')) // a volume that went away is unavailable, not empty
      return { revision: 0, entry: null }
    }
    const { revision, bytes } = latest
    return { revision, entry: decodeEntry(name, open(master, context(name, revision), bytes)) }
  }

  async function publish(name: string, revision: number, entry: KeyEntry | null): Promise<boolean> {
    const plain = encodeEntry(entry)
    const sealed = seal(master, context(name, revision), plain)
    plain.fill(0)
    const isOurs = await publishRevision(join(directory, name), revision, sealed)
    if (isOurs) await emptyBelow(name, revision)
    return isOurs
  }

  async function emptyBelow(name: string, revision: number): Promise<void> {
    const superseded = Array.from({ length: revision - 1 }, (_, index) => index + 1)
    await emptyRevisions(join(directory, name), superseded)
  }

  async function create(entry: KeyEntry): Promise<Key> {
    const { name } = entry.key
    const { revision, entry: taken } = await load(name)
    wipe(taken)
    if (taken !== null) throw keyExists({ key: name })
    return (await publish(name, revision + 1, entry)) ? entry.key : create(entry)
  }

  async function replace<T extends KeyEntry | null>(name: string, act: (entry: KeyEntry) => T): Promise<T> {
    const { revision, entry } = await load(name)
    if (entry === null) {
      if (revision > 0) await emptyBelow(name, revision) // whoever destroyed it may have been killed before this
      throw keyNotFound({ key: name })
    }
    try {
      const next = act(entry)
      const isOurs = await publish(name, revision + 1, next)
      wipe(next)
      return isOurs ? next : replace(name, act)
    } finally {
      wipe(entry)
    }
  }

  const readings = new Map<string, Reading>()

  /** The reading that begins next: whoever asks before it does shares it, and sees what is in force after they asked. */
  function joinReading(name: string): Reading {
    const waiting = readings.get(name)
    if (waiting !== undefined) return waiting
    const loaded = turnOfEventLoop().then(() => {
      readings.delete(name)
      return load(name)
    })
    const reading = { loaded, readers: 0 }
    readings.set(name, reading)
    return reading
  }

  async function read<T>(name: string, act: (entry: KeyEntry) => T): Promise<T> {
    const reading = joinReading(name)
    reading.readers += 1
    const { entry } = await reading.loaded
    try {
      if (entry === null) throw keyNotFound({ key: name })
      return act(entry)
    } finally {
      reading.readers -= 1
      if (reading.readers === 0) wipe(entry)
    }
  }

  return {
    create: (entry) => reached(() => create(entry)).finally(() => wipe(entry)),
    read: (name, act) => reached(() => read(name, act)),
    change: async (name, act) => (await reached(() => replace(name, act))).key,
    async destroy(name, check) {
      await reached(() =>
        replace(name, (entry) => {
          check(entry)
          return null
        }),
      )
    },
  }
}

/** Turns what the operating system refuses into `key_provider_unavailable`. Its errors hold paths, never contents. */
async function reached<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    throw isSystemError(error) ? keyProviderUnavailable({}, { retry_after_s: 5, cause: error }) : error
  }
}

function context(name: string, revision: number): string {
  return `reeve-keyring|v1|key|${name}|${revision}`
}

function wipe(entry: KeyEntry | null): void {
  entry?.material.fill(0)
}
