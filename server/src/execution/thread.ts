// Conversations from which apps are run: what a member wrote, and the runs that were started with it, their drafts shown
// where they were asked for. A thread is its member's alone.

import { sql } from 'kysely'
import { type Actor, memberIdOf } from '../access/actor.ts'
import type { OrganisationDatabase, OrganisationTx } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { readJson } from '../kernel/json-text.ts'
import { DEFAULT_PAGE_SIZE, type Page, type PageQuery, pageOf, parseCursor } from '../kernel/page.ts'
import { notFound } from '../kernel/problem.ts'
import type { FieldVault } from '../keys/field-vault.ts'
import { runPlace } from './internal/run-house.ts'
import type { Confirmation, RunAsker, RunDesk } from './run-desk.ts'
import { startRunOf } from './run.ts'

export type Thread = {
  readonly id: string
  readonly title: string
  readonly project_id: string
  readonly created_at: Date
  readonly updated_at: Date
}

const COLUMNS = ['id', 'title', 'project_id', 'created_at', 'updated_at'] as const

const messagePlace = (message_id: string) => ({ table: 'execution.thread_message', column: 'content', pk: message_id })

const own = (tx: OrganisationTx, actor: Actor) =>
  tx.selectFrom('execution.thread').select(COLUMNS).where('member_id', '=', memberIdOf(actor))

/** A page of one's own threads, newest first. */
export async function listThreads(tx: OrganisationTx, actor: Actor, query: PageQuery): Promise<Page<Thread>> {
  const cursor = parseCursor(query)
  const rows = await own(tx, actor)
    .$if(cursor !== null, (select) => select.where('id', '<', cursor ?? ''))
    .orderBy('id', 'desc')
    .limit((query.limit ?? DEFAULT_PAGE_SIZE) + 1)
    .execute()
  return pageOf(rows, query)
}

/** Opens a thread in a project. Throws `not_found` for who is no member. */
export async function createThread(
  tx: OrganisationTx,
  actor: Actor,
  { title, project_id }: Pick<Thread, 'title' | 'project_id'>,
): Promise<Thread> {
  const member_id = memberIdOf(actor)
  if (member_id === null) throw notFound()
  return tx
    .insertInto('execution.thread')
    .values({ id: newId(), title, project_id, member_id })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow()
}

/** Deletes a thread and what was written in it. Its runs stay in the record. */
export async function deleteThread(tx: OrganisationTx, actor: Actor, thread_id: string): Promise<Thread> {
  const thread = await own(tx, actor).where('id', '=', thread_id).executeTakeFirst()
  if (thread === undefined) throw notFound()
  await tx.deleteFrom('execution.thread').where('id', '=', thread_id).execute()
  return thread
}

type Owner = { readonly id: string; readonly database: OrganisationDatabase }

export type ThreadMessage = {
  readonly id: string
  readonly content: string
  readonly created_at: Date
  readonly run: {
    readonly id: string
    readonly app_id: string
    readonly app_name: string
    readonly state: string
    readonly failure: string | null
    /** The draft, or what became final; null before there is one. */
    readonly output: unknown
  } | null
}

const MESSAGES_SHOWN = 200

/** A thread with its last 200 messages, oldest first, and what their runs have made. Throws `not_found`. */
export async function getThread(
  vault: FieldVault,
  owner: Owner,
  actor: Actor,
  thread_id: string,
): Promise<Thread & { readonly messages: readonly ThreadMessage[] }> {
  const { thread, rows } = await owner.database.transaction(async (tx) => {
    const found = await own(tx, actor).where('id', '=', thread_id).executeTakeFirst()
    if (found === undefined) throw notFound()
    const messages = await tx
      .selectFrom('execution.thread_message as m')
      .leftJoin('execution.run as r', 'r.execution_id', 'm.execution_id')
      .leftJoin('execution.execution as e', 'e.id', 'm.execution_id')
      .select([
        'm.id',
        'm.content',
        'm.created_at',
        'm.execution_id',
        'r.app_id',
        'r.app_name',
        'r.failure',
        'r.output',
      ])
      .select('e.state')
      .where('m.thread_id', '=', thread_id)
      .orderBy('m.id', 'desc')
      .limit(MESSAGES_SHOWN)
      .execute()
    return { thread: found, rows: messages.toReversed() }
  })
  const messages = await Promise.all(
    rows.map(async ({ id, content, created_at, execution_id, app_id, app_name, failure, output, state }) => ({
      id,
      created_at,
      content: (await vault.open(owner, messagePlace(id), content)).toString(),
      run:
        execution_id === null || app_id === null || app_name === null || state === null
          ? null
          : {
              id: execution_id,
              app_id,
              app_name,
              state,
              failure,
              output: await openOutput(vault, owner, execution_id, output),
            },
    })),
  )
  return { ...thread, messages }
}

async function openOutput(vault: FieldVault, owner: Owner, run_id: string, sealed: Buffer | null): Promise<unknown> {
  if (sealed === null) return null
  return readJson((await vault.open(owner, runPlace(run_id, 'output'), sealed)).toString())
}

export type Said = {
  readonly content: string
  /** The app that is run with it, and what it is given. */
  readonly run: {
    readonly app_id: string
    readonly input: Readonly<Record<string, unknown>>
    readonly jurisdiction: string | null
    readonly confirmation: Confirmation
  } | null
}

/** Writes a message and starts the run it asks for. The run's refusals are the run's own; then nothing is written. */
export async function say(
  desk: RunDesk,
  asker: RunAsker,
  thread_id: string,
  said: Said,
): Promise<{ readonly id: string }> {
  const { database, organisation_id } = asker
  const { run } = said
  const created = run === null ? null : await startRunOf(desk, asker, { ...run, app_id: run.app_id }, run.confirmation)
  const id = newId()
  const content = await desk.vault.seal({ id: organisation_id, database }, messagePlace(id), Buffer.from(said.content))
  await database.transaction(async (tx) => {
    await tx
      .insertInto('execution.thread_message')
      .values({ id, thread_id, content, execution_id: created?.execution_id ?? null })
      .execute()
    await tx.updateTable('execution.thread').set({ updated_at: sql<Date>`now()` }).where('id', '=', thread_id).execute()
  })
  return { id }
}
