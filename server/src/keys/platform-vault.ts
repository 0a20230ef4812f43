// What the control database must keep without being able to read it: links in mails that wait, one-time passwords of an
// import. Sealed under a data key of the platform, which a key of its own in the key provider wraps.

import type { ControlDatabase } from '../kernel/database.ts'
import { Problem } from '../kernel/problem.ts'
import { createDataKeyCache } from './data-key-cache.ts'
import { createDataKey, type DataKeyRow, openField, organisationKeyName, readKid, sealField } from './envelope.ts'
import type { KeyProvider } from './key-provider.ts'
import { keyExists } from './problems.ts'

/** Stands in the place of an organisation's id; no organisation has it. */
const PLATFORM = 'platform'

/** Where a sealed value stands; it opens nowhere else. */
export type PlatformPlace = { readonly table: string; readonly column: string; readonly pk: string }

export type PlatformVault = {
  /** Encrypts texts for their places. Never call it inside a transaction: it may have to ask for the key. */
  readonly seal: (fields: readonly { readonly place: PlatformPlace; readonly text: string }[]) => Promise<Buffer[]>
  /** Opens what `seal` made; `ciphertext_refused` for anything else. */
  readonly open: (place: PlatformPlace, sealed: Buffer) => Promise<string>
  readonly clear: () => void
}

/** Opens the vault of this node; the key is made when something is first sealed, by whichever node does. */
export function openPlatformVault(
  control: ControlDatabase,
  keys: Pick<KeyProvider, 'createKey' | 'wrap' | 'unwrap'>,
): PlatformVault {
  const cache = createDataKeyCache(keys)
  let active: DataKeyRow | null = null
  /** Rows never change what they wrap, so each is read once. */
  const rows = new Map<number, DataKeyRow>()
  const findRow = (kid: number | null): Promise<DataKeyRow | undefined> =>
    control.transaction((tx) => {
      const found = tx
        .selectFrom('keys.data_key')
        .select(['kid', 'purpose', 'wrapped'])
        .where('purpose', '=', 'content')
      return (kid === null ? found.where('state', '=', 'active') : found.where('kid', '=', kid)).executeTakeFirst()
    })
  const makeRow = async (): Promise<DataKeyRow | undefined> => {
    await createPlatformKey(keys)
    const row = await createDataKey(keys, PLATFORM, 1, 'content')
    await control.transaction((tx) =>
      tx
        .insertInto('keys.data_key')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute(),
    )
    return findRow(null)
  }
  return {
    async seal(fields) {
      active ??= (await findRow(null)) ?? (await makeRow()) ?? null
      if (active === null) throw new Error('The platform has no data key')
      return cache.withDataKey(PLATFORM, active, (key) =>
        fields.map(({ place, text }) => sealField(key, place, Buffer.from(text))),
      )
    },
    async open(place, sealed) {
      const kid = readKid(sealed)
      const row = rows.get(kid) ?? (await findRow(kid))
      if (row === undefined) throw new Error('The platform has no such data key')
      rows.set(kid, row)
      return cache.withDataKey(PLATFORM, row, (key) => openField(key, place, sealed).toString('utf8'))
    },
    clear: () => cache.clear(),
  }
}

async function createPlatformKey(keys: Pick<KeyProvider, 'createKey'>): Promise<void> {
  try {
    await keys.createKey(organisationKeyName(PLATFORM), 'aes256-gcm')
  } catch (error) {
    if (!(error instanceof Problem && error.code === keyExists.code)) throw error
  }
}
