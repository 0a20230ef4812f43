/**
 * A gateway under load as the scenarios see it: where calls go, which processes to count, how to stop it.
 */
import type { Target } from './load.ts'
import type { Processes } from './measure.ts'
import { type Address, encodePost } from './wire.ts'

/** One way in: a whole organisation's, where the gateway knows organisations. */
export type Entrance = {
  readonly path: string
  readonly headers: Record<string, string>
  readonly model: string
  /** The organisation's database, where the gateway has one and tells. */
  readonly database_url?: string
}

export type Gateway = {
  readonly name: string
  readonly address: Address
  readonly entrances: readonly Entrance[]
  readonly listProcesses: () => Processes
  readonly stop: () => Promise<void>
}

/** What the prompt asks the upstream to do; absent for a plain call. */
export type StreamOrder = { readonly chunks: number; readonly gap_ms: number }

/** About 600 bytes: a short question with its instructions. */
const INSTRUCTIONS =
  'You answer questions about the figures of one company. Use only what the question contains, name the period you speak of, ' +
  'give amounts in the currency of the question, and say plainly when something cannot be known from it. '.repeat(3)

const MAX_TOKENS = 64

function createBody(model: string, order: StreamOrder | undefined): unknown {
  const wish = order === undefined ? '' : ` stamp:${order.chunks}:${order.gap_ms}`
  return {
    model,
    messages: [
      { role: 'system', content: INSTRUCTIONS },
      { role: 'user', content: `How did the second quarter compare with the first?${wish}` },
    ],
    max_tokens: MAX_TOKENS,
    temperature: 0.2,
    ...(order === undefined ? {} : { stream: true }),
  }
}

/** The calls of one scenario to one gateway, over its first entrance or spread over as many as are asked for. */
export function createTarget(gateway: Gateway, order: StreamOrder | undefined, organisations = 1): Target {
  const entrances = gateway.entrances.slice(0, organisations)
  if (entrances.length < organisations) {
    throw new Error(`${gateway.name} has ${entrances.length} of the ${organisations} organisations asked for`)
  }
  return {
    address: gateway.address,
    requests: entrances.map(({ path, headers, model }) =>
      encodePost(gateway.address, path, headers, createBody(model, order)),
    ),
    chunks: order?.chunks,
  }
}

export function parseAddress(url: string): Address {
  const { hostname, port } = new URL(url)
  return { host: hostname, port: Number(port) }
}
