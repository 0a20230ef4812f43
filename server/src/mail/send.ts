// Sending what lies in the outbox. Each message is delivered at least once and at most twice: it is claimed and the claim
// committed before the server is spoken to, and an attempt whose end nobody knows (the connection was lost when the server
// had the whole message, or the node died) is repeated once and no more. A refusal for good is shown; anything else is tried
// again, later each time.

import { PassThrough } from 'node:stream'
import { sql } from 'kysely'
import { createTransport } from 'nodemailer'
import type { ControlDatabase } from '../kernel/database.ts'
import type { PlatformVault } from '../keys/platform-vault.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import { findMailServer, MAIL_PASSWORD_PATH } from './mail-server.ts'
import { type MailContent, openContent } from './message.ts'

export type SendNeeds = {
  readonly control: ControlDatabase
  readonly secrets: Pick<SecretStore, 'get'>
  readonly vault: PlatformVault
}

/** How long each part of a conversation with the mail server may take, in ms. */
export type MailTimeouts = { readonly connect_ms: number; readonly greeting_ms: number; readonly silence_ms: number }
export const MAIL_TIMEOUTS: MailTimeouts = { connect_ms: 10_000, greeting_ms: 15_000, silence_ms: 30_000 }

/** A claim holds longer than any conversation can take. */
const CLAIM_S = 180
const AT_ONCE = 8
const MAX_UNCONFIRMED = 2
/** Seconds until the next attempt, by the number of those that were made; the last one repeats. */
const RETRY_AFTER_S = [30, 120, 600, 1800, 3600, 7200, 14_400] as const
const MAX_ATTEMPTS = 16

export type MailTarget = {
  readonly host: string
  readonly port: number
  readonly security: string
  readonly user_name: string | null
  readonly from_address: string
}

/** What became of one attempt. `reply` is the server's sentence, or what happened to the connection. */
export type MailOutcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'refused' | 'later' | 'unconfirmed'; readonly reply: string }

type Claimed = {
  readonly id: string
  readonly recipient: string
  readonly sealed: Buffer
  readonly attempts: number
  readonly unconfirmed: number
}

/** Sends what is due, a few messages at once; returns how many were tried. Nothing is due while no mail server is set. */
export async function sendDueMails(needs: SendNeeds, timeouts: MailTimeouts = MAIL_TIMEOUTS): Promise<number> {
  const server = await needs.control.transaction(findMailServer)
  if (server === null) return 0
  const password = server.secret_version === null ? null : await findPassword(needs, server.secret_version)
  const claimed = await claimDue(needs.control)
  await Promise.all(claimed.map((message) => sendOne(needs, server, password, message, timeouts)))
  return claimed.length
}

const findPassword = async ({ secrets }: SendNeeds, version: number): Promise<string> =>
  (await secrets.get(MAIL_PASSWORD_PATH, version)).value.reveal()

async function claimDue(control: ControlDatabase): Promise<readonly Claimed[]> {
  return control.transaction(async (tx) => {
    const { rows } = await sql<Claimed>`
      update mail.message set state = 'sending', attempts = attempts + 1,
        -- Whoever claimed it before has not said what became of it.
        unconfirmed = unconfirmed + (state = 'sending')::integer,
        due_at = now() + make_interval(secs => ${CLAIM_S})
      where id in (
        select id from mail.message
        where state in ('queued', 'sending') and due_at <= now() and expires_at > now()
        order by due_at limit ${AT_ONCE} for update skip locked)
      returning id, recipient, sealed, attempts, unconfirmed`.execute(tx)
    return rows
  })
}

async function sendOne(
  needs: SendNeeds,
  server: MailTarget,
  password: string | null,
  message: Claimed,
  timeouts: MailTimeouts,
): Promise<void> {
  if (message.unconfirmed >= MAX_UNCONFIRMED) {
    return note(needs.control, message, { kind: 'unconfirmed', reply: 'Nobody knows whether it arrived' })
  }
  const content = await openContent(needs.vault, message.id, message.sealed)
  const outcome = await deliver(
    server,
    password,
    { ...content, id: message.id, recipient: message.recipient },
    timeouts,
  )
  await note(needs.control, message, outcome)
}

/** Notes what became of an attempt, unless somebody else has claimed the message since. */
async function note(control: ControlDatabase, message: Claimed, outcome: MailOutcome): Promise<void> {
  const unconfirmed = message.unconfirmed + (outcome.kind === 'unconfirmed' ? 1 : 0)
  const isOver =
    outcome.kind === 'refused' ||
    message.attempts >= MAX_ATTEMPTS ||
    (outcome.kind === 'unconfirmed' && unconfirmed >= MAX_UNCONFIRMED)
  const finished = { finished_at: sql<Date>`now()` }
  const change =
    outcome.kind === 'sent'
      ? { state: 'sent', sealed: null, last_reply: null, ...finished }
      : isOver
        ? { state: 'failed', last_reply: outcome.reply, unconfirmed, ...finished }
        : { state: 'queued', last_reply: outcome.reply, unconfirmed, due_at: retryAt(message.attempts) }
  await control.transaction((tx) =>
    tx
      .updateTable('mail.message')
      .set(change)
      .where('id', '=', message.id)
      .where('state', '=', 'sending')
      .where('attempts', '=', message.attempts)
      .execute(),
  )
}

/** A tenth more or less, so that what failed together does not come back together. */
function retryAt(attempts: number) {
  const wait_s = RETRY_AFTER_S[Math.min(attempts, RETRY_AFTER_S.length) - 1] ?? RETRY_AFTER_S[0]
  return sql<Date>`now() + make_interval(secs => ${wait_s * (0.9 + Math.random() / 5)})`
}

type Letter = MailContent & { readonly id: string; readonly recipient: string }

/** One conversation with the mail server. It never throws. */
export async function deliver(
  server: MailTarget,
  password: string | null,
  letter: Letter,
  timeouts: MailTimeouts,
): Promise<MailOutcome> {
  const { host, port, security, user_name, from_address } = server
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { minVersion: 'TLSv1.2' },
    ...(user_name !== null && password !== null && { auth: { user: user_name, pass: password } }),
    connectionTimeout: timeouts.connect_ms,
    dnsTimeout: timeouts.connect_ms,
    greetingTimeout: timeouts.greeting_ms,
    socketTimeout: timeouts.silence_ms,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const progress = { isHandedOver: false }
  transport.use('stream', (mail, done) => {
    mail.message.transform(() => watchEnd(progress))
    done()
  })
  try {
    await transport.sendMail({
      from: from_address,
      // As an object: the text is an address, whatever stands in it.
      to: { name: '', address: letter.recipient },
      subject: letter.subject,
      text: letter.text,
      html: letter.html,
      messageId: `<${letter.id}@${domainOf(from_address)}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    return { kind: 'sent' }
  } catch (error) {
    return outcomeOf(error, progress.isHandedOver)
  } finally {
    transport.close()
  }
}

const watchEnd = (progress: { isHandedOver: boolean }): PassThrough =>
  new PassThrough({
    flush(done) {
      progress.isHandedOver = true
      done()
    },
  })

const domainOf = (address: string): string => /@([^>\s]+)>?$/.exec(address)?.[1] ?? 'localhost'

/** What a failed conversation means. Only a refusal of this sender, recipient or message is for good. */
function outcomeOf(error: unknown, isHandedOver: boolean): MailOutcome {
  const read = (name: string): unknown => (error instanceof Error ? Reflect.get(error, name) : undefined)
  const [code, command, status] = [read('code'), read('command'), read('responseCode')]
  const reply = String(read('response') ?? (error instanceof Error ? error.message : error))
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .slice(0, 300)
  if (typeof status === 'number') {
    const isOfMessage = command === 'MAIL FROM' || command === 'RCPT TO' || command === 'DATA'
    return { kind: status >= 500 && isOfMessage ? 'refused' : 'later', reply }
  }
  if (isHandedOver && code !== 'EMESSAGE') return { kind: 'unconfirmed', reply }
  return { kind: code === 'EENVELOPE' || code === 'EMESSAGE' ? 'refused' : 'later', reply }
}
