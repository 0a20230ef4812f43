// Where versions are worked on: an organisation's desk for its internal apps, the platform's for public ones. What is done at
// both is the same (`version-acts.ts`); a desk knows only who sits there, which database it is and where the log lies.

import type { Actor, PlatformActor } from '../../access/actor.ts'
import { hasPermission, requirePermission } from '../../access/require.ts'
import { appendEntry, appendPlatformEntry, type EntryDraft, type Origin } from '../../audit/append.ts'
import type { BothDatabases, OrganisationActor } from '../../http/route.ts'
import type { ControlDatabase } from '../../kernel/database.ts'
import type { EgressPolicy } from '../../kernel/egress.ts'
import type { OrganisationDatabases } from '../../kernel/organisation-databases.ts'
import { membershipRequired } from '../../tenancy/problems.ts'
import { endRunsNow, noteBlocked, type OnAppBlocked } from '../blocked.ts'
import { findUserOf } from '../place.ts'
import { type CheckedVersion, checkInternalVersion, checkPublicVersion, type ToCheck } from '../version-check.ts'
import { type AppsTx, inOrganisation, onPlatform } from '../version-row.ts'

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
  readonly checked: (what: ToCheck) => Promise<CheckedVersion>
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

/** Whoever works on apps sees their versions; throws `forbidden` for anybody else. */
export function requireWorkbench(actor: Actor): void {
  const may = (['app.publish', 'app.review', 'catalog.manage'] as const).some((each) => hasPermission(actor, each))
  if (!may) requirePermission(actor, 'app.publish')
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
    checked: (what) => checkInternalVersion(both, organisation_id, what, egress),
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
    checked: (what) => checkPublicVersion(control, what, egress),
    userOf: async (author_id) => author_id,
    read: (work) => control.transaction((tx) => work(onPlatform(tx))),
    async act(work) {
      const { result, blocked_app_id } = await control.transaction(async (tx) => {
        const done = await work(onPlatform(tx))
        if (done.entry !== null) await appendPlatformEntry(tx, origin, done.entry)
        if (done.blocked_app_id !== undefined) await noteBlocked(tx, done.blocked_app_id)
        return done
      })
      // Control has decided: no run of it begins any more. What runs is ended where it runs, organisation by organisation.
      if (blocked_app_id !== undefined) await endRunsNow({ control, databases, onAppBlocked }, blocked_app_id)
      return result
    },
  }
}
