// The mailboxes of people in these tests: a real mail server, whose mails are opened for their links.

import { expect } from 'vitest'
import { type MailSink, startMailSink } from '../../server/test/mail-sink.ts'
import type { World } from '../../server/test/world.ts'

export type Mailbox = {
  /** The link of the newest mail to this address that leads to a page of the portal, such as `/invite`. */
  readonly linkTo: (address: string, page: string) => Promise<string>
  readonly stop: () => Promise<void>
}

/** Quoted-printable (RFC 2045, 6.7), as far as links need it. */
const decoded = (mail: string): string =>
  mail
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))

/** Has a world send its mails to a server of this test. */
export async function openMailbox(world: World): Promise<Mailbox> {
  const sink: MailSink = await startMailSink()
  const as = await world.asSuperadmin()
  const body = {
    host: '127.0.0.1',
    port: sink.port,
    security: 'none',
    user_name: null,
    from_address: 'reeve@example.com',
  }
  await world.reeve.client.call('PUT', '/api/platform/mail-server', { as, body })
  const find = (address: string, page: string): string | null => {
    const mail = sink.received.findLast((each) => new RegExp(`^To:.*${address}`, 'im').test(each))
    return mail === undefined ? null : (new RegExp(`${page}#[\\w.-]+`).exec(decoded(mail))?.[0] ?? null)
  }
  return {
    async linkTo(address, page) {
      await expect.poll(() => find(address, page), { timeout: 20_000 }).not.toBeNull()
      return find(address, page) ?? ''
    },
    stop: () => sink.stop(),
  }
}
