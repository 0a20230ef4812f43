// Links as a super-admin hands them over while no mail server is set.

import { setTimeout as pause } from 'node:timers/promises'
import type { As, ReeveClient } from './client.ts'

/** The link in the newest message to this address, made meanwhile by a job of the node. */
export async function takeLink(client: ReeveClient, superadmin: As, email: string, kind?: string): Promise<URL> {
  while (true) {
    const found = await client.call('GET', `/api/platform/outbox?limit=1&search=${encodeURIComponent(email)}`, {
      as: superadmin,
    })
    const [message] = found.list('items')
    if (message !== undefined && (kind === undefined || message.text('kind') === kind)) {
      const opened = await client.call('POST', `/api/platform/outbox/${message.text('id')}/open`, { as: superadmin })
      return new URL(opened.text('link'))
    }
    await pause(25)
  }
}

/** The token of that link. */
export async function takeToken(client: ReeveClient, superadmin: As, email: string, kind?: string): Promise<string> {
  return (await takeLink(client, superadmin, email, kind)).hash.slice(1)
}
