// The apps to point to when a plain call is refused because a person must supervise it. Read only then: no call that is
// admitted pays for it.

import { listAvailableApps, listPublicApps } from '../apps/catalog.ts'
import type { ControlDatabase, OrganisationDatabase } from '../kernel/database.ts'
import type { RunnableApp } from '../policy/decide.ts'
import type { EffectivePolicy } from '../policy/effective.ts'
import { type Memory, remember } from './internal/memory.ts'

/** A sentence of names, not a catalogue. */
const MOST = 10

/** A client that is refused in a loop must not have the catalogue read each time. */
const REMEMBERED_MS = 10_000

/**
 * The first apps, by name, of those that an organisation has and whose type of engine its policy lets run; at most ten,
 * and up to ten seconds old.
 */
export type AppsInstead = (
  organisation_id: string,
  database: OrganisationDatabase,
  policy: EffectivePolicy,
) => Promise<readonly RunnableApp[]>

/** Opens the node's memory of apps to point to. */
export function createAppsInstead(control: ControlDatabase): AppsInstead {
  const memory: Memory<readonly RunnableApp[]> = new Map()
  return (organisation_id, database, policy) =>
    remember(memory, organisation_id, async () => {
      const apps = await listAppsInstead(control, database, policy)
      setTimeout(() => memory.delete(organisation_id), REMEMBERED_MS).unref()
      return apps
    })
}

async function listAppsInstead(
  control: ControlDatabase,
  database: OrganisationDatabase,
  { values: { allowed_engines } }: EffectivePolicy,
): Promise<readonly RunnableApp[]> {
  const open = await control.transaction(listPublicApps)
  const available = await database.transaction((tx) => listAvailableApps(tx, open, {}))
  const mayRun = (type: string): boolean => allowed_engines === 'all' || allowed_engines.some((each) => each === type)
  return available
    .filter(({ engine_type }) => mayRun(engine_type))
    .map(({ app_id, name }) => ({ id: app_id, name }))
    .toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)))
    .slice(0, MOST)
}
