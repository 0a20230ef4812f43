// Spend limits (requirements 1.8): how much money a member, a team or the organisation may spend in a day, a week, a
// month and altogether. A limit never clamps, it refuses; `admit` enforces it, and it is set here.

import type { OrganisationTx } from '../kernel/database.ts'
import type { Page, PageQuery } from '../kernel/page.ts'
import { type Budget, listBudgets, removeBudget, setBudget, type StandingBudget } from './internal/budget.ts'
import { PERIODS } from './limit.ts'

export const SPEND_SCOPES = ['organisation', 'team', 'user'] as const
export type SpendScope = (typeof SPEND_SCOPES)[number]

export const SPEND_PERIODS = PERIODS

/** `scope_id` null means the organisation itself, or the default of the kind. */
export type SpendLimitDraft = {
  readonly scope_kind: SpendScope
  readonly scope_id: string | null
  readonly period: (typeof SPEND_PERIODS)[number]
  readonly limit_micros: number
}

/** A page of the spend limits that are set, newest first, each with where it stands. */
export async function listSpendLimits(
  tx: OrganisationTx,
  query: PageQuery & { readonly scope_kind?: SpendScope; readonly scope_id?: string },
): Promise<Page<StandingBudget>> {
  return listBudgets(tx, 'micros', query)
}

/**
 * Sets a spend limit in place of the one of its scope and period; `before` is the amount it replaces. Throws
 * `reference_unknown`.
 */
export async function setSpendLimit(
  tx: OrganisationTx,
  actor_id: string,
  { limit_micros, ...draft }: SpendLimitDraft,
): Promise<Budget & { readonly before: number | null }> {
  return setBudget(tx, actor_id, { ...draft, unit: 'micros', amount: limit_micros })
}

/** Removes a spend limit: the default of its kind holds again, or none. Throws `not_found`. */
export async function removeSpendLimit(tx: OrganisationTx, spend_limit_id: string): Promise<Budget> {
  return removeBudget(tx, 'micros', spend_limit_id)
}
