// What the super-admin does to the ledger of one organisation. Both logs tell of it.

import { appendEntry, appendPlatformEntry, type EntryDraft, type Origin } from '../../audit/append.ts'
import type { ControlDatabase, ControlTx, OrganisationTx } from '../../kernel/database.ts'
import type { OrganisationDatabases } from '../../kernel/organisation-databases.ts'
import { notFound } from '../../kernel/problem.ts'
import { findOrganisationStanding } from '../../tenancy/standing.ts'

export type Act<Result> = {
  readonly result: Result
  readonly entry: EntryDraft & { readonly target: { readonly type: string; readonly id: string } }
  /** It had been done before under the same id, and nothing changed. */
  readonly is_repeated: boolean
}

export type Acting = {
  readonly control: ControlDatabase
  readonly databases: OrganisationDatabases
  readonly origin: Origin
}

/**
 * Acts in one transaction of the organisation's database, with an entry in its log: this commit decides. Then the
 * platform's log gets its entry, and only after that the super-admin an answer. Should the second commit fail, the act
 * stands and the answer is a failure; who repeats it under the same id changes nothing more and completes the
 * platform's log. Throws `not_found` for an organisation that does not exist.
 */
export async function actOnOrganisation<Result>(
  { control, databases, origin }: Acting,
  organisation_id: string,
  work: (tx: OrganisationTx) => Promise<Act<Result>>,
): Promise<Result> {
  const standing = await control.transaction((tx) => findOrganisationStanding(tx, organisation_id))
  if (standing === null) throw notFound()
  const database = await databases.of(organisation_id)
  const act = await database.transaction(async (tx) => {
    const done = await work(tx)
    if (!done.is_repeated) await appendEntry(tx, origin, done.entry)
    return done
  })
  const { entry, is_repeated } = act
  await control.transaction(async (tx) => {
    if (is_repeated && (await isNoted(tx, organisation_id, entry))) return
    await appendPlatformEntry(tx, origin, { ...entry, organisation_id })
  })
  return act.result
}

async function isNoted(tx: ControlTx, organisation_id: string, { event, target }: Act<unknown>['entry']) {
  const noted = await tx
    .selectFrom('audit.entry')
    .select('id')
    .where('target_id', '=', target.id)
    .where('event', '=', event)
    .where('organisation_id', '=', organisation_id)
    .limit(1)
    .executeTakeFirst()
  return noted !== undefined
}

/** Reads the ledger of one organisation as the platform keeps it. Throws `not_found` for one that does not exist. */
export async function readOrganisation<Result>(
  { control, databases }: Omit<Acting, 'origin'>,
  organisation_id: string,
  read: (tx: OrganisationTx) => Promise<Result>,
): Promise<Result> {
  const standing = await control.transaction((tx) => findOrganisationStanding(tx, organisation_id))
  if (standing === null) throw notFound()
  const database = await databases.of(organisation_id)
  return database.transaction(read)
}
