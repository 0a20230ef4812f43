// The engine: claims runs that are due and walks their pipelines. It holds nothing that is not in the record, so a run goes on
// on any node; a claim that is not renewed for 15 s is anybody's. A node takes a bounded number of runs at once, and runs
// that wait for people are no business of any.
//
// Hints make it look at once, also those of nodes that have no room; without any it looks everywhere every 30 s, and every
// 5 s where it has worked lately.

import { organisationNameOf } from '../tenancy/organisation.ts'
import type { MemberFactsMemory } from '../invocation/member-facts.ts'
import type { Performer } from '../invocation/performer.ts'
import type { ControlDatabase } from '../kernel/database.ts'
import type { Job } from '../kernel/job.ts'
import type { Log } from '../kernel/log.ts'
import type { OrganisationDatabases } from '../kernel/organisation-databases.ts'
import { Problem } from '../kernel/problem.ts'
import type { Sweep } from '../kernel/sweep.ts'
import type { FieldVault } from '../keys/field-vault.ts'
import { type ClaimedRun, claimRuns, HAS_DUE_RUNS, hasDueRuns, releaseClaim, renewClaims } from './internal/claim.ts'
import { createContracts } from './internal/frozen-contract.ts'
import { type Attempt, attemptRun, type Ending } from './internal/attempt.ts'
import type { RunHouse } from './internal/run-house.ts'
import { createBounds, readLimits } from './internal/run-limits.ts'
import { createSandbox } from './internal/sandbox.ts'
import { createStepLane } from './internal/step-record.ts'
import type { ToolCaller } from './tool-caller.ts'
import type { RunTools } from './run-tools.ts'

export type EngineNeeds = {
  readonly control: ControlDatabase
  readonly databases: OrganisationDatabases
  readonly vault: FieldVault
  readonly performer: Performer
  readonly facts: MemberFactsMemory
  readonly tools: ToolCaller
  readonly run_tools: RunTools
  readonly node_id: string
  readonly log: Log
  /** Tells other nodes that an organisation has due runs; a hint. */
  readonly tellOthers: (organisation_id: string) => void
  /** Runs this node works on at once; 0: none. */
  readonly capacity?: number
}

/** Room for one run that is about to be created: the worker that takes it is found before it is, so nobody looks for it. */
export type Berth = {
  readonly begin: (run: ClaimedRun) => void
  /** Gives the room back: there is no such run after all. */
  readonly leave: () => void
}

export type Engine = {
  /** Room for a run of an organisation, if this node has any. Whoever takes it begins the run, or leaves. */
  readonly findBerth: (organisation_id: string) => Promise<Berth | null>
  /** Looks for due runs of an organisation now. A hint: it may be lost. */
  readonly wake: (organisation_id: string) => void
  /** Calls back whenever a step or the state of a run has changed on this node, until the answer is called. */
  readonly watch: (execution_id: string, onChange: (what: RunChange) => void) => () => void
  /** Runs that are due and that no hint told this node of. */
  readonly sweep: Sweep
  readonly jobs: readonly Job[]
  /** Runs that this node works on. */
  readonly active: () => number
  /** Takes no more runs, gives back those under way, and resolves when nothing is under way any more. */
  readonly stop: () => Promise<void>
}

export type RunChange = 'step' | 'state'

/** Most of a run is waiting for models; what finds no room here is claimed and started in statements of its own. */
const CAPACITY = 256
const RENEW_EVERY_MS = 3000
const LOOK_EVERY_MS = 5000
/** How long an organisation counts as one where this node has worked lately. */
const LATELY_MS = 600_000

type House = RunHouse & {
  readonly active: Map<string, Attempt>
  isPumping: boolean
  isWoken: boolean
  /** Whether others were told that it has more than there is room for here. */
  isTold: boolean
  used_ms: number
}

/** Starts the engine of a node; it takes its first run when it is woken or a job looks. */
export function createEngine(needs: EngineNeeds): Engine {
  const { node_id, log } = needs
  const capacity = needs.capacity ?? CAPACITY
  const houses = new Map<string, Promise<House>>()
  const sandbox = createSandbox()
  const contracts = createContracts()
  const watchers = new Map<string, Set<(what: RunChange) => void>>()
  const state = { isStopping: false, active: 0 }
  const under_way = new Set<Promise<void>>()
  /** Those whose runs found no room. */
  const hungry = new Set<House>()

  const tell = (execution_id: string, what: RunChange): void => {
    for (const onChange of watchers.get(execution_id) ?? []) onChange(what)
  }

  const openHouse = async (organisation_id: string): Promise<House> => {
    const database = await needs.databases.of(organisation_id)
    return {
      ...needs,
      sandbox,
      contracts,
      organisation: { id: organisation_id, name: await organisationNameOf(needs.control, organisation_id) },
      database,
      lane: createStepLane(database),
      readLimits: () => readLimits(needs.control, database, organisation_id),
      tell,
      active: new Map(),
      isPumping: false,
      isWoken: false,
      isTold: false,
      used_ms: performance.now(),
    }
  }
  const houseOf = (organisation_id: string): Promise<House> => {
    const known = houses.get(organisation_id)
    if (known !== undefined) return known
    const opening = openHouse(organisation_id)
    houses.set(organisation_id, opening)
    opening.catch(() => houses.delete(organisation_id))
    return opening
  }

  /** Works on a run whose place is counted already. */
  const begin = (house: House, run: ClaimedRun): void => {
    const attempt: Attempt = { run, abort: new AbortController(), bounds: createBounds(run) }
    house.active.set(run.execution_id, attempt)
    house.used_ms = performance.now()
    if (state.isStopping) end(attempt, 'stopping')
    const work = attemptRun(house, attempt)
      .catch((error: unknown) => {
        const { execution_id } = run
        log.error({ err: error, execution_id }, 'an attempt at a run broke; it will be tried again')
        return releaseClaim(house.database, node_id, run, backOffSeconds(run.attempt)).catch(() => undefined)
      })
      .finally(() => {
        if (house.active.get(run.execution_id) === attempt) house.active.delete(run.execution_id)
        state.active -= 1
        under_way.delete(work)
        tell(run.execution_id, 'state')
        feedHungry()
      })
    under_way.add(work)
  }

  /** Somebody may have waited for a place. */
  const feedHungry = (): void => {
    for (const each of hungry) pump(each)
  }

  /** What finds no room here may find it elsewhere. */
  const goHungry = (house: House): void => {
    hungry.add(house)
    if (house.isTold || state.isStopping) return
    house.isTold = true
    needs.tellOthers(house.organisation.id)
  }

  /** Claims as long as there is room and something is due; one statement at a time per organisation. */
  const pump = (house: House): void => {
    house.isWoken = true
    if (house.isPumping) return
    house.isPumping = true
    hungry.delete(house)
    const work = (async () => {
      while (house.isWoken && !state.isStopping && state.active < capacity) {
        house.isWoken = false
        house.isTold = false
        const room = capacity - state.active
        state.active += room
        let free = room
        try {
          for (const run of await claimRuns(house.database, node_id, room)) {
            free -= 1
            begin(house, run)
          }
        } finally {
          state.active -= free
        }
        if (free === 0) house.isWoken = true
      }
    })()
      .catch((error: unknown) => {
        const organisation_id = house.organisation.id
        log.warn({ err: error, organisation_id }, 'runs could not be claimed; they will be looked for again')
      })
      .finally(() => {
        house.isPumping = false
        if (house.isWoken) goHungry(house)
        under_way.delete(work)
      })
    under_way.add(work)
  }

  const wake = (organisation_id: string): void => {
    if (state.isStopping) return
    if (capacity === 0) return needs.tellOthers(organisation_id)
    houseOf(organisation_id).then(pump, (error: unknown) => {
      if (error instanceof Problem && error.status === 404) return
      log.warn({ err: error, organisation_id }, 'an organisation could not be opened for its runs')
    })
  }

  const end = (attempt: Attempt, ending: Ending): void => attempt.abort.abort(ending)

  /** Limits that were narrowed reach runs under way, within the rhythm of their claims. */
  const boundHouse = async (house: House): Promise<void> => {
    if (house.active.size === 0) return
    const limits = await house.readLimits()
    for (const { bounds } of house.active.values()) bounds.holdTo(limits)
  }

  const renewHouse = async (house: House): Promise<void> => {
    const attempts = [...house.active.values()]
    if (attempts.length === 0) return
    const runs = attempts.map(({ run }) => run)
    const standing = await renewClaims(house.database, node_id, runs)
    for (const attempt of attempts) if (!standing.has(attempt.run.execution_id)) end(attempt, 'overtaken')
  }

  /** A house that does not answer must not cost the others their claims. */
  const inEvery = async (work: (house: House) => Promise<void>, what: string): Promise<void> => {
    for (const opening of houses.values()) {
      const house = await opening.catch(() => null)
      if (house === null) continue
      void work(house).catch((error: unknown) =>
        log.warn({ err: error, organisation_id: house.organisation.id }, `${what}: an organisation did not answer`),
      )
    }
  }

  const isFull = (): boolean => state.isStopping || state.active >= capacity || hungry.size > 0

  return {
    wake,
    async findBerth(organisation_id) {
      const house = isFull() ? null : await houseOf(organisation_id)
      if (house === null || isFull()) return null
      state.active += 1
      return {
        begin: (run) => begin(house, run),
        leave() {
          state.active -= 1
          feedHungry()
        },
      }
    },
    watch(execution_id, onChange) {
      const of = watchers.get(execution_id) ?? new Set<(what: RunChange) => void>()
      watchers.set(execution_id, of.add(onChange))
      return () => {
        of.delete(onChange)
        if (of.size === 0) watchers.delete(execution_id)
      }
    },
    sweep: { due: HAS_DUE_RUNS, run: async (_database, organisation_id) => wake(organisation_id) },
    jobs: [
      { name: 'renew claims', every_ms: RENEW_EVERY_MS, run: () => inEvery(renewHouse, 'renew claims') },
      { name: 'hold runs to their limits', every_ms: RENEW_EVERY_MS, run: () => inEvery(boundHouse, 'limits of runs') },
      {
        name: 'look for due runs',
        every_ms: LOOK_EVERY_MS,
        async run() {
          const lately_ms = performance.now() - LATELY_MS
          await inEvery(async (house) => {
            if (house.used_ms > lately_ms && (await hasDueRuns(house.database))) pump(house)
          }, 'look for due runs')
        },
      },
    ],
    active: () => state.active,
    async stop() {
      state.isStopping = true
      for (const opening of houses.values()) {
        const house = await opening.catch(() => null)
        for (const attempt of house?.active.values() ?? []) end(attempt, 'stopping')
      }
      await Promise.all(under_way)
      await sandbox.close()
      await needs.tools.close()
    },
  }
}

const MAX_BACK_OFF_S = 60

/** What breaks again and again is tried more and more rarely. */
const backOffSeconds = (attempt: number): number => Math.min(MAX_BACK_OFF_S, 2 ** Math.min(attempt, 10) / 4)
