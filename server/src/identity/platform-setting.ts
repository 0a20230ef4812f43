// What the super-admin chooses for the whole deployment (requirements 4.12). The settings themselves are listed in
// `kernel/platform-setting.ts`.

import { appendPlatformEntry, type Origin } from '../audit/append.ts'
import { sql } from 'kysely'
import type { ControlTx } from '../kernel/database.ts'
import { type PlatformSettings, readSettings, writeSettings } from '../kernel/platform-setting.ts'
import { usePictures } from './picture.ts'

/**
 * Changes settings, with a log entry that names each one that differs; every node obeys with its next request. Changes at
 * once wait for each other. Throws what `usePictures` throws.
 */
export async function changeSettings(
  tx: ControlTx,
  origin: Origin,
  change: Partial<PlatformSettings>,
): Promise<PlatformSettings> {
  await sql`select pg_advisory_xact_lock(hashtextextended('reeve platform settings', 0))`.execute(tx)
  const before = await readSettings(tx)
  await usePictures(tx, before, change)
  await writeSettings(tx, change)
  const after = await readSettings(tx)
  const changed = Object.entries(after).filter(([name, value]) => Reflect.get(before, name) !== value)
  if (changed.length > 0) {
    await appendPlatformEntry(tx, origin, {
      event: 'platform_settings.updated',
      data: {
        before: Object.fromEntries(changed.map(([name]) => [name, Reflect.get(before, name)])),
        after: Object.fromEntries(changed),
      },
    })
  }
  return after
}
