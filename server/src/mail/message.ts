// The outbox. A message is written in the transaction of what it tells, so neither happens without the other; a job sends it
// (`send.ts`). What it says is sealed, because its link is a credential, and wiped when it has been sent or its link is dead.
// Without a mail server it waits, and a super-admin opens it to copy the link.

import { sql } from 'kysely'
import { appendPlatformEntry, type Origin } from '../audit/append.ts'
import type { ControlDatabase, ControlTx, OrganisationDatabase, OrganisationTx } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { DEFAULT_PAGE_SIZE, type Page, type PageQuery, pageOf, parseCursor } from '../kernel/page.ts'
import { notFound } from '../kernel/problem.ts'
import type { Sweep } from '../kernel/sweep.ts'
import type { PlatformVault } from '../keys/platform-vault.ts'
import { OWNER_NOTICES } from './owner-notice.ts'
import { mailNotKept, mailUnderWay } from './problems.ts'
import { type Brand, type MailText, type RenderedMail, renderMail } from './template.ts'

export const MESSAGE_KINDS = [
  'invitation',
  'registration',
  'registration_known',
  'verification',
  'email_change',
  'email_change_known',
  'email_changed',
  'password_reset',
  'password_changed',
  ...OWNER_NOTICES,
] as const
export type MessageKind = (typeof MESSAGE_KINDS)[number]

export const MESSAGE_STATES = ['queued', 'sending', 'sent', 'failed', 'expired'] as const
export type MessageState = (typeof MESSAGE_STATES)[number]

/** What sealing and addressing a mail needs. */
export type Mailer = {
  readonly vault: PlatformVault
  /** Where people reach this deployment, such as https://reeve.example.com; links begin with it. */
  readonly origin: () => string
}

export type MailDraft = {
  readonly kind: MessageKind
  readonly recipient: string
  readonly text: MailText
  /** When what it says is worth nothing any more; it is not sent later. */
  readonly expires_at: Date
  /** Whom it concerns, for the super-admin's list. */
  readonly organisation_id?: string
}

/** A mail that is ready to be written into an outbox, here or in an organisation's database. */
export type PreparedMail = Omit<MailDraft, 'text'> & {
  readonly id: string
  readonly subject: string
  readonly sealed: Buffer
}

const placeOf = (pk: string) => ({ table: 'mail.message', column: 'sealed', pk })

/** Renders and seals mails. Never call it inside a transaction. */
export async function prepareMails(
  mailer: Mailer,
  brand: Brand,
  drafts: readonly MailDraft[],
): Promise<readonly PreparedMail[]> {
  if (drafts.length === 0) return []
  const mails = drafts.map(({ text, ...draft }) => ({
    ...draft,
    id: newId(),
    content: { ...renderMail(brand, text), link: text.action?.url ?? null },
  }))
  const sealed = await mailer.vault.seal(
    mails.map(({ id, content }) => ({ place: placeOf(id), text: JSON.stringify(content) })),
  )
  return mails.map(({ content, ...mail }, index) => ({
    ...mail,
    subject: content.subject,
    sealed: sealed[index] ?? Buffer.alloc(0),
  }))
}

/** The same for one mail. */
export async function prepareMail(mailer: Mailer, brand: Brand, draft: MailDraft): Promise<PreparedMail> {
  const [mail] = await prepareMails(mailer, brand, [draft])
  if (mail === undefined) throw new Error('A mail was not prepared')
  return mail
}

const rowOf = ({ id, kind, recipient, subject, sealed, expires_at }: PreparedMail) => ({
  id,
  kind,
  recipient,
  subject,
  sealed,
  expires_at,
})

/** Writes mails into the outbox, in the transaction of what they tell. One that lies there already stays as it is. */
export async function queueMails(tx: ControlTx, mails: readonly PreparedMail[]): Promise<void> {
  if (mails.length === 0) return
  await tx
    .insertInto('mail.message')
    .values(mails.map((mail) => ({ ...rowOf(mail), organisation_id: mail.organisation_id ?? null })))
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

/** Writes mails beside an act that an organisation's database decides; `relayMails` brings them to the outbox. */
export async function queueMailsInside(tx: OrganisationTx, mails: readonly PreparedMail[]): Promise<void> {
  if (mails.length > 0) await tx.insertInto('mail.outgoing').values(mails.map(rowOf)).execute()
}

const RELAYED_AT_ONCE = 500

/**
 * Brings what an organisation has decided to send into the outbox, each mail once, however often it is tried and wherever it
 * is interrupted. Asked right after the deciding commit, and by the sweep of organisations.
 */
export async function relayMails(
  control: ControlDatabase,
  database: OrganisationDatabase,
  organisation_id: string,
): Promise<void> {
  while (true) {
    const rows = await database.transaction((tx) =>
      tx
        .selectFrom('mail.outgoing')
        .select(['id', 'kind', 'recipient', 'subject', 'sealed', 'expires_at'])
        .orderBy('id')
        .limit(RELAYED_AT_ONCE)
        .execute(),
    )
    if (rows.length === 0) return
    await control.transaction((tx) =>
      tx
        .insertInto('mail.message')
        .values(rows.map((row) => ({ ...row, organisation_id })))
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute(),
    )
    const ids = rows.map(({ id }) => id)
    await database.transaction((tx) => tx.deleteFrom('mail.outgoing').where('id', 'in', ids).execute())
    if (rows.length < RELAYED_AT_ONCE) return
  }
}

/** Mails that their own act has not brought to the outbox. */
export const mailSweep = (control: ControlDatabase): Sweep => ({
  due: 'exists (select from mail.outgoing)',
  run: (database, organisation_id) => relayMails(control, database, organisation_id),
})

/** A message as the super-admin's list shows it: never what it says. */
export type Message = {
  readonly id: string
  readonly kind: string
  readonly recipient: string
  readonly subject: string
  readonly state: string
  readonly attempts: number
  readonly due_at: Date
  readonly last_reply: string | null
  readonly organisation_id: string | null
  readonly created_at: Date
  readonly expires_at: Date
  readonly finished_at: Date | null
  readonly is_kept: boolean
}

const select = (tx: ControlTx) =>
  tx
    .selectFrom('mail.message')
    .select(['id', 'kind', 'recipient', 'subject', 'state', 'attempts', 'due_at', 'last_reply'])
    .select(['organisation_id', 'created_at', 'expires_at', 'finished_at'])
    .select(sql<boolean>`sealed is not null`.as('is_kept'))

export type MessageQuery = PageQuery & {
  readonly state?: MessageState
  /** Part of the recipient's address. */
  readonly search?: string
}

/** The outbox, newest first. */
export async function listMessages(tx: ControlTx, query: MessageQuery): Promise<Page<Message>> {
  const cursor = parseCursor(query)
  const { state, search } = query
  const rows = await select(tx)
    .$if(state !== undefined, (some) => some.where('state', '=', state ?? ''))
    .$if(search !== undefined, (some) => some.where(sql<boolean>`strpos(lower(recipient), lower(${search})) > 0`))
    .$if(cursor !== null, (some) => some.where('id', '<', cursor))
    .orderBy('id', 'desc')
    .limit((query.limit ?? DEFAULT_PAGE_SIZE) + 1)
    .execute()
  return pageOf(rows, query)
}

/** What became of some mails, by their ids, for whoever sent them. */
export async function findMailStates(
  control: ControlDatabase,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly state: string; readonly last_reply: string | null }>> {
  if (ids.length === 0) return new Map()
  const rows = await control.transaction((tx) =>
    tx
      .selectFrom('mail.message')
      .select(['id', 'state', 'last_reply'])
      .where('id', 'in', [...ids])
      .execute(),
  )
  return new Map(rows.map(({ id, state, last_reply }) => [id, { state, last_reply }]))
}

export type OpenedMessage = Message & RenderedMail & { readonly link: string | null }

/**
 * Opens a message, with a log entry: its link lets whoever has it act for the recipient. Throws `not_found`, `mail_not_kept`
 * when it was sent or its link is dead, `mail_under_way` while a mail server is set and has not refused it.
 */
export async function openMessage(
  control: ControlDatabase,
  vault: PlatformVault,
  origin: Origin,
  message_id: string,
): Promise<OpenedMessage> {
  const { message, sealed } = await control.transaction(async (tx) => {
    const found = await select(tx).select('sealed').where('id', '=', message_id).executeTakeFirst()
    if (found === undefined) throw notFound()
    const server = await tx.selectFrom('mail.server').select('id').executeTakeFirst()
    if (found.sealed === null) throw mailNotKept({ state: found.state })
    if (server !== undefined && found.state !== 'failed') throw mailUnderWay({ state: found.state })
    await appendPlatformEntry(tx, origin, {
      event: 'mail.opened',
      target: { type: 'message', id: message_id },
      data: { kind: found.kind },
      ...(found.organisation_id !== null && { organisation_id: found.organisation_id }),
    })
    return { message: found, sealed: found.sealed }
  })
  return { ...message, ...(await openContent(vault, message_id, sealed)) }
}

export type MailContent = RenderedMail & { readonly link: string | null }

/** What a sealed message says. */
export async function openContent(vault: PlatformVault, message_id: string, sealed: Buffer): Promise<MailContent> {
  const content: unknown = JSON.parse(await vault.open(placeOf(message_id), sealed))
  const read = (name: string): string | null => {
    const value: unknown = typeof content === 'object' && content !== null ? Reflect.get(content, name) : null
    return typeof value === 'string' ? value : null
  }
  return {
    subject: read('subject') ?? '',
    html: read('html') ?? '',
    text: read('text') ?? '',
    link: read('link'),
  }
}

/** Lets a message that failed be sent again. Throws `not_found`, or `mail_not_kept`. */
export async function retryMessage(tx: ControlTx, message_id: string): Promise<Message> {
  const found = await select(tx).where('id', '=', message_id).forUpdate().executeTakeFirst()
  if (found === undefined) throw notFound()
  if (!found.is_kept || found.state !== 'failed') throw mailNotKept({ state: found.state })
  await tx
    .updateTable('mail.message')
    .set({ state: 'queued', attempts: 0, unconfirmed: 0, due_at: sql<Date>`now()`, finished_at: null })
    .where('id', '=', message_id)
    .execute()
  return select(tx).where('id', '=', message_id).executeTakeFirstOrThrow()
}

/** How long the outbox shows what became of a message. */
const REMEMBERED_DAYS = 90

/** Wipes what is worth nothing any more and forgets what is old; returns how many messages expired. */
export async function tidyOutbox(tx: ControlTx): Promise<number> {
  await tx
    .deleteFrom('mail.message')
    .where('state', 'in', ['sent', 'failed', 'expired'])
    .where('created_at', '<', sql<Date>`now() - make_interval(days => ${REMEMBERED_DAYS})`)
    .execute()
  await tx
    .updateTable('mail.message')
    .set({ sealed: null })
    .where('state', '=', 'failed')
    .where('expires_at', '<', sql<Date>`now()`)
    .where('sealed', 'is not', null)
    .execute()
  const { numUpdatedRows } = await tx
    .updateTable('mail.message')
    .set({ state: 'expired', sealed: null, finished_at: sql<Date>`now()` })
    .where('state', '=', 'queued')
    .where('expires_at', '<', sql<Date>`now()`)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
