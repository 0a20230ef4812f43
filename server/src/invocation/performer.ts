// What a node performs calls with, opened once.

import { setTimeout as pause } from 'node:timers/promises'
import type { ControlDatabase } from '../kernel/database.ts'
import type { Log } from '../kernel/log.ts'
import type { Metrics } from '../kernel/metrics.ts'
import type { OrganisationDatabases } from '../kernel/organisation-databases.ts'
import type { FieldVault } from '../keys/field-vault.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import { type ContentVault, createContentVault } from './content.ts'
import { createUpstreams, type Upstreams } from './internal/upstream/pool.ts'
import type { KeyUses } from '../tenancy/key-use.ts'
import { createLedgers, type Ledgers } from './ledgers.ts'
import { createProviderKeys, type ProviderKeys } from './provider-key.ts'
import { createRunningCalls, type RunningCalls } from './running-calls.ts'

export type Performer = {
  readonly ledgers: Ledgers
  readonly upstreams: Upstreams
  readonly provider_keys: ProviderKeys
  readonly vault: ContentVault
  readonly key_uses: KeyUses
  readonly metrics: Metrics
  readonly running: RunningCalls
  readonly isDraining: () => boolean
  /**
   * Waits until every running call is settled. After `timeout_ms` the platform ends those that are left, and soon after it
   * waits no longer: what could not be settled lapses with the node's lease. Then no new call may come.
   */
  readonly drain: (timeout_ms: number) => Promise<void>
  /** Frees the connections. */
  readonly close: () => Promise<void>
}

/** How long ended calls may take to be settled. */
const SETTLE_WITHIN_MS = 5000

export type PerformerNeeds = {
  readonly control: ControlDatabase
  readonly databases: OrganisationDatabases
  readonly fields: FieldVault
  readonly secrets: SecretStore
  readonly node_id: string
  readonly log: Log
  readonly key_uses: KeyUses
  readonly metrics: Metrics
  readonly allow_private_providers: boolean
  readonly isDraining: () => boolean
  /** The monotonic clock of the leases, in milliseconds. */
  readonly now?: () => number
}

/** Opens the ledgers, the providers' connections and keys, and the vault of stored content. */
export function createPerformer(needs: PerformerNeeds): Performer {
  const ledgers = createLedgers(needs.control, needs.databases, needs.node_id, needs.log, needs.now)
  const upstreams = createUpstreams({ allow_private: needs.allow_private_providers })
  const vault = createContentVault(needs.fields)
  const running = createRunningCalls()
  return {
    ledgers,
    upstreams,
    vault,
    provider_keys: createProviderKeys(needs.secrets),
    key_uses: needs.key_uses,
    metrics: needs.metrics,
    running,
    isDraining: needs.isDraining,
    async drain(timeout_ms) {
      const cut = setTimeout(running.cancelAll, timeout_ms)
      const idle = running.idle().then(ledgers.idle)
      await Promise.race([idle, pause(timeout_ms + SETTLE_WITHIN_MS, undefined, { ref: false })])
      clearTimeout(cut)
    },
    close: () => upstreams.destroy(),
  }
}
