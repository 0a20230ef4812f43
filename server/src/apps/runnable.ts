// What the run of an app stands on: the app as it may be run here and now, and the exact copy of its contract that a run
// keeps. An app that is blocked, suspended, withdrawn, foreign or unknown is the same nothing.

import type { ControlDatabase, OrganisationDatabase, OrganisationTx } from '../kernel/database.ts'
import type { EgressPolicy } from '../kernel/egress.ts'
import { type Check, checkContract } from './check.ts'
import type { AppContract } from './contract.ts'
import { hashContract } from './contract-hash.ts'
import { contractOf, findPublishedApps, isInCatalogue, type PublishedApp, readCatalogue } from './known-apps.ts'
import { readInternalPlace } from './place.ts'
import { inOrganisation, onPlatform } from './version-row.ts'

/** An app that may be run in an organisation now. */
export type RunnableApp = PublishedApp

/** A public app as control says it is now; null if it is not published. Asked before the organisation is. */
export async function findPublicApp(
  control: ControlDatabase,
  app_id: string,
  version?: string,
): Promise<PublishedApp | null> {
  const [app] = await control.transaction((tx) => findPublishedApps(onPlatform(tx), 'public', [{ app_id, version }]))
  return app ?? null
}

/**
 * The app as it may be run in this organisation: one of its own, or the public one given if the catalogue has it. Null for
 * anything else, which answers like an app that does not exist.
 */
export async function findRunnableApp(
  tx: OrganisationTx,
  public_app: PublishedApp | null,
  app_id: string,
  version?: string,
): Promise<RunnableApp | null> {
  if (public_app === null) {
    const [internal] = await findPublishedApps(inOrganisation(tx), 'internal', [{ app_id, version }])
    return internal ?? null
  }
  return public_app.app_id === app_id && isInCatalogue(await readCatalogue(tx), app_id) ? public_app : null
}

/**
 * The eleven checks of an app that is about to be run, with what the organisation knows now. Author and oath were judged
 * when it was published; a version that has no oath cannot have been.
 */
export async function checkRunnableApp(
  both: { readonly control: ControlDatabase; readonly organisation: OrganisationDatabase },
  organisation_id: string,
  app: RunnableApp,
  egress: EgressPolicy,
): Promise<readonly Check[]> {
  const place = await readInternalPlace(both.control, both.organisation, organisation_id, app.contract, egress)
  return checkContract(app.contract, {
    ...place,
    source: app.source,
    app_id: app.app_id,
    authority_fault: null,
    oath: 'given',
    identity: { kind: 'kept', is_unchanged: app.contract_hash.equals(hashContract(app.contract)) },
  })
}

/** Keeps the contract of a run; one that is kept already stays as it is. */
export async function freezeContract(tx: OrganisationTx, hash: Buffer, contract: AppContract): Promise<void> {
  if (!hash.equals(hashContract(contract))) throw new Error('The hash is not that of the contract')
  await tx
    .insertInto('apps.contract')
    .values({ hash, content: JSON.stringify(contract) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The contract that a run keeps. A hash that was never kept is a bug. */
export async function readFrozenContract(tx: OrganisationTx, hash: Buffer): Promise<AppContract> {
  const { content } = await tx
    .selectFrom('apps.contract')
    .select('content')
    .where('hash', '=', hash)
    .executeTakeFirstOrThrow()
  return contractOf(hash, content)
}
