// Budgets as administrators set them: spend limits in money and quotas in tokens, for one scope or as the default of a
// kind. The limits that calls are judged by follow in the same transaction.

import { sql } from 'kysely'
import type { OrganisationTx } from '../../kernel/database.ts'
import { newId } from '../../kernel/id.ts'
import { DEFAULT_PAGE_SIZE, type Page, type PageQuery, pageOf, parseCursor } from '../../kernel/page.ts'
import { notFound } from '../../kernel/problem.ts'
import { referenceUnknown } from '../../tenancy/problems.ts'
import { counterIdOf, type LimitWindow, type Period, readLimits, type Scope, type ScopeKind } from '../limit.ts'

export type BudgetUnit = 'micros' | 'tokens'

export type Budget = Scope & {
  readonly id: string
  readonly period: Period
  readonly amount: number
  readonly updated_by: string
  readonly updated_at: Date
}

/** A budget with where its scope stands in that window; nothing for a default, which has no scope of its own. */
export type StandingBudget = Budget & { readonly scope_name: string | null; readonly window: LimitWindow | null }

const COLUMNS = sql`b.id, b.scope_kind, b.scope_id, b.period, b.amount, b.updated_by, b.updated_at`

/** A page of the budgets in one unit, newest first. */
export async function listBudgets(
  tx: OrganisationTx,
  unit: BudgetUnit,
  query: PageQuery & { readonly scope_kind?: ScopeKind; readonly scope_id?: string },
): Promise<Page<StandingBudget>> {
  const cursor = parseCursor(query)
  const { scope_kind, scope_id } = query
  const { rows } = await sql<Budget>`
    select ${COLUMNS} from ledger.budget b
    where b.unit = ${unit}
      ${scope_kind === undefined ? sql`` : sql`and b.scope_kind = ${scope_kind}`}
      ${scope_id === undefined ? sql`` : sql`and b.scope_id = ${scope_id}`}
      ${cursor === null ? sql`` : sql`and b.id < ${cursor}`}
    order by b.id desc limit ${(query.limit ?? DEFAULT_PAGE_SIZE) + 1}`.execute(tx)
  const limits = await readLimits(tx, rows.filter(isOfOneScope))
  const standing = new Map(limits.map((each) => [counterIdOf(each), each]))
  return pageOf(
    rows.map((row) => {
      const scope = isOfOneScope(row) ? standing.get(counterIdOf(row)) : undefined
      const window = scope?.[unit].find(({ period }) => period === row.period) ?? null
      return { ...row, scope_name: scope?.name ?? null, window }
    }),
    query,
  )
}

const isOfOneScope = ({ scope_kind, scope_id }: Scope): boolean => scope_kind === 'organisation' || scope_id !== null

export type BudgetDraft = Scope & { readonly unit: BudgetUnit; readonly period: Period; readonly amount: number }

/**
 * Sets a budget in place of the one of its scope and period, if there is one. Locks the gate until the transaction
 * ends. Throws `reference_unknown` for a scope that is not there.
 */
export async function setBudget(
  tx: OrganisationTx,
  actor_id: string,
  draft: BudgetDraft,
): Promise<Budget & { readonly before: number | null }> {
  const { unit, scope_kind, scope_id, period, amount } = draft
  if (scope_id !== null) await requireScope(tx, { scope_kind, scope_id })
  // Locked, so that of two who set it at once the second replaces, and tells, what the first has set.
  const { rows: earlier } = await sql<{ readonly amount: number }>`
    select b.amount from ledger.budget b
    where b.unit = ${unit} and b.scope_kind = ${scope_kind} and b.period = ${period}
      and b.scope_id is not distinct from ${scope_id}
    for update`.execute(tx)
  const { rows } = await sql<Budget>`
    insert into ledger.budget as b (id, unit, scope_kind, scope_id, period, amount, updated_by)
    values (${newId()}, ${unit}, ${scope_kind}, ${scope_id}, ${period}, ${amount}, ${actor_id})
    on conflict (unit, scope_kind, scope_id, period)
      do update set amount = excluded.amount, updated_by = excluded.updated_by, updated_at = now()
    returning ${COLUMNS}`.execute(tx)
  const [budget] = rows
  if (budget === undefined) throw new Error('The budget was not set')
  await refreshLimits(tx, draft)
  return { ...budget, before: earlier[0]?.amount ?? null }
}

/** A budget of this unit; refuses with `not_found`. */
export async function getBudget(tx: OrganisationTx, unit: BudgetUnit, budget_id: string): Promise<Budget> {
  const { rows } = await sql<Budget>`
    select ${COLUMNS} from ledger.budget b where b.id = ${budget_id} and b.unit = ${unit} for update`.execute(tx)
  const [budget] = rows
  if (budget === undefined) throw notFound()
  return budget
}

/** Removes a budget: the default of its kind holds again, or nothing. Locks the gate. Refuses with `not_found`. */
export async function removeBudget(tx: OrganisationTx, unit: BudgetUnit, budget_id: string): Promise<Budget> {
  const budget = await getBudget(tx, unit, budget_id)
  await tx.deleteFrom('ledger.budget').where('id', '=', budget.id).execute()
  await refreshLimits(tx, budget)
  return budget
}

/**
 * Under the gate, last of all that the transaction locks: nobody is admitted against what the budgets no longer say.
 */
async function refreshLimits(tx: OrganisationTx, scope: Scope): Promise<void> {
  const counter_id = isOfOneScope(scope) ? counterIdOf(scope) : null
  await sql`select ledger.refresh_limits(${scope.scope_kind}, ${counter_id})`.execute(tx)
}

/** Where each kind of scope lies, and which of them may still be given a budget. */
const LIVING: Readonly<Record<Exclude<ScopeKind, 'organisation'>, ReturnType<typeof sql>>> = {
  team: sql`select from tenancy.team t where t.id =`,
  project: sql`select from tenancy.project t where t.archived_at is null and t.id =`,
  use_case: sql`select from tenancy.use_case t where t.archived_at is null and t.id =`,
  user: sql`select from tenancy.member t where t.status <> 'removed' and t.id =`,
}

/** Throws `reference_unknown` unless the scope is there and still in use. */
export async function requireScope(
  tx: OrganisationTx,
  { scope_kind, scope_id }: { readonly scope_kind: ScopeKind; readonly scope_id: string },
): Promise<void> {
  const { rows } =
    scope_kind === 'organisation'
      ? { rows: [] }
      : await sql`${LIVING[scope_kind]} ${scope_id} for key share`.execute(tx)
  if (rows.length > 0) return
  const message = `is no ${scope_kind.replace('_', ' ')} here`
  throw referenceUnknown({ pointer: '/scope_id' }, { fields: [{ pointer: '/scope_id', message }] })
}
