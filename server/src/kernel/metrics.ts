// What a node counts, in Prometheus' words. Names end in their unit; no label ever carries what a person wrote.

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

type Counts = () => { readonly open: number; readonly idle: number; readonly waiting: number }

export type Metrics = {
  readonly registry: Registry
  /** A governed call that ended, by its reason, and how long it took. */
  readonly countCall: (reason: string, duration_s: number) => void
  /** A call that was refused before anything was sent, by the problem's code. */
  readonly countRefusal: (code: string) => void
  /** An organisation that could not be reached, or can be again. */
  readonly noteOrganisation: (organisation_id: string, isAvailable: boolean) => void
}

/** The metrics of this process, with the process's own figures and its connections by budget. */
export function createMetrics(budgets: Readonly<Record<string, Counts>>): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry, prefix: 'reeve_' })
  new Gauge({
    name: 'reeve_database_connections',
    help: 'Connections of this node by budget and state',
    labelNames: ['budget', 'state'],
    registers,
    collect() {
      for (const [budget, counts] of Object.entries(budgets)) {
        for (const [state, value] of Object.entries(counts())) this.set({ budget, state }, value)
      }
    },
  })
  const calls = new Histogram({
    name: 'reeve_call_duration_seconds',
    help: 'Governed calls by how they ended, from admission to the end of the answer',
    labelNames: ['reason'],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
    registers,
  })
  const byReason = new Map<string, Histogram.Internal<'reason'>>()
  const refusals = new Counter({
    name: 'reeve_call_refusals_total',
    help: 'Calls refused before anything was sent, by code',
    labelNames: ['code'],
    registers,
  })
  const unavailable = new Gauge({
    name: 'reeve_organisation_unavailable',
    help: '1 for each organisation whose database could not be reached when it was last tried',
    labelNames: ['organisation'],
    registers,
  })
  return {
    registry,
    countCall(reason, duration_s) {
      // Looking a label up costs more than counting; reasons are a closed list.
      const child = byReason.get(reason) ?? calls.labels({ reason })
      byReason.set(reason, child)
      child.observe(duration_s)
    },
    countRefusal: (code) => refusals.inc({ code }),
    noteOrganisation(organisation, isAvailable) {
      if (isAvailable) unavailable.remove({ organisation })
      else unavailable.set({ organisation }, 1)
    },
  }
}
