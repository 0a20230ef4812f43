// Unwrapped data keys, for as short and as few as is useful: unwrapping may be a call to another machine.

import { type DataKey, type DataKeyRow, unwrapDataKey } from './envelope.ts'
import type { KeyProvider } from './key-provider.ts'

const LIFETIME_MS = 300_000
const CAPACITY = 1000

export type DataKeyCache = {
  /**
   * Lends the key of a row to `act`, which must be done with it when it returns: the key may be wiped at any later moment.
   * Refuses as `KeyProvider.unwrap` does.
   */
  withDataKey<T>(organisationId: string, row: DataKeyRow, act: (key: DataKey) => T): Promise<T>
  /** Wipes the keys of an organisation, because they were rotated or the organisation was suspended or deleted. */
  forget(organisationId: string): void
  /** Wipes everything, before the process ends. */
  clear(): void
}

type Entry = { readonly key: DataKey; readonly expires_at: number }

/** At most 1,000 keys, each for at most 300 s from its unwrapping; whatever leaves is overwritten with zeros first. */
export function createDataKeyCache(provider: Pick<KeyProvider, 'unwrap'>): DataKeyCache {
  const entries = new Map<string, Entry>() // in order of unwrapping, which is the order of expiry
  const loading = new Map<string, Promise<void>>()
  let sweeper: NodeJS.Timeout | undefined

  function drop(id: string): void {
    entries.get(id)?.key.bytes.fill(0)
    entries.delete(id)
  }

  function sweep(): void {
    const now = performance.now()
    for (const [id, entry] of entries) if (entry.expires_at <= now) drop(id)
    const [next] = entries.values()
    sweeper = next === undefined ? undefined : setTimeout(sweep, next.expires_at - now).unref()
  }

  function keep(id: string, key: DataKey): void {
    drop(id)
    const [oldest] = entries.keys()
    if (oldest !== undefined && entries.size >= CAPACITY) drop(oldest)
    entries.set(id, { key, expires_at: performance.now() + LIFETIME_MS })
    sweeper ??= setTimeout(sweep, LIFETIME_MS).unref()
  }

  /** Callers of one key share one unwrapping; one that was forgotten meanwhile is not kept. */
  function load(id: string, organisationId: string, row: DataKeyRow): Promise<void> {
    const running: Promise<void> = unwrapDataKey(provider, organisationId, row)
      .then((key) => (loading.get(id) === running ? keep(id, key) : void key.bytes.fill(0)))
      .finally(() => loading.get(id) === running && loading.delete(id))
    loading.set(id, running)
    return running
  }

  function forgetWhere(isMeant: (id: string) => boolean): void {
    for (const id of [...entries.keys()].filter(isMeant)) drop(id)
    for (const id of [...loading.keys()].filter(isMeant)) loading.delete(id)
  }

  return {
    async withDataKey(organisationId, row, act) {
      const id = `${organisationId}|${row.kid}`
      for (;;) {
        const entry = entries.get(id)
        if (entry !== undefined && entry.expires_at > performance.now()) return act(entry.key)
        await (loading.get(id) ?? load(id, organisationId, row))
      }
    },
    forget: (organisationId) => forgetWhere((id) => id.startsWith(`${organisationId}|`)),
    clear: () => forgetWhere(() => true),
  }
}
