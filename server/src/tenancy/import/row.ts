// What is wrong with a row of an import, cell by cell. Pure: whoever asks brings what the databases say.

import { BASE_ROLES, type BaseRole } from '../../access/permission.ts'
import { parseDisplayName, parseEmail } from '../../identity/user.ts'
import { Problem } from '../../kernel/problem.ts'

export const ROW_ERRORS = {
  required: 'is missing',
  org_unknown: 'is no active organisation',
  email_invalid: 'is not an e-mail address, or mixes letters of several alphabets',
  name_invalid: 'has more than 200 characters or control characters',
  role_unknown: 'is none of owner, admin and member',
  owner_only: 'owners are made by owners',
  password_refused: 'does not meet the rule for passwords',
  password_not_allowed: 'people choose their own password when they accept',
  repeated: 'stands in an earlier row for the same organisation',
  already_member: 'already a member',
  already_invited: 'has an open invitation',
  failed: 'could not be imported; try this row again',
  importer_gone: 'whoever started the import may not do this any more',
} as const
export type RowErrorCode = keyof typeof ROW_ERRORS
export type RowCell = 'org_id' | 'email' | 'display_name' | 'role' | 'password'
export type RowError = { readonly cell: RowCell; readonly code: RowErrorCode }

export type RowCells = {
  readonly row_number: number
  readonly org_id: string
  readonly email: string
  readonly display_name: string
  readonly role: string
  readonly has_password: boolean
}

export type RowFacts = {
  readonly isOrganisation: (org_id: string) => boolean
  readonly mayMakeOwners: boolean
  readonly mayHavePassword: boolean
  readonly isMember: (org_id: string, email_key: string) => boolean
  readonly isInvited: (org_id: string, email_key: string) => boolean
  /** Rows whose password was looked at and does not do. */
  readonly refusedPasswords: ReadonlySet<number>
}

const isRole = (text: string): text is BaseRole => BASE_ROLES.some((role) => role === text)

/** The role a row asks for; blank is member. Null when it is none. */
export function roleOf({ role }: { readonly role: string }): BaseRole | null {
  const word = role.toLowerCase()
  return word === '' ? 'member' : isRole(word) ? word : null
}

/** The compared form of a row's address, or null when it is none. */
export function emailKeyOfRow({ email }: { readonly email: string }): string | null {
  return orNull(() => parseEmail(email).email_key)
}

/** The organisation a row names: ids are compared in lower case. */
export const orgOf = ({ org_id }: { readonly org_id: string }): string => org_id.toLowerCase()

/** The name a new account gets: the row's, or what stands before the @. */
export function nameOf({ display_name, email }: { readonly display_name: string; readonly email: string }): string {
  const fallback = (email.split('@')[0] ?? '').replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
  return parseDisplayName(display_name.trim() === '' ? fallback || 'Somebody' : display_name)
}

function orNull<Result>(read: () => Result): Result | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

/** The errors of each row, in order; a row without any can be imported. Of rows that say the same, the first counts. */
export function checkRows(rows: readonly RowCells[], facts: RowFacts): readonly (readonly RowError[])[] {
  const seen = new Set<string>()
  return rows.map((row) => {
    const key = emailKeyOfRow(row)
    const pair = `${orgOf(row)} ${key ?? ''}`
    const errors = checkRow(row, key, facts)
    if (key !== null && seen.has(pair)) errors.push({ cell: 'email', code: 'repeated' })
    if (key !== null) seen.add(pair)
    return errors
  })
}

function checkRow(row: RowCells, email_key: string | null, facts: RowFacts): RowError[] {
  const errors: RowError[] = []
  const note = (cell: RowCell, code: RowErrorCode) => void errors.push({ cell, code })
  const org = orgOf(row)
  const isKnown = facts.isOrganisation(org)
  if (org === '') note('org_id', 'required')
  else if (!isKnown) note('org_id', 'org_unknown')
  if (row.email === '') note('email', 'required')
  else if (email_key === null) note('email', 'email_invalid')
  else if (isKnown && facts.isMember(org, email_key)) note('email', 'already_member')
  else if (isKnown && facts.isInvited(org, email_key)) note('email', 'already_invited')
  if (orNull(() => nameOf(row)) === null) note('display_name', 'name_invalid')
  const role = roleOf(row)
  if (role === null) note('role', 'role_unknown')
  else if (role === 'owner' && !facts.mayMakeOwners) note('role', 'owner_only')
  if (row.has_password && !facts.mayHavePassword) note('password', 'password_not_allowed')
  if (facts.refusedPasswords.has(row.row_number)) note('password', 'password_refused')
  return errors
}

/** What the sheet *Errors* says of a row. */
export function reasonOf(errors: readonly RowError[]): string {
  return errors
    .map(({ cell, code }) => (code === 'already_member' ? ROW_ERRORS[code] : `${cell}: ${ROW_ERRORS[code]}`))
    .join('; ')
}
