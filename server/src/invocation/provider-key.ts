// Providers' keys on their way to a call. A version of a secret never changes, so a node may keep it for a few minutes:
// a provider that works goes on working while the secret store is away.

import type { Secret } from '../keys/secret.ts'
import type { SecretStore } from '../secrets/secret-store.ts'

export type ProviderKeys = {
  /** The key of a provider at the version its row names, or null for one that wants none. */
  readonly get: (provider: {
    readonly secret_path: string | null
    readonly secret_version: number | null
  }) => Promise<Secret | null> | Secret | null
}

const LIFETIME_MS = 300_000
const CAPACITY = 1000

/** A bounded memory of keys, each for at most 5 minutes. */
export function createProviderKeys(secrets: SecretStore): ProviderKeys {
  const kept = new Map<string, { readonly value: Secret; readonly until_ms: number }>()
  const read = async (name: string, path: string, version: number): Promise<Secret> => {
    const { value } = await secrets.get(path, version)
    const [oldest] = kept.keys()
    if (kept.size >= CAPACITY && oldest !== undefined) kept.delete(oldest)
    kept.set(name, { value, until_ms: performance.now() + LIFETIME_MS })
    return value
  }
  return {
    get({ secret_path, secret_version }) {
      if (secret_path === null || secret_version === null) return null
      const name = `${secret_path}@${secret_version}`
      const known = kept.get(name)
      if (known !== undefined && known.until_ms > performance.now()) return known.value
      kept.delete(name)
      return read(name, secret_path, secret_version)
    },
  }
}
