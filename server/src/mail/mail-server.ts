// The mail server of the deployment: where it is, as whom Reeve speaks to it, and the password, which lies in the secret
// store and is never shown again.

import { sql } from 'kysely'
import type { ControlTx } from '../kernel/database.ts'
import { isLoopback } from '../kernel/address.ts'
import { mask, Secret } from '../keys/secret.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import { mailPasswordNeedsTls, mailServerMissing } from './problems.ts'

export const MAIL_SECURITIES = ['tls', 'starttls', 'none'] as const
export type MailSecurity = (typeof MAIL_SECURITIES)[number]

export const MAIL_PASSWORD_PATH = 'platform/mail/password'

export type MailServer = {
  readonly host: string
  readonly port: number
  readonly security: string
  readonly user_name: string | null
  readonly password_mask: string | null
  readonly from_address: string
  readonly changed_at: Date
}

export type MailServerDraft = {
  readonly host: string
  readonly port: number
  readonly security: MailSecurity
  readonly user_name: string | null
  readonly from_address: string
}

const COLUMNS = [
  'host',
  'port',
  'security',
  'user_name',
  'password_mask',
  'from_address',
  'changed_at',
  'secret_version',
] as const

/** The mail server with the version of its password, or null when none is set. */
export async function findMailServer(tx: ControlTx) {
  return (await tx.selectFrom('mail.server').select(COLUMNS).executeTakeFirst()) ?? null
}

/** The same; refuses with `mail_server_missing`. */
export async function getMailServer(tx: ControlTx) {
  const server = await findMailServer(tx)
  if (server === null) throw mailServerMissing()
  return server
}

const checkPassword = (server: { security: string; host: string }, has_password: boolean): void => {
  if (!has_password || server.security !== 'none' || isLoopback(server.host)) return
  throw mailPasswordNeedsTls({}, { fields: [{ pointer: '/security', message: mailPasswordNeedsTls.title }] })
}

/**
 * Sets the mail server; returns what was there before. The password stays with the server it was given for: another host or
 * user loses it, so that it is never sent elsewhere. Throws `mail_password_needs_tls`.
 */
export async function setMailServer(
  tx: ControlTx,
  draft: MailServerDraft,
): Promise<MailServer & { readonly before: MailServer | null }> {
  const before = await findMailServer(tx)
  const isSame = before !== null && before.host === draft.host && before.user_name === draft.user_name
  checkPassword(draft, isSame && before.password_mask !== null)
  const kept = isSame
    ? { secret_version: before.secret_version, password_mask: before.password_mask }
    : { secret_version: null, password_mask: null }
  const values = { ...draft, ...kept, changed_at: sql<Date>`now()` }
  await tx
    .insertInto('mail.server')
    .values(values)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .execute()
  return { ...(await getMailServer(tx)), before }
}

/** Takes the mail server away: messages wait in the outbox to be copied. Throws `mail_server_missing`. */
export async function removeMailServer(tx: ControlTx): Promise<MailServer> {
  const before = await getMailServer(tx)
  await tx.deleteFrom('mail.server').execute()
  return before
}

/** Puts the password into the secret store; until a row names its version, the one before is used. */
export async function storeMailPassword(secrets: SecretStore, password: string) {
  const versions = await secrets.metadata(MAIL_PASSWORD_PATH).catch(() => null)
  const value = new Secret(password)
  const secret_version = await secrets.put(MAIL_PASSWORD_PATH, value, { cas: versions?.current_version ?? 0 })
  return { secret_version, password_mask: mask(value) }
}

/** Makes a stored password the one in use. Throws `mail_server_missing`, `mail_password_needs_tls`. */
export async function useMailPassword(
  tx: ControlTx,
  stored: { readonly secret_version: number; readonly password_mask: string },
): Promise<MailServer> {
  checkPassword(await getMailServer(tx), true)
  await tx
    .updateTable('mail.server')
    .set({ ...stored, changed_at: sql<Date>`now()` })
    .execute()
  return getMailServer(tx)
}
