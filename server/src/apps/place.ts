// Reads what a place knows, so that a contract can be checked there (`known.ts`). Control and the organisation are asked one
// after the other, never both at once.

import { sql } from 'kysely'
import { explainMembership } from '../access/require.ts'
import type { ControlDatabase, ControlTx, OrganisationDatabase, OrganisationTx } from '../kernel/database.ts'
import type { EgressPolicy } from '../kernel/egress.ts'
import { listOwnModels, listPlatformModelsOf } from '../models/assignment.ts'
import { readEntry } from '../tenancy/entry.ts'
import type { CheckContext, FindKnownApp, KnownApp } from './known.ts'
import {
  type AppReference,
  type Catalogue,
  findPublishedApps,
  isInCatalogue,
  readCatalogue,
  referencesIn,
} from './known-apps.ts'
import { MAX_APPS_DEEP } from './node.ts'
import { inOrganisation, onPlatform } from './version-row.ts'

/** The part of the context that belongs to the place and not to the version. */
export type Place = Pick<CheckContext, 'source' | 'models' | 'credentials' | 'members' | 'findApp' | 'egress'>

const NOTHING: ReadonlySet<string> = new Set()

const keyOf = ({ app_id, version }: AppReference): string => `${app_id}@${version ?? ''}`

/** Follows what apps name, round by round: each round asks for all that the one before has named. */
async function findAll(
  content: unknown,
  find: (wanted: readonly AppReference[]) => Promise<readonly KnownApp[]>,
): Promise<FindKnownApp> {
  const known = new Map<string, KnownApp | null>()
  let wanted = referencesIn(content)
  for (let round = 0; round < MAX_APPS_DEEP && wanted.length > 0; round++) {
    const found = await find(wanted)
    for (const reference of wanted) {
      const { app_id, version } = reference
      const app = found.find((each) => each.app_id === app_id && (version === undefined || each.version === version))
      known.set(keyOf(reference), app ?? null)
    }
    wanted = found.flatMap(({ contract }) => referencesIn(contract)).filter((each) => !known.has(keyOf(each)))
  }
  return (app_id, version) => known.get(keyOf({ app_id, version })) ?? null
}

/** What is known on the platform level: public apps alone. */
export async function readPublicPlace(
  control: ControlDatabase,
  content: unknown,
  egress: EgressPolicy,
): Promise<Place> {
  const findApp = await findAll(content, (wanted) =>
    control.transaction((tx) => findPublishedApps(onPlatform(tx), 'public', wanted)),
  )
  return { source: 'public', models: NOTHING, credentials: NOTHING, members: NOTHING, findApp, egress }
}

/** What is known in an organisation: its own apps, models, secrets and members, and what the platform grants it. */
export async function readInternalPlace(
  control: ControlDatabase,
  organisation: OrganisationDatabase,
  organisation_id: string,
  content: unknown,
  egress: EgressPolicy,
): Promise<Place> {
  const platform_models = await control.transaction((tx) => listPlatformModelsOf(tx, organisation_id))
  const own = await organisation.transaction(readOwn)
  const findApp = await findAll(content, async (wanted) => {
    const internal = await organisation.transaction((tx) => findPublishedApps(inOrganisation(tx), 'internal', wanted))
    const open = wanted.filter(({ app_id }) => isInCatalogue(own.catalogue, app_id))
    return [...internal, ...(await control.transaction((tx) => findPublishedApps(onPlatform(tx), 'public', open)))]
  })
  const models = new Set([...platform_models, ...own.models].map(({ name }) => name))
  return { source: 'internal', models, credentials: own.credentials, members: own.members, findApp, egress }
}

async function readOwn(tx: OrganisationTx): Promise<{
  readonly models: readonly { readonly name: string }[]
  readonly credentials: ReadonlySet<string>
  readonly members: ReadonlySet<string>
  readonly catalogue: Catalogue
}> {
  const models = await listOwnModels(tx)
  const credentials = await tx.selectFrom('apps.tool_credential').select('name').execute()
  const members = await tx.selectFrom('tenancy.member').select('id').where('status', '=', 'active').execute()
  return {
    models,
    credentials: new Set(credentials.map(({ name }) => name)),
    members: new Set(members.map(({ id }) => id)),
    catalogue: await readCatalogue(tx),
  }
}

/** Why a member may not answer for an app, in a sentence; null if they may: active, and allowed to publish apps. */
export async function findMemberFault(tx: OrganisationTx, member_id: string | null): Promise<string | null> {
  const { membership } = await readEntry(tx, await findUserOf(tx, member_id))
  if (membership === null) return 'the author is no active member'
  return explainMembership(membership, 'app.publish').held ? null : 'the author may no longer publish apps'
}

/** The account behind a membership, whatever became of that; null for nobody. */
export async function findUserOf(tx: OrganisationTx, member_id: string | null): Promise<string | null> {
  if (member_id === null) return null
  const row = await tx.selectFrom('tenancy.member').select('user_id').where('id', '=', member_id).executeTakeFirst()
  return row?.user_id ?? null
}

/** The same on the platform level: an active super-admin, or what ships with the product. */
export async function findPlatformAuthorFault(tx: ControlTx, user_id: string | null): Promise<string | null> {
  if (user_id === null) return null
  const { rows } = await sql`
    select from identity.user where id = ${user_id} and is_superadmin and status = 'active'`.execute(tx)
  return rows.length > 0 ? null : 'the author is no longer a super-admin'
}
