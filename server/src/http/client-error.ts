// What no route ever sees: a request whose headers are too large, that is no HTTP, or whose head does not come in time.
// It is answered in the shape of the address it was for, as far as that can be seen.

import type { Socket } from 'node:net'
import { newId } from '../kernel/id.ts'
import type { Problem } from '../kernel/problem.ts'
import { problemBody } from './problem-json.ts'
import { headersTooLarge, malformedRequest, requestTimeout } from './problems.ts'

/** The shape of refusals at the addresses under a prefix, where it is not RFC 9457. */
export type ErrorDialect = {
  readonly prefix: string
  readonly headersOf: (problem: Problem) => Readonly<Record<string, string>>
  readonly bodyOf: (problem: Problem, request_id: string) => object
}

/** Problem JSON for every address that has no dialect of its own. */
const NATIVE: ErrorDialect = {
  prefix: '',
  headersOf: () => ({ 'content-type': 'application/problem+json' }),
  bodyOf: problemBody,
}

export type ClientError = { readonly code?: string; readonly rawPacket?: unknown }

/** Answers a request that could not be read and ends its connection. */
export function answerClientError(error: ClientError, socket: Socket, dialects: readonly ErrorDialect[]): void {
  if (!socket.writable) return void socket.destroy()
  const problem = problemOf(error.code)
  const path = pathIn(error.rawPacket)
  const dialect = dialects.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`)) ?? NATIVE
  const body = JSON.stringify(dialect.bodyOf(problem, newId()))
  const headers = {
    ...dialect.headersOf(problem),
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  socket.end([`HTTP/1.1 ${problem.status} ${problem.title}`, ...lines, '', body].join('\r\n'))
}

function problemOf(code: string | undefined): Problem {
  if (code === 'HPE_HEADER_OVERFLOW') return headersTooLarge()
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? requestTimeout() : malformedRequest()
}

/** The path in the request line, if the bytes that could not be read begin with one; else nothing. */
function pathIn(packet: unknown): string {
  if (!Buffer.isBuffer(packet)) return ''
  const line = packet.subarray(0, MAX_LINE_BYTES).toString('latin1')
  return /^[A-Z]+ ([^ ?\r\n]+)/.exec(line)?.[1] ?? ''
}

const MAX_LINE_BYTES = 200
