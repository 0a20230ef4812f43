// An organisation to try the heart on (the functions of the schemas invocation and ledger), and the words to ask it with.
// Everything here speaks SQL to a database at head; the worlds of several processes are one when they share `World`.

import pg from 'pg'
import { newId } from '../src/kernel/id.ts'

export type Member = {
  readonly id: string
  readonly key_id: string
  readonly secret_hash: string
  readonly team_id: string
  readonly project_id: string
  readonly use_case_id: string
}

export type World = {
  readonly url: string
  readonly node_id: string
  readonly teams: readonly string[]
  readonly projects: readonly string[]
  readonly use_cases: readonly string[]
  readonly members: readonly Member[]
  readonly access_version: number
}

/** A row of invocation.request or invocation.settlement; bytes as '\x…'. */
export type Row = Readonly<Record<string, unknown>> & { readonly execution_id: string }

export type Answer = {
  readonly settle_codes: string
  readonly admit_codes: string
  readonly details: Readonly<Record<string, Readonly<Record<string, unknown>>>> | null
}

export type Budget = {
  readonly unit: 'micros' | 'tokens'
  readonly scope_kind: 'organisation' | 'team' | 'project' | 'use_case' | 'user'
  readonly scope_id: string | null
  readonly period: 'day' | 'week' | 'month' | 'total'
  readonly amount: number
}

export const ORGANISATION = '00000000-0000-0000-0000-000000000000'
export const ALL_BUDGETS: readonly Pick<Budget, 'unit' | 'scope_kind' | 'period'>[] = (
  ['total', 'month', 'week', 'day'] as const
).flatMap((period) => [
  ...(['organisation', 'project', 'use_case', 'user'] as const).map((scope_kind) => ({
    unit: 'tokens' as const,
    scope_kind,
    period,
  })),
  ...(['user', 'team', 'organisation'] as const).map((scope_kind) => ({ unit: 'micros' as const, scope_kind, period })),
])

export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
}

/** The rows of a query as JSON tells them: integers of all sizes are numbers, times and bytes are texts. */
async function readRows<T>(client: pg.Client, sql: string, values: readonly unknown[] = []): Promise<readonly T[]> {
  const { rows } = await client.query<{ row: T }>(`select to_jsonb(q) as row from (${sql}) q`, [...values])
  return rows.map(({ row }) => row)
}

/** Fills an empty organisation: every member has a team, a project, a use case and a key, dealt in turn. */
export async function buildWorld(url: string, size: { members: number; scopes: number }): Promise<World> {
  const client = await connect(url)
  const many = (count: number): readonly string[] => Array.from({ length: count }, newId)
  const [teams, projects, use_cases] = [many(size.scopes), many(size.scopes), many(size.scopes)]
  const members = many(size.members).map((id, index) => ({
    id,
    key_id: newId(),
    secret_hash: `\\x${index.toString(16).padStart(64, '0')}`,
    team_id: teams[index % size.scopes] ?? '',
    project_id: projects[(index + 1) % size.scopes] ?? '',
    use_case_id: use_cases[(index + 2) % size.scopes] ?? '',
  }))
  const node_id = newId()
  await client.query('begin')
  await client.query(`insert into kernel.node_lease values ($1, 'infinity')`, [node_id])
  await client.query('insert into tenancy.team (id, name) select id, id::text from unnest($1::uuid[]) id', [teams])
  await client.query(
    `insert into tenancy.member (id, user_id, primary_team_id)
       select m.id, m.id, m.team_id from jsonb_to_recordset($1) m (id uuid, team_id uuid)`,
    [JSON.stringify(members)],
  )
  await client.query(
    `insert into tenancy.project (id, name, created_by) select id, id::text, $2 from unnest($1::uuid[]) id`,
    [projects, members[0]?.id],
  )
  await client.query(
    `insert into tenancy.use_case (id, project_id, name) select id, $2, id::text from unnest($1::uuid[]) id`,
    [use_cases, projects[0]],
  )
  await client.query(
    `insert into tenancy.api_key
         (id, name, member_id, created_by, project_id, scopes, secret_hash, mask, expires_at)
       select m.key_id, 'key', m.id, m.id, m.project_id, '{}', m.secret_hash, '', 'infinity'
       from jsonb_to_recordset($1) m (id uuid, key_id uuid, project_id uuid, secret_hash bytea)`,
    [JSON.stringify(members)],
  )
  await client.query('commit')
  const access_version = await readVersion(client)
  await client.end()
  return { url, node_id, teams, projects, use_cases, members, access_version }
}

/** Brings a world back to how it was built: nothing called, nothing limited, nobody suspended, no money. */
export async function resetWorld(heart: Heart): Promise<void> {
  await heart.client.query(`
    truncate execution.execution, execution.content, execution.answer, audit.entry, ledger.transfer, ledger.lot,
      ledger.budget, ledger.quota_top_up, ledger.closed_window, ledger.counter;
    insert into ledger.counter (id, kind)
      select '${ORGANISATION}'::uuid, 'organisation'::ledger.scope_kind
      union all select id, 'team' from tenancy.team
      union all select id, 'project' from tenancy.project
      union all select id, 'use_case' from tenancy.use_case
      union all select id, 'user' from tenancy.member;
    update ledger.gate set clock = default, billing_mode = default, balance_micros = default, held_micros = default,
      undrawn_micros = default, next_lot_expires_at = default, lots_pinned_until = default;
    update tenancy.api_key set revoked_at = null, expires_at = 'infinity'
      where revoked_at is not null or expires_at < 'infinity';
    update tenancy.member set status = 'active', removed_at = null where status <> 'active';
    delete from kernel.node_lease`)
  await heart.client.query(`insert into kernel.node_lease values ($1, 'infinity')`, [heart.world.node_id])
  await heart.readFacts()
}

async function readVersion(client: pg.Client): Promise<number> {
  const [gate] = await readRows<{ access_version: number }>(client, 'select access_version from ledger.gate')
  if (gate === undefined) throw new Error('The organisation has no gate')
  return gate.access_version
}

export type Heart = {
  readonly world: World
  readonly client: pg.Client
  /** A call of a member with the own key that may cost 100 and use 10, on the facts as last read. */
  readonly request: (member: Member, changes?: Readonly<Record<string, unknown>>) => Row
  readonly step: (turn: {
    readonly settle?: readonly Row[]
    readonly admit?: readonly Row[]
    /** Stands in for the clock. */
    readonly at?: string | null
  }) => Promise<Answer>
  /** The letters for these requests. */
  readonly admit: (requests: readonly Row[], at?: string) => Promise<string>
  readonly settle: (settlements: readonly Row[], at?: string) => Promise<string>
  readonly setBudgets: (budgets: readonly Budget[]) => Promise<void>
  readonly readFacts: () => Promise<void>
  readonly topUp: (amount_micros: number, expires_at?: string, at?: string) => Promise<void>
  readonly useWallet: () => Promise<void>
  /** The rows of a query as JSON tells them: integers of all sizes are numbers, times and bytes are texts. */
  readonly rows: <T = Readonly<Record<string, unknown>>>(
    sql: string,
    values?: readonly unknown[],
  ) => Promise<readonly T[]>
  readonly close: () => Promise<void>
}

/** The end of a call that cost 40 and used 5. */
export const settlement = (execution_id: string, changes: Readonly<Record<string, unknown>> = {}): Row => ({
  execution_id,
  entry_id: newId(),
  state: 'finalised',
  reason_code: 'completed',
  cost_micros: 40,
  input_tokens: 3,
  cached_input_tokens: 1,
  output_tokens: 2,
  tokens_estimated: false,
  provider_status: 200,
  duration_ms: 812,
  ...changes,
})

/** Opens a connection to a world, as one node of it. */
export async function openHeart(world: World): Promise<Heart> {
  const client = await connect(world.url)
  let { access_version } = world
  const step: Heart['step'] = async ({ settle = [], admit = [], at = null }) => {
    const { rows } = await client.query<Answer>({
      name: 'step',
      text: 'select * from invocation.step($1, $2, $3, $4)',
      values: [JSON.stringify(settle), JSON.stringify(admit), world.node_id, at],
    })
    const [answer] = rows
    if (answer?.settle_codes.length !== settle.length || answer.admit_codes.length !== admit.length) {
      throw new Error('The heart answered another number of questions than it was asked')
    }
    return answer
  }
  const readFacts = async () => {
    access_version = await readVersion(client)
  }
  return {
    world,
    client,
    step,
    readFacts,
    request: (member, changes = {}) => ({
      execution_id: newId(),
      request_id: newId(),
      api_key_id: member.key_id,
      secret_hash: member.secret_hash,
      member_id: member.id,
      actor_role: 'member',
      address: '192.0.2.7',
      access_version,
      policy_version: 3,
      platform_version: 7,
      team_id: member.team_id,
      project_id: member.project_id,
      use_case_id: member.use_case_id,
      hold_micros: 100,
      hold_tokens: 10,
      engine_type: 'gateway',
      trigger_source: 'api',
      risk: 'low',
      model: 'small',
      price_version: 1,
      input_hash: '\\x00',
      ...changes,
    }),
    admit: async (admit, at) => (await step({ admit, at: at ?? null })).admit_codes,
    settle: async (settle, at) => (await step({ settle, at: at ?? null })).settle_codes,
    async setBudgets(budgets) {
      await client.query('begin')
      for (const { unit, scope_kind, scope_id, period, amount } of budgets) {
        await client.query(
          `insert into ledger.budget (id, unit, scope_kind, scope_id, period, amount, updated_by)
             values ($1, $2, $3, $4, $5, $6, $1)
           on conflict (unit, scope_kind, scope_id, period) do update set amount = excluded.amount`,
          [newId(), unit, scope_kind, scope_id, period, amount],
        )
      }
      await client.query('select ledger.refresh_limits()')
      await client.query('commit')
      await readFacts()
    },
    async topUp(amount_micros, expires_at = 'infinity', at) {
      await client.query(`select ledger.post_transfer($1, 'top_up', $2, $3, 'test', $1, $4)`, [
        newId(),
        amount_micros,
        expires_at,
        at ?? null,
      ])
    },
    async useWallet() {
      await client.query(`update ledger.gate set billing_mode = 'wallet'`)
    },
    rows: (sql, values) => readRows(client, sql, values),
    close: () => client.end(),
  }
}

/** The ledger's invariants that hold after every commit (requirements 4.9, 4.10, 4.16): each row names one that is broken. */
export const BROKEN_INVARIANTS = `
  with usage as (
    select e.*,
      case when e.settled_at is null then e.hold_micros else e.charge_micros end as micros,
      case when e.settled_at is null then e.hold_tokens else e.input_tokens + e.output_tokens end as tokens
    from execution.execution e
  ), scope as (
    select s.counter_id, u.micros, u.tokens, u.admitted_on
    from usage u cross join lateral unnest(
      array['${ORGANISATION}'::uuid, u.member_id, u.team_id, u.project_id, u.use_case_id]) s (counter_id)
    where s.counter_id is not null
  ), true_counter as (
    select c.id, w.period, coalesce(sum(s.micros) filter (where s.admitted_on >= w.starts_on), 0) as micros,
      coalesce(sum(s.tokens) filter (where s.admitted_on >= w.starts_on), 0) as tokens
    from ledger.counter c
      cross join lateral (values ('day', c.as_of), ('week', date_trunc('week', c.as_of::timestamp)::date),
        ('month', date_trunc('month', c.as_of::timestamp)::date), ('total', '-infinity'::date)) w (period, starts_on)
      left join scope s on s.counter_id = c.id
    group by c.id, w.period
  ), account as (
    select a.name, coalesce(sum(case when t.credit_account = a.name then t.amount_micros else -t.amount_micros end), 0) as sum
    from unnest(enum_range(null::ledger.account)) a (name)
      left join ledger.transfer t on a.name in (t.debit_account, t.credit_account)
    group by a.name
  )
  select 'the balance is what was credited to the wallet less what was debited' as broken
    from ledger.gate g, account a where a.name = 'wallet' and a.sum <> g.balance_micros
  union all select 'what is held is the sum of the open holds'
    from ledger.gate g
    where g.held_micros <> (select coalesce(sum(hold_wallet_micros), 0) from usage where settled_at is null)
  union all select 'what is held lies between nothing and the balance'
    from ledger.gate g where g.held_micros not between 0 and g.balance_micros
  union all select 'the lots sum to the balance'
    from ledger.gate g where g.balance_micros + g.undrawn_micros
      <> (select coalesce(sum(l.amount_micros - l.drawn_micros - l.expired_micros), 0) from ledger.lot l)
  union all select 'charges sum to what was charged'
    from account a where a.name = 'usage' and a.sum <> (select coalesce(sum(charge_micros), 0) from usage)
  union all select 'debits equal credits' where (select sum(sum) from account) <> 0
  union all select 'a counter is the sum over its executions: ' || c.kind || ' ' || t.period
    from ledger.counter c join true_counter t on t.id = c.id
    where (t.micros, t.tokens) is distinct from case t.period
      when 'day' then (c.spent_day_micros::numeric, c.used_day_tokens::numeric)
      when 'week' then (c.spent_week_micros::numeric, c.used_week_tokens::numeric)
      when 'month' then (c.spent_month_micros::numeric, c.used_month_tokens::numeric)
      else (c.spent_total_micros::numeric, c.used_total_tokens::numeric) end
  union all select 'a charged execution has one transfer of that amount'
    from usage u left join ledger.transfer t on t.execution_id = u.id
    where coalesce(u.charge_micros, 0) <> coalesce(t.amount_micros, 0)
  union all select 'an execution that ended has its one entry'
    from usage u
    where (u.settled_at is not null and u.reason_code <> 'withdrawn') <> (1 = (
      select count(*) from audit.entry a
      where a.execution_id = u.id and a.event in ('execution.finalised', 'execution.failed', 'execution.cancelled')))
  union all select 'a late execution has its one entry'
    from usage u
    where (u.late_settled_at is not null) <> (1 = (
      select count(*) from audit.entry a where a.execution_id = u.id and a.event = 'execution.settled_late'))`
