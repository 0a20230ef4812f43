// Accounts. One person has one account in a deployment, whatever organisations they belong to; what they may do there
// is asked in the databases of those organisations.

import { domainToUnicode } from 'node:url'
import { sql } from 'kysely'
import { appendPlatformEntry, type Origin } from '../audit/append.ts'
import type { ControlTx } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { DEFAULT_PAGE_SIZE, type Page, type PageQuery, pageOf, parseCursor } from '../kernel/page.ts'
import { readSettings } from '../kernel/platform-setting.ts'
import { notFound } from '../kernel/problem.ts'
import { factorSubject, forgetFailures, getWait, signInSubject } from './back-off.ts'
import { mixesAlphabets } from './look-alike.ts'
import {
  emailInvalid,
  emailTaken,
  lastSuperadmin,
  localeUnknown,
  nameInvalid,
  ownAccount,
  timeZoneUnknown,
} from './problems.ts'
import { revokeSessions } from './session.ts'

export const USER_STATUSES = ['active', 'disabled'] as const
export type UserStatus = (typeof USER_STATUSES)[number]

/** What may be shown of an account: never its password hash. */
export type User = {
  readonly id: string
  readonly email: string
  readonly display_name: string
  readonly status: string
  readonly is_superadmin: boolean
  /** The password is for a single use, or less than an organisation of theirs demands. */
  readonly must_change_password: boolean
  readonly locale: string
  readonly time_zone: string
  readonly created_at: Date
  /** When the person proved that the mailbox is theirs. */
  readonly email_verified_at: Date | null
}

const USER_COLUMNS = [
  'id',
  'email',
  'display_name',
  'status',
  'is_superadmin',
  'locale',
  'time_zone',
  'created_at',
  'email_verified_at',
  sql<boolean>`must_change_password or password_is_below_rule`.as('must_change_password'),
] as const

/** The one form in which addresses are compared: NFKC, lower case, no space around. */
export function emailKeyOf(email: string): string {
  return email.normalize('NFKC').trim().toLowerCase()
}

/** An address as it is kept, with its key: for those who may have it already. Refuses what is no address (`email_invalid`). */
export function parseKnownEmail(email: string): { readonly email: string; readonly email_key: string } {
  const email_key = emailKeyOf(email)
  if (!/^[^\s@\p{Cc}\p{Cf}]{1,64}@[^\s@\p{Cc}\p{Cf}]{1,189}$/u.test(email_key)) {
    throw emailInvalid({}, { fields: [{ pointer: '/email', message: emailInvalid.title }] })
  }
  return { email: email.normalize('NFC').trim(), email_key }
}

/**
 * The same for an address that is to be taken in. Refuses (`email_invalid`) also one whose name or domain has letters of
 * several alphabets: it can be mistaken for somebody else's.
 */
export function parseEmail(email: string): { readonly email: string; readonly email_key: string } {
  const parsed = parseKnownEmail(email)
  const [name = '', domain = ''] = parsed.email_key.split('@')
  if (mixesAlphabets(name) || mixesAlphabets(domain) || mixesAlphabets(domainToUnicode(domain))) {
    const message = 'Mixes letters of several alphabets that look alike'
    throw emailInvalid(
      { reason: 'mixed_alphabets' },
      { detail: `${message}.`, fields: [{ pointer: '/email', message }] },
    )
  }
  return parsed
}

/** A person's name without space around it. Refuses empty ones, long ones and control characters (`name_invalid`). */
export function parseDisplayName(name: string): string {
  const trimmed = name.normalize('NFC').trim()
  // Nor the characters that turn the direction of what follows: a name must not pretend to be another.
  if (!/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]{1,200}$/u.test(trimmed)) {
    throw nameInvalid({}, { fields: [{ pointer: '/display_name', message: nameInvalid.title }] })
  }
  return trimmed
}

/** A language tag in canonical form (RFC 5646). Refuses what is none (`locale_unknown`). */
export function parseLocale(locale: string): string {
  try {
    const [canonical] = Intl.getCanonicalLocales(locale)
    if (canonical !== undefined && canonical.length <= 35) return canonical
  } catch {
    // The answer below says it.
  }
  throw localeUnknown({}, { fields: [{ pointer: '/locale', message: localeUnknown.title }] })
}

/** The name of a time zone of the IANA database. Refuses what is none (`time_zone_unknown`). */
export function parseTimeZone(time_zone: string): string {
  try {
    if (/^[A-Za-z]/.test(time_zone))
      return new Intl.DateTimeFormat('en', { timeZone: time_zone }).resolvedOptions().timeZone
  } catch {
    // The answer below says it.
  }
  throw timeZoneUnknown({}, { fields: [{ pointer: '/time_zone', message: timeZoneUnknown.title }] })
}

export type UserDraft = {
  readonly email: string
  readonly display_name: string
  /** From `hashPassword`, made before the transaction. */
  readonly password_hash: string
  /** True for a one-time password: nothing but a new password can be done with it. */
  readonly must_change_password: boolean
  /** True when the mailbox is known to be theirs, or nobody asks for a proof. */
  readonly is_verified?: boolean
  readonly locale?: string
  readonly time_zone?: string
}

/**
 * Makes an account, with its log entry; nobody becomes a super-admin this way. Refuses an address that is taken
 * (`email_taken`; the transaction stays usable, so a caller may find the account instead), and invalid values
 * (`email_invalid`, `name_invalid`, `locale_unknown`, `time_zone_unknown`).
 */
export async function createUser(tx: ControlTx, origin: Origin, draft: UserDraft): Promise<User> {
  const { locale, time_zone, must_change_password, password_hash, is_verified = false } = draft
  const { one_time_password_days } = await readSettings(tx)
  const row = await tx
    .insertInto('identity.user')
    .values({
      ...parseEmail(draft.email),
      id: newId(),
      display_name: parseDisplayName(draft.display_name),
      password_hash,
      must_change_password,
      email_verified_at: is_verified ? sql<Date>`now()` : null,
      password_expires_at: must_change_password ? expiryIn(one_time_password_days) : null,
      ...(locale !== undefined && { locale: parseLocale(locale) }),
      ...(time_zone !== undefined && { time_zone: parseTimeZone(time_zone) }),
    })
    .onConflict((conflict) => conflict.column('email_key').doNothing())
    .returning(USER_COLUMNS)
    .executeTakeFirst()
  if (row === undefined) throw emailTaken({}, { fields: [{ pointer: '/email', message: emailTaken.title }] })
  await appendPlatformEntry(tx, origin, {
    event: 'user.created',
    target: { type: 'user', id: row.id },
    data: { must_change_password },
  })
  return row
}

/** When a one-time password that is made now opens nothing any more. */
export const expiryIn = (days: number) => sql<Date>`now() + make_interval(days => ${days})`

/** The account with this address in any spelling, or null. */
export async function findUserByEmail(tx: ControlTx, email: string): Promise<User | null> {
  const row = await tx
    .selectFrom('identity.user')
    .select(USER_COLUMNS)
    .where('email_key', '=', emailKeyOf(email))
    .executeTakeFirst()
  return row ?? null
}

/** The account of this id; `not_found` when there is none. */
export async function getUser(tx: ControlTx, user_id: string): Promise<User> {
  const row = await tx.selectFrom('identity.user').select(USER_COLUMNS).where('id', '=', user_id).executeTakeFirst()
  if (row === undefined) throw notFound()
  return row
}

/** The same, locked until the transaction ends, so that what it says stays true. */
async function getUserForChange(tx: ControlTx, user_id: string): Promise<User> {
  const row = await tx
    .selectFrom('identity.user')
    .select(USER_COLUMNS)
    .where('id', '=', user_id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound()
  return row
}

export type UserQuery = PageQuery & { readonly search?: string; readonly status?: UserStatus }

/** Accounts, newest first; `search` is part of an address or a name. */
export async function listUsers(tx: ControlTx, query: UserQuery): Promise<Page<User>> {
  const after = parseCursor(query)
  let users = tx
    .selectFrom('identity.user')
    .select(USER_COLUMNS)
    .orderBy('id', 'desc')
    .limit((query.limit ?? DEFAULT_PAGE_SIZE) + 1)
  if (after !== null) users = users.where('id', '<', after)
  if (query.status !== undefined) users = users.where('status', '=', query.status)
  if (query.search !== undefined) {
    const text = emailKeyOf(query.search)
    users = users.where(sql<boolean>`(strpos(email_key, ${text}) > 0 or strpos(lower(display_name), ${text}) > 0)`)
  }
  return pageOf(await users.execute(), query)
}

export type ProfileChange = {
  readonly display_name?: string
  readonly locale?: string
  readonly time_zone?: string
}

/**
 * Changes what people say about themselves, with its log entry. Refuses invalid values (`name_invalid`,
 * `locale_unknown`, `time_zone_unknown`).
 */
export async function changeProfile(
  tx: ControlTx,
  origin: Origin,
  user_id: string,
  change: ProfileChange,
): Promise<User> {
  const before = await getUserForChange(tx, user_id)
  const { display_name, locale, time_zone } = change
  const after = await tx
    .updateTable('identity.user')
    .set({
      display_name: display_name === undefined ? before.display_name : parseDisplayName(display_name),
      locale: locale === undefined ? before.locale : parseLocale(locale),
      time_zone: time_zone === undefined ? before.time_zone : parseTimeZone(time_zone),
    })
    .where('id', '=', user_id)
    .returning(USER_COLUMNS)
    .executeTakeFirstOrThrow()
  await appendPlatformEntry(tx, origin, {
    event: 'user.profile_changed',
    target: { type: 'user', id: user_id },
    data: { before: profileOf(before), after: profileOf(after) },
  })
  return after
}

const profileOf = ({ display_name, locale, time_zone }: User) => ({ display_name, locale, time_zone })

/**
 * Disables or enables an account, with its log entry. Every request and every key asks for the status, so a disabled
 * account fails with its next request; its sessions end for good. Nobody disables themselves (`own_account`), and an
 * active super-admin always remains (`last_superadmin`).
 */
export async function changeUserStatus(
  tx: ControlTx,
  origin: Origin,
  user_id: string,
  status: UserStatus,
): Promise<User> {
  if (status === 'disabled') {
    if (user_id === origin.actor_id) throw ownAccount()
    await requireAnotherSuperadmin(tx, user_id)
  }
  const before = await getUserForChange(tx, user_id)
  if (before.status === status) return before
  await tx.updateTable('identity.user').set({ status }).where('id', '=', user_id).execute()
  const sessions_ended = status === 'disabled' ? await revokeSessions(tx, user_id, 'user_disabled') : 0
  await appendPlatformEntry(tx, origin, {
    event: 'user.status_changed',
    target: { type: 'user', id: user_id },
    data: { before: before.status, after: status, sessions_ended },
  })
  return { ...before, status }
}

/**
 * Refuses (`last_superadmin`) unless somebody else is an active super-admin. Locks all of them until the transaction
 * ends, so two who unmake each other cannot both succeed.
 */
export async function requireAnotherSuperadmin(tx: ControlTx, user_id: string): Promise<void> {
  const superadmins = await tx
    .selectFrom('identity.user')
    .select(['id', 'status'])
    .where('is_superadmin', '=', true)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  if (!superadmins.some(({ id }) => id === user_id)) return
  if (!superadmins.some(({ id, status }) => id !== user_id && status === 'active')) throw lastSuperadmin()
}

/** How long sign-ins to this account have to wait now because of failures, in seconds; 0 when they need not. */
export async function getSignInWait(tx: ControlTx, user: User): Promise<number> {
  return Math.max(await getWait(tx, signInSubject(emailKeyOf(user.email))), await getWait(tx, factorSubject(user.id)))
}

/**
 * Forgets the failed sign-ins to this account, so that its owner need not wait; with a log entry when there were any.
 */
export async function liftSignInWait(tx: ControlTx, origin: Origin, user: User): Promise<void> {
  const passwords = await forgetFailures(tx, signInSubject(emailKeyOf(user.email)))
  const failures = passwords + (await forgetFailures(tx, factorSubject(user.id)))
  if (failures === 0) return
  await appendPlatformEntry(tx, origin, {
    event: 'user.status_changed',
    target: { type: 'user', id: user.id },
    data: { failures_forgotten: failures },
  })
}
