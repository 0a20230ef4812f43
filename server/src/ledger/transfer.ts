// Transfers: the append-only double entry in which every movement of money is one row, for ever.

import { sql } from 'kysely'
import type { OrganisationTx } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { badCursor, DEFAULT_PAGE_SIZE, type Page, type PageQuery, pageOf, parseCursor } from '../kernel/page.ts'
import { adjustmentBelowHeld, creditExpiryRefused, transferIdUsed, walletTooLarge } from './problems.ts'

export const TRANSFER_KINDS = ['top_up', 'charge', 'late_charge', 'lot_expired', 'adjustment'] as const
export type TransferKind = (typeof TRANSFER_KINDS)[number]

export type Transfer = {
  readonly id: string
  readonly kind: TransferKind
  readonly debit_account: string
  readonly credit_account: string
  readonly amount_micros: number
  readonly execution_id: string | null
  readonly lot_id: string | null
  readonly reason: string | null
  readonly posted_by: string | null
  readonly posted_at: Date
}

export type TransferFilter = {
  readonly from: Date | null
  readonly to: Date | null
  readonly kind?: TransferKind
}

/** The most a wallet holds, and the most that moves at once, in micro-units: a billion of the currency's units. */
export const MAX_WALLET_MICROS = 1_000_000_000_000_000

const COLUMNS = sql`
  t.id, t.kind, t.debit_account, t.credit_account, t.amount_micros, t.execution_id, t.lot_id, t.reason, t.posted_by,
  t.posted_at`

/**
 * A page of transfers, those posted last first: a charge bears the id of its execution, which may be much older.
 * Refuses a cursor that is no transfer (`bad_cursor`).
 */
export async function listTransfers(
  tx: OrganisationTx,
  filter: TransferFilter,
  query: PageQuery,
): Promise<Page<Transfer>> {
  const cursor = parseCursor(query)
  if (cursor !== null && (await findTransfer(tx, cursor)) === null) throw badCursor()
  const { from, to, kind } = filter
  const { rows } = await sql<Transfer>`
    select ${COLUMNS} from ledger.transfer t
    where true
      ${from === null ? sql`` : sql`and t.posted_at >= ${from}`}
      ${to === null ? sql`` : sql`and t.posted_at < ${to}`}
      ${kind === undefined ? sql`` : sql`and t.kind = ${kind}`}
      ${cursor === null ? sql`` : olderThan(cursor)}
    order by t.posted_at desc, t.id desc limit ${(query.limit ?? DEFAULT_PAGE_SIZE) + 1}`.execute(tx)
  return pageOf(rows, query)
}

const olderThan = (id: string) => sql`
  and (t.posted_at, t.id) < (select c.posted_at, c.id from ledger.transfer c where c.id = ${id})`

async function findTransfer(tx: OrganisationTx, id: string): Promise<Transfer | null> {
  const { rows } = await sql<Transfer>`select ${COLUMNS} from ledger.transfer t where t.id = ${id}`.execute(tx)
  return rows[0] ?? null
}

export type TransferDraft = {
  /** Chosen by whoever asks, so that asking again posts nothing twice. */
  readonly id?: string
  readonly kind: 'top_up' | 'adjustment'
  /** More than 0 for a top-up; for an adjustment either sign, never 0. */
  readonly amount_micros: number
  /** When this credit expires; a year from now unless said otherwise. Nothing for what is taken away. */
  readonly expires_at?: Date
  readonly reason: string
  readonly posted_by: string
}

export type PostedTransfer = Transfer & {
  readonly expires_at: Date | null
  readonly balance_micros: number
  readonly held_micros: number
  readonly available_micros: number
  /** It had been posted before; nothing changed now. */
  readonly is_repeated: boolean
}

type Gate = { readonly clock: Date; readonly balance_micros: number; readonly in_a_year: Date }
type Verdict = {
  readonly verdict: 'posted' | 'repeated' | 'below_held'
  readonly balance_micros: number
  readonly held_micros: number
}

/**
 * Posts credit to the wallet, or an adjustment either way. Locks the gate until the transaction ends. Throws
 * `adjustment_below_held`, `credit_expiry_refused`, `wallet_too_large`, or `transfer_id_used` for an id that was used
 * for something else.
 */
export async function postTransfer(tx: OrganisationTx, draft: TransferDraft): Promise<PostedTransfer> {
  const { id = newId(), kind, amount_micros, reason, posted_by } = draft
  const { rows: gates } = await sql<Gate>`
    select clock, balance_micros, clock + interval '12 months' as in_a_year from ledger.lock_gate()`.execute(tx)
  const [gate] = gates
  if (gate === undefined) throw new Error('The organisation has no gate')
  const earlier = await findTransfer(tx, id)
  if (earlier === null) checkDraft(draft, gate)
  else requireSame(earlier, draft)
  const expires_at = amount_micros > 0 ? (draft.expires_at ?? gate.in_a_year) : null
  const { rows } = await sql<Verdict>`
    select verdict, balance_micros, held_micros
    from ledger.post_transfer(${id}, ${kind}, ${amount_micros}, ${expires_at}, ${reason}, ${posted_by})`.execute(tx)
  const [answer] = rows
  if (answer === undefined) throw new Error('The ledger gave no verdict')
  const { verdict, balance_micros, held_micros } = answer
  if (verdict === 'below_held') throw adjustmentBelowHeld({ balance_micros, held_micros, amount_micros })
  const posted = await findTransfer(tx, id)
  if (posted === null) throw new Error('The ledger posted nothing')
  return {
    ...posted,
    expires_at: await findExpiry(tx, id),
    balance_micros,
    held_micros,
    available_micros: balance_micros - held_micros,
    is_repeated: verdict === 'repeated',
  }
}

function checkDraft({ amount_micros, expires_at }: TransferDraft, gate: Gate): void {
  // Not "<=": a date that is none is in no future either.
  if (expires_at !== undefined && !(amount_micros > 0 && expires_at > gate.clock)) {
    const message = amount_micros > 0 ? 'must be in the future' : 'is for credit only'
    throw creditExpiryRefused({}, { fields: [{ pointer: '/expires_at', message }] })
  }
  if (gate.balance_micros + amount_micros > MAX_WALLET_MICROS) {
    throw walletTooLarge({ balance_micros: gate.balance_micros, amount_micros, limit_micros: MAX_WALLET_MICROS })
  }
}

function requireSame(earlier: Transfer, { id = '', kind, amount_micros, reason }: TransferDraft): void {
  const amount = earlier.credit_account === 'wallet' ? earlier.amount_micros : -earlier.amount_micros
  if (earlier.kind === kind && amount === amount_micros && earlier.reason === reason) return
  throw transferIdUsed({ id })
}

async function findExpiry(tx: OrganisationTx, lot_id: string): Promise<Date | null> {
  const lot = await tx.selectFrom('ledger.lot').select('expires_at').where('id', '=', lot_id).executeTakeFirst()
  return lot?.expires_at ?? null
}
