// What provisioning works on, whichever connection it is: people and groups of one connection, and what they give. An
// organisation keeps those of its own connections; control keeps those of the platform's, whose groups lead into many
// organisations (decision 21).

import type { Kysely } from 'kysely'
import type { EntryDraft } from '../../audit/append.ts'
import type { DB as OrganisationTables } from '../../kernel/organisation-tables.ts'
import type { Json } from './document.ts'
import { type Filter, matches } from './filter.ts'
import type { ProvisionedPerson } from './person.ts'

type GroupTables = 'tenancy.scim_group' | 'tenancy.scim_group_member'
/** The tables of groups, which both kinds of database have alike. */
export type GroupTx = Kysely<Pick<OrganisationTables, GroupTables>>

/** Pages are never longer (requirements of the providers stay below). */
export const MAX_RESULTS = 200
/** Rows read at once while a filter looks for those that match. */
export const SEARCH_BATCH = 500

export type ListQuery = {
  readonly filter: string | null
  readonly start_index: number
  readonly count: number
}

/** A person as they are stored; active is who has access, whatever the provider last said. */
export type PersonRow = {
  readonly id: string
  readonly user_name: string
  readonly user_name_key: string
  readonly external_id: string | null
  readonly attributes: unknown
  readonly is_active: boolean
  readonly version: number
  readonly created_at: Date
  readonly changed_at: Date
}

/** Which people are looked for; nothing named means everybody. */
export type PeopleQuery = {
  readonly id?: string
  readonly after?: string | null
  readonly user_name_key?: string | null
  readonly external_id?: string | null
}

/** One commit on a directory. */
export type DirectoryAct = {
  readonly tx: GroupTx
  readonly connection_id: string
  readonly log: (draft: EntryDraft) => Promise<void>
  /** At most `SEARCH_BATCH`, in the order they came. */
  readonly findPeople: (query: PeopleQuery) => Promise<readonly PersonRow[]>
  readonly lockPerson: (id: string) => Promise<PersonRow | null>
  /** Refuses with 409 (`uniqueness`) somebody who is provisioned, or a member whom the connection may not take over. */
  readonly addPerson: (id: string, person: ProvisionedPerson, user_id: string) => Promise<void>
  /** Writes all but `is_active`, as the next version. Refuses with 409 (`uniqueness`) a name that is taken. */
  readonly writePerson: (row: PersonRow, person: ProvisionedPerson) => Promise<void>
  /** Ends access wherever the connection gave it. Refuses with 409 for a last owner, who stays. */
  readonly endAccess: (row: PersonRow) => Promise<void>
  /** Gives back what `endAccess` has ended, and nothing that somebody ended by hand. */
  readonly giveAccess: (row: PersonRow) => Promise<void>
  /** Ends what the connection gave for good. Refuses with 409 for a last owner. */
  readonly removePerson: (row: PersonRow) => Promise<void>
  /** Names by id, of those whom this connection has provisioned. */
  readonly namesOf: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
  /** Brings into line what these people have by groups of these names. Refuses with 400 (`tooMany`). */
  readonly regroup: (names: readonly (string | null | undefined)[], ids: readonly string[]) => Promise<void>
}

export type Directory = {
  readonly base_url: string
  /** The account of a new person; it stands before the act, and does nothing by itself. Refuses with 400 (`invalidValue`). */
  readonly account: (person: ProvisionedPerson) => Promise<string>
  /** What the act decides is done wherever it counts when this returns. */
  readonly act: <Result>(work: (act: DirectoryAct) => Promise<Result>) => Promise<Result>
  /** Writes down that the provider was refused something. */
  readonly logRefusal: (draft: EntryDraft) => Promise<void>
}

/** A name as it is compared. */
export const nameKeyOf = (name: string): string => name.normalize('NFKC').trim().toLowerCase()

/** Whether one of the entity tags is this version's. */
export const isVersion = (tags: readonly string[], version: number): boolean =>
  tags.some((tag) => tag === '*' || tag.replace(/^W\//, '') === `"${version}"`)

export type Listed = { readonly total: number; readonly resources: readonly Json[] }

/** Goes through everything in batches and keeps the page that is asked for. */
export async function collect(
  query: ListQuery,
  filter: Filter | null,
  read: (after: string | null) => Promise<readonly Json[]>,
): Promise<Listed> {
  const resources: Json[] = []
  let total = 0
  for (let after: string | null = null; ; ) {
    const batch: readonly Json[] = await read(after)
    for (const each of batch) {
      if (filter !== null && !matches(filter, each)) continue
      total += 1
      if (total >= query.start_index && resources.length < Math.min(query.count, MAX_RESULTS)) resources.push(each)
    }
    const last = batch.at(-1)?.['id']
    if (batch.length < SEARCH_BATCH || typeof last !== 'string') return { total, resources }
    after = last
  }
}
