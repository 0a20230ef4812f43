// The addresses that somebody wants to invite: which of them are addresses, and whose accounts they are.

import { parseEmail } from '../identity/user.ts'
import type { ControlDatabase } from '../kernel/database.ts'
import { Problem } from '../kernel/problem.ts'

export type Addressed = {
  readonly text: string
  readonly parsed: { readonly email: string; readonly email_key: string } | null
  readonly is_repeated: boolean
}

/** Reads addresses; one that is none, or that stood before it in another spelling, is marked. */
export function readAddresses(texts: readonly string[]): readonly Addressed[] {
  const seen = new Set<string>()
  return texts.map((text) => {
    const parsed = parseOrNull(text)
    const is_repeated = parsed !== null && seen.has(parsed.email_key)
    if (parsed !== null) seen.add(parsed.email_key)
    return { text, parsed, is_repeated }
  })
}

function parseOrNull(text: string): { readonly email: string; readonly email_key: string } | null {
  try {
    return parseEmail(text)
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

/** The accounts of these addresses, to see which of them are members. Asked the same way for every address. */
export async function findUserIds(
  control: ControlDatabase,
  email_keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (email_keys.length === 0) return new Map()
  const rows = await control.transaction((tx) =>
    tx
      .selectFrom('identity.user')
      .select(['id', 'email_key'])
      .where('email_key', 'in', [...email_keys])
      .execute(),
  )
  return new Map(rows.map(({ id, email_key }) => [email_key, id]))
}
