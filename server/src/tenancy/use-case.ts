// Use cases: what a project is used for, so that usage can be counted and limited by it (requirements 3.8).

import type { Actor } from '../access/actor.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { DEFAULT_PAGE_SIZE, type Page, type PageQuery, pageOf, parseCursor } from '../kernel/page.ts'
import { notFound } from '../kernel/problem.ts'
import { refuseBy } from './internal/constraint.ts'
import { revokeKeysWhere } from './internal/revoke-keys.ts'
import { useCaseNameTaken } from './problems.ts'
import { requireProject } from './project-role.ts'

export type UseCase = {
  readonly id: string
  readonly project_id: string
  readonly name: string
  readonly created_at: Date
  readonly archived_at: Date | null
}

const COLUMNS = ['id', 'project_id', 'name', 'created_at', 'archived_at'] as const

/**
 * A page of a project's use cases, newest first; open ones unless `archived`. Throws as `requireProject` for `view`.
 */
export async function listUseCases(
  tx: OrganisationTx,
  actor: Actor,
  project_id: string,
  query: PageQuery & { readonly archived?: boolean },
): Promise<Page<UseCase>> {
  await requireProject(tx, actor, project_id, 'view')
  const cursor = parseCursor(query)
  const rows = await tx
    .selectFrom('tenancy.use_case')
    .select(COLUMNS)
    .where('project_id', '=', project_id)
    .where('archived_at', query.archived === true ? 'is not' : 'is', null)
    .$if(cursor !== null, (select) => select.where('id', '<', cursor))
    .orderBy('id', 'desc')
    .limit((query.limit ?? DEFAULT_PAGE_SIZE) + 1)
    .execute()
  return pageOf(rows, query)
}

/**
 * Makes a use case with its counters; needs Builder in the project. Throws as `requireProject`, or
 * `use_case_name_taken`.
 */
export async function createUseCase(
  tx: OrganisationTx,
  actor: Actor,
  project_id: string,
  name: string,
): Promise<UseCase> {
  await requireProject(tx, actor, project_id, 'build')
  const statement = tx.insertInto('tenancy.use_case').values({ id: newId(), project_id, name }).returning(COLUMNS)
  return refuseBy({ use_case__name_is_taken: useCaseNameTaken }, statement.executeTakeFirstOrThrow())
}

/**
 * Archives a use case and revokes the keys that were made for it; its usage stays on record. Needs Builder in the
 * project. Throws as `requireProject`, and `not_found` when the project has no such open use case.
 */
export async function archiveUseCase(
  tx: OrganisationTx,
  actor: Actor,
  project_id: string,
  use_case_id: string,
): Promise<UseCase & { readonly revoked_keys: number }> {
  await requireProject(tx, actor, project_id, 'build')
  const use_case = await tx
    .updateTable('tenancy.use_case')
    .set((is) => ({ archived_at: is.fn<Date>('now') }))
    .where('id', '=', use_case_id)
    .where('project_id', '=', project_id)
    .where('archived_at', 'is', null)
    .returning(COLUMNS)
    .executeTakeFirst()
  if (use_case === undefined) throw notFound()
  return { ...use_case, revoked_keys: await revokeKeysWhere(tx, actor, { use_case_id }) }
}
