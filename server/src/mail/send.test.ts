import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest'
import { cloneControlDatabase } from '../../test/harness.ts'
import { type MailSink, startMailSink } from '../../test/mail-sink.ts'
import { anonymousOrigin } from '../audit/append.ts'
import { createConnectionBudget } from '../kernel/connection.ts'
import { type ControlDatabase, openControlDatabase } from '../kernel/database.ts'
import { migrate, readSchema } from '../kernel/migrate.ts'
import { asAdmin, controlRole, ensureRole, serverOf } from '../kernel/placement.ts'
import { DEFAULT_SETTINGS } from '../kernel/platform-setting.ts'
import { openKeyProvider } from '../keys/key-provider.ts'
import { openPlatformVault } from '../keys/platform-vault.ts'
import { openSecretStore, type SecretStore } from '../secrets/secret-store.ts'
import { removeMailServer, setMailServer, storeMailPassword, useMailPassword } from './mail-server.ts'
import { type Mailer, openMessage, prepareMail, queueMails, retryMessage, tidyOutbox } from './message.ts'
import { sendDueMails } from './send.ts'

const LINK = 'https://reeve.example/verify#token=a-very-secret-token'
const TIMEOUTS = { connect_ms: 2000, greeting_ms: 2000, silence_ms: 300 }

let control: ControlDatabase
let secrets: SecretStore
let mailer: Mailer
let sink: MailSink
const ends: (() => Promise<unknown> | void)[] = []

beforeAll(async () => {
  const directory = mkdtempSync(join(tmpdir(), 'reeve-mail-'))
  const { url, drop } = await cloneControlDatabase()
  const database = new URL(url).pathname.slice(1)
  const user = controlRole(database)
  await asAdmin(url, (client) => ensureRole(client, user, 'test'))
  await migrate(url, readSchema('control'), user)
  const budget = createConnectionBudget({ limit: 6, limit_per_database: 6, idle_timeout_ms: 60_000 })
  const { host, port } = serverOf(url)
  control = openControlDatabase(budget, { host, port, database, user, password: 'test' })
  const keys = await openKeyProvider({ directory: join(directory, 'keys'), passphrase: null })
  secrets = await openSecretStore(join(directory, 'secrets'), keys)
  mailer = { vault: openPlatformVault(control, keys), origin: () => 'https://reeve.example' }
  sink = await startMailSink()
  ends.push(
    () => sink.stop(),
    () => budget.close(),
    () => drop(),
    () => asAdmin(inject('admin_url'), (client) => client.query(`drop role if exists "${user}"`)),
    () => rmSync(directory, { recursive: true, force: true }),
  )
  await useSink()
}, 60_000)
afterAll(async () => {
  for (const end of ends) await end()
})
afterEach(() => {
  sink.fault = null
})

const useSink = (more: { readonly host?: string } = {}) =>
  control.transaction((tx) =>
    setMailServer(tx, {
      host: '127.0.0.1',
      port: sink.port,
      security: 'none',
      user_name: 'reeve',
      from_address: 'reeve@example.com',
      ...more,
    }),
  )

async function queue(expires_in_s = 3600): Promise<string> {
  const mail = await prepareMail(mailer, DEFAULT_SETTINGS, {
    kind: 'verification',
    recipient: 'ana@example.com',
    expires_at: new Date(Date.now() + expires_in_s * 1000),
    text: { subject: 'Confirm', paragraphs: ['<b>Hello</b>'], action: { label: 'Confirm', url: LINK } },
  })
  await control.transaction((tx) => queueMails(tx, [mail]))
  return mail.id
}

const stateOf = (id: string) =>
  control.transaction((tx) => tx.selectFrom('mail.message').selectAll().where('id', '=', id).executeTakeFirstOrThrow())
const send = () => sendDueMails({ control, secrets, vault: mailer.vault }, TIMEOUTS)
/** The time of the next attempt has come. */
const makeDue = (id: string) =>
  control.transaction((tx) =>
    tx
      .updateTable('mail.message')
      .set({ due_at: sql<Date>`now() - interval '1 second'` })
      .where('id', '=', id)
      .execute(),
  )
const deliveries = (id: string): number => sink.received.filter((mail) => mail.includes(`<${id}@example.com>`)).length
const origin = anonymousOrigin({ request_id: null, address: null })

test('a message arrives once, as text and as HTML, and what it said is wiped', async () => {
  const id = await queue()
  expect((await stateOf(id)).sealed?.toString('latin1')).not.toContain('a-very-secret-token')
  expect(await send()).toBe(1)
  expect(await send()).toBe(0)
  expect(await stateOf(id)).toMatchObject({ state: 'sent', sealed: null, attempts: 1 })
  expect(deliveries(id)).toBe(1)
  const mail = sink.received.at(-1) ?? ''
  expect(mail).toContain('To: ana@example.com')
  expect(mail).toContain('text/plain')
  expect(mail).toContain('&lt;b&gt;Hello&lt;/b&gt;')
})

test.each([
  ['busy', 421],
  ['later', 451],
] as const)('a server that is %s is asked again later', async (fault, code) => {
  const id = await queue()
  sink.fault = fault
  await send()
  const failed = await stateOf(id)
  expect(failed).toMatchObject({ state: 'queued', attempts: 1, unconfirmed: 0 })
  expect(failed.last_reply).toContain(String(code))
  expect(failed.due_at.getTime()).toBeGreaterThan(failed.created_at.getTime())
  expect(await send()).toBe(0)
  sink.fault = null
  await makeDue(id)
  await send()
  expect(await stateOf(id)).toMatchObject({ state: 'sent', attempts: 2 })
})

test.each(['drop', 'hang'] as const)(
  'a connection lost after DATA (%s) brings two deliveries at most',
  async (fault) => {
    const id = await queue()
    sink.fault = fault
    for (let attempt = 0; attempt < 4; attempt++) {
      await send()
      await makeDue(id)
    }
    expect(deliveries(id)).toBe(2)
    expect(await stateOf(id)).toMatchObject({ state: 'failed', unconfirmed: 2 })
  },
)

test('a lost connection is followed by one delivery more when the server recovers', async () => {
  const id = await queue()
  sink.fault = 'drop'
  await send()
  sink.fault = null
  await makeDue(id)
  await send()
  expect(await stateOf(id)).toMatchObject({ state: 'sent', unconfirmed: 1 })
  expect(deliveries(id)).toBe(2)
})

test('a recipient the server does not know is shown and not tried again, unless somebody asks for it', async () => {
  const id = await queue()
  sink.fault = 'unknown_recipient'
  await send()
  const bounced = await stateOf(id)
  expect(bounced).toMatchObject({ state: 'failed' })
  expect(bounced.last_reply).toContain('No such mailbox here')
  await makeDue(id)
  expect(await send()).toBe(0)
  sink.fault = null
  await control.transaction((tx) => retryMessage(tx, id))
  await send()
  expect(await stateOf(id)).toMatchObject({ state: 'sent' })
})

test('a message whose node died is sent by another when its claim lapses, and twice at most', async () => {
  const id = await queue()
  await control.transaction((tx) =>
    tx.updateTable('mail.message').set({ state: 'sending', attempts: 1 }).where('id', '=', id).execute(),
  )
  await makeDue(id)
  await send()
  expect(await stateOf(id)).toMatchObject({ state: 'sent', attempts: 2, unconfirmed: 1 })
})

test('two nodes that send at once send each message once', async () => {
  const ids = await Promise.all(Array.from({ length: 12 }, () => queue()))
  await Promise.all([send(), send(), send()])
  while ((await send()) > 0);
  expect(ids.map(deliveries)).toEqual(ids.map(() => 1))
})

test('a server that cannot be reached fails no message for good', async () => {
  const id = await queue()
  await control.transaction((tx) => tx.updateTable('mail.server').set({ port: 1 }).execute())
  await send()
  expect(await stateOf(id)).toMatchObject({ state: 'queued', unconfirmed: 0 })
  await useSink()
  await makeDue(id)
  await send()
  expect(await stateOf(id)).toMatchObject({ state: 'sent' })
})

test('the password of the server lies in the secret store, and stays with its server', async () => {
  const stored = await storeMailPassword(secrets, 'the password of the mail server')
  await control.transaction((tx) => useMailPassword(tx, stored))
  const id = await queue()
  await send()
  expect(await stateOf(id)).toMatchObject({ state: 'sent' })
  const row = await control.transaction((tx) => tx.selectFrom('mail.server').selectAll().executeTakeFirstOrThrow())
  expect(JSON.stringify(row)).not.toContain('the password')
  await expect(useSink({ host: 'mail.example.com' })).resolves.toMatchObject({ password_mask: null })
  await expect(control.transaction((tx) => useMailPassword(tx, stored))).rejects.toMatchObject({
    code: 'mail_password_needs_tls',
  })
  await useSink()
})

test('without a server a message waits to be opened; with one it is not shown', async () => {
  const id = await queue()
  await expect(openMessage(control, mailer.vault, origin, id)).rejects.toMatchObject({ code: 'mail_under_way' })
  await control.transaction(removeMailServer)
  expect(await send()).toBe(0)
  expect(await openMessage(control, mailer.vault, origin, id)).toMatchObject({ link: LINK, state: 'queued' })
  const entries = await control.transaction((tx) =>
    tx.selectFrom('audit.entry').select('event').where('target_id', '=', id).execute(),
  )
  expect(entries).toEqual([{ event: 'mail.opened' }])
  await useSink()
  await send()
  await expect(openMessage(control, mailer.vault, origin, id)).rejects.toMatchObject({ code: 'mail_not_kept' })
})

test('a message whose link is dead is never sent, and says nothing any more', async () => {
  const id = await queue(-1)
  expect(await send()).toBe(0)
  expect(await control.transaction(tidyOutbox)).toBeGreaterThan(0)
  expect(await stateOf(id)).toMatchObject({ state: 'expired', sealed: null })
})
