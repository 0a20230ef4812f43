import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BROKEN_INVARIANTS, type Member } from '../../test/heart-world.ts'
import { decideAs, memberAt, type RunDraft, type RunWorld, startRunWorld } from '../../test/run-world.ts'
import { originOf } from '../audit/append.ts'
import { newId } from '../kernel/id.ts'
import { createDelegation } from '../supervision/delegation.ts'
import { verifyReceipt } from '../supervision/receipt.ts'
import { decide, type DecisionAct } from './decision.ts'
import { editHumanLayer, openReview } from './review.ts'
import { applyPolicies, watchGates } from './watch.ts'

let runs: RunWorld
let requester: Member
let colleague: Member
let manager: Member
let second: Member
let officer: Member
let reviewer: Member
beforeAll(async () => {
  runs = await startRunWorld()
  await runs.topUp(1_000_000)
  requester = memberAt(runs, 0)
  colleague = memberAt(runs, 1)
  manager = memberAt(runs, 2)
  second = memberAt(runs, 3)
  officer = memberAt(runs, 4)
  reviewer = memberAt(runs, 5)
  await runs.setMember(manager, { designations: ['manager'] })
  await runs.setMember(second, { designations: ['manager', 'compliance_officer'] })
  await runs.setMember(officer, { designations: ['compliance_officer'] })
  await runs.setMember(reviewer, { designations: ['reviewer'] })
})
afterAll(() => runs.stop())

const LEVEL1 = { required: true } as const
const LEVEL2 = { required: true, level2: {} } as const
const LEVEL3 = { required: true, level2: {}, level3: {} } as const
const draftOf = (supervision: RunDraft['supervision'], more: Partial<RunDraft> = {}): Promise<string> =>
  runs.createDraft({ requester, ...(supervision && { supervision }), ...more })
const by = (member: Member, run_id: string, act: DecisionAct, more: object = {}) =>
  decideAs(runs, member, run_id, { act, ...(act === 'return' || act === 'reject' ? { comment: 'No' } : {}), ...more })
const refused = async (deciding: Promise<unknown>): Promise<string> =>
  deciding.then(
    () => 'decided',
    (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
  )
const sound = async () => expect(await runs.rows(BROKEN_INVARIANTS)).toEqual([])

describe('a run with one level', () => {
  test('is finalised by its requester: charged its quote once, sealed, told, with two receipts that prove themselves', async () => {
    const run_id = await draftOf(LEVEL1)
    expect(await by(requester, run_id, 'acknowledge')).toMatchObject({ level: 1, state: 'finalised', open_level: null })
    expect(await runs.stateOf(run_id)).toMatchObject({ state: 'finalised', charge_micros: 100, open_level: null })
    expect((await runs.told(run_id)).slice(-2)).toEqual(['execution.acknowledged', 'execution.finalised completed'])
    const receipts = await runs.rows('select kind, content from supervision.receipt where execution_id = $1', [run_id])
    expect(receipts.map(({ kind }) => String(kind)).toSorted()).toEqual(['decision', 'finalisation'])
    for (const { content } of receipts) expect(verifyReceipt(String(content))).toMatchObject({ is_valid: true })
    await sound()
  })

  test('is acknowledged by nobody but its requester while they can', async () => {
    const run_id = await draftOf(LEVEL1)
    expect(await refused(by(colleague, run_id, 'acknowledge'))).toBe('forbidden')
    expect(await refused(by(reviewer, run_id, 'acknowledge'))).toBe('not_your_turn')
    expect(await refused(by(manager, run_id, 'acknowledge'))).toBe('forbidden')
    expect(await runs.stateOf(run_id)).toMatchObject({ state: 'draft', charge_micros: null })
  })

  test('is acknowledged by a reviewer where the requester may not', async () => {
    const run_id = await runs.createDraft({ requester: colleague, supervision: LEVEL1 })
    await runs.setMember(colleague, { denies: ['run.acknowledge'] })
    expect(await refused(by(colleague, run_id, 'acknowledge'))).toBe('forbidden')
    expect(await by(reviewer, run_id, 'acknowledge')).toMatchObject({ state: 'finalised' })
    await runs.setMember(colleague, { denies: [] })
  })

  test('is acknowledged by a reviewer to whom the requester delegated it, openly on their behalf', async () => {
    const run_id = await draftOf(LEVEL1)
    const day_ms = 86_400_000
    const delegation = await runs.tx(async (tx) =>
      createDelegation(tx, await runs.actor(requester), {
        to_member_id: reviewer.id,
        levels: [1],
        starts_at: new Date(Date.now() - day_ms),
        ends_at: new Date(Date.now() + day_ms),
        reason: null,
      }),
    )
    expect(await by(reviewer, run_id, 'acknowledge')).toMatchObject({ state: 'finalised' })
    const [decision] = await runs.rows('select * from supervision.decision where execution_id = $1', [run_id])
    expect(decision).toMatchObject({ member_id: reviewer.id, on_behalf_of: requester.id, delegation_id: delegation.id })
  })

  test('needs every statement of the app confirmed', async () => {
    const run_id = await draftOf(LEVEL1, { statements: ['I have read it', 'I answer for it'] })
    expect(await refused(by(requester, run_id, 'acknowledge', { statements: ['I have read it'] }))).toBe(
      'statement_missing',
    )
    const statements = ['I answer for it', 'I have read it']
    expect(await by(requester, run_id, 'acknowledge', { statements })).toMatchObject({ state: 'finalised' })
  })
})

describe('levels 2 and 3', () => {
  test('follow on one another, each from another person, and the last one finalises at once', async () => {
    const run_id = await draftOf(LEVEL3)
    expect(await refused(by(manager, run_id, 'approve'))).toBe('run_state_refused')
    expect(await by(requester, run_id, 'acknowledge')).toMatchObject({ state: 'acknowledged', open_level: 2 })
    expect(await refused(by(officer, run_id, 'sign_off'))).toBe('level_not_open')
    expect(await by(second, run_id, 'approve')).toMatchObject({ state: 'acknowledged', open_level: 3 })
    expect(await refused(by(second, run_id, 'sign_off'))).toBe('already_given')
    expect(await runs.stateOf(run_id)).toMatchObject({ state: 'acknowledged', charge_micros: null, open_level: 3 })
    expect(await by(officer, run_id, 'sign_off')).toMatchObject({ state: 'finalised' })
    expect(await runs.stateOf(run_id)).toMatchObject({ charge_micros: 100 })
    await sound()
  })

  test('are never given by the requester, whatever rights they have', async () => {
    const run_id = await runs.createDraft({ requester: second, supervision: LEVEL3 })
    await by(second, run_id, 'acknowledge')
    expect(await refused(by(second, run_id, 'approve'))).toBe('own_run')
    expect(await refused(by(second, run_id, 'return'))).toBe('own_run')
    await by(manager, run_id, 'approve')
    expect(await refused(by(second, run_id, 'sign_off'))).toBe('own_run')
  })

  test('wait for as many distinct persons as their quorum says', async () => {
    const run_id = await draftOf({ required: true, level2: { quorum: 2 } })
    await by(requester, run_id, 'acknowledge')
    expect(await by(manager, run_id, 'approve')).toMatchObject({ state: 'acknowledged', open_level: 2 })
    expect(await refused(by(manager, run_id, 'approve'))).toBe('already_given')
    expect(await runs.stateOf(run_id)).toMatchObject({ given: 1 })
    expect(await by(reviewer, run_id, 'approve')).toMatchObject({ state: 'finalised' })
  })

  test('come from those whom the app asks for', async () => {
    const run_id = await draftOf(LEVEL2, { level2_from: ['reviewer'] })
    await by(requester, run_id, 'acknowledge')
    expect(await refused(by(manager, run_id, 'approve'))).toBe('not_your_turn')
    expect(await by(reviewer, run_id, 'approve')).toMatchObject({ state: 'finalised' })
  })

  test('of critical risk are given by two persons, whatever a policy says', async () => {
    await runs.putPolicy({ distinct_approvers: false })
    const run_id = await draftOf(LEVEL1, { risk: 'critical' })
    await by(requester, run_id, 'acknowledge')
    expect(await runs.stateOf(run_id)).toMatchObject({ state: 'acknowledged', open_level: 2 })
    expect(await by(manager, run_id, 'approve')).toMatchObject({ state: 'finalised' })
    await runs.putPolicy({})
  })

  test('end where the person is one no more', async () => {
    const run_id = await draftOf(LEVEL2)
    await by(requester, run_id, 'acknowledge')
    const actor = await runs.actor(manager)
    await runs.setMember(manager, { designations: [] })
    const seen = await runs.boundHash(run_id)
    const origin = originOf(actor, { request_id: newId(), address: null })
    const old = {
      decision_id: newId(),
      run_id,
      actor,
      origin,
      act: 'approve',
      seen,
      statements: [],
      comment: null,
    } as const
    expect(await refused(decide(runs.tools, runs.door, old))).toBe('forbidden')
    await runs.setMember(manager, { designations: ['manager'] })
  })
})

describe('a draft', () => {
  const edit = async (run_id: string, member: Member, hash: Buffer, replaces: Buffer | null = null) => {
    const actor = await runs.actor(member)
    const origin = originOf(actor, { request_id: newId(), address: null })
    const platform = await runs.tools.platformPolicy()
    return runs.tx((tx) =>
      editHumanLayer(tx, runs.tools, runs.organisation.id, platform, {
        run_id,
        actor,
        origin,
        replaces,
        sealed: hash,
        hash,
        changes: 1,
        kinds: { edit: 1 },
      }),
    )
  }
  const open = async (run_id: string, member: Member) => {
    const actor = await runs.actor(member)
    const origin = originOf(actor, { request_id: newId(), address: null })
    const platform = await runs.tools.platformPolicy()
    return runs.tx((tx) => openReview(tx, runs.tools, runs.organisation.id, platform, { run_id, actor, origin }))
  }

  test('is under review from the moment that somebody who may decide opens it', async () => {
    const run_id = await draftOf(LEVEL1)
    expect(await refused(open(run_id, manager))).toBe('forbidden')
    expect(await open(run_id, requester)).toMatchObject({ state: 'review' })
    expect(await open(run_id, requester)).toMatchObject({ state: 'review' })
    expect((await runs.told(run_id)).filter((each) => each === 'execution.review_started')).toHaveLength(1)
    expect(await by(requester, run_id, 'acknowledge')).toMatchObject({ state: 'finalised' })
  })

  test('that changed since it was seen is not approved', async () => {
    const run_id = await draftOf(LEVEL1)
    const seen = await runs.boundHash(run_id)
    await edit(run_id, requester, randomBytes(32))
    expect(await refused(by(requester, run_id, 'acknowledge', { seen }))).toBe('draft_changed')
    expect(await by(requester, run_id, 'acknowledge')).toMatchObject({ state: 'finalised' })
  })

  test('is edited by whoever may acknowledge it, over the layer they saw, and never after', async () => {
    const run_id = await draftOf(LEVEL2)
    const first = randomBytes(32)
    expect(await refused(edit(run_id, manager, first))).toBe('forbidden')
    await edit(run_id, requester, first)
    expect(await refused(edit(run_id, requester, randomBytes(32)))).toBe('draft_changed')
    await by(requester, run_id, 'acknowledge')
    expect(await refused(edit(run_id, requester, randomBytes(32), first))).toBe('run_state_refused')
  })

  test('returned with comments is a new draft: approvals are void, the hold stays, the timer starts anew, edits are open', async () => {
    const run_id = await draftOf(LEVEL3)
    await by(requester, run_id, 'acknowledge')
    await by(manager, run_id, 'approve')
    const old = await runs.boundHash(run_id)
    expect(await by(officer, run_id, 'return')).toMatchObject({ state: 'draft', revision: 2, open_level: 1 })
    expect(await runs.stateOf(run_id)).toMatchObject({
      state: 'draft',
      revision: 2,
      charge_micros: null,
      hold_micros: 100,
    })
    await edit(run_id, requester, randomBytes(32))
    expect(await refused(by(requester, run_id, 'acknowledge', { seen: old }))).toBe('draft_changed')
    await by(requester, run_id, 'acknowledge')
    expect(await runs.stateOf(run_id)).toMatchObject({ open_level: 2, given: 0 })
    await by(manager, run_id, 'approve')
    expect(await by(officer, run_id, 'sign_off')).toMatchObject({ state: 'finalised' })
    await sound()
  })

  test('rejected with a reason is cancelled and not charged', async () => {
    const run_id = await draftOf(LEVEL2)
    await by(requester, run_id, 'acknowledge')
    expect(await by(manager, run_id, 'reject')).toMatchObject({ state: 'cancelled', open_level: null })
    expect(await runs.stateOf(run_id)).toMatchObject({ reason_code: 'rejected_l2', charge_micros: 0 })
    expect((await runs.told(run_id)).slice(-2)).toEqual(['approval.rejected', 'execution.cancelled rejected_l2'])
    expect(await refused(by(manager, run_id, 'approve'))).toBe('run_state_refused')
    await sound()
  })
})

describe('time and policy', () => {
  const late = (run_id: string, column: 'deadline_at' | 'expires_at') =>
    runs.tx(async (tx) => {
      const past = new Date(Date.now() - 1000)
      await tx
        .updateTable('supervision.gate')
        .set({ [column]: past })
        .where('execution_id', '=', run_id)
        .execute()
    })
  const watch = () => watchGates(runs.tools, runs.database, runs.organisation.id)

  test('an expired gate cannot be approved, also before anybody has noticed, and then cancels its run', async () => {
    const run_id = await draftOf(LEVEL2)
    await by(requester, run_id, 'acknowledge')
    await late(run_id, 'expires_at')
    expect(await refused(by(manager, run_id, 'approve'))).toBe('level_expired')
    expect(await watch()).toEqual({ expired: 1, escalated: 0 })
    expect(await runs.stateOf(run_id)).toMatchObject({
      state: 'cancelled',
      reason_code: 'ack_timeout',
      charge_micros: 0,
    })
    expect(await watch()).toEqual({ expired: 0, escalated: 0 })
    await sound()
  })

  test('a stricter policy adds its level to runs that wait, and a looser one never takes it away', async () => {
    const run_id = await draftOf(LEVEL1, { category: 'tax' })
    await runs.putPolicy({ level2_categories: ['tax'] })
    expect(await by(requester, run_id, 'acknowledge')).toMatchObject({ state: 'acknowledged', open_level: 2 })
    await runs.putPolicy({})
    expect(await runs.stateOf(run_id)).toMatchObject({ level2: true })
    expect(await by(manager, run_id, 'approve')).toMatchObject({ state: 'finalised' })
  })

  test('what a policy forbids meanwhile is not approved: another engine, another jurisdiction', async () => {
    const run_id = await draftOf(LEVEL2)
    await by(requester, run_id, 'acknowledge')
    for (const [document, code] of [
      [{ allowed_engines: ['agent'] }, 'engine_forbidden'],
      [{ jurisdictions: ['uk'] }, 'jurisdiction_forbidden'],
    ] as const) {
      await runs.putPolicy(document)
      expect(await refused(by(manager, run_id, 'approve'))).toBe(code)
    }
    expect(await runs.stateOf(run_id)).toMatchObject({ state: 'acknowledged', charge_micros: null })
    await runs.putPolicy({ jurisdictions: ['uk', 'eu'] })
    expect(await by(manager, run_id, 'approve')).toMatchObject({ state: 'finalised' })
    await runs.putPolicy({})
  })

  test('a platform that became stricter is heeded at the very next decision', async () => {
    const run_id = await draftOf(LEVEL1)
    await runs.putPlatformPolicy({ level3_from_risk: 'low' })
    expect(await by(requester, run_id, 'acknowledge')).toMatchObject({ state: 'acknowledged', open_level: 3 })
    await runs.putPlatformPolicy({})
    expect(await by(officer, run_id, 'sign_off')).toMatchObject({ state: 'finalised' })
  })

  test('policies that changed are applied to all open runs: levels open, forbidden engines are cancelled', async () => {
    const platform = await runs.tools.platformPolicy()
    await applyPolicies(runs.database, platform)
    const waiting = await draftOf(LEVEL3, { category: 'tax' })
    await by(requester, waiting, 'acknowledge')
    await by(manager, waiting, 'approve')
    const agent = await draftOf(LEVEL1, { engine_type: 'agent' })
    await runs.putPolicy({ level2_quorum: 2, allowed_engines: ['prompt', 'document'] })
    expect(await applyPolicies(runs.database, platform)).toMatchObject({ cancelled: 1 })
    expect(await runs.stateOf(agent)).toMatchObject({ state: 'cancelled', reason_code: 'engine_forbidden' })
    expect(await runs.stateOf(waiting)).toMatchObject({ open_level: 2, given: 1 })
    expect((await runs.told(waiting)).at(-1)).toBe('execution.levels_added')
    expect(await applyPolicies(runs.database, platform)).toEqual({ cancelled: 0, raised: 0 })
    expect(await refused(by(officer, waiting, 'sign_off'))).toBe('level_not_open')
    await by(reviewer, waiting, 'approve')
    expect(await by(officer, waiting, 'sign_off')).toMatchObject({ state: 'finalised' })
    await runs.putPolicy({})
    await sound()
  })

  test('a deadline hands a level on to those it escalates to, and never approves', async () => {
    await runs.tx((tx) =>
      tx
        .insertInto('supervision.workflow')
        .values({
          id: newId(),
          name: 'High risk',
          position: 1,
          applies_to: JSON.stringify({ from_risk: 'high' }),
          levels: JSON.stringify([
            {
              level: 2,
              who: { members: [manager.id] },
              deadline_hours: 1,
              escalate_to: { members: [second.id] },
              on_timeout: 'escalate',
            },
          ]),
          updated_by: manager.id,
        })
        .execute(),
    )
    const run_id = await draftOf(undefined, { risk: 'high' })
    await by(requester, run_id, 'acknowledge')
    expect(await refused(by(second, run_id, 'approve'))).toBe('not_your_turn')
    await late(run_id, 'deadline_at')
    expect(await watch()).toEqual({ expired: 0, escalated: 1 })
    expect(await runs.stateOf(run_id)).toMatchObject({ state: 'acknowledged', open_level: 2, given: 0 })
    expect(await refused(by(reviewer, run_id, 'approve'))).toBe('not_your_turn')
    expect(await by(second, run_id, 'approve')).toMatchObject({ state: 'finalised' })
    await runs.tx((tx) => tx.deleteFrom('supervision.workflow').execute())
  })
})

describe('at the same moment', () => {
  test('two approvers of a quorum of two both count, and the run is charged once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const run_id = await draftOf({ required: true, level2: { quorum: 2 } })
      await by(requester, run_id, 'acknowledge')
      const results = await Promise.all([by(manager, run_id, 'approve'), by(reviewer, run_id, 'approve')])
      expect(results.map(({ state }) => state).toSorted((a, b) => a.localeCompare(b))).toEqual([
        'acknowledged',
        'finalised',
      ])
      const charges = await runs.rows('select amount_micros from ledger.transfer where execution_id = $1', [run_id])
      expect(charges).toEqual([{ amount_micros: 100 }])
    }
    await sound()
  })

  test('of approving and rejecting one happens, whole, and the other is told that it did', async () => {
    for (let round = 0; round < 40; round += 1) {
      const run_id = await draftOf(LEVEL2)
      await by(requester, run_id, 'acknowledge')
      const [approved, rejected] = await Promise.all([
        refused(by(manager, run_id, 'approve')),
        refused(by(reviewer, run_id, 'reject')),
      ])
      const { state, charge_micros } = await runs.stateOf(run_id)
      if (approved === 'decided')
        expect([rejected, state, charge_micros]).toEqual(['run_state_refused', 'finalised', 100])
      else expect([approved, rejected, state, charge_micros]).toEqual(['run_state_refused', 'decided', 'cancelled', 0])
    }
    await sound()
  })
})
