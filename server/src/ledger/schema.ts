// What the API says of money, limits and usage. Figures in money are left out for readers from whom costs are kept.

import { Type } from 'typebox'
import { RISKS } from '../policy/document.ts'
import { Id, nullable, PageQuery, Timestamp } from '../http/schema.ts'
import { PERIODS, SCOPE_KINDS } from './limit.ts'
import { QUOTA_PERIODS, QUOTA_SCOPES } from './quota.ts'
import { SPEND_PERIODS, SPEND_SCOPES } from './spend-limit.ts'
import { MAX_WALLET_MICROS, TRANSFER_KINDS } from './transfer.ts'
import { DIMENSIONS } from './usage.ts'
import { BILLING_MODES } from './wallet.ts'

const closed = { additionalProperties: false } as const

/** The largest budget, in micro-units or tokens. */
const MAX_BUDGET = 1_000_000_000_000_000
/** The largest top-up at once, in tokens. */
const MAX_TOP_UP = 1_000_000_000_000

const Amount = Type.Integer()
const Figure = Type.Integer({ minimum: 0 })
const Reason = Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' })
const Day = Type.String({ format: 'date' })
/** Sent again under the same id, nothing is posted twice. */
const OwnId = Type.Optional(Id)

export const BillingMode = Type.Object({ billing_mode: Type.Enum([...BILLING_MODES]) }, closed)

export const Wallet = Type.Object({
  currency: Type.String(),
  billing_mode: Type.String(),
  balance_micros: Amount,
  held_micros: Figure,
  available_micros: Amount,
  lots: Type.Array(
    Type.Object({
      id: Id,
      amount_micros: Figure,
      drawn_micros: Figure,
      remaining_micros: Figure,
      expires_at: Timestamp,
    }),
  ),
})

export const Transfer = Type.Object({
  id: Id,
  kind: Type.String(),
  debit_account: Type.String(),
  credit_account: Type.String(),
  amount_micros: Figure,
  execution_id: nullable(Id),
  lot_id: nullable(Id),
  reason: nullable(Type.String()),
  posted_at: Timestamp,
})

export const TransferQuery = Type.Object(
  {
    ...PageQuery.properties,
    from: Type.Optional(Timestamp),
    to: Type.Optional(Timestamp),
    kind: Type.Optional(Type.Enum([...TRANSFER_KINDS])),
  },
  closed,
)

export const PostedTransfer = Type.Object({
  ...Transfer.properties,
  expires_at: nullable(Timestamp),
  balance_micros: Amount,
  held_micros: Figure,
  available_micros: Amount,
})

export const Credit = Type.Object(
  {
    id: OwnId,
    amount_micros: Type.Integer({ minimum: 1, maximum: MAX_WALLET_MICROS }),
    expires_at: Type.Optional(Timestamp),
    reason: Reason,
  },
  closed,
)

export const Adjustment = Type.Object(
  {
    id: OwnId,
    amount_micros: Type.Union([
      Type.Integer({ minimum: 1, maximum: MAX_WALLET_MICROS }),
      Type.Integer({ minimum: -MAX_WALLET_MICROS, maximum: -1 }),
    ]),
    expires_at: Type.Optional(Timestamp),
    reason: Reason,
  },
  closed,
)

const standing = {
  top_up: Figure,
  used: Figure,
  room: Figure,
  resets_at: nullable(Timestamp),
  is_binding: Type.Boolean(),
}
const budget = {
  id: Id,
  scope_kind: Type.String(),
  scope_id: nullable(Id),
  period: Type.String(),
  updated_by: Id,
  updated_at: Timestamp,
}

export const Quota = Type.Object({ ...budget, limit_tokens: Figure })
export const SpendLimit = Type.Object({ ...budget, limit_micros: Figure })

/** Where a budget stands now; null for a default, which is no scope of its own. */
const Standing = nullable(Type.Object(standing))
export const ListedQuota = Type.Object({ ...Quota.properties, scope_name: nullable(Type.String()), standing: Standing })
export const ListedSpendLimit = Type.Object({
  ...SpendLimit.properties,
  scope_name: nullable(Type.String()),
  standing: Standing,
})

export const QuotaQuery = Type.Object(
  {
    ...PageQuery.properties,
    scope_kind: Type.Optional(Type.Enum([...QUOTA_SCOPES])),
    scope_id: Type.Optional(Id),
  },
  closed,
)
export const SpendLimitQuery = Type.Object(
  {
    ...PageQuery.properties,
    scope_kind: Type.Optional(Type.Enum([...SPEND_SCOPES])),
    scope_id: Type.Optional(Id),
  },
  closed,
)

/** `scope_id` null: the organisation itself, or the default of the kind. */
export const QuotaDraft = Type.Object(
  {
    scope_kind: Type.Enum([...QUOTA_SCOPES]),
    scope_id: nullable(Id),
    period: Type.Enum([...QUOTA_PERIODS]),
    limit_tokens: Type.Integer({ minimum: 0, maximum: MAX_BUDGET }),
  },
  closed,
)
export const OrganisationQuotaDraft = Type.Object(
  { period: QuotaDraft.properties.period, limit_tokens: QuotaDraft.properties.limit_tokens },
  closed,
)
export const SpendLimitDraft = Type.Object(
  {
    scope_kind: Type.Enum([...SPEND_SCOPES]),
    scope_id: nullable(Id),
    period: Type.Enum([...SPEND_PERIODS]),
    limit_micros: Type.Integer({ minimum: 0, maximum: MAX_BUDGET }),
  },
  closed,
)

export const TopUp = Type.Object({
  id: Id,
  scope_kind: Type.String(),
  scope_id: nullable(Id),
  period: Type.String(),
  window_starts_on: Day,
  amount_tokens: Figure,
  reason: Type.String(),
  granted_by: Id,
  granted_at: Timestamp,
})
export const TopUpDraft = Type.Object(
  {
    id: OwnId,
    scope_kind: QuotaDraft.properties.scope_kind,
    scope_id: nullable(Id),
    period: QuotaDraft.properties.period,
    amount_tokens: Type.Integer({ minimum: 1, maximum: MAX_TOP_UP }),
    reason: Reason,
  },
  closed,
)
export const OrganisationTopUpDraft = Type.Object(
  {
    id: OwnId,
    period: QuotaDraft.properties.period,
    amount_tokens: TopUpDraft.properties.amount_tokens,
    reason: Reason,
  },
  closed,
)

const LimitWindow = Type.Object({
  period: Type.Enum([...PERIODS]),
  limit: nullable(Figure),
  top_up: Figure,
  used: Figure,
  room: nullable(Figure),
  resets_at: nullable(Timestamp),
  is_binding: Type.Boolean(),
})

export const ScopeLimits = Type.Object({
  scope_kind: Type.String(),
  scope_id: nullable(Id),
  name: nullable(Type.String()),
  tokens: Type.Array(LimitWindow),
  micros: Type.Optional(Type.Array(LimitWindow)),
})

export const LimitQuery = Type.Object(
  { scope_kind: Type.Optional(Type.Enum([...SCOPE_KINDS])), scope_id: Type.Optional(Id) },
  closed,
)

const usage = {
  calls: Figure,
  failed_calls: Figure,
  input_tokens: Figure,
  cached_input_tokens: Figure,
  output_tokens: Figure,
  total_tokens: Figure,
  charge_micros: Type.Optional(Figure),
}
const Usage = Type.Object(usage)
const UsageStep = Type.Object({ starts_at: Timestamp, ...usage })
const UsagePart = Type.Object({ key: nullable(Type.String()), name: nullable(Type.String()), ...usage })

export const UsageTotal = Type.Object({ from: Timestamp, to: Timestamp, total: Usage })
export const UsageOverTime = Type.Object({ from: Timestamp, to: Timestamp, items: Type.Array(UsageStep) })
export const UsageParts = Type.Object({ from: Timestamp, to: Timestamp, total: Usage, items: Type.Array(UsagePart) })
export const OwnUsage = Type.Object({
  from: Timestamp,
  to: Timestamp,
  total: Usage,
  periods: Type.Array(UsageStep),
  models: Type.Array(UsagePart),
})

const interval = { from: Type.Optional(Timestamp), to: Type.Optional(Timestamp) }
const Step = Type.Optional(Type.Enum(['hour', 'day', 'week', 'month']))
const filter = {
  ...interval,
  member_id: Type.Optional(Id),
  team_id: Type.Optional(Id),
  project_id: Type.Optional(Id),
  use_case_id: Type.Optional(Id),
  model: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  engine_type: Type.Optional(Type.String({ minLength: 1, maxLength: 50 })),
  risk: Type.Optional(Type.Enum([...RISKS])),
  trigger_source: Type.Optional(Type.Enum(['in_app', 'chat', 'schedule', 'api', 'test'])),
  app_id: Type.Optional(Id),
  kind: Type.Optional(Type.Enum(['run', 'call'])),
}
export const UsageQuery = Type.Object(filter, closed)
export const UsageOverTimeQuery = Type.Object({ ...filter, bucket: Step }, closed)
export const UsagePartsQuery = Type.Object(
  {
    ...filter,
    by: Type.Enum([...DIMENSIONS]),
    rank_by: Type.Optional(Type.Enum(['money', 'tokens'])),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  },
  closed,
)
export const OwnUsageQuery = Type.Object({ ...interval, bucket: Step }, closed)
