// Requests to identity providers, whose addresses somebody typed in: only where the egress guard allows, one answer of
// bounded size within bounded time, and never a redirect.

import { Agent, request } from 'undici'
import { createEgressConnector, type EgressPolicy } from '../../kernel/egress.ts'
import { SsoRefusal } from './refusal.ts'

const TIMEOUT_MS = 10_000
const CONNECT_TIMEOUT_MS = 5000
/** 10,000 groups by their ids are half of it. */
const MAX_ANSWER_BYTES = 1024 * 1024

export type ProviderFetch = (
  url: string,
  options: { readonly method: string; readonly headers: Record<string, string>; readonly body?: unknown },
) => Promise<Response>

/** A `fetch` for providers. Refuses with timeout, unreachable, egress_refused, too_large or redirect. */
export function createProviderFetch(egress: EgressPolicy, timeout_ms: number = TIMEOUT_MS): ProviderFetch {
  const dispatcher = new Agent({
    connect: createEgressConnector({ ...egress, connect_timeout_ms: CONNECT_TIMEOUT_MS }),
    connections: 8,
    keepAliveTimeout: 1000,
    headersTimeout: timeout_ms,
    bodyTimeout: timeout_ms,
  })
  return async (url, { method, headers, body }) => {
    const signal = AbortSignal.timeout(timeout_ms)
    try {
      const answer = await request(url, {
        dispatcher,
        method: method === 'POST' ? 'POST' : 'GET',
        headers: { ...headers, 'user-agent': 'reeve' },
        body: typeof body === 'string' || body instanceof URLSearchParams ? body.toString() : null,
        signal,
      })
      // Giving an answer up is no failure of its own.
      answer.body.on('error', () => undefined)
      if (answer.statusCode >= 300 && answer.statusCode < 400) {
        answer.body.destroy()
        throw new SsoRefusal('redirect', { host: new URL(url).host })
      }
      const bytes = await readBounded(answer.body)
      const type = answer.headers['content-type']
      return new Response(answer.statusCode === 204 ? null : bytes, {
        status: answer.statusCode,
        headers: typeof type === 'string' ? { 'content-type': type } : {},
      })
    } catch (error) {
      throw failureOf(error, url)
    }
  }
}

async function readBounded(body: AsyncIterable<unknown> & { destroy: () => unknown }): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = []
  let size_bytes = 0
  for await (const chunk of body) {
    if (!Buffer.isBuffer(chunk)) throw new SsoRefusal('bad_answer')
    size_bytes += chunk.length
    if (size_bytes > MAX_ANSWER_BYTES) {
      body.destroy()
      throw new SsoRefusal('too_large', { limit_bytes: MAX_ANSWER_BYTES })
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function failureOf(error: unknown, url: string): SsoRefusal {
  if (error instanceof SsoRefusal) return error
  const { host } = new URL(url)
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    const code = 'code' in each ? each.code : null
    if (code === 'EGRESS_REFUSED') return new SsoRefusal('egress_refused', { host }, error)
    if (each.name === 'TimeoutError' || code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') {
      return new SsoRefusal('timeout', { host }, error)
    }
    if (code === 'UND_ERR_CONNECT_TIMEOUT') return new SsoRefusal('timeout', { host }, error)
  }
  return new SsoRefusal('unreachable', { host }, error)
}
