import { Type } from 'typebox'
import { appendPlatformEntry } from '../audit/append.ts'
import { Nothing, type Route, route } from '../http/route.ts'
import { Id, nullable, PageQuery, pageSchema, Timestamp } from '../http/schema.ts'
import type { ControlDatabase } from '../kernel/database.ts'
import { newId } from '../kernel/id.ts'
import { readSettings } from '../kernel/platform-setting.ts'
import { notFound } from '../kernel/problem.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import {
  findMailServer,
  getMailServer,
  MAIL_PASSWORD_PATH,
  MAIL_SECURITIES,
  type MailServer,
  removeMailServer,
  setMailServer,
  storeMailPassword,
  useMailPassword,
} from './mail-server.ts'
import { listMessages, type Mailer, MESSAGE_STATES, openMessage, retryMessage } from './message.ts'
import { mailNotKept, mailPasswordNeedsTls, mailServerMissing, mailUnderWay } from './problems.ts'
import { deliver, MAIL_TIMEOUTS } from './send.ts'
import { renderMail } from './template.ts'

export type MailNeeds = { readonly mailer: Mailer; readonly secrets: SecretStore }

const tag = 'Platform mail'
const permission = 'platform.settings.manage'
const SERVER = '/api/platform/mail-server'
const OUTBOX = '/api/platform/outbox'

const Address = Type.String({ minLength: 3, maxLength: 254, pattern: '^[^\\s@\\p{Cc}<>"]+@[^\\s@\\p{Cc}<>"]+$' })
const Security = Type.Enum(MAIL_SECURITIES)

const Server = Type.Object({
  host: Type.String(),
  port: Type.Integer(),
  security: Security,
  user_name: nullable(Type.String()),
  password_mask: nullable(Type.String({ description: 'Null while no password is set' })),
  from_address: Type.String(),
  changed_at: Timestamp,
})

const Message = Type.Object({
  id: Id,
  kind: Type.String(),
  recipient: Type.String(),
  subject: Type.String(),
  state: Type.Enum(MESSAGE_STATES),
  attempts: Type.Integer(),
  due_at: Timestamp,
  last_reply: nullable(
    Type.String({ description: 'What the mail server said last, while it did not take the message' }),
  ),
  organisation_id: nullable(Id),
  created_at: Timestamp,
  expires_at: Timestamp,
  finished_at: nullable(Timestamp),
  is_kept: Type.Boolean({ description: 'Whether what it says can still be opened or sent' }),
})

const plainServer = (server: MailServer) => {
  const { host, port, security, user_name, from_address } = server
  return { host, port, security, user_name, from_address }
}

/** The mail server and the outbox, for super-admins. */
export function mailRoutes(needs: MailNeeds): readonly Route[] {
  return [...serverRoutes(), passwordRoute(needs), testRoute(needs), ...outboxRoutes(needs)]
}

function serverRoutes(): readonly Route[] {
  return [
    route({
      operation: 'mail_server_view',
      method: 'GET',
      path: SERVER,
      summary: 'Show the mail server, or null when none is set and messages wait in the outbox',
      tag,
      scope: 'platform',
      permission,
      response: Type.Object({ server: nullable(Server) }),
      handle: async (tx) => ({ server: await findMailServer(tx) }),
    }),
    route({
      operation: 'mail_server_set',
      method: 'PUT',
      path: SERVER,
      summary: 'Set the mail server; another host or user name loses the password, which is set by itself',
      tag,
      scope: 'platform',
      permission,
      step_up: true,
      body: Type.Object(
        {
          host: Type.String({ minLength: 1, maxLength: 253, pattern: '^[A-Za-z0-9._:-]+$' }),
          port: Type.Integer({ minimum: 1, maximum: 65_535 }),
          security: Type.Enum(MAIL_SECURITIES, {
            description: 'tls from the first byte (465), starttls demanded (587), or none (25, in an own network)',
          }),
          user_name: nullable(Type.String({ minLength: 1, maxLength: 254, pattern: '^\\P{Cc}+$' })),
          from_address: Address,
        },
        { additionalProperties: false },
      ),
      response: Server,
      problems: [mailPasswordNeedsTls],
      audit: {
        event: 'mail_server.changed',
        data: ({ before, ...after }) => ({ before: before ?? null, after: { ...after } }),
      },
      handle: async (tx, _actor, { body }) => {
        const { before, ...server } = await setMailServer(tx, body)
        return { ...server, before: before && plainServer(before) }
      },
    }),
    route({
      operation: 'mail_server_remove',
      method: 'DELETE',
      path: SERVER,
      summary: 'Take the mail server away; messages wait in the outbox to be copied',
      tag,
      scope: 'platform',
      permission,
      step_up: true,
      response: Nothing,
      status: 204,
      problems: [mailServerMissing],
      audit: { event: 'mail_server.changed', data: ({ before }) => ({ before: before ?? null, after: null }) },
      handle: async (tx) => ({ before: plainServer(await removeMailServer(tx)) }),
    }),
  ]
}

function passwordRoute({ secrets }: MailNeeds): Route {
  return route({
    operation: 'mail_server_set_password',
    method: 'PUT',
    path: `${SERVER}/password`,
    summary: 'Set the password for the mail server; it is stored in the secret store and never shown',
    tag,
    scope: 'platform_wide',
    permission,
    step_up: true,
    body: Type.Object({ password: Type.String({ minLength: 1, maxLength: 512 }) }, { additionalProperties: false }),
    response: Server,
    problems: [mailServerMissing, mailPasswordNeedsTls],
    audit: { event: 'mail_server.changed', written_by: 'handler' },
    async handle(control, _actor, { body }, { origin }) {
      await control.transaction(getMailServer)
      const stored = await storeMailPassword(secrets, body.password)
      return control.transaction(async (tx) => {
        const server = await useMailPassword(tx, stored)
        const data = { password_version: stored.secret_version }
        await appendPlatformEntry(tx, origin, { event: 'mail_server.changed', data })
        return server
      })
    },
  })
}

function testRoute({ secrets }: MailNeeds): Route {
  return route({
    operation: 'mail_server_test',
    method: 'POST',
    path: `${SERVER}/test`,
    summary: 'Send a test message now and say what the mail server answered',
    tag,
    scope: 'platform_wide',
    permission,
    body: Type.Object({ recipient: Address }, { additionalProperties: false }),
    response: Type.Object({
      recipient: Type.String(),
      outcome: Type.Enum(['sent', 'refused', 'later', 'unconfirmed'], {
        description:
          'sent: the server took it; refused: for good; later: it may be tried again; unconfirmed: nobody knows',
      }),
      reply: nullable(Type.String({ description: 'What the server said, or what happened to the connection' })),
    }),
    problems: [mailServerMissing],
    audit: { event: 'mail_server.tested', written_by: 'handler' },
    async handle(control, _actor, { body: { recipient } }, { origin }) {
      const { server, settings } = await control.transaction(async (tx) => ({
        server: await getMailServer(tx),
        settings: await readSettings(tx),
      }))
      const version = server.secret_version
      const password = version === null ? null : (await secrets.get(MAIL_PASSWORD_PATH, version)).value.reveal()
      const mail = renderMail(settings, {
        subject: `${settings.deployment_name} can send mail`,
        paragraphs: ['This message was sent to try out the mail server. Nothing needs to be done.'],
      })
      const outcome = await deliver(server, password, { ...mail, link: null, id: newId(), recipient }, MAIL_TIMEOUTS)
      await noteTest(control, origin, outcome.kind)
      return { recipient, outcome: outcome.kind, reply: outcome.kind === 'sent' ? null : outcome.reply }
    },
  })
}

async function noteTest(
  control: ControlDatabase,
  origin: Parameters<typeof appendPlatformEntry>[1],
  result: string,
): Promise<void> {
  const outcome = result === 'sent' ? 'succeeded' : 'failed'
  await control.transaction((tx) => appendPlatformEntry(tx, origin, { event: 'mail_server.tested', outcome }))
}

function outboxRoutes({ mailer }: MailNeeds): readonly Route[] {
  const params = Type.Object({ message: Id }, { additionalProperties: false })
  return [
    route({
      operation: 'outbox_list',
      method: 'GET',
      path: OUTBOX,
      summary: 'List what was sent or waits to be, newest first, without what it says',
      tag,
      scope: 'platform',
      permission,
      query: Type.Object(
        {
          ...PageQuery.properties,
          state: Type.Optional(Type.Enum(MESSAGE_STATES)),
          search: Type.Optional(Type.String({ minLength: 1, maxLength: 200, pattern: '^\\P{Cc}+$' })),
        },
        { additionalProperties: false },
      ),
      response: pageSchema(Message),
      handle: (tx, _actor, { query }) => listMessages(tx, query),
    }),
    route({
      operation: 'outbox_open',
      method: 'POST',
      path: `${OUTBOX}/:message/open`,
      summary: 'Open a message to hand its link over by other means; whoever has the link acts for its recipient',
      tag,
      scope: 'platform_wide',
      permission,
      step_up: true,
      params,
      response: Type.Object({
        ...Message.properties,
        link: nullable(Type.String()),
        text: nullable(Type.String()),
        html: nullable(Type.String()),
      }),
      shown_once: ['link', 'text', 'html'],
      problems: [notFound, mailNotKept, mailUnderWay],
      audit: { event: 'mail.opened', written_by: 'handler' },
      handle: (control, _actor, { params: { message } }, { origin }) =>
        openMessage(control, mailer.vault, origin, message),
    }),
    route({
      operation: 'outbox_retry',
      method: 'POST',
      path: `${OUTBOX}/:message/retry`,
      summary: 'Send a message again that the mail server did not take',
      tag,
      scope: 'platform',
      permission,
      params,
      response: Message,
      problems: [notFound, mailNotKept],
      audit: { event: 'mail.retried', target: ({ id }) => ({ type: 'message', id }) },
      handle: (tx, _actor, { params: { message } }) => retryMessage(tx, message),
    }),
  ]
}
