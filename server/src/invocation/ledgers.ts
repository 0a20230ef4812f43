// The ledgers this node writes to: one lane per organisation, and a lease that says the node lives. Whoever finds the
// lease lapsed releases what the node held, so a node that could not renew in time ends its calls itself.

import type { ControlDatabase, OrganisationDatabase } from '../kernel/database.ts'
import type { Job } from '../kernel/job.ts'
import type { Lane } from '../kernel/lane.ts'
import type { Log } from '../kernel/log.ts'
import { noteHolding, RENEW_EVERY_MS } from '../kernel/node-lease.ts'
import type { OrganisationDatabases } from '../kernel/organisation-databases.ts'
import { createFactsMemory, type FactsMemory } from './facts.ts'
import { createStepLane, type StepLane } from './internal/step-lane.ts'
import { createStandingLane, type Standing, type StandingQuestion } from './standing.ts'

/** An admitted call that is not settled yet; the platform can end it. */
type RunningCall = { readonly cancel: () => void }

export type Ledger = {
  readonly organisation_id: string
  readonly database: OrganisationDatabase
  readonly lane: StepLane
  readonly log: Log
  readonly running: Set<RunningCall>
  /** Renews the node's lease in this organisation. */
  readonly renew: () => Promise<void>
}

export type Ledgers = {
  readonly facts: FactsMemory
  readonly standing: Lane<StandingQuestion, Standing>
  /** The ledger of an organisation, with a live lease; opened on its first call. */
  readonly open: (organisation_id: string) => Promise<Ledger>
  readonly renewJob: Job
  /** Resolves when every lane has written what it was asked to. */
  readonly idle: () => Promise<void>
}

const LEASE_S = 45
/** After this long without a renewal the node's holds may be released any moment: its calls end. */
const GIVE_UP_MS = 30_000
/** A ledger that nobody used for so long is closed; its lease lapses with nothing held. */
const UNUSED_MS = 300_000

const RENEW = `
  insert into kernel.node_lease (node_id, expires_at) values ($1, clock_timestamp() + make_interval(secs => $2))
  on conflict (node_id) do update set expires_at = excluded.expires_at`

type Opened = { readonly ledger: Ledger; renewed_ms: number; used_ms: number }

/** Opens the node's ledgers. */
export function createLedgers(
  control: ControlDatabase,
  databases: OrganisationDatabases,
  node_id: string,
  log: Log,
): Ledgers {
  const opened = new Map<string, Promise<Opened>>()
  const ready = new Map<string, Opened>()

  const openLedger = async (organisation_id: string): Promise<Opened> => {
    const database = await databases.of(organisation_id)
    await noteHolding(control, node_id, organisation_id)
    const entry: Opened = {
      renewed_ms: 0,
      used_ms: performance.now(),
      ledger: {
        organisation_id,
        database,
        log,
        lane: createStepLane(database, node_id),
        running: new Set(),
        async renew() {
          const started = performance.now()
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
    const now = performance.now()
    if (ledger.running.size === 0 && now - entry.used_ms > UNUSED_MS) {
      opened.delete(ledger.organisation_id)
      ready.delete(ledger.organisation_id)
      return
    }
    await ledger.renew().catch((error: unknown) => {
      log.warn({ err: error, organisation_id: ledger.organisation_id }, 'the lease could not be renewed')
      if (performance.now() - entry.renewed_ms > GIVE_UP_MS) for (const call of ledger.running) call.cancel()
    })
  }

  return {
    facts: createFactsMemory(control),
    standing: createStandingLane(control),
    async open(organisation_id) {
      const known = ready.get(organisation_id)
      if (known !== undefined) {
        known.used_ms = performance.now()
        return known.ledger
      }
      const opening = opened.get(organisation_id) ?? openLedger(organisation_id)
      opened.set(organisation_id, opening)
      opening.catch(() => opened.delete(organisation_id))
      return (await opening).ledger
    },
    renewJob: {
      name: 'renew leases',
      every_ms: RENEW_EVERY_MS,
      run: async () => void (await Promise.all([...ready.values()].map(renewOne))),
    },
    idle: async () => void (await Promise.all([...ready.values()].map(({ ledger }) => ledger.lane.idle()))),
  }
}
