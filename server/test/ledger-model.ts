// What the ledger must do, said a second time and as plainly as possible: no counters, no windows kept, no undrawn rest.
// Every question is answered by adding up the calls and transfers there were. Slow on purpose, to be compared with.

import type { Budget } from './heart-world.ts'

export type ModelCall = {
  readonly id: string
  readonly scopes: Readonly<Record<Budget['scope_kind'], string>>
  readonly admitted_ms: number
  readonly hold_micros: number
  readonly hold_tokens: number
  readonly is_on_wallet: boolean
  readonly body: string
  key: string | null
  state: 'running' | 'finalised' | 'failed' | 'cancelled' | 'lapsed'
  is_late_settled: boolean
  /** What counts for it now: the hold while it runs, then the charge; the reserved tokens, then those used. */
  micros: number
  tokens: number
}

export type ModelRequest = Pick<ModelCall, 'id' | 'scopes' | 'hold_micros' | 'hold_tokens' | 'key' | 'body'>

export type ModelSettlement = {
  readonly id: string
  readonly state: 'finalised' | 'failed' | 'cancelled'
  readonly cost_micros: number
  readonly tokens: number
}

export type ModelVerdict = { readonly letter: string; readonly facts: Readonly<Record<string, unknown>> }

type Lot = { readonly expires_ms: number; readonly order: number; rest: number }
type Unit = Budget['unit']
type Period = Budget['period']

const DAY_MS = 86_400_000
const PERIODS: readonly Period[] = ['total', 'month', 'week', 'day']

/** The bounds of the window of an instant: weeks begin on Monday, all in UTC. */
export function windowOf(period: Period, at_ms: number): { readonly from_ms: number; readonly to_ms: number } {
  const day = Math.floor(at_ms / DAY_MS)
  const date = new Date(at_ms)
  switch (period) {
    case 'day':
      return { from_ms: day * DAY_MS, to_ms: (day + 1) * DAY_MS }
    case 'week': {
      // 1 January 1970 was a Thursday.
      const monday = day - ((day + 3) % 7)
      return { from_ms: monday * DAY_MS, to_ms: (monday + 7) * DAY_MS }
    }
    case 'month':
      return {
        from_ms: Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1),
        to_ms: Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1),
      }
    case 'total':
      return { from_ms: -Infinity, to_ms: Infinity }
  }
}

export class LedgerModel {
  readonly calls: ModelCall[] = []
  readonly budgets = new Map<string, Budget>()
  readonly topUps: {
    readonly scope_id: string
    readonly period: Period
    readonly at_ms: number
    readonly tokens: number
  }[] = []
  readonly lots: Lot[] = []
  billing_mode: 'metered' | 'wallet' = 'metered'
  refusals = 0

  get held(): number {
    return this.calls.reduce((sum, call) => sum + (isHeld(call) ? call.hold_micros : 0), 0)
  }

  get balance(): number {
    return this.lots.reduce((sum, lot) => sum + lot.rest, 0)
  }

  setBudget(budget: Budget): void {
    const { unit, scope_kind, scope_id, period } = budget
    this.budgets.set([unit, scope_kind, scope_id, period].join(), budget)
  }

  /** Admits in order; each admission counts for those after it. */
  admit(
    requests: readonly (ModelRequest & { readonly is_refused: boolean })[],
    at_ms: number,
  ): readonly ModelVerdict[] {
    this.expireLots(at_ms)
    return requests.map((request) => {
      const verdict = this.judge(request, at_ms)
      if (verdict.letter === 'a') {
        const { is_refused: _, ...call } = request
        const is_on_wallet = this.billing_mode === 'wallet' && call.hold_micros > 0
        const counted = { micros: call.hold_micros, tokens: call.hold_tokens }
        this.calls.push({
          ...call,
          ...counted,
          is_on_wallet,
          admitted_ms: at_ms,
          state: 'running',
          is_late_settled: false,
        })
      } else if (/[fqsw]/.test(verdict.letter)) this.refusals += 1
      return verdict
    })
  }

  private judge(request: ModelRequest & { readonly is_refused: boolean }, at_ms: number): ModelVerdict {
    const { key, scopes, hold_tokens, hold_micros } = request
    const earlier = key === null ? undefined : this.calls.find((call) => call.key === key)
    if (earlier !== undefined) {
      return { letter: earlier.body === request.body ? 'r' : 'x', facts: { execution_id: earlier.id } }
    }
    if (request.is_refused) return { letter: 'f', facts: {} }
    for (const scope_kind of ['organisation', 'project', 'use_case', 'user'] as const) {
      const facts = this.refuse('tokens', scope_kind, scopes[scope_kind], hold_tokens, at_ms)
      if (facts !== null) return { letter: 'q', facts }
    }
    for (const scope_kind of ['user', 'team', 'organisation'] as const) {
      const facts = this.refuse('micros', scope_kind, scopes[scope_kind], hold_micros, at_ms)
      if (facts !== null) return { letter: 's', facts }
    }
    const available = this.balance - this.held
    if (this.billing_mode === 'wallet' && hold_micros > available) return { letter: 'w', facts: { available } }
    return { letter: 'a', facts: {} }
  }

  private refuse(unit: Unit, scope_kind: Budget['scope_kind'], scope_id: string, requested: number, at_ms: number) {
    if (requested === 0) return null
    const refusing = PERIODS.map((window) => {
      const used = this.used(unit, scope_id, window, at_ms)
      return { scope: scope_kind, window, used, limit: this.limit(unit, scope_kind, scope_id, window, at_ms) }
    }).filter(({ used, limit }) => limit !== null && used + requested > limit)
    const frees_ms = (facts: { readonly window: Period }) => windowOf(facts.window, at_ms).to_ms
    return refusing.toSorted((one, two) => Math.sign(frees_ms(two) - frees_ms(one)))[0] ?? null
  }

  private used(unit: Unit, scope_id: string, period: Period, at_ms: number): number {
    const { from_ms, to_ms } = windowOf(period, at_ms)
    return this.calls
      .filter((call) => Object.values(call.scopes).includes(scope_id))
      .filter((call) => call.admitted_ms >= from_ms && call.admitted_ms < to_ms)
      .reduce((sum, call) => sum + call[unit], 0)
  }

  private limit(unit: Unit, scope_kind: Budget['scope_kind'], scope_id: string, period: Period, at_ms: number) {
    const own = this.budgets.get([unit, scope_kind, scope_id, period].join())
    const amount = (own ?? this.budgets.get([unit, scope_kind, null, period].join()))?.amount ?? null
    if (amount === null || unit === 'micros') return amount
    const { from_ms, to_ms } = windowOf(period, at_ms)
    return this.topUps
      .filter((topUp) => topUp.scope_id === scope_id && topUp.period === period)
      .filter((topUp) => topUp.at_ms >= from_ms && topUp.at_ms < to_ms)
      .reduce((sum, topUp) => sum + topUp.tokens, amount)
  }

  /** Settles what runs, then what lapsed; the first settlement of a call counts. */
  settle(settlements: readonly ModelSettlement[], at_ms: number): string {
    this.expireLots(at_ms)
    const letters = settlements.map((settlement, index) => {
      const call = this.calls.find(({ id }) => id === settlement.id)
      if (call === undefined) return 'n'
      if (settlements.findIndex(({ id }) => id === settlement.id) < index) return 'd'
      if (call.state === 'lapsed' && !call.is_late_settled) return 'l'
      if (call.state !== 'running') return 'd'
      call.state = settlement.state
      call.micros = settlement.state === 'finalised' ? Math.min(settlement.cost_micros, call.hold_micros) : 0
      call.tokens = settlement.tokens
      if (settlement.state === 'cancelled') call.key = null
      this.draw(call)
      return 's'
    })
    this.expireLots(at_ms)
    settlements.forEach((settlement, index) => {
      const call = this.calls.find(({ id }) => id === settlement.id)
      if (letters[index] !== 'l' || call === undefined) return
      call.micros = settlement.state === 'finalised' ? this.lateCharge(call, settlement.cost_micros) : 0
      call.tokens = settlement.tokens
      call.is_late_settled = true
      this.draw(call)
    })
    return letters.join('')
  }

  private lateCharge(call: ModelCall, cost_micros: number): number {
    const rooms = (['user', 'team', 'organisation'] as const).flatMap((scope_kind) =>
      PERIODS.map((period) => {
        const limit = this.limit('micros', scope_kind, call.scopes[scope_kind], period, call.admitted_ms)
        return limit === null
          ? Infinity
          : limit - this.used('micros', call.scopes[scope_kind], period, call.admitted_ms)
      }),
    )
    const available = call.is_on_wallet ? this.balance - this.held : Infinity
    return Math.max(0, Math.min(cost_micros, call.hold_micros, available, ...rooms))
  }

  lapse(ids: readonly string[], at_ms: number): void {
    this.expireLots(at_ms)
    for (const call of this.calls.filter(({ id }) => ids.includes(id))) {
      call.state = 'lapsed'
      call.micros = 0
    }
    this.expireLots(at_ms)
  }

  /** Answers whether it was posted: what is held cannot be taken. */
  transfer(amount_micros: number, expires_ms: number, at_ms: number): boolean {
    this.expireLots(at_ms)
    if (this.balance + amount_micros < this.held) return false
    if (amount_micros > 0) this.lots.push({ expires_ms, order: this.lots.length, rest: amount_micros })
    else this.drawAmount(-amount_micros)
    return true
  }

  expireLots(at_ms: number): void {
    let pinned = 0
    for (const lot of this.lotsInOrder().filter(({ expires_ms }) => expires_ms <= at_ms)) {
      const pins = this.calls
        .filter((call) => isHeld(call) && call.admitted_ms < lot.expires_ms)
        .reduce((sum, call) => sum + call.hold_micros, 0)
      lot.rest = Math.min(lot.rest, pins - pinned)
      pinned += lot.rest
    }
  }

  private draw(call: ModelCall): void {
    if (call.is_on_wallet) this.drawAmount(call.micros)
  }

  private drawAmount(amount_micros: number): void {
    let left = amount_micros
    for (const lot of this.lotsInOrder()) {
      const drawn = Math.min(left, lot.rest)
      lot.rest -= drawn
      left -= drawn
    }
    if (left > 0) throw new Error('The wallet paid what it did not have')
  }

  private lotsInOrder(): readonly Lot[] {
    return this.lots.toSorted((one, two) => one.expires_ms - two.expires_ms || one.order - two.order)
  }
}

const isHeld = (call: ModelCall): boolean => call.state === 'running' && call.is_on_wallet
