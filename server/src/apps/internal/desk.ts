// Where versions are worked on: an organisation's desk for its internal apps, the platform's for public ones. What is done at
// both is the same (`version-acts.ts`); a desk knows only who sits there, which database it is and where the log lies.

import type { PlatformActor } from '../../access/actor.ts'
import { appendEntry, appendPlatformEntry, type EntryDraft, type Origin } from '../../audit/append.ts'
import type { BothDatabases, OrganisationActor } from '../../http/route.ts'
import type { ControlDatabase, OrganisationTx } from '../../kernel/database.ts'
import type { EgressPolicy } from '../../kernel/egress.ts'
import type { OrganisationDatabases } from '../../kernel/organisation-databases.ts'
import { membershipRequired } from '../../tenancy/problems.ts'
import { findUserOf } from '../place.ts'
import { type CheckedVersion, checkInternalVersion, checkPublicVersion } from '../version-check.ts'
import { type AppsTx, inOrganisation, onPlatform } from '../version-row.ts'

/** Told of an app that may not be run any more, in the transaction that says so, as its last act (ruling 10). */
export type OnAppBlocked = (tx: OrganisationTx, organisation_id: string, app_id: string) => Promise<unknown>

export type AppNeeds = {
  readonly egress: EgressPolicy
  readonly databases: OrganisationDatabases
  readonly onAppBlocked: OnAppBlocked
}

/** What an act leaves behind: its answer, what the log says of it, and an app it blocked. */
export type Done<Result> = {
  readonly result: Result
  readonly entry: EntryDraft | null
  readonly blocked_app_id?: string
}

export type Desk = {
  /** The account of whoever sits there. */
  readonly user_id: string
  /** Whom drafts and oaths name. Refuses with `membership_required` whoever answers for nothing here. */
  readonly authorId: () => string
  /** Whom reviews name. */
  readonly reviewer_id: string
  readonly checked: (version_id: string) => Promise<CheckedVersion>
  /** The account behind an author. */
  readonly userOf: (author_id: string | null) => Promise<string | null>
  readonly read: <Result>(work: (tx: AppsTx) => Promise<Result>) => Promise<Result>
  /** One deciding transaction with its log entry. */
  readonly act: <Result>(work: (tx: AppsTx) => Promise<Done<Result>>) => Promise<Result>
}

type Person = Extract<OrganisationActor, { kind: 'user' }>

/** A key of the organisation is nobody who could answer for an app. */
function requirePerson(actor: OrganisationActor): Person {
  if (actor.kind !== 'user') throw membershipRequired()
  return actor
}

/** The desk of an organisation. */
export function organisationDesk(
  { egress, onAppBlocked }: AppNeeds,
  both: BothDatabases,
  actor: OrganisationActor,
  origin: Origin,
): Desk {
  const person = requirePerson(actor)
  const { organisation_id, user_id, membership } = person
  return {
    user_id,
    authorId() {
      if (membership === null) throw membershipRequired()
      return membership.member_id
    },
    reviewer_id: membership?.member_id ?? user_id,
    checked: (version_id) => checkInternalVersion(both, organisation_id, version_id, egress),
    userOf: (author_id) => both.organisation.transaction((tx) => findUserOf(tx, author_id)),
    read: (work) => both.organisation.transaction((tx) => work(inOrganisation(tx))),
    act: (work) =>
      both.decide(async (tx) => {
        const { result, entry, blocked_app_id } = await work(inOrganisation(tx))
        if (entry !== null) await appendEntry(tx, origin, entry)
        if (blocked_app_id !== undefined) await onAppBlocked(tx, organisation_id, blocked_app_id)
        return result
      }),
  }
}

/** The desk of the platform. */
export function platformDesk(
  { egress, onAppBlocked, databases }: AppNeeds,
  control: ControlDatabase,
  actor: PlatformActor,
  origin: Origin,
): Desk {
  if (actor.kind !== 'user') throw membershipRequired()
  const { user_id } = actor
  return {
    user_id,
    authorId: () => user_id,
    reviewer_id: user_id,
    checked: (version_id) => checkPublicVersion(control, version_id, egress),
    userOf: async (author_id) => author_id,
    read: (work) => control.transaction((tx) => work(onPlatform(tx))),
    async act(work) {
      const { result, blocked_app_id } = await control.transaction(async (tx) => {
        const done = await work(onPlatform(tx))
        if (done.entry !== null) await appendPlatformEntry(tx, origin, done.entry)
        return done
      })
      // Control has decided: no run of it begins any more. What runs is ended where it runs, organisation by organisation.
      if (blocked_app_id !== undefined) await blockEverywhere(control, databases, onAppBlocked, blocked_app_id)
      return result
    },
  }
}

async function blockEverywhere(
  control: ControlDatabase,
  databases: OrganisationDatabases,
  onAppBlocked: OnAppBlocked,
  app_id: string,
): Promise<void> {
  const places = await control.transaction((tx) =>
    tx
      .selectFrom('kernel.placement')
      .select('organisation_id')
      .where('organisation_id', 'is not', null)
      .orderBy('organisation_id')
      .execute(),
  )
  for (const { organisation_id } of places) {
    if (organisation_id === null) continue
    const database = await databases.of(organisation_id).catch(() => null)
    await database?.transaction((tx) => onAppBlocked(tx, organisation_id, app_id)).catch(() => undefined)
  }
}
