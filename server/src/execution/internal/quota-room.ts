// Whether token quotas leave room, read without a lock: for the gate before a run and for runs that wait. What is admitted
// is decided by the ledger alone.

import { sql } from 'kysely'
import type { OrganisationTx } from '../../kernel/database.ts'

const ORGANISATION = '00000000-0000-0000-0000-000000000000'

export type QuotaShortage = {
  readonly scope: string
  readonly window: string
  readonly limit: number
  readonly used: number
}

export type QuotaScopes = {
  readonly project_id: string
  readonly use_case_id: string | null
  readonly member_id: string
}

/** The windows of a scope that cannot take so many tokens more; the first in the order of ruling 15, or null. */
export async function findQuotaShortage(
  tx: OrganisationTx,
  scopes: QuotaScopes,
  needed_tokens: number,
): Promise<QuotaShortage | null> {
  const { rows } = await sql<QuotaShortage>`
    select scope.name as scope, w.name as window, w.most as limit, w.used
    from (values (1, 'organisation', ${ORGANISATION}::uuid), (2, 'project', ${scopes.project_id}::uuid),
        (3, 'use_case', ${scopes.use_case_id}::uuid), (4, 'user', ${scopes.member_id}::uuid)) scope (rank, name, id)
      join ledger.counter c on c.id = scope.id
      cross join lateral (select (now() at time zone 'UTC')::date) d (today)
      cross join lateral (select c.as_of >= d.today, c.as_of >= date_trunc('week', d.today::timestamp)::date,
        c.as_of >= date_trunc('month', d.today::timestamp)::date) still (is_day, is_week, is_month)
      cross join lateral (values
        (1, 'total', c.limit_total_tokens, c.used_total_tokens),
        (2, 'month', c.limit_month_tokens + case when still.is_month then c.topup_month_tokens else 0 end,
          case when still.is_month then c.used_month_tokens else 0 end),
        (3, 'week', c.limit_week_tokens + case when still.is_week then c.topup_week_tokens else 0 end,
          case when still.is_week then c.used_week_tokens else 0 end),
        (4, 'day', c.limit_day_tokens + case when still.is_day then c.topup_day_tokens else 0 end,
          case when still.is_day then c.used_day_tokens else 0 end)
      ) w (rank, name, most, used)
    where w.used + ${needed_tokens} > w.most
    order by scope.rank, w.rank limit 1`.execute(tx)
  return rows[0] ?? null
}

export type QuotaQuestion = QuotaScopes & { readonly needed_tokens: number }

/** `findQuotaShortage` for all who ask at once; who asks the same is answered by the same statement. */
export async function findQuotaShortages(
  tx: OrganisationTx,
  questions: readonly QuotaQuestion[],
): Promise<readonly { readonly shortage: QuotaShortage | null }[]> {
  const answers = new Map<string, Promise<QuotaShortage | null>>()
  return Promise.all(
    questions.map(async (question) => {
      const name = JSON.stringify(question)
      const answer = answers.get(name) ?? findQuotaShortage(tx, question, question.needed_tokens)
      answers.set(name, answer)
      return { shortage: await answer }
    }),
  )
}
