// Tasks that runs put to people: whose they are, and their answers. A run waits for an answer without anything held but its
// quote; the answer ends the step and lets the run go on from there, in one commit.

import { hash } from 'node:crypto'
import { sql } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { Field } from '../apps/field.ts'
import { schemaOfFields } from '../apps/input-schema.ts'
import { violationsOf } from '../apps/json-schema.ts'
import { appendEntries, appendEntry, type Origin } from '../audit/append.ts'
import { useFiles } from '../files/file.ts'
import { invalidInput } from '../http/problems.ts'
import type { OrganisationDatabase, OrganisationTx } from '../kernel/database.ts'
import { DEFAULT_PAGE_SIZE, type Page, type PageQuery, pageOf, parseCursor } from '../kernel/page.ts'
import { notFound } from '../kernel/problem.ts'
import type { FieldVault } from '../keys/field-vault.ts'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { taskPlace } from './internal/run-house.ts'
import { stepPlace } from './internal/step-record.ts'
import { taskClosed } from './problems.ts'
import { resumeRun } from './transition.ts'

const Fields = Type.Array(Field)

const COLUMNS = [
  't.id',
  't.execution_id',
  't.node_id',
  't.title',
  't.member_id',
  't.role',
  't.opened_at',
  't.due_at',
  't.answered_at',
  't.answered_by',
  'r.app_id',
  'r.app_name',
  'r.requester_id',
  'e.risk',
] as const

export type HumanTask = {
  readonly id: string
  readonly execution_id: string
  readonly node_id: string
  readonly title: string
  readonly member_id: string | null
  readonly role: string | null
  readonly opened_at: Date
  readonly due_at: Date | null
  readonly answered_at: Date | null
  readonly answered_by: string | null
  readonly app_id: string
  readonly app_name: string
  readonly requester_id: string
  readonly risk: string
}

const membershipOf = (actor: Actor) => (actor.kind === 'user' ? actor.membership : null)

/** The tasks that are an actor's to answer: their own, and those of their role and designations. Nobody else has any. */
function tasksOf(tx: OrganisationTx, actor: Actor) {
  const membership = membershipOf(actor)
  const roles = membership === null ? [] : [membership.base_role, ...membership.designations]
  return tx
    .selectFrom('execution.human_task as t')
    .innerJoin('execution.run as r', 'r.execution_id', 't.execution_id')
    .innerJoin('execution.execution as e', 'e.id', 't.execution_id')
    .select(COLUMNS)
    .where((is) => is.or([is('t.member_id', '=', membership?.member_id ?? null), is('t.role', 'in', [...roles, ''])]))
}

/** A page of the open tasks that are the actor's to answer, newest first; with `answered`, those they answered. */
export async function listHumanTasks(
  tx: OrganisationTx,
  actor: Actor,
  query: PageQuery & { readonly answered?: boolean },
): Promise<Page<HumanTask>> {
  const cursor = parseCursor(query)
  const rows = await tasksOf(tx, actor)
    .where('t.answered_at', query.answered === true ? 'is not' : 'is', null)
    .$if(query.answered !== true, (select) => select.where('e.settled_at', 'is', null))
    .$if(query.answered === true, (select) =>
      select.where('t.answered_by', '=', membershipOf(actor)?.member_id ?? null),
    )
    .$if(cursor !== null, (select) => select.where('t.id', '<', cursor ?? ''))
    .orderBy('t.id', 'desc')
    .limit((query.limit ?? DEFAULT_PAGE_SIZE) + 1)
    .execute()
  return pageOf(rows, query)
}

type Owner = { readonly id: string; readonly database: OrganisationDatabase }

async function findTask(tx: OrganisationTx, actor: Actor, task_id: string) {
  const row = await tasksOf(tx, actor)
    .select(['t.description', 't.fields', 't.path', 'e.state'])
    .where('t.id', '=', task_id)
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  return { ...row, fields: Value.Parse(Fields, row.fields) }
}

/** One task with what it asks for. Throws `not_found` for one that is not the actor's to answer. */
export async function getHumanTask(vault: FieldVault, owner: Owner, actor: Actor, task_id: string) {
  const { description, fields, state, path, ...task } = await owner.database.transaction((tx) =>
    findTask(tx, actor, task_id),
  )
  const opened = await vault.open(owner, taskPlace(task.execution_id, path), description)
  const is_open = task.answered_at === null && (state === 'running' || state === 'paused')
  return { ...task, description: opened.toString(), fields, is_open }
}

/**
 * Answers a task. Throws `invalid_input` naming each field that is wrong, `task_closed` when it was answered or its run has
 * ended, `not_found` for one that is not the actor's.
 */
export async function answerHumanTask(
  vault: FieldVault,
  owner: Owner,
  actor: Actor,
  origin: Origin,
  task_id: string,
  answer: Readonly<Record<string, unknown>>,
) {
  const task = await owner.database.transaction((tx) => findTask(tx, actor, task_id))
  const violations = violationsOf(schemaOfFields(task.fields), answer)
  if (violations.length > 0) {
    const fields = violations.map(({ pointer, message }) => ({ pointer: `/answer${pointer}`, message }))
    throw invalidInput({}, { fields })
  }
  const answered_by = membershipOf(actor)?.member_id ?? ''
  const answered_at = new Date()
  const { execution_id, path } = task
  const plain = Buffer.from(JSON.stringify({ answer, answered_by, answered_at }))
  const output = await vault.seal(owner, stepPlace(execution_id, path), plain)
  const files = filesIn(task.fields, answer)
  await owner.database.transaction(async (tx) => {
    if (files.length > 0) await useFiles(tx, actor, execution_id, files)
    // The gate is locked by this, so that a run that is about to wait sees the answer, or is woken by it.
    await resumeRun(tx, origin, execution_id)
    await close(tx, task_id, execution_id, path, { answered_by, output, output_hash: hash('sha256', plain, 'buffer') })
    await appendEntry(tx, origin, {
      event: 'human_task.completed',
      target: { type: 'human_task', id: task_id },
      execution_id,
      data: { node_id: task.node_id, title: task.title },
    })
  })
  return getHumanTask(vault, owner, actor, task_id)
}

async function close(
  tx: OrganisationTx,
  task_id: string,
  execution_id: string,
  path: string,
  end: { readonly answered_by: string; readonly output: Buffer; readonly output_hash: Buffer },
): Promise<void> {
  const { answered_by, output, output_hash } = end
  const task = await tx
    .updateTable('execution.human_task as t')
    .set({ answered_at: sql<Date>`clock_timestamp()`, answered_by })
    .where('t.id', '=', task_id)
    .where('t.answered_at', 'is', null)
    .where((is) =>
      is.exists(
        is
          .selectFrom('execution.execution as e')
          .select('e.id')
          .where('e.id', '=', execution_id)
          .where('e.state', 'in', ['running', 'paused']),
      ),
    )
    .executeTakeFirst()
  const step = await tx
    .updateTable('execution.step')
    .set({ state: 'succeeded', ended_at: sql<Date>`clock_timestamp()`, output, output_hash })
    .where('execution_id', '=', execution_id)
    .where('path', '=', path)
    .where('state', '=', 'waiting')
    .executeTakeFirst()
  if (task.numUpdatedRows === 0n || step.numUpdatedRows === 0n) throw taskClosed()
}

const openTasksOf = (tx: OrganisationTx, member_id: string) =>
  tx
    .selectFrom('execution.human_task as t')
    .innerJoin('execution.execution as e', 'e.id', 't.execution_id')
    .innerJoin('execution.run as r', 'r.execution_id', 't.execution_id')
    .where('t.member_id', '=', member_id)
    .where('t.answered_at', 'is', null)
    .where('e.settled_at', 'is', null)
    // Their own runs end with a member, and the tasks in them.
    .where('r.requester_id', '<>', member_id)

/** The open tasks that were put to a member by name, in runs of others. */
export async function listTasksOf(
  tx: OrganisationTx,
  member_id: string,
): Promise<readonly { readonly id: string; readonly title: string }[]> {
  return openTasksOf(tx, member_id).select(['t.id', 't.title']).orderBy('t.id').execute()
}

/** Who takes over where nobody is named. There always is one, and a task may be there to check its requester. */
const ROLE_THAT_TAKES_OVER = 'owner'

/**
 * Puts the open tasks of a member who goes to their successor, or to the owners where nobody is named, each with an entry;
 * returns how many. The gate is locked by the caller, as whoever answers locks it.
 */
export async function reassignTasks(
  tx: OrganisationTx,
  origin: Origin,
  member_id: string,
  successor_id: string | null,
): Promise<number> {
  const to = { member_id: successor_id, role: successor_id === null ? ROLE_THAT_TAKES_OVER : null }
  const tasks = await tx
    .updateTable('execution.human_task')
    .set(to)
    .where('id', 'in', openTasksOf(tx, member_id).select('t.id'))
    .returning(['id', 'execution_id', 'node_id', 'title'])
    .execute()
  await appendEntries(
    tx,
    tasks.map(({ id, execution_id, node_id, title }) => ({
      origin,
      draft: {
        event: 'human_task.reassigned',
        target: { type: 'human_task', id },
        execution_id,
        data: { node_id, title, from_member_id: member_id, ...to },
      },
    })),
  )
  return tasks.length
}

type TaskField = { readonly name: string; readonly type: string }

const filesIn = (fields: readonly TaskField[], answer: Readonly<Record<string, unknown>>): readonly string[] =>
  fields.flatMap(({ name, type }) => {
    const value = answer[name]
    if (type === 'file' && typeof value === 'string') return [value]
    return type === 'files' && Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
  })
