// Who asks for a run over HTTP: a member by session or key, or a key of the organisation, for which a member answers.

import { memberIdOf } from '../../access/actor.ts'
import { requirePermission } from '../../access/require.ts'
import type { BothDatabases, OrganisationActor, OrganisationRequest } from '../../http/route.ts'
import type { OrganisationDatabase, OrganisationTx } from '../../kernel/database.ts'
import { notFound } from '../../kernel/problem.ts'
import type { RunAsker } from '../run-desk.ts'

export type AskedPlace = {
  readonly project_id: string | null
  readonly use_case_id: string | null
  readonly thread_id: string | null
}

/** The default project of an organisation, where whatever names none belongs. */
async function defaultProjectOf(database: OrganisationDatabase): Promise<string> {
  const known = defaults.get(database)
  if (known !== undefined) return known
  const row = await database.transaction((tx) =>
    tx.selectFrom('tenancy.project').select('id').where('kind', '=', 'default').executeTakeFirst(),
  )
  if (row === undefined) throw notFound()
  defaults.set(database, row.id)
  return row.id
}

/** There is one for the life of an organisation. */
const defaults = new WeakMap<OrganisationDatabase, string>()

/** The asker behind a request. A key works in its own project and for its own use case; a session may name both. */
export async function askerOf(
  both: Pick<BothDatabases, 'organisation'>,
  actor: OrganisationActor,
  request: OrganisationRequest,
  asked: AskedPlace,
): Promise<RunAsker> {
  const member_id = memberIdOf(actor)
  const requester_id = actor.kind === 'api_key' ? actor.responsible_member_id : member_id
  // A super-admin who is no member has nobody who would answer for the run.
  if (requester_id === null) requirePermission(actor, 'run.execute')
  const { use } = actor
  const isKey = use.via === 'api_key'
  const project_id = isKey ? use.project_id : (asked.project_id ?? (await defaultProjectOf(both.organisation)))
  if (isKey && asked.project_id !== null && asked.project_id !== project_id) throw notFound()
  const use_case_id = isKey ? (use.use_case_id ?? asked.use_case_id) : asked.use_case_id
  if (use_case_id !== null || asked.thread_id !== null) {
    await both.organisation.transaction((tx) => checkPlace(tx, project_id, use_case_id, asked.thread_id, requester_id))
  }
  return {
    organisation_id: request.organisation.id,
    database: both.organisation,
    actor,
    origin: request.origin,
    request_id: request.request_id,
    address: request.address,
    api_key_id: isKey ? use.api_key_id : null,
    member_id,
    requester_id: requester_id ?? '',
    project_id,
    use_case_id,
    trigger_source: asked.thread_id !== null ? 'chat' : isKey ? 'api' : 'in_app',
    schedule_id: null,
    thread_id: asked.thread_id,
  }
}

/** A use case of the project, and a thread of one's own; anything else is not there. */
async function checkPlace(
  tx: OrganisationTx,
  project_id: string,
  use_case_id: string | null,
  thread_id: string | null,
  member_id: string | null,
): Promise<void> {
  if (use_case_id !== null) {
    const found = await tx
      .selectFrom('tenancy.use_case')
      .select('id')
      .where('id', '=', use_case_id)
      .where('project_id', '=', project_id)
      .where('archived_at', 'is', null)
      .executeTakeFirst()
    if (found === undefined) throw notFound()
  }
  if (thread_id !== null) {
    const found = await tx
      .selectFrom('execution.thread')
      .select('id')
      .where('id', '=', thread_id)
      .where('member_id', '=', member_id)
      .executeTakeFirst()
    if (found === undefined) throw notFound()
  }
}
