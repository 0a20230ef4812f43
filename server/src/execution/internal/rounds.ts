// Deciding with signatures. A receipt is signed before the transaction that it belongs to, for the key may lie in another
// machine and the gate waits for nobody; so what will be decided is reckoned first, signed, and reckoned again under the
// gate. Only when both are the same, word for word, is it written. Else the run has moved, and it is done once more.

import { canonicalJson } from '../../kernel/canonical-json.ts'
import type { OrganisationTx } from '../../kernel/database.ts'
import { Problem } from '../../kernel/problem.ts'
import type { ReceiptBody, SignedReceipt } from '../../supervision/receipt.ts'
import { runMoving } from '../problems.ts'
import type { PlatformPolicy, RunDoor, RunTools } from '../run-tools.ts'

/** What is about to be decided: the receipts that it needs, without their moments, and how it is written. */
export type Prepared<Result> = {
  /** The moment that the receipts bear. */
  readonly at: Date | null
  readonly bodies: readonly ReceiptBody[]
  readonly write: (tx: OrganisationTx, receipts: readonly SignedReceipt[]) => Promise<Result>
}

export type Round<Result> = {
  /** Reckons on the run as it is read, unlocked. Refuses as `decide` would. */
  readonly prepare: (tx: OrganisationTx, platform: PlatformPolicy) => Promise<Prepared<Result>>
  /** Reckons again under the gate. */
  readonly decide: (tx: OrganisationTx, platform: PlatformPolicy) => Promise<Prepared<Result>>
}

const ROUNDS = 5

class RunMoved extends Error {}

/**
 * Prepares, signs, decides; again when the run moved in between. Refuses with what the round refuses with, and with
 * `run_moving` when it never stands still.
 */
export async function settleInRounds<Result>(tools: RunTools, door: RunDoor, round: Round<Result>): Promise<Result> {
  for (let tries = 1; tries <= ROUNDS; tries += 1) {
    const platform = await tools.platformPolicy()
    const prepared = await prepareUnlocked(door, round, platform)
    if (prepared === null) continue
    const { bodies, at } = prepared
    const receipts = await Promise.all(bodies.map((body) => tools.sign(door.organisation.id, { ...body, at })))
    const expected = canonicalJson(bodies)
    try {
      return await door.transact(async (tx) => {
        const decided = await round.decide(tx, platform)
        if (canonicalJson(decided.bodies) !== expected) throw new RunMoved()
        return decided.write(tx, receipts)
      })
    } catch (error) {
      if (!(error instanceof RunMoved)) throw error
    }
  }
  throw runMoving({}, { retry_after_s: 1 })
}

/**
 * What is reckoned without the lock is read piece by piece, and another's decision can come in between: a refusal stands only
 * as it is under the gate. Null when nothing is refused there.
 */
async function prepareUnlocked<Result>(
  door: RunDoor,
  round: Round<Result>,
  platform: PlatformPolicy,
): Promise<Prepared<Result> | null> {
  try {
    return await (door.read ?? door.transact)((tx) => round.prepare(tx, platform))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    await door.transact((tx) => round.decide(tx, platform))
    return null
  }
}

/** Keeps receipts, word for word. A decision's lies under the decision's id, the last one under the run's. */
export async function keepReceipts(
  tx: OrganisationTx,
  run: { readonly id: string; readonly now: Date },
  receipts: readonly SignedReceipt[],
): Promise<void> {
  if (receipts.length === 0) return
  const rows = receipts.map(({ kind, content, body }) => ({
    id: kind === 'finalisation' ? run.id : String(body['decision_id']),
    execution_id: run.id,
    kind,
    content,
    created_at: run.now,
  }))
  await tx.insertInto('supervision.receipt').values(rows).execute()
}
