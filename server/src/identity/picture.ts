// The pictures of the deployment. They are named by what they hold: the settings say which is in use, and one that is in use
// no more stays for a while, so that a change of branding can be taken back.

import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { ControlTx } from '../kernel/database.ts'
import { notFound } from '../kernel/problem.ts'
import type { PlatformSettings } from '../kernel/platform-setting.ts'
import { isTaken, PICTURE_USES, type PictureFacts } from './picture-format.ts'
import { pictureFormatRefused, pictureUnknown } from './problems.ts'

/** Of every picture (requirements 3.9). */
export const MAX_PICTURE_BYTES = 2 * 1024 * 1024

const KEPT_DAYS = 30

/**
 * Keeps a picture and returns its name. It is shown nowhere before a setting names it; one that is there already stays as it
 * is. The caller has looked at it (`inspectPicture`).
 */
export async function keepPicture(tx: ControlTx, bytes: Buffer, facts: PictureFacts): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest()
  await tx
    .insertInto('identity.picture')
    .values({ sha256, bytes, ...facts })
    .onConflict((clash) => clash.column('sha256').doUpdateSet({ touched_at: sql`now()` }))
    .execute()
  return sha256.toString('hex')
}

/** The bytes of a picture. Throws `not_found`. */
export async function getPicture(
  tx: ControlTx,
  sha256: string,
): Promise<{ readonly media_type: string; readonly bytes: Buffer }> {
  const picture = await tx
    .selectFrom('identity.picture')
    .select(['media_type', 'bytes'])
    .where('sha256', '=', Buffer.from(sha256, 'hex'))
    .executeTakeFirst()
  if (picture === undefined) throw notFound()
  return picture
}

/**
 * Sees to it that pictures which settings take into use are there and of a kind for their place, and keeps those that go out of
 * use for 30 days more. Throws `picture_unknown` and `picture_format_refused`, naming the setting.
 */
export async function usePictures(
  tx: ControlTx,
  before: PlatformSettings,
  change: Partial<PlatformSettings>,
): Promise<void> {
  for (const use of PICTURE_USES) {
    const next = change[use]
    if (next === undefined || next === before[use]) continue
    if (before[use] !== null) await touch(tx, before[use])
    if (next === null) continue
    const media_type = await touch(tx, next)
    const fields = (message: string) => ({ fields: [{ pointer: `/${use}`, message }] })
    if (media_type === null) throw pictureUnknown({}, fields('is no picture that was uploaded'))
    if (!isTaken(use, media_type)) throw pictureFormatRefused({ found: media_type }, fields('is of another kind'))
  }
}

/** Written, not only locked: the job that forgets pictures looks again at one that was touched meanwhile. */
async function touch(tx: ControlTx, sha256: string): Promise<string | null> {
  const row = await tx
    .updateTable('identity.picture')
    .set({ touched_at: sql`now()` })
    .where('sha256', '=', Buffer.from(sha256, 'hex'))
    .returning('media_type')
    .executeTakeFirst()
  return row?.media_type ?? null
}

/** Deletes pictures that no setting has named for 30 days. */
export async function forgetPictures(tx: ControlTx): Promise<void> {
  await sql`
    delete from identity.picture
    where touched_at < now() - make_interval(days => ${KEPT_DAYS})
      and not exists (
        select from kernel.platform_setting s
        where s.name in ('logo', 'logo_inverse', 'favicon') and s.value = to_jsonb(encode(picture.sha256, 'hex')))`.execute(
    tx,
  )
}
