// Random histories of an organisation, played on the heart and on the model beside it. After every act the verdicts, the
// calls and the wallet must agree, and at the end every invariant holds.

import fc from 'fast-check'
import { expect } from 'vitest'
import { newId } from '../src/kernel/id.ts'
import { BROKEN_INVARIANTS, type Budget, type Heart, type Member, ORGANISATION, settlement } from './heart-world.ts'
import { LedgerModel, windowOf } from './ledger-model.ts'

/** A Saturday evening; the Monday after it is still November, the Tuesday not. */
const START_MS = Date.UTC(2100, 10, 27, 20)
const HOUR_MS = 3_600_000

const member = fc.nat({ max: 3 })
const scope_kind = fc.constantFrom<Budget['scope_kind'][]>('organisation', 'team', 'project', 'use_case', 'user')
const period = fc.constantFrom<Budget['period'][]>('day', 'week', 'month', 'total')

const act = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('step' as const),
      ends: fc.array(
        fc.record({
          call: fc.nat(),
          state: fc.constantFrom('finalised' as const, 'finalised' as const, 'failed' as const, 'cancelled' as const),
          cost_micros: fc.nat({ max: 400 }),
          tokens: fc.nat({ max: 50 }),
        }),
        { maxLength: 4 },
      ),
      requests: fc.array(
        fc.record({
          member,
          hold_micros: fc.oneof(
            { weight: 1, arbitrary: fc.constant(0) },
            { weight: 9, arbitrary: fc.nat({ max: 300 }) },
          ),
          hold_tokens: fc.nat({ max: 40 }),
          key: fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat({ max: 9 }) }),
          body: fc.constantFrom('aa', 'bb'),
          is_refused: fc.integer({ min: 0, max: 9 }).map((roll) => roll === 0),
        }),
        { maxLength: 6 },
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('lapse' as const), most: fc.integer({ min: 1, max: 4 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('transfer' as const),
      amount: fc.integer({ min: -300, max: 900 }).filter((amount) => amount !== 0),
      hours: fc.constantFrom(3, 20, 30, 24 * 9),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('budget' as const),
      unit: fc.constantFrom('micros' as const, 'tokens' as const),
      scope_kind,
      member,
      is_own: fc.boolean(),
      period,
      share: fc.nat({ max: 6 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('quota_top_up' as const),
      scope_kind,
      member,
      period,
      tokens: fc.integer({ min: 1, max: 60 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('mode' as const),
      mode: fc.constantFrom('wallet' as const, 'metered' as const),
    }),
  },
)

type Acts = typeof act extends fc.Arbitrary<infer Given> ? Given : never
type Act<Kind extends Acts['kind']> = Extract<Acts, { kind: Kind }>

const wait_ms = fc.constantFrom(0, 0, 0, 1000, 7 * HOUR_MS, 7 * HOUR_MS, 26 * HOUR_MS, 192 * HOUR_MS)

/** Acts, each after some time. */
export const history = fc.array(fc.record({ wait_ms, act }), { minLength: 10, maxLength: 40, size: 'max' })

type Played = {
  readonly heart: Heart
  readonly model: LedgerModel
  readonly at_ms: number
  readonly at: string
}

const scopesOf = ({ id, team_id, project_id, use_case_id }: Member) => ({
  organisation: ORGANISATION,
  team: team_id,
  project: project_id,
  use_case: use_case_id,
  user: id,
})

function memberAt(heart: Heart, index: number): Member {
  const { members } = heart.world
  const found = members[index % members.length]
  if (found === undefined) throw new Error('A world without members has no history')
  return found
}

/** Plays a history on a fresh world; throws at the first difference, or at its end when an invariant is broken. */
export async function play(
  heart: Heart,
  acts: readonly { readonly wait_ms: number; readonly act: Acts }[],
): Promise<void> {
  const model = new LedgerModel()
  let at_ms = START_MS
  for (const { wait_ms: waited_ms, act: next } of acts) {
    at_ms += waited_ms
    const played: Played = { heart, model, at_ms, at: new Date(at_ms).toISOString() }
    await playAct(played, next)
    await compare(played)
  }
  expect(await heart.rows(BROKEN_INVARIANTS)).toEqual([])
}

function playAct(played: Played, next: Acts): Promise<void> {
  switch (next.kind) {
    case 'step':
      return playStep(played, next)
    case 'lapse':
      return playLapse(played, next)
    case 'transfer':
      return playTransfer(played, next)
    case 'budget':
      return playBudget(played, next)
    case 'quota_top_up':
      return playQuotaTopUp(played, next)
    case 'mode':
      return playMode(played, next)
  }
}

async function playStep({ heart, model, at, at_ms }: Played, { ends, requests }: Act<'step'>): Promise<void> {
  const settlements = ends.map(({ call, ...given }) => {
    // One of the youngest calls, which are the likeliest to be open.
    const id = model.calls.at(-1 - (call % 12))?.id ?? newId()
    return { ...given, id, tokens: given.state === 'cancelled' ? 0 : given.tokens }
  })
  const asked = requests.map(({ member: index, key, ...given }) => ({
    ...given,
    id: newId(),
    key: key === null ? null : `\\x0${key}`,
    scopes: scopesOf(memberAt(heart, index)),
    member: memberAt(heart, index),
  }))
  const expected = {
    settled: model.settle(settlements, at_ms),
    admitted: model.admit(asked, at_ms),
  }
  const answer = await heart.step({
    at,
    settle: settlements.map(({ id, state, cost_micros, tokens }) =>
      settlement(id, {
        state,
        cost_micros,
        input_tokens: tokens,
        cached_input_tokens: 0,
        output_tokens: 0,
        reason_code: state === 'cancelled' ? 'withdrawn' : 'completed',
        entry_id: state === 'cancelled' ? null : newId(),
      }),
    ),
    admit: asked.map((call) =>
      heart.request(call.member, {
        execution_id: call.id,
        hold_micros: call.hold_micros,
        hold_tokens: call.hold_tokens,
        idempotency_hash: call.key,
        fingerprint: call.key === null ? null : `\\x${call.body}`,
        refusal_code: call.is_refused ? 'model_not_assigned' : null,
      }),
    ),
  })
  expect(answer.settle_codes).toBe(expected.settled)
  expect(answer.admit_codes).toBe(expected.admitted.map(({ letter }) => letter).join(''))
  expected.admitted.forEach(({ facts }, index) => {
    if (Object.keys(facts).length > 0) expect(answer.details?.[index]).toMatchObject(facts)
  })
}

async function playLapse({ heart, model, at, at_ms }: Played, { most }: Act<'lapse'>): Promise<void> {
  const running = model.calls.filter(({ state }) => state === 'running').map(({ id }) => id)
  const lapsing = running.toSorted().slice(0, most)
  await heart.client.query('delete from kernel.node_lease')
  const entry_ids = Array.from({ length: most }, newId)
  const [expired] = await heart.rows('select invocation.expire_holds($1, $2) as count', [entry_ids, at])
  await heart.client.query(`insert into kernel.node_lease values ($1, 'infinity')`, [heart.world.node_id])
  if (running.length > 0) model.lapse(lapsing, at_ms)
  expect(expired).toEqual({ count: lapsing.length })
}

async function playTransfer({ heart, model, at, at_ms }: Played, { amount, hours }: Act<'transfer'>): Promise<void> {
  const expires_ms = at_ms + hours * HOUR_MS
  const [posted] = await heart.rows<{ verdict: string }>(
    'select verdict from ledger.post_transfer($1, $2, $3, $4, $5, $1, $6)',
    [newId(), amount > 0 ? 'top_up' : 'adjustment', amount, new Date(expires_ms).toISOString(), 'test', at],
  )
  expect(posted?.verdict).toBe(model.transfer(amount, expires_ms, at_ms) ? 'posted' : 'below_held')
}

async function playBudget({ heart, model }: Played, given: Act<'budget'>): Promise<void> {
  const { unit, period: each, scope_kind: kind, share } = given
  if (unit === 'tokens' ? kind === 'team' : kind === 'project' || kind === 'use_case') return
  const isOwn = given.is_own && kind !== 'organisation'
  const scope_id = isOwn ? scopesOf(memberAt(heart, given.member))[kind] : null
  const budget = { unit, scope_kind: kind, scope_id, period: each, amount: share * (unit === 'tokens' ? 45 : 330) }
  model.setBudget(budget)
  await heart.setBudgets([budget])
}

async function playQuotaTopUp({ heart, model, at, at_ms }: Played, given: Act<'quota_top_up'>): Promise<void> {
  const { scope_kind: kind, period: each, tokens } = given
  if (kind === 'team' || each === 'total') return
  const scope_id = scopesOf(memberAt(heart, given.member))[kind]
  model.expireLots(at_ms)
  model.topUps.push({ scope_id, period: each, at_ms, tokens })
  const [granted] = await heart.rows<{ verdict: string; window_starts_on: string }>(
    'select * from ledger.grant_quota_top_up($1, $2, $3, $4, $5, $6, $1, $7)',
    [newId(), kind, kind === 'organisation' ? null : scope_id, each, tokens, 'test', at],
  )
  const window_starts_on = new Date(windowOf(each, at_ms).from_ms).toISOString().slice(0, 10)
  expect(granted).toEqual({ verdict: 'granted', window_starts_on })
}

async function playMode({ heart, model }: Played, { mode }: Act<'mode'>): Promise<void> {
  model.billing_mode = mode
  await heart.client.query('update ledger.gate set billing_mode = $1', [mode])
}

async function compare({ heart, model, at, at_ms }: Played): Promise<void> {
  const calls = await heart.rows<{ id: string }>(
    `select id, coalesce(charge_micros, hold_micros) as micros,
       coalesce(input_tokens + output_tokens, hold_tokens) as tokens,
       case reason_code when 'hold_lapsed' then 'lapsed' else state::text end as state
     from execution.execution`,
  )
  const byId = new Map(calls.map((call) => [call.id, call]))
  for (const { id, micros, tokens, state } of model.calls) {
    expect(byId.get(id)).toEqual({ id, micros, tokens, state })
  }
  expect(byId.size).toBe(model.calls.length)
  // The wallet as the next act will find it: what is due has expired.
  model.expireLots(at_ms)
  const [ledger] = await heart.rows(
    `select g.balance_micros, g.held_micros,
       (select count(*) from audit.entry e where e.outcome = 'refused') as refusals
     from ledger.lock_gate($1) g`,
    [at],
  )
  expect(ledger).toEqual({ balance_micros: model.balance, held_micros: model.held, refusals: model.refusals })
}
