// Runs that begin by the clock, in the name of a member who answers for them and who has confirmed what one may cost. A time
// that was missed is made up for once, not once for each.

import { createHash } from 'node:crypto'
import { Cron } from 'croner'
import { sql } from 'kysely'
import { type Actor, makerOf } from '../access/actor.ts'
import { hasPermission } from '../access/require.ts'
import { canonicalJson } from '../apps/contract-hash.ts'
import { appendEntry, originOf } from '../audit/append.ts'
import { invalidInput } from '../http/problems.ts'
import type { OrganisationDatabase, OrganisationTx } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { readJson } from '../kernel/json-text.ts'
import { DEFAULT_PAGE_SIZE, type Page, type PageQuery, pageOf, parseCursor } from '../kernel/page.ts'
import { notFound, Problem } from '../kernel/problem.ts'
import type { RunInput } from './internal/prepare-run.ts'
import { quoteNotConfirmed } from './problems.ts'
import type { RunAsker, RunDesk } from './run-desk.ts'
import { quoteRun, startRunOf } from './run.ts'

export type ScheduleDraft = {
  readonly name: string
  readonly app_id: string
  readonly input: Readonly<Record<string, unknown>>
  readonly jurisdiction: string | null
  /** Five fields: minute, hour, day, month, weekday. */
  readonly cron: string
  /** IANA name. */
  readonly time_zone: string
  readonly max_price_micros: number
  readonly is_enabled: boolean
}

const COLUMNS = [
  'id',
  'name',
  'app_id',
  'project_id',
  'use_case_id',
  'jurisdiction',
  'cron',
  'time_zone',
  'member_id',
  'max_price_micros',
  'is_enabled',
  'next_at',
  'last_at',
  'last_execution_id',
  'last_refusal',
  'created_at',
  'updated_at',
] as const

const NEXT_SHOWN = 5

/** Where the input of a schedule is sealed. */
export const inputPlace = (schedule_id: string) => ({ table: 'execution.schedule', column: 'input', pk: schedule_id })

/** The next times of a rhythm, at most five. Throws `invalid_input` for one that cannot be read or is finer than a minute. */
export function nextTimes(cron: string, time_zone: string, after: Date = new Date()): readonly Date[] {
  const refuse = (pointer: string, message: string): Problem => invalidInput({}, { fields: [{ pointer, message }] })
  if (!isTimeZone(time_zone)) throw refuse('/time_zone', 'is no time zone')
  if (cron.trim().split(/\s+/).length !== 5)
    throw refuse('/cron', 'must have five fields: no run begins more often than each minute')
  try {
    const times = new Cron(cron, { timezone: time_zone, mode: '5-part', paused: true }).nextRuns(NEXT_SHOWN, after)
    if (times.length === 0) throw refuse('/cron', 'names no time that is to come')
    return times
  } catch (error) {
    throw error instanceof Problem ? error : refuse('/cron', 'is no rhythm: minute hour day month weekday')
  }
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0
  } catch {
    return false
  }
}

const shown = <Row extends { readonly cron: string; readonly time_zone: string; readonly is_enabled: boolean }>(
  row: Row,
) => ({
  ...row,
  next_times: row.is_enabled ? nextTimes(row.cron, row.time_zone) : [],
})

/** Own schedules; all of them for who sees every execution. */
const visible = (tx: OrganisationTx, actor: Actor) =>
  tx
    .selectFrom('execution.schedule')
    .select(COLUMNS)
    .$if(!hasPermission(actor, 'run.view_org'), (select) => select.where('member_id', '=', makerOf(actor)))

/** A page of schedules, newest first. */
export async function listSchedules(tx: OrganisationTx, actor: Actor, query: PageQuery) {
  const cursor = parseCursor(query)
  const rows = await visible(tx, actor)
    .$if(cursor !== null, (select) => select.where('id', '<', cursor ?? ''))
    .orderBy('id', 'desc')
    .limit((query.limit ?? DEFAULT_PAGE_SIZE) + 1)
    .execute()
  const page: Page<(typeof rows)[number]> = pageOf(rows, query)
  return { ...page, items: page.items.map(shown) }
}

/** One schedule with its next times; `not_found` for one that is not the actor's to see. */
export async function getSchedule(tx: OrganisationTx, actor: Actor, schedule_id: string) {
  const row = await visible(tx, actor).where('id', '=', schedule_id).executeTakeFirst()
  if (row === undefined) throw notFound()
  return shown(row)
}

/**
 * Judges an input as a run's would be, and asks that what a run costs now lies within the confirmed maximum. Refuses with
 * `quote_not_confirmed`, or as the gate that fails.
 */
export async function requirePrice(
  desk: RunDesk,
  asker: RunAsker,
  asked: RunInput,
  max_price_micros: number,
): Promise<void> {
  const { quote_micros } = await quoteRun(desk, asker, asked)
  if (quote_micros <= max_price_micros) return
  const detail = `A run costs ${quote_micros} micro-units now; the schedule may spend ${max_price_micros}.`
  throw quoteNotConfirmed({ quote_micros, max_price_micros }, { detail })
}

/**
 * Makes a schedule. Its input is judged as a run's would be, and what a run costs now must lie within the confirmed
 * maximum: `quote_not_confirmed`, or the refusal of the gate that fails.
 */
export async function createSchedule(
  desk: RunDesk,
  asker: RunAsker,
  draft: ScheduleDraft,
  keep: (
    work: (tx: OrganisationTx) => Promise<Awaited<ReturnType<typeof getSchedule>>>,
  ) => Promise<Awaited<ReturnType<typeof getSchedule>>>,
) {
  const { database, organisation_id } = asker
  const { name, app_id, input, jurisdiction, cron, time_zone, max_price_micros, is_enabled } = draft
  const [next_at = null] = nextTimes(cron, time_zone)
  await requirePrice(desk, asker, { app_id, input, jurisdiction }, max_price_micros)
  const id = newId()
  const owner = { id: organisation_id, database }
  const sealed = await desk.vault.seal(owner, inputPlace(id), Buffer.from(canonicalJson(input)))
  return keep(async (tx) => {
    const { project_id, use_case_id, requester_id } = asker
    await tx
      .insertInto('execution.schedule')
      .values({
        id,
        name,
        app_id,
        project_id,
        use_case_id,
        jurisdiction,
        cron,
        time_zone,
        max_price_micros,
        is_enabled,
        input: sealed,
        member_id: requester_id,
        created_by: requester_id,
        next_at: is_enabled ? next_at : null,
      })
      .execute()
    await appendEntry(tx, asker.origin, {
      event: 'schedule.created',
      target: { type: 'schedule', id },
      data: { app_id, cron, time_zone, max_price_micros, is_enabled },
    })
    return getSchedule(tx, asker.actor, id)
  })
}

export type ScheduleChange = Partial<
  Pick<ScheduleDraft, 'name' | 'cron' | 'time_zone' | 'max_price_micros' | 'is_enabled'>
>

/** Changes a schedule of one's own. Throws `not_found`, `invalid_input`. */
export async function changeSchedule(tx: OrganisationTx, actor: Actor, schedule_id: string, change: ScheduleChange) {
  const before = await getSchedule(tx, actor, schedule_id)
  if (before.member_id !== makerOf(actor)) throw notFound()
  const { cron = before.cron, time_zone = before.time_zone, is_enabled = before.is_enabled } = change
  const [next_at = null] = nextTimes(cron, time_zone)
  await tx
    .updateTable('execution.schedule')
    .set({ ...change, next_at: is_enabled ? next_at : null, updated_at: sql<Date>`now()` })
    .where('id', '=', schedule_id)
    .execute()
  return { ...(await getSchedule(tx, actor, schedule_id)), before }
}

/** Ends a schedule: its owner, or an owner or admin of the organisation. Runs that it began go on. */
export async function deleteSchedule(tx: OrganisationTx, actor: Actor, schedule_id: string) {
  const schedule = await getSchedule(tx, actor, schedule_id)
  if (schedule.member_id !== makerOf(actor) && !hasPermission(actor, 'policy.manage')) throw notFound()
  await tx.deleteFrom('execution.schedule').where('id', '=', schedule_id).execute()
  return schedule
}

type Due = {
  readonly id: string
  readonly app_id: string
  readonly project_id: string
  readonly use_case_id: string | null
  readonly jurisdiction: string | null
  readonly input: Buffer
  readonly cron: string
  readonly time_zone: string
  readonly member_id: string
  readonly max_price_micros: number
  readonly next_at: Date | null
}

const AT_ONCE = 50

/** Begins the runs whose time has come in one organisation. Several nodes may look at once: each time makes one run. */
export async function fireSchedules(
  desk: RunDesk,
  database: OrganisationDatabase,
  organisation_id: string,
): Promise<void> {
  const due = await database.transaction((tx) =>
    tx
      .selectFrom('execution.schedule')
      .select(['id', 'app_id', 'project_id', 'use_case_id', 'jurisdiction', 'input', 'cron', 'time_zone', 'member_id'])
      .select(['max_price_micros', 'next_at'])
      .where('next_at', '<=', sql<Date>`now()`)
      .orderBy('next_at')
      .limit(AT_ONCE)
      .execute(),
  )
  if (due.length === 0 || !(await isActive(desk, organisation_id))) return
  for (const schedule of due) await fireSchedule(desk, database, organisation_id, schedule)
}

async function isActive({ control }: RunDesk, organisation_id: string): Promise<boolean> {
  const row = await control.transaction((tx) =>
    tx.selectFrom('tenancy.organisation').select('status').where('id', '=', organisation_id).executeTakeFirst(),
  )
  return row?.status === 'active'
}

async function fireSchedule(
  desk: RunDesk,
  database: OrganisationDatabase,
  organisation_id: string,
  due: Due,
): Promise<void> {
  const { id, next_at } = due
  const execution_id = idOfTime(id, next_at)
  const done = await beginRun(desk, database, organisation_id, due, execution_id).then(
    () => ({ last_execution_id: execution_id, last_refusal: null }),
    (error: unknown) => {
      if (!(error instanceof Problem) || error.status >= 500) throw error
      return { last_execution_id: null, last_refusal: error.code }
    },
  )
  const [next = null] = nextTimes(due.cron, due.time_zone)
  await database.transaction((tx) =>
    tx
      .updateTable('execution.schedule')
      .set({ ...done, last_at: next_at, next_at: next })
      .where('id', '=', id)
      // The driver knows milliseconds only.
      .where(sql<Date>`date_trunc('milliseconds', next_at)`, '=', next_at)
      .execute(),
  )
}

/** The run of a schedule at an instant has one id, whoever begins it. */
function idOfTime(schedule_id: string, at: Date | null): string {
  const hex = createHash('sha256').update(`${schedule_id} ${at?.toISOString()}`).digest('hex')
  const time = (at?.getTime() ?? 0).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}`
}

async function beginRun(
  desk: RunDesk,
  database: OrganisationDatabase,
  organisation_id: string,
  due: Due,
  execution_id: string,
): Promise<void> {
  const { member_id, project_id, use_case_id, app_id, jurisdiction, max_price_micros } = due
  const plain = await desk.vault.open({ id: organisation_id, database }, inputPlace(due.id), due.input)
  const input: unknown = readJson(plain.toString())
  const { actor } = await desk.facts.get(database, { organisation_id, member_id, project_id })
  const request_id = newId()
  const asker: RunAsker = {
    organisation_id,
    database,
    actor,
    origin: { ...originOf(actor, { request_id, address: null }), via: 'system' },
    request_id,
    address: null,
    api_key_id: null,
    member_id,
    requester_id: member_id,
    project_id,
    use_case_id,
    trigger_source: 'schedule',
    schedule_id: due.id,
    thread_id: null,
  }
  const asked = { app_id, jurisdiction, input: typeof input === 'object' && input !== null ? { ...input } : {} }
  await startRunOf(desk, asker, asked, { quote_id: null, max_price_micros }, execution_id)
}
