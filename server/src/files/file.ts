// Files of the input vault as records: who uploaded what, who may see it, which runs use it, how long it is kept
// (requirements 1.10). Their bytes are in `bytes.ts`.

import { sql } from 'kysely'
import { type Actor, memberIdOf } from '../access/actor.ts'
import { hasPermission } from '../access/require.ts'
import type { OrganisationDatabase, OrganisationTx } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { DEFAULT_PAGE_SIZE, type Page, type PageQuery, pageOf, parseCursor } from '../kernel/page.ts'
import { notFound } from '../kernel/problem.ts'
import type { Sweep } from '../kernel/sweep.ts'
import { fileExpired, fileInUse } from './problems.ts'

export type StoredFile = {
  readonly id: string
  readonly name: string
  readonly state: string
  readonly format: string | null
  readonly size_bytes: number | null
  /** SHA-256, hexadecimal. */
  readonly sha256: string | null
  readonly member_id: string | null
  readonly created_at: Date
  /** Null while a run that is not over uses it. */
  readonly expires_at: Date | null
}

/** How long a file is kept that no run uses, and after the last run that used it. */
export const KEPT_DAYS = 30
/** The furthest ahead its end may be put. */
export const MAX_KEPT_DAYS = 366

const select = (tx: OrganisationTx) =>
  tx
    .selectFrom('files.file as f')
    .select(['f.id', 'f.name', 'f.state', 'f.format', 'f.size_bytes', 'f.member_id', 'f.created_at', 'f.expires_at'])
    .select(sql<string | null>`encode(f.sha256, 'hex')`.as('sha256'))
    .where('f.state', '<>', 'arriving')

/** Under whom an actor's uploads are kept: the member, or the key of the organisation. */
export function uploaderOf(actor: Actor): { readonly member_id: string | null; readonly api_key_id: string | null } {
  const member_id = memberIdOf(actor)
  return { member_id, api_key_id: actor.kind === 'api_key' ? actor.use.api_key_id : null }
}

function ownedBy(tx: OrganisationTx, actor: Actor) {
  const { member_id, api_key_id } = uploaderOf(actor)
  return select(tx).where((is) => is.or([is('f.member_id', '=', member_id), is('f.api_key_id', '=', api_key_id)]))
}

/** The actor's own files, or with `audit.view_content` everybody's. */
const visibleTo = (tx: OrganisationTx, actor: Actor) =>
  hasPermission(actor, 'audit.view_content') ? select(tx) : ownedBy(tx, actor)

/** Those of these files that the actor uploaded, by id: a run is given no others. Whatever else is named is missing. */
export async function findOwnFiles(
  tx: OrganisationTx,
  actor: Actor,
  file_ids: readonly string[],
): Promise<ReadonlyMap<string, StoredFile>> {
  if (file_ids.length === 0) return new Map()
  const files = await ownedBy(tx, actor)
    .where('f.id', 'in', [...file_ids])
    .execute()
  return new Map(files.map((file) => [file.id, file]))
}

/** A page of the files the actor may see, newest first. */
export async function listFiles(tx: OrganisationTx, actor: Actor, query: PageQuery): Promise<Page<StoredFile>> {
  const cursor = parseCursor(query)
  const rows = await visibleTo(tx, actor)
    .$if(cursor !== null, (page) => page.where('f.id', '<', cursor))
    .orderBy('f.id', 'desc')
    .limit((query.limit ?? DEFAULT_PAGE_SIZE) + 1)
    .execute()
  return pageOf(rows, query)
}

/** A file the actor may see, or `not_found`. */
export async function getFile(tx: OrganisationTx, actor: Actor, file_id: string): Promise<StoredFile> {
  const file = await visibleTo(tx, actor).where('f.id', '=', file_id).executeTakeFirst()
  if (file === undefined) throw notFound()
  return file
}

/** As `getFile`, with its bytes still there; else `file_expired`. */
export async function getKeptFile(tx: OrganisationTx, actor: Actor, file_id: string): Promise<StoredFile> {
  const file = await getFile(tx, actor, file_id)
  if (file.state === 'expired') throw fileExpired({ file_id })
  return file
}

/** Puts the end of a file further ahead: `days` from now. Throws `not_found`, `file_expired`; in use it has no end. */
export async function extendFile(
  tx: OrganisationTx,
  actor: Actor,
  file_id: string,
  days: number,
): Promise<StoredFile & { readonly before: { readonly expires_at: Date | null } }> {
  const { expires_at } = await getKeptFile(tx, actor, file_id)
  await tx
    .updateTable('files.file')
    .set({ expires_at: sql<Date>`greatest(expires_at, now() + make_interval(days => ${days}))` })
    .where('id', '=', file_id)
    .where('expires_at', 'is not', null)
    .execute()
  return { ...(await getFile(tx, actor, file_id)), before: { expires_at } }
}

/** Deletes the bytes of a file that no open run uses; its record stays. Throws `not_found`, `file_expired`, `file_in_use`. */
export async function deleteFile(tx: OrganisationTx, actor: Actor, file_id: string): Promise<StoredFile> {
  const file = await getKeptFile(tx, actor, file_id)
  // Locked, so that no run begins to use it meanwhile.
  const row = await tx
    .updateTable('files.file')
    .set({ state: 'expired', expires_at: sql<Date>`now()` })
    .where('id', '=', file_id)
    .where('expires_at', 'is not', null)
    .where('state', '=', 'stored')
    .executeTakeFirst()
  if (row.numUpdatedRows === 0n) throw fileInUse({ file_id })
  await tx.deleteFrom('files.chunk').where('file_id', '=', file_id).execute()
  return file
}

/**
 * Binds files to a run, in the transaction that makes it: they are kept until it is over. A run reads only what its
 * requester uploaded. Throws `not_found` for any other, `file_expired` for what is gone.
 */
export async function useFiles(
  tx: OrganisationTx,
  actor: Actor,
  execution_id: string,
  file_ids: readonly string[],
): Promise<readonly StoredFile[]> {
  const files: StoredFile[] = []
  for (const file_id of [...new Set(file_ids)].sort()) {
    const locked = await tx
      .updateTable('files.file')
      .set({ expires_at: null })
      .where('id', '=', file_id)
      .where('state', '=', 'stored')
      .executeTakeFirst()
    const file = await ownedBy(tx, actor).where('f.id', '=', file_id).executeTakeFirst()
    if (file === undefined) throw notFound()
    if (locked.numUpdatedRows === 0n) throw fileExpired({ file_id })
    files.push(file)
  }
  if (files.length > 0) {
    const uses = files.map(({ id }) => ({ execution_id, file_id: id }))
    await tx
      .insertInto('files.use')
      .values(uses)
      .onConflict((clash) => clash.doNothing())
      .execute()
  }
  return files
}

/** A file that the run was given, or null: a run reads no other. */
export async function findUsedFile(
  tx: OrganisationTx,
  execution_id: string,
  file_id: string,
): Promise<StoredFile | null> {
  const file = await select(tx)
    .innerJoin('files.use as u', 'u.file_id', 'f.id')
    .where('u.execution_id', '=', execution_id)
    .where('f.id', '=', file_id)
    .executeTakeFirst()
  return file ?? null
}

/** The run is over: each of its files that no other open run uses is kept for 30 days more. */
export async function releaseFiles(tx: OrganisationTx, execution_id: string): Promise<void> {
  const { rows } = await sql<{ readonly file_id: string }>`
    update files.use set released_at = now() where execution_id = ${execution_id} and released_at is null
    returning file_id`.execute(tx)
  for (const file_id of rows.map((row) => row.file_id).sort()) {
    await sql`
      update files.file f set expires_at = now() + make_interval(days => ${KEPT_DAYS})
      where f.id = ${file_id} and f.state = 'stored'
        and not exists (select from files.use u where u.file_id = f.id and u.released_at is null)`.execute(tx)
  }
}

const AT_ONCE = 100

/**
 * Deletes the bytes of files whose time has come, and uploads that never ended. Safe on several nodes at once. The log
 * tells of each by the platform.
 */
export async function expireFiles(database: OrganisationDatabase): Promise<void> {
  await database.connection(async (client) => {
    await client.query(`delete from files.file where state = 'arriving' and expires_at < now()`)
    const ids = Array.from({ length: AT_ONCE }, newId)
    await client.query(
      `with due as (
         update files.file set state = 'expired'
         where id in (
           select id from files.file where state = 'stored' and expires_at < now()
           order by expires_at limit ${AT_ONCE} for update skip locked)
         returning id, size_bytes),
       gone as (delete from files.chunk using due where file_id = due.id),
       told as (select id, size_bytes, row_number() over (order by id) as n from due)
       insert into audit.entry (id, at, event, outcome, actor_type, actor_role, via, target_type, target_id, data)
       select ($1::uuid[])[n], now(), 'file.expired', 'succeeded', 'system', 'retention', 'system', 'file', id,
         jsonb_build_object('size_bytes', size_bytes)
       from told`,
      [ids],
    )
  })
}

/** Files whose time has come. */
export const fileSweep: Sweep = {
  due: "exists (select from files.file where state <> 'expired' and expires_at < now())",
  run: expireFiles,
}
