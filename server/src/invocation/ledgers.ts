// The ledgers this node writes to: one lane per organisation, and a lease that says the node lives. Whoever finds the
// lease lapsed releases what the node held, so a node that could not renew in time ends its calls itself.

import type { ControlDatabase, OrganisationDatabase } from '../kernel/database.ts'
import type { Job } from '../kernel/job.ts'
import type { Lane } from '../kernel/lane.ts'
import type { Log } from '../kernel/log.ts'
import { noteHolding, RENEW_EVERY_MS, renewNode } from '../kernel/node-lease.ts'
import type { OrganisationDatabases } from '../kernel/organisation-databases.ts'
import { notFound, Problem } from '../kernel/problem.ts'
import { type AppsInstead, createAppsInstead } from './apps-instead.ts'
import { createFactsMemory, type FactsMemory } from './facts.ts'
import { createStepLane, type StepLane } from './internal/step-lane.ts'
import { invalidApiKey } from './problems.ts'
import { createStandingLane, type Standing, type StandingQuestion } from './standing.ts'

/** Who makes a call, as far as it is looked at again while the call runs. */
export type Caller = {
  readonly api_key_id: string
  readonly user_id: string | null
  readonly address: string
  readonly key_addresses: readonly string[]
}

/** An admitted call that is not settled yet; the platform can end it. */
type RunningCall = { readonly cancel: () => void; readonly caller: Caller | null }

export type Ledger = {
  readonly organisation_id: string
  readonly database: OrganisationDatabase
  readonly lane: StepLane
  readonly log: Log
  /** By the id of its execution. */
  readonly running: Map<string, RunningCall>
  /** Renews the node's lease in this organisation. */
  readonly renew: () => Promise<void>
}

export type Ledgers = {
  readonly facts: FactsMemory
  readonly standing: Lane<StandingQuestion, Standing>
  readonly listAppsInstead: AppsInstead
  /** The ledger of an organisation, with a live lease; opened on its first call. Refuses as a key of none would be. */
  readonly open: (organisation_id: string) => Promise<Ledger>
  /** Those that are open. */
  readonly list: () => readonly Ledger[]
  readonly renewJob: Job
  /** Resolves when every lane has written what it was asked to. */
  readonly idle: () => Promise<void>
}

const LEASE_S = 45
/** Looked at every 10 s: after about 30 s without a renewal the node ends its calls, for soon others release their holds. */
const GIVE_UP_MS = 25_000
/** A ledger that nobody used for so long is closed; its lease lapses with nothing held. */
const UNUSED_MS = 300_000

const RENEW = `
  insert into kernel.node_lease (node_id, expires_at) values ($1, clock_timestamp() + make_interval(secs => $2))
  on conflict (node_id) do update set expires_at = excluded.expires_at`

type Opened = { readonly ledger: Ledger; renewed_ms: number | null; isRenewing: boolean; used_ms: number }

/** Opens the node's ledgers; `now` is the monotonic clock in milliseconds. */
export function createLedgers(
  control: ControlDatabase,
  databases: OrganisationDatabases,
  node_id: string,
  log: Log,
  now: () => number = () => performance.now(),
): Ledgers {
  const opened = new Map<string, Promise<Opened>>()
  const ready = new Map<string, Opened>()

  const openLedger = async (organisation_id: string): Promise<Opened> => {
    const database = await databases.of(organisation_id).catch((error: unknown) => {
      // A key that names no organisation gets the answer of any other invalid one.
      throw error instanceof Problem && error.code === notFound.code ? invalidApiKey() : error
    })
    await noteHolding(control, node_id, organisation_id)
    const entry: Opened = {
      renewed_ms: null,
      isRenewing: false,
      used_ms: now(),
      ledger: {
        organisation_id,
        database,
        log,
        lane: createStepLane(database, node_id),
        running: new Map(),
        async renew() {
          const started = now()
          // Others may have counted this node among the dead, and forgotten where it works.
          if (entry.renewed_ms !== null && started - entry.renewed_ms > LEASE_S * 1000) {
            await renewNode(control, node_id)
            await noteHolding(control, node_id, organisation_id)
          }
          await database.connection((client) => client.query(RENEW, [node_id, LEASE_S]))
          entry.renewed_ms = started
        },
      },
    }
    await entry.ledger.renew()
    ready.set(organisation_id, entry)
    return entry
  }

  const renewOne = async (entry: Opened): Promise<void> => {
    const { ledger } = entry
    const { organisation_id } = ledger
    const now_ms = now()
    if (ledger.running.size === 0 && now_ms - entry.used_ms > UNUSED_MS) {
      opened.delete(organisation_id)
      ready.delete(organisation_id)
      return
    }
    if (now_ms - (entry.renewed_ms ?? now_ms) > GIVE_UP_MS) for (const call of ledger.running.values()) call.cancel()
    if (entry.isRenewing) return
    entry.isRenewing = true
    await ledger
      .renew()
      .catch((error: unknown) => log.warn({ err: error, organisation_id }, 'the lease could not be renewed'))
    entry.isRenewing = false
  }

  return {
    facts: createFactsMemory(control),
    standing: createStandingLane(control),
    listAppsInstead: createAppsInstead(control),
    async open(organisation_id) {
      const known = ready.get(organisation_id)
      if (known !== undefined) {
        known.used_ms = now()
        return known.ledger
      }
      const opening = opened.get(organisation_id) ?? openLedger(organisation_id)
      opened.set(organisation_id, opening)
      opening.catch(() => opened.delete(organisation_id))
      return (await opening).ledger
    },
    list: () => [...ready.values()].map(({ ledger }) => ledger),
    renewJob: {
      name: 'renew leases',
      every_ms: RENEW_EVERY_MS,
      // Not waited for: an organisation that does not answer must not cost the others their leases.
      run: async () => {
        for (const entry of ready.values()) void renewOne(entry)
      },
    },
    idle: async () => void (await Promise.all([...ready.values()].map(({ ledger }) => ledger.lane.idle()))),
  }
}
