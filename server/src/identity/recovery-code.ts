// Recovery codes: for whoever has lost the other factors. Ten of 128 random bits, shown once, each good once; with so
// many bits a fast hash is enough (NIST SP 800-63B-4, 3.1.2.2).

import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { ControlTx } from '../kernel/database.ts'

const COUNT = 10
const BYTES = 16

/** However it is typed: case, spaces and hyphens do not count. */
const hashCode = (code: string): Buffer =>
  createHash('sha256')
    .update(`reeve recovery code|v1|${code.toLowerCase().replaceAll(/[^0-9a-f]/g, '')}`)
    .digest()

const newCode = (): string => (randomBytes(BYTES).toString('hex').match(/.{8}/g) ?? []).join('-')

/** Makes a new set in place of any before, and returns it: the one time that it can be shown. */
export async function makeRecoveryCodes(tx: ControlTx, user_id: string): Promise<string[]> {
  const codes = Array.from({ length: COUNT }, newCode)
  await tx.deleteFrom('identity.recovery_code').where('user_id', '=', user_id).execute()
  await tx
    .insertInto('identity.recovery_code')
    .values(codes.map((code) => ({ user_id, code_hash: hashCode(code) })))
    .execute()
  return codes
}

/** Uses a code up; answers false when it is none of the person's, or used. */
export async function useRecoveryCode(tx: ControlTx, user_id: string, code: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('identity.recovery_code')
    .set({ used_at: sql`now()` })
    .where('user_id', '=', user_id)
    .where('code_hash', '=', hashCode(code))
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** How many codes are left. */
export async function countRecoveryCodes(tx: ControlTx, user_id: string): Promise<number> {
  const { count } = await tx
    .selectFrom('identity.recovery_code')
    .select((of) => of.fn.countAll<number>().as('count'))
    .where('user_id', '=', user_id)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

/** Removes what is left: without another factor the codes are none either. */
export async function removeRecoveryCodes(tx: ControlTx, user_id: string): Promise<void> {
  await tx.deleteFrom('identity.recovery_code').where('user_id', '=', user_id).execute()
}
