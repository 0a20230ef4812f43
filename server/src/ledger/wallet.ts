// The wallet of an organisation: what it has, what open calls hold of it, and the lots its credit came in. Credit is
// posted by the super-admin or by a confirmed payment only, never by the organisation (rulings, "Money").

import { sql } from 'kysely'
import type { OrganisationTx } from '../kernel/database.ts'

export const BILLING_MODES = ['metered', 'wallet'] as const
export type BillingMode = (typeof BILLING_MODES)[number]

/** Credit with its own expiry; the lot that expires first is drawn first. */
export type Lot = {
  readonly id: string
  readonly amount_micros: number
  readonly drawn_micros: number
  readonly remaining_micros: number
  readonly expires_at: Date
}

export type Wallet = {
  readonly billing_mode: BillingMode
  readonly balance_micros: number
  readonly held_micros: number
  readonly available_micros: number
  /** Those that still have something, in the order in which they are drawn. */
  readonly lots: readonly Lot[]
}

type Gate = {
  readonly billing_mode: BillingMode
  readonly balance_micros: number
  readonly held_micros: number
}

/**
 * The wallet as it stands. What was charged since the lots were last drawn is spread over them first, and what has
 * expired is taken out, so the lots sum to the balance. Locks the gate until the transaction ends.
 */
export async function getWallet(tx: OrganisationTx): Promise<Wallet> {
  const { rows } = await sql<Gate>`select billing_mode, balance_micros, held_micros from ledger.draw_lots()`.execute(tx)
  const [gate] = rows
  if (gate === undefined) throw new Error('The organisation has no gate')
  const { rows: lots } = await sql<Lot>`
    select l.id, l.amount_micros, l.drawn_micros, l.expires_at,
      l.amount_micros - l.drawn_micros - l.expired_micros as remaining_micros
    from ledger.lot l
    where l.drawn_micros + l.expired_micros < l.amount_micros
    order by l.expires_at, l.id`.execute(tx)
  return { ...gate, available_micros: gate.balance_micros - gate.held_micros, lots }
}

/**
 * Sets how the organisation is billed. In `wallet` calls are held against the balance from the next one on; calls that
 * are open end as they were admitted.
 */
export async function setBillingMode(
  tx: OrganisationTx,
  billing_mode: BillingMode,
): Promise<{ readonly billing_mode: BillingMode; readonly before: BillingMode }> {
  const { rows } = await sql<Gate>`select billing_mode from ledger.lock_gate()`.execute(tx)
  const before = rows[0]?.billing_mode
  if (before === undefined) throw new Error('The organisation has no gate')
  await tx.updateTable('ledger.gate').set({ billing_mode }).where('id', '=', 1).execute()
  return { billing_mode, before }
}
