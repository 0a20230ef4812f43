// Token quotas (requirements 4.10): how many tokens the organisation, a project, a use case or a member may use in a
// day, a week and a month. All of them hold together; they are enforced by `admit`, and set here.

import { sql } from 'kysely'
import type { OrganisationTx } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { DEFAULT_PAGE_SIZE, type Page, type PageQuery, pageOf, parseCursor } from '../kernel/page.ts'
import {
  type Budget,
  getBudget,
  listBudgets,
  removeBudget,
  requireScope,
  setBudget,
  type StandingBudget,
} from './internal/budget.ts'
import { type Period, readLimits, type Scope } from './limit.ts'
import { organisationQuotaReserved, quotaNotSet, topUpIdUsed } from './problems.ts'

export const QUOTA_SCOPES = ['organisation', 'project', 'use_case', 'user'] as const
export type QuotaScope = (typeof QUOTA_SCOPES)[number]

export const QUOTA_PERIODS = ['day', 'week', 'month'] as const satisfies readonly Period[]
export type QuotaPeriod = (typeof QUOTA_PERIODS)[number]

/** Who acts: the super-admin for the whole organisation, its own people for what lies below (rulings, "Money"). */
export type QuotaLevel = 'platform' | 'organisation'

/** `scope_id` null means the organisation itself, or the default of the kind. */
export type QuotaDraft = {
  readonly scope_kind: QuotaScope
  readonly scope_id: string | null
  readonly period: QuotaPeriod
  readonly limit_tokens: number
}

/** A page of the quotas that are set, newest first, each with where it stands. */
export async function listQuotas(
  tx: OrganisationTx,
  query: PageQuery & { readonly scope_kind?: QuotaScope; readonly scope_id?: string },
): Promise<Page<StandingBudget>> {
  return listBudgets(tx, 'tokens', query)
}

function requireLevel(level: QuotaLevel, scope: Scope): void {
  if ((scope.scope_kind === 'organisation') === (level === 'platform')) return
  throw organisationQuotaReserved(
    { scope_kind: scope.scope_kind },
    { detail: 'Ask the super-admin to change it. Quotas of projects, use cases and members are yours to set.' },
  )
}

/**
 * Sets a quota in place of the one of its scope and period. Throws `organisation_quota_reserved` or
 * `reference_unknown`. `before` is the amount it replaces.
 */
export async function setQuota(
  tx: OrganisationTx,
  actor_id: string,
  level: QuotaLevel,
  { limit_tokens, ...draft }: QuotaDraft,
): Promise<Budget & { readonly before: number | null }> {
  requireLevel(level, draft)
  return setBudget(tx, actor_id, { ...draft, unit: 'tokens', amount: limit_tokens })
}

/**
 * Removes a quota: the default of its kind holds again, or none. Throws `not_found` or `organisation_quota_reserved`.
 */
export async function removeQuota(tx: OrganisationTx, level: QuotaLevel, quota_id: string): Promise<Budget> {
  requireLevel(level, await getBudget(tx, 'tokens', quota_id))
  return removeBudget(tx, 'tokens', quota_id)
}

export type TopUp = {
  readonly id: string
  readonly scope_kind: QuotaScope
  readonly scope_id: string | null
  readonly period: QuotaPeriod
  readonly window_starts_on: string
  readonly amount_tokens: number
  readonly reason: string
  readonly granted_by: string
  readonly granted_at: Date
}

const COLUMNS = sql`
  t.id, t.scope_kind, t.scope_id, t.period, t.window_starts_on, t.amount_tokens, t.reason, t.granted_by, t.granted_at`

/** A page of the top-ups that were granted, newest first. */
export async function listTopUps(
  tx: OrganisationTx,
  query: PageQuery & { readonly scope_kind?: QuotaScope; readonly scope_id?: string },
): Promise<Page<TopUp>> {
  const cursor = parseCursor(query)
  const { scope_kind, scope_id } = query
  const { rows } = await sql<TopUp>`
    select ${COLUMNS} from ledger.quota_top_up t
    where true
      ${scope_kind === undefined ? sql`` : sql`and t.scope_kind = ${scope_kind}`}
      ${scope_id === undefined ? sql`` : sql`and t.scope_id = ${scope_id}`}
      ${cursor === null ? sql`` : sql`and t.id < ${cursor}`}
    order by t.id desc limit ${(query.limit ?? DEFAULT_PAGE_SIZE) + 1}`.execute(tx)
  return pageOf(rows, query)
}

export type TopUpDraft = {
  /** Chosen by whoever asks, so that asking again grants nothing twice. */
  readonly id?: string
  readonly scope_kind: QuotaScope
  readonly scope_id: string | null
  readonly period: QuotaPeriod
  readonly amount_tokens: number
  readonly reason: string
}

export type GrantedTopUp = TopUp & { readonly is_repeated: boolean }

/**
 * Adds tokens to a quota for its current window; they lapse when it ends. Locks the gate. Throws
 * `organisation_quota_reserved`, `reference_unknown`, `quota_not_set` where no quota limits that window, or
 * `top_up_id_used`.
 */
export async function grantTopUp(
  tx: OrganisationTx,
  actor_id: string,
  level: QuotaLevel,
  draft: TopUpDraft,
): Promise<GrantedTopUp> {
  const { id = newId(), scope_kind, scope_id, period, amount_tokens, reason } = draft
  requireLevel(level, draft)
  if (scope_id !== null) await requireScope(tx, { scope_kind, scope_id })
  const earlier = await findTopUp(tx, id)
  if (earlier !== null) {
    requireSame(earlier, draft)
    return { ...earlier, is_repeated: true }
  }
  await requireQuota(tx, draft)
  const { rows } = await sql<{ verdict: string }>`
    select verdict from ledger.grant_quota_top_up(
      ${id}, ${scope_kind}, ${scope_id}, ${period}, ${amount_tokens}, ${reason}, ${actor_id})`.execute(tx)
  const granted = await findTopUp(tx, id)
  if (granted === null) throw new Error(`The ledger granted nothing: ${rows[0]?.verdict}`)
  requireSame(granted, draft)
  return { ...granted, is_repeated: rows[0]?.verdict === 'repeated' }
}

async function findTopUp(tx: OrganisationTx, id: string): Promise<TopUp | null> {
  const { rows } = await sql<TopUp>`select ${COLUMNS} from ledger.quota_top_up t where t.id = ${id}`.execute(tx)
  return rows[0] ?? null
}

function requireSame(earlier: TopUp, draft: TopUpDraft): void {
  const isSame =
    earlier.scope_kind === draft.scope_kind &&
    earlier.scope_id === draft.scope_id &&
    earlier.period === draft.period &&
    earlier.amount_tokens === draft.amount_tokens
  if (!isSame) throw topUpIdUsed({ id: earlier.id })
}

/** A top-up of what is not limited would have no effect, and come as a surprise once a quota is set. */
async function requireQuota(tx: OrganisationTx, { scope_kind, scope_id, period }: TopUpDraft): Promise<void> {
  const [standing] = await readLimits(tx, [{ scope_kind, scope_id }])
  const window = standing?.tokens.find((each) => each.period === period)
  if (window?.limit == null) throw quotaNotSet({ scope_kind, scope_id, period })
}
