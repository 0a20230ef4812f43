/**
 * A gateway under load as the scenarios see it: where calls go, which processes to count, how to stop it.
 */
import { Type } from 'typebox'
import { Value } from 'typebox/value'
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
  /** What a reader of its rows has to know. */
  readonly note?: string
  readonly stop: () => Promise<void>
}

/** What the prompt asks the upstream to stream; absent for a plain call. */
export type StreamOrder = { readonly chunks: number; readonly gap_ms: number }

/** About 600 bytes: a short question with its instructions. */
const INSTRUCTIONS =
  'You answer questions about the figures of one company. Use only what the question contains, name the period you speak of, ' +
  'give amounts in the currency of the question, and say plainly when something cannot be known from it. '.repeat(3)

const MAX_TOKENS = 64

/** Far more than any call holds. */
const ABSURD_TOKENS = 1_000_000

function createBody(model: string, isStreamed: boolean, wish: string): unknown {
  return {
    model,
    messages: [
      { role: 'system', content: INSTRUCTIONS },
      { role: 'user', content: `How did the second quarter compare with the first? ${wish}` },
    ],
    max_tokens: MAX_TOKENS,
    temperature: 0.2,
    ...(isStreamed ? { stream: true } : {}),
  }
}

function encodeCalls(gateway: Gateway, entrances: readonly Entrance[], isStreamed: boolean, wish: string): Buffer[] {
  return entrances.map(({ path, headers, model }) =>
    encodePost(gateway.address, path, headers, createBody(model, isStreamed, wish)),
  )
}

/** The calls of one scenario to one gateway, over its first entrance or spread over as many as are asked for. */
export function createTarget(gateway: Gateway, order: StreamOrder | undefined, organisations = 1): Target {
  const entrances = gateway.entrances.slice(0, organisations)
  if (entrances.length < organisations) {
    throw new Error(`${gateway.name} has ${entrances.length} of the ${organisations} organisations asked for`)
  }
  const wish = order === undefined ? '' : `stamp:${order.chunks}:${order.gap_ms}`
  const requests = encodeCalls(gateway, entrances, order !== undefined, wish)
  return { address: gateway.address, requests, chunks: order?.chunks }
}

/** Plain calls of one organisation whose answers claim more tokens than were held, so that each costs all it held. */
export function createCostlyTarget(gateway: Gateway): Target {
  const requests = encodeCalls(gateway, gateway.entrances.slice(0, 1), false, `wrong-usage:${ABSURD_TOKENS}`)
  return { address: gateway.address, requests, chunks: undefined }
}

const AddressLine = Type.Object({ url: Type.String() })

/** The URL in the line by which a server of the benchmark says that it listens. */
export function parseAddressLine(line: string): string {
  return Value.Parse(AddressLine, JSON.parse(line)).url
}

export function parseAddress(url: string): Address {
  const { hostname, port } = new URL(url)
  return { host: hostname, port: Number(port) }
}
