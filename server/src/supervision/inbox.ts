// What waits for a person: the open levels whose turn is theirs, those that reach them because they stand in for somebody,
// and their own drafts. Every page is read along one index per level, so a queue of ten thousand opens like a queue of ten.

import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { explainMembership, hasPermission } from '../access/require.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import { badCursor, DEFAULT_PAGE_SIZE, type Page, type PageQuery, pageOf, parseCursor } from '../kernel/page.ts'
import { isId } from '../kernel/id.ts'
import { RISKS } from '../policy/document.ts'
import { findPersons, type Person } from '../tenancy/membership.ts'
import { LEVEL_PERMISSION } from './approver.ts'
import { boundHashOf } from './binding.ts'
import { requireMemberId } from './internal/acting-member.ts'
import { type Level, LEVELS } from './levels.ts'

export const INBOX_VIEWS = ['queue', 'delegated', 'own'] as const
export type InboxView = (typeof INBOX_VIEWS)[number]
export const INBOX_ORDERS = ['risk', 'age'] as const
export type InboxOrder = (typeof INBOX_ORDERS)[number]

export type InboxQuery = PageQuery & {
  readonly view?: InboxView
  /** Highest risk first and then longest waiting, or longest waiting first. */
  readonly order?: InboxOrder
  readonly level?: number
  readonly app_id?: string
  readonly risk?: string
}

type Row = {
  readonly id: string
  readonly run_id: string
  readonly level: number
  readonly quorum: number
  readonly given: number
  readonly risk: number
  readonly revision: number
  readonly requester_id: string
  readonly team_id: string | null
  readonly opened_at: Date
  readonly deadline_at: Date | null
  readonly expires_at: Date
  readonly escalated_at: Date | null
  readonly app_id: string
  readonly app_name: string
  readonly app_version: string
  readonly category: string | null
  readonly engine_type: string
  readonly trigger_source: string
  readonly state: string
  readonly is_edited: boolean
  /** What whoever acknowledges it confirms. */
  readonly statements: readonly string[]
  readonly app_version_id: string
  readonly contract_hash: Buffer
  readonly input_hash: Buffer
  readonly output_hash: Buffer
  readonly human_hash: Buffer | null
  readonly quote_micros: number
}

export type InboxItem = Omit<
  Row,
  'risk' | 'app_version_id' | 'contract_hash' | 'input_hash' | 'output_hash' | 'human_hash' | 'quote_micros'
> & {
  readonly risk: string
  /** What a decision about it binds. */
  readonly draft: string
}

/** Somebody whose turn is asked about: at these levels, as this person. */
type Principal = { readonly person: Person; readonly levels: readonly Level[] }

/** The levels of others' runs that the actor may give, by permission. */
const levelsOf = (actor: Actor): readonly Level[] =>
  LEVELS.filter((level) => hasPermission(actor, LEVEL_PERMISSION[level]))

async function principalsOf(tx: OrganisationTx, actor: Actor, member_id: string, view: InboxView) {
  const persons = await findPersons(tx, [member_id])
  const person = persons.get(member_id)
  const levels = levelsOf(actor)
  const own: readonly Principal[] = person === undefined ? [] : [{ person, levels }]
  if (view !== 'delegated') return { own, delegators: [] }
  const { rows } = await sql<{ readonly from_member_id: string; readonly levels: readonly number[] }>`
    select from_member_id, levels from supervision.delegation
    where to_member_id = ${member_id} and revoked_at is null
      and starts_at <= clock_timestamp() and ends_at > clock_timestamp()`.execute(tx)
  const from = await findPersons(
    tx,
    rows.map((row) => row.from_member_id),
  )
  const delegators = rows.flatMap((row): readonly Principal[] => {
    const delegator = from.get(row.from_member_id)
    if (delegator === undefined) return []
    return [
      { person: delegator, levels: levels.filter((level) => row.levels.includes(level) && mayLend(delegator, level)) },
    ]
  })
  return { own, delegators }
}

/** Whether a delegator could give the level themselves: nobody lends what they have not. */
const mayLend = ({ membership, status }: Person, level: Level): boolean =>
  status === 'active' && (level === 1 || explainMembership(membership, LEVEL_PERMISSION[level]).held)

/** Whether the level is a principal's turn. The same rule as `isTurnOf`, where the rows are. */
function turnCondition({ person }: Principal): RawBuilder<unknown> {
  const { member_id, designations } = person.membership
  const words = sql`${[...designations]}::text[]`
  const teams = sql`${[...person.managed_team_ids]}::uuid[]`
  return sql`(g.app_from is null or g.app_from && ${words}) and (
    g.is_for_all or ${member_id}::uuid = any (g.member_ids) or g.designations && ${words}
    or (g.is_for_team_managers and g.team_id = any (${teams}))
    or (g.escalated_at is not null and (g.escalates_to is null
      or g.escalates_to -> 'members' @> to_jsonb(${member_id}::text)
      or g.escalates_to -> 'designations' ?| ${words}
      or (g.escalates_to -> 'team_managers' = 'true' and g.team_id = any (${teams})))))`
}

/** Level 1 comes to a reviewer only where the requester cannot give it. */
const REQUESTER_CANNOT = sql`exists (
  select from tenancy.member m
  where m.id = g.requester_id and (m.status <> 'active' or 'run.acknowledge' = any (m.denies)))`

const anyOf = (conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  conditions.length === 0 ? sql`false` : sql`(${sql.join(conditions, sql` or `)})`

const turnOfOwn = (principal: Principal): RawBuilder<unknown> =>
  sql`(g.level = any (${[...principal.levels]}::smallint[]) and (g.level > 1 or ${REQUESTER_CANNOT})
    and ${turnCondition(principal)})`

function turnOfDelegator(principal: Principal): RawBuilder<unknown> {
  const { member_id } = principal.person.membership
  const levels = sql`g.level = any (${[...principal.levels]}::smallint[])`
  return sql`(${levels} and case when g.level = 1 then g.requester_id = ${member_id}
    else g.requester_id <> ${member_id} and ${turnCondition(principal)} end)`
}

/** What the view shows, as a condition on the gate (`g`), and the levels that it looks at. */
async function viewOf(tx: OrganisationTx, actor: Actor, member_id: string, view: InboxView) {
  if (view === 'own') return { levels: [1] as const, condition: sql`g.requester_id = ${member_id}` }
  const { own, delegators } = await principalsOf(tx, actor, member_id, view)
  // The run is looked at only where somebody has decided: a queue of thousands is read from its gates alone.
  const notMine = sql`g.requester_id <> ${member_id} and not exists (
    select from supervision.decision d join execution.run r on r.execution_id = d.execution_id
    where d.execution_id = g.execution_id and d.revision = g.revision
      and (d.member_id = ${member_id} or d.on_behalf_of = ${member_id})
      and (d.level = g.level or r.distinct_approvers))`
  const levels = [...new Set((view === 'queue' ? own : delegators).flatMap((each) => each.levels))]
  const mine = anyOf(own.map(turnOfOwn))
  const condition =
    view === 'queue'
      ? sql`${notMine} and ${mine}`
      : sql`${notMine} and ${anyOf(delegators.map(turnOfDelegator))} and not ${mine}`
  return { levels, condition }
}

type Place = { readonly risk: number; readonly id: string }

function parsePlace(query: InboxQuery, order: InboxOrder): Place | null {
  if (order === 'age') {
    const id = parseCursor(query)
    return id === null ? null : { risk: 0, id }
  }
  if (query.cursor === undefined) return null
  const [risk = '', id = ''] = query.cursor.split('.')
  if (!/^[0-3]$/.test(risk) || !isId(id)) throw badCursor()
  return { risk: Number(risk), id }
}

function after(place: Place | null, order: InboxOrder): RawBuilder<unknown> {
  if (place === null) return sql`true`
  return order === 'age'
    ? sql`g.id > ${place.id}`
    : sql`(g.risk < ${place.risk} or (g.risk = ${place.risk} and g.id > ${place.id}))`
}

const filterOf = ({ level, app_id, risk }: InboxQuery): RawBuilder<unknown> =>
  sql.join(
    [
      sql`true`,
      ...(level === undefined ? [] : [sql`g.level = ${level}`]),
      ...(app_id === undefined ? [] : [sql`g.app_id = ${app_id}`]),
      ...(risk === undefined ? [] : [sql`g.risk = ${RISKS.findIndex((each) => each === risk)}`]),
    ],
    sql` and `,
  )

/**
 * A page of what waits for the actor. Refuses whoever has no membership (`forbidden`) and a page token that is none
 * (`bad_cursor`).
 */
export async function listInbox(tx: OrganisationTx, actor: Actor, query: InboxQuery): Promise<Page<InboxItem>> {
  const member_id = requireMemberId(actor)
  const { view = 'queue', order = 'risk', limit = DEFAULT_PAGE_SIZE } = query
  const place = parsePlace(query, order)
  const { levels, condition } = await viewOf(tx, actor, member_id, view)
  if (levels.length === 0) return { items: [], next_cursor: null }
  const sorted = order === 'age' ? sql`g.id` : sql`g.risk desc, g.id`
  const { rows } = await sql<Row>`
    select g.id, g.execution_id as run_id, g.level, g.quorum, g.given, g.risk, g.revision, g.requester_id, g.team_id,
      g.opened_at, g.deadline_at, g.expires_at, g.escalated_at, r.app_id, r.app_name, r.app_version, r.category,
      e.engine_type, e.trigger_source, e.state, r.human_changes > 0 as is_edited, r.statements,
      r.app_version_id, r.contract_hash, r.input_hash, r.output_hash, r.human_hash, r.quote_micros
    from (
      select page.* from unnest(${[...levels]}::smallint[]) asked (level) cross join lateral (
        select g.* from supervision.gate g
        where g.level = asked.level and ${condition} and ${filterOf(query)} and ${after(place, order)}
        order by ${sorted} limit ${limit + 1}) page
    ) g
      join execution.run r on r.execution_id = g.execution_id
      join execution.execution e on e.id = g.execution_id
    order by ${sorted} limit ${limit + 1}`.execute(tx)
  const last = rows[limit - 1]
  const next =
    rows.length > limit && last !== undefined ? (order === 'age' ? last.id : `${last.risk}.${last.id}`) : null
  return { items: rows.slice(0, limit).map(itemOf), next_cursor: next }
}

function itemOf(row: Row): InboxItem {
  const { app_version_id, contract_hash, input_hash, output_hash, human_hash, quote_micros, ...item } = row
  const bound = { app_version_id, contract_hash, input_hash, output_hash, human_hash, quote_micros }
  const draft = boundHashOf({ id: row.run_id, revision: row.revision, ...bound }).toString('hex')
  return { ...item, risk: RISKS[row.risk] ?? 'low', draft }
}

export type InboxCounts = {
  readonly queue: number
  readonly queue_by_risk: Readonly<Record<string, number>>
  readonly delegated: number
  readonly own: number
}

/** How much waits for the actor, in each view. */
export async function countInbox(tx: OrganisationTx, actor: Actor): Promise<InboxCounts> {
  const member_id = requireMemberId(actor)
  const counts = new Map<InboxView, ReadonlyMap<number, number>>()
  for (const view of INBOX_VIEWS) {
    const { levels, condition } = await viewOf(tx, actor, member_id, view)
    const { rows } = await sql<{ readonly risk: number; readonly count: number }>`
      select g.risk, count(*) as count
      from supervision.gate g where g.level = any (${[...levels]}::smallint[]) and ${condition} group by g.risk`.execute(
      tx,
    )
    counts.set(view, new Map(rows.map(({ risk, count }) => [risk, count])))
  }
  const sum = (view: InboxView): number => [...(counts.get(view)?.values() ?? [])].reduce((all, each) => all + each, 0)
  return {
    queue: sum('queue'),
    queue_by_risk: Object.fromEntries(RISKS.map((risk, rank) => [risk, counts.get('queue')?.get(rank) ?? 0])),
    delegated: sum('delegated'),
    own: sum('own'),
  }
}

export type PastDecision = {
  readonly id: string
  readonly run_id: string
  readonly app_name: string
  readonly app_version: string
  readonly risk: string
  readonly level: number
  readonly act: string
  readonly revision: number
  readonly on_behalf_of: string | null
  readonly decided_at: Date
  /** What became of the run. */
  readonly state: string
  readonly reason_code: string | null
}

/** What the actor has decided, newest first. */
export async function listHistory(tx: OrganisationTx, actor: Actor, query: PageQuery): Promise<Page<PastDecision>> {
  const member_id = requireMemberId(actor)
  const cursor = parseCursor(query)
  const rows = await tx
    .selectFrom('supervision.decision as d')
    .innerJoin('execution.run as r', 'r.execution_id', 'd.execution_id')
    .innerJoin('execution.execution as e', 'e.id', 'd.execution_id')
    .select(['d.id', 'd.execution_id as run_id', 'd.level', 'd.act', 'd.revision', 'd.on_behalf_of', 'd.decided_at'])
    .select(['r.app_name', 'r.app_version', 'e.risk', 'e.state', 'e.reason_code'])
    .where('d.member_id', '=', member_id)
    .$if(cursor !== null, (narrowed) => narrowed.where('d.id', '<', cursor))
    .orderBy('d.id', 'desc')
    .limit((query.limit ?? DEFAULT_PAGE_SIZE) + 1)
    .execute()
  return pageOf(rows, query)
}
