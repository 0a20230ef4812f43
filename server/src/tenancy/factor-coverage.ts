// How many members have a second factor, before one is demanded and after. Whether somebody has one is told only of people
// who have acted here: of others it would tell that their account is older than their membership.

import type { ControlDatabase, OrganisationDatabase } from '../kernel/database.ts'
import { DEFAULT_PAGE_SIZE, type Page, type PageQuery, pageOf, parseCursor } from '../kernel/page.ts'
import { sql } from 'kysely'

/** `has_factor` is null while it is not told. */
export type CoveredMember = { readonly id: string; readonly name: string; readonly has_factor: boolean | null }

export type FactorCoverage = {
  readonly members: number
  readonly with_factor: number
  readonly without_factor: number
  /** Have not acted here yet. */
  readonly untold: number
}

type Row = { readonly id: string; readonly user_id: string; readonly has_acted: boolean }

const readMembers = (organisation: OrganisationDatabase, cursor: string | null, limit: number | null) =>
  organisation.transaction((tx) =>
    tx
      .selectFrom('tenancy.member as m')
      .select(['m.id', 'm.user_id'])
      .select(sql<boolean>`exists (select from audit.entry e where e.actor_id = m.id)`.as('has_acted'))
      .where('m.status', '=', 'active')
      .$if(cursor !== null, (select) => select.where('m.id', '<', cursor))
      .orderBy('m.id', 'desc')
      .$if(limit !== null, (select) => select.limit(limit ?? 0))
      .execute(),
  )

type Person = { readonly email_key: string; readonly display_name: string; readonly has_factor: boolean }

/** Their factors as they count here: of their own, or proven by a provider that is trusted for it. */
async function readPeople(
  control: ControlDatabase,
  organisation_id: string,
  rows: readonly Row[],
): Promise<ReadonlyMap<string, Person>> {
  const people = await control.transaction((tx) =>
    tx
      .selectFrom('identity.user')
      .select(['id', 'email_key', 'display_name'])
      .select(sql<boolean>`identity.has_factor_in(id, ${organisation_id})`.as('has_factor'))
      .where('id', '=', sql<string>`any(${rows.map((row) => row.user_id)}::uuid[])`)
      .execute(),
  )
  return new Map(people.map((person) => [person.id, person]))
}

/** A page of the active members with what is told of their factors, newest first. */
export async function listCoverage(
  control: ControlDatabase,
  organisation: OrganisationDatabase,
  organisation_id: string,
  query: PageQuery,
): Promise<Page<CoveredMember>> {
  const limit = (query.limit ?? DEFAULT_PAGE_SIZE) + 1
  const rows = await readMembers(organisation, parseCursor(query), limit)
  const people = await readPeople(control, organisation_id, rows)
  const members = rows.map(({ id, user_id, has_acted }) => {
    const person = people.get(user_id)
    const name = (has_acted ? person?.display_name : person?.email_key) ?? ''
    return { id, name, has_factor: has_acted ? (person?.has_factor ?? false) : null }
  })
  return pageOf(members, query)
}

/** The sums over all active members. */
export async function sumCoverage(
  control: ControlDatabase,
  organisation: OrganisationDatabase,
  organisation_id: string,
): Promise<FactorCoverage> {
  const rows = await readMembers(organisation, null, null)
  const people = await readPeople(control, organisation_id, rows)
  const told = rows.filter((row) => row.has_acted)
  const with_factor = told.filter((row) => people.get(row.user_id)?.has_factor === true).length
  return {
    members: rows.length,
    with_factor,
    without_factor: told.length - with_factor,
    untold: rows.length - told.length,
  }
}
