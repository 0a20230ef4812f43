// The HTTP tools of apps: every address is judged where the connection is made, redirects are not followed, answers are
// bounded, and a credential leaves only for the hosts it was given for.

import { hash } from 'node:crypto'
import { Agent, request } from 'undici'
import { isForHost } from '../apps/tool-credential.ts'
import { createEgressConnector, type EgressPolicy, parseEgressUrl } from '../kernel/egress.ts'
import { Problem } from '../kernel/problem.ts'
import type { SecretStore } from '../secrets/secret-store.ts'
import type { StepPlace, ToolAnswer, ToolRequest } from './internal/nodes/node.ts'
import { StepFailure } from './internal/step-failure.ts'

/** A credential of the organisation as its row says; the value lies in the secret store. */
export type ToolCredentialRow = {
  readonly hosts: readonly string[]
  readonly secret_path: string
  readonly secret_version: number
}

export type ToolCaller = {
  readonly call: (
    tool: ToolRequest,
    place: StepPlace,
    findCredential: (name: string) => Promise<ToolCredentialRow | null>,
    signal: AbortSignal,
  ) => Promise<ToolAnswer>
  readonly close: () => Promise<void>
}

const TIMEOUTS = { headersTimeout: 60_000, bodyTimeout: 30_000 } as const
const CONNECT_TIMEOUT_MS = 10_000
const MAX_ANSWER_BYTES = 2_000_000

/** Opens the connections of this node to tools. */
export function createToolCaller(secrets: Pick<SecretStore, 'get'>, egress: EgressPolicy): ToolCaller {
  const agent = new Agent({
    connect: createEgressConnector({ ...egress, connect_timeout_ms: CONNECT_TIMEOUT_MS }),
    connections: 64,
    pipelining: 1,
  })
  return {
    async call(tool, place, findCredential, signal) {
      const url = checkUrl(tool.url, egress)
      const secret = await credentialHeader(tool, url, findCredential, secrets)
      const body = tool.body === null ? {} : { body: tool.body }
      try {
        const answer = await request(url, {
          ...TIMEOUTS,
          ...body,
          method: tool.method,
          dispatcher: agent,
          signal,
          headers: {
            'user-agent': 'reeve',
            accept: 'application/json, text/*;q=0.9',
            ...(tool.body !== null && { 'content-type': 'application/json' }),
            ...tool.headers,
            // The same for every attempt at this step, so that what was done is not done twice.
            'idempotency-key': hash('sha256', `${place.execution_id} ${place.path}`),
            ...secret,
          },
        })
        return { status: answer.statusCode, text: await readBounded(answer.body) }
      } catch (error) {
        throw signal.aborted ? signal.reason : failureOf(error)
      }
    },
    close: () => agent.destroy(),
  }
}

function checkUrl(url: URL, egress: EgressPolicy): URL {
  try {
    return parseEgressUrl(url.href, egress)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw new StepFailure('tool_address_refused', error.detail ?? error.title)
  }
}

async function credentialHeader(
  { credential }: ToolRequest,
  url: URL,
  findCredential: (name: string) => Promise<ToolCredentialRow | null>,
  secrets: Pick<SecretStore, 'get'>,
): Promise<Readonly<Record<string, string>>> {
  if (credential === null) return {}
  const row = await findCredential(credential.name)
  if (row === null) {
    const detail = `Your organisation has no tool credential named ${credential.name}. An owner can set it.`
    throw new StepFailure('tool_credential_missing', detail)
  }
  if (!isForHost(row.hosts, url)) {
    throw new StepFailure('tool_credential_refused', `The credential ${credential.name} is not for ${url.host}.`)
  }
  const { value } = await secrets.get(row.secret_path, row.secret_version)
  return { [credential.header]: `${credential.prefix}${value.reveal()}` }
}

async function readBounded(body: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of body) {
    length += part.length
    if (length > MAX_ANSWER_BYTES) {
      throw new StepFailure('tool_answer_too_large', `The tool answered with more than ${MAX_ANSWER_BYTES} bytes.`)
    }
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function failureOf(error: unknown): StepFailure {
  if (error instanceof StepFailure) return error
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : null
  if (code === 'EGRESS_REFUSED') {
    return new StepFailure('tool_address_refused', 'The tool leads to an address Reeve may not connect to.')
  }
  return new StepFailure(
    'tool_unreachable',
    `The tool could not be reached (${typeof code === 'string' ? code : 'unknown'}).`,
    {
      is_transient: true,
    },
  )
}
