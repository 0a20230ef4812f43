// The address of an HTTP tool: its host is written out, so that whoever reviews the app sees where data goes.

import type { EgressPolicy } from '../../kernel/egress.ts'
import { parseEgressUrl } from '../../kernel/egress.ts'
import { Problem } from '../../kernel/problem.ts'

const HOST_PART = /^https?:\/\/[^/?#{}\s]+(?=[/?#]|$)/i

/** Headers that the connection or the credential sets. */
const REFUSED_HEADERS: ReadonlySet<string> = new Set(
  (
    'host content-length transfer-encoding connection upgrade te trailer expect keep-alive authorization cookie ' +
    'proxy-authorization proxy-connection forwarded x-forwarded-for x-api-key'
  ).split(' '),
)

/** Why a tool may not be at this address, in a sentence; null if it may as far as can be seen before connecting. */
export function findAddressFault(url: string, egress: EgressPolicy): string | null {
  if (!HOST_PART.test(url)) return 'must begin with https:// and a host that is written out'
  const plain = url.replaceAll(/\{\{[^{}]*\}\}/g, 'x')
  if (!egress.allow_private && !plain.toLowerCase().startsWith('https:')) return 'must begin with https://'
  try {
    parseEgressUrl(plain, egress)
    return null
  } catch (error) {
    if (error instanceof Problem) return error.detail ?? error.title
    throw error
  }
}

/** Why a tool may not send a header of this name; null if it may. */
export function findHeaderFault(name: string): string | null {
  return REFUSED_HEADERS.has(name) ? 'is set by Reeve; a secret is given as the credential' : null
}
