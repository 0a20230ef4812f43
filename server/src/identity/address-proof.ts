// Proving that a mailbox is somebody's: a row for what is to be proven, a link that is mailed there, and its one use. Whoever
// asks only leaves the row, the same for every address; whether there is an account is looked at by the job that makes the
// link and its mail (`prepareProofs`). So neither an answer nor its time tells who has an account.

import { sql } from 'kysely'
import { Value } from 'typebox/value'
import { type Static, Type } from 'typebox'
import type { ControlDatabase, ControlTx } from '../kernel/database.ts'
import { newId, newSecretText } from '../kernel/id.ts'
import { type PlatformSettings, readSettings } from '../kernel/platform-setting.ts'
import { type MailDraft, type Mailer, prepareMails, queueMails } from '../mail/message.ts'
import {
  emailChangeKnownText,
  emailChangeText,
  knownAddressText,
  passwordResetText,
  registrationText,
  verificationText,
} from './internal/mail-text.ts'
import { linkInvalid } from './problems.ts'
import { countRequest, mailboxSubject } from './request-count.ts'
import { hashToken } from './session.ts'

export type ProofPurpose = 'registration' | 'verification' | 'email_change' | 'password_reset'

/** How long a link is good (security design: 24 h to prove, 1 h to change what opens an account). */
const LIFETIME_S: Readonly<Record<ProofPurpose, number>> = {
  registration: 86_400,
  verification: 86_400,
  email_change: 3600,
  password_reset: 3600,
}

/** Mails that one mailbox gets by anybody's asking in an hour; more are asked for in vain, with the same answer. */
const MAILS_PER_HOUR = 5

/** What a registration becomes when its address is proven. */
export const RegistrationDraft = Type.Object({
  display_name: Type.String(),
  organisation_name: Type.String(),
  password_hash: Type.String(),
})
export type RegistrationDraft = Static<typeof RegistrationDraft>

export type ProofDraft = {
  readonly purpose: ProofPurpose
  readonly email: string
  readonly email_key: string
  readonly user_id?: string
  readonly registration?: RegistrationDraft
}

/** Asks for a link. Nothing happens, and nobody is told, when the mailbox has had its mails of this hour. */
export async function requestProof(tx: ControlTx, draft: ProofDraft): Promise<void> {
  const { purpose, email, email_key, user_id = null, registration } = draft
  if ((await countRequest(tx, mailboxSubject('link', email_key), MAILS_PER_HOUR)) > 0) return
  await tx
    .insertInto('identity.address_proof')
    .values({
      id: newId(),
      purpose,
      email,
      email_key,
      user_id,
      draft: registration === undefined ? null : JSON.stringify(registration),
      expires_at: sql<Date>`now() + make_interval(secs => ${LIFETIME_S[purpose]})`,
    })
    .execute()
}

type Unprepared = {
  readonly id: string
  readonly purpose: string
  readonly email: string
  readonly email_key: string
  readonly user_id: string | null
  readonly draft: unknown
  readonly expires_at: Date
}

type Owner = {
  readonly id: string
  readonly display_name: string
  readonly status: string
  readonly email_verified_at: Date | null
}

const AT_ONCE = 50

/** Makes the links and mails of what was asked for; safe on several nodes at once. Returns how many rows it saw. */
export async function prepareProofs(control: ControlDatabase, mailer: Mailer): Promise<number> {
  const { rows, settings, owners } = await control.transaction(readUnprepared)
  const prepared = rows.map((row) => {
    const token = `rvl_${newSecretText()}`
    const holder = owners.get(row.email_key) ?? null
    const owner = row.user_id === null ? holder : (owners.get(row.user_id) ?? null)
    return { row, token, ...composeProof(mailer, settings, { row, token, holder, owner }) }
  })
  const drafts = prepared.flatMap(({ mail }) => (mail === null ? [] : [mail]))
  const mails = [...(await prepareMails(mailer, settings, drafts))]
  for (const { row, token, mail, user_id, has_link } of prepared) {
    const ready = mail === null ? undefined : mails.shift()
    await control.transaction(async (tx) => {
      const mine = await tx
        .updateTable('identity.address_proof')
        .set({
          prepared_at: sql<Date>`now()`,
          user_id,
          token_hash: has_link ? hashToken(token) : null,
          ...(has_link ? {} : { used_at: sql<Date>`now()` }),
        })
        .where('id', '=', row.id)
        .where('prepared_at', 'is', null)
        .returning('id')
        .executeTakeFirst()
      if (mine === undefined || ready === undefined) return
      if (has_link) await endOlderProofs(tx, row)
      await queueMails(tx, [ready])
    })
  }
  return rows.length
}

async function readUnprepared(tx: ControlTx) {
  const rows: readonly Unprepared[] = await tx
    .selectFrom('identity.address_proof')
    .select(['id', 'purpose', 'email', 'email_key', 'user_id', 'draft', 'expires_at'])
    .where('prepared_at', 'is', null)
    .orderBy('id')
    .limit(AT_ONCE)
    .execute()
  const owners = new Map<string, Owner>()
  if (rows.length > 0) {
    const ids = rows.flatMap(({ user_id }) => (user_id === null ? [] : [user_id]))
    const found = await tx
      .selectFrom('identity.user')
      .select(['id', 'email_key', 'display_name', 'status', 'email_verified_at'])
      .where((is) =>
        is.or([
          is(
            'email_key',
            'in',
            rows.map(({ email_key }) => email_key),
          ),
          ...(ids.length > 0 ? [is('id', 'in', ids)] : []),
        ]),
      )
      .execute()
    for (const { email_key, ...owner } of found) owners.set(email_key, owner).set(owner.id, owner)
  }
  return { rows, settings: await readSettings(tx), owners }
}

/** Only the newest link to a mailbox for a purpose is good. */
async function endOlderProofs(tx: ControlTx, { id, purpose, email_key }: Unprepared): Promise<void> {
  await tx
    .updateTable('identity.address_proof')
    .set({ used_at: sql<Date>`now()` })
    .where('purpose', '=', purpose)
    .where('email_key', '=', email_key)
    .where('id', '<', id)
    .where('prepared_at', 'is not', null)
    .where('used_at', 'is', null)
    .execute()
}

type Situation = {
  readonly row: Unprepared
  readonly token: string
  /** Whose address it is now. */
  readonly holder: Owner | null
  /** Whose account it is about. */
  readonly owner: Owner | null
}

type Composed = {
  readonly mail: MailDraft | null
  readonly user_id: string | null
  /** Whether the mail holds a link that can be used. */
  readonly has_link: boolean
}

/** What is mailed, if anything. The token stands behind a `#`: no server, proxy or next page ever sees it. */
function composeProof(mailer: Mailer, settings: PlatformSettings, { row, token, holder, owner }: Situation): Composed {
  const { deployment_name } = settings
  const base = { recipient: row.email, expires_at: row.expires_at }
  const linkTo = (page: string): string => `${mailer.origin()}/${page}#${token}`
  const nothing: Composed = { mail: null, user_id: owner?.id ?? null, has_link: false }
  switch (row.purpose) {
    case 'registration': {
      if (holder !== null) {
        const text = knownAddressText(deployment_name, `${mailer.origin()}/login`)
        return { mail: { ...base, kind: 'registration_known', text }, user_id: null, has_link: false }
      }
      const name = Value.Parse(RegistrationDraft, row.draft).display_name
      const text = registrationText(deployment_name, { name, url: linkTo('register/confirm') })
      return { mail: { ...base, kind: 'registration', text }, user_id: null, has_link: true }
    }
    case 'verification': {
      if (owner?.status !== 'active' || owner.email_verified_at !== null) return nothing
      const text = verificationText(deployment_name, { name: owner.display_name, url: linkTo('verify') })
      return { mail: { ...base, kind: 'verification', text }, user_id: owner.id, has_link: true }
    }
    case 'email_change': {
      if (owner?.status !== 'active') return nothing
      if (holder !== null && holder.id !== owner.id) {
        const text = emailChangeKnownText(deployment_name)
        return { mail: { ...base, kind: 'email_change_known', text }, user_id: owner.id, has_link: false }
      }
      const text = emailChangeText(deployment_name, { name: owner.display_name, url: linkTo('verify') })
      return { mail: { ...base, kind: 'email_change', text }, user_id: owner.id, has_link: true }
    }
    default: {
      if (owner?.status !== 'active') return nothing
      const text = passwordResetText(deployment_name, { name: owner.display_name, url: linkTo('reset') })
      return { mail: { ...base, kind: 'password_reset', text }, user_id: owner.id, has_link: true }
    }
  }
}

export type Proof = {
  readonly id: string
  readonly purpose: string
  readonly email: string
  readonly email_key: string
  readonly user_id: string | null
  readonly registration: RegistrationDraft | null
}

/**
 * What a link proves, locked until the transaction ends. Refuses with `link_invalid`, whose `params.reason` is unknown, used
 * or expired.
 */
export async function getProof(tx: ControlTx, token: string, purposes: readonly ProofPurpose[]): Promise<Proof> {
  const row = await tx
    .selectFrom('identity.address_proof')
    .select(['id', 'purpose', 'email', 'email_key', 'user_id', 'draft', 'used_at'])
    .select(sql<boolean>`expires_at <= now()`.as('is_expired'))
    .where('token_hash', '=', hashToken(token))
    .where('purpose', 'in', [...purposes])
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw linkInvalid({ reason: 'unknown' }, { detail: 'No such link was sent.' })
  if (row.used_at !== null) throw linkInvalid({ reason: 'used' }, { detail: 'It was used, or a newer one was sent.' })
  if (row.is_expired) throw linkInvalid({ reason: 'expired' }, { detail: 'It has expired. Ask for a new one.' })
  const { draft, used_at: _, is_expired: __, ...proof } = row
  return { ...proof, registration: draft === null ? null : Value.Parse(RegistrationDraft, draft) }
}

/** The same, and this was its one use. */
export async function useProof(tx: ControlTx, token: string, purposes: readonly ProofPurpose[]): Promise<Proof> {
  const proof = await getProof(tx, token, purposes)
  await tx.updateTable('identity.address_proof').set({ used_at: sql<Date>`now()` }).where('id', '=', proof.id).execute()
  return proof
}

/** Ends every open link of an account for these purposes: what it would have changed was changed otherwise. */
export async function endProofs(tx: ControlTx, user_id: string, purposes: readonly ProofPurpose[]): Promise<void> {
  await tx
    .updateTable('identity.address_proof')
    .set({ used_at: sql<Date>`now()` })
    .where('user_id', '=', user_id)
    .where('purpose', 'in', [...purposes])
    .where('used_at', 'is', null)
    .execute()
}

/** Removes what nobody can use any more: links a day after their end, with the hash of a password never confirmed. */
export async function removeOldProofs(tx: ControlTx): Promise<void> {
  await tx.deleteFrom('identity.address_proof').where('expires_at', '<', sql<Date>`now() - interval '1 day'`).execute()
}
