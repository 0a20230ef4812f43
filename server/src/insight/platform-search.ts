// One box over the platform: organisations and accounts by part of their name or address, or by their id.

import type { ControlTx } from '../kernel/database.ts'
import { isId } from '../kernel/id.ts'
import { listUsers } from '../identity/user.ts'
import { listOrganisations } from '../tenancy/organisation.ts'

export const PLATFORM_FOUND_KINDS = ['organisation', 'account'] as const

/** `detail` tells things of one name apart: a status, an address. */
export type PlatformFound = {
  readonly kind: (typeof PLATFORM_FOUND_KINDS)[number]
  readonly id: string
  readonly name: string
  readonly detail: string
}

/** Of each kind. */
const MOST = 5

/** What is called so, at most 5 of each kind. */
export async function searchPlatform(tx: ControlTx, text: string): Promise<readonly PlatformFound[]> {
  const search = text.trim()
  if (search === '') return []
  if (isId(search.toLowerCase())) return listNamed(tx, [search.toLowerCase()])
  const organisations = await listOrganisations(tx, { search, limit: MOST })
  const accounts = await listUsers(tx, { search, limit: MOST })
  return [...organisations.items.map(organisation), ...accounts.items.map(account)]
}

/** The organisations and accounts with these ids, former ones included; an id that is none is missing. */
export async function listNamed(tx: ControlTx, ids: readonly string[]): Promise<readonly PlatformFound[]> {
  const organisations = await tx
    .selectFrom('tenancy.organisation')
    .select(['id', 'name', 'status'])
    .where('id', 'in', ids)
    .where('status', '<>', 'creating')
    .execute()
  const accounts = await tx
    .selectFrom('identity.user')
    .select(['id', 'display_name', 'email'])
    .where('id', 'in', ids)
    .execute()
  return [...organisations.map(organisation), ...accounts.map(account)]
}

const organisation = (row: { readonly id: string; readonly name: string; readonly status: string }): PlatformFound => ({
  kind: 'organisation',
  id: row.id,
  name: row.name,
  detail: row.status,
})

const account = (row: {
  readonly id: string
  readonly display_name: string
  readonly email: string
}): PlatformFound => ({
  kind: 'account',
  id: row.id,
  name: row.display_name,
  detail: row.email,
})
