// The providers this node talks to: one pool of kept-alive connections per origin, shared by all providers there, and one
// breaker per provider. Bounded: beyond the limit the oldest is forgotten, and opened afresh when it is called again.

import { Pool } from 'undici'
import { createEgressConnector, type EgressPolicy, type HostResolver, parseEgressUrl } from '../../../kernel/egress.ts'
import {
  type Breaker,
  type BreakerOptions,
  type BreakerPass,
  type BreakerSignal,
  CLOSED,
  enterBreaker,
  leaveBreaker,
  passBreaker,
} from './breaker.ts'
import type { RetryOptions } from './outcome.ts'

export type UpstreamsOptions = EgressPolicy & {
  readonly connections_per_origin?: number
  readonly connect_timeout_ms?: number
  readonly max_providers?: number
  readonly breaker?: BreakerOptions
  readonly retry?: RetryOptions
  /** The monotonic clock of the breakers, in milliseconds. */
  readonly now?: () => number
  readonly random?: () => number
  readonly resolve?: HostResolver
}

/** One origin's connections. `active` counts calls that hold one, or wait for it to be made. */
export type UpstreamOrigin = {
  readonly pool: Pool
  readonly max_active: number
  active: number
  providers: number
}

export type UpstreamProvider = {
  readonly base_url: string
  readonly base_path: string
  readonly origin: UpstreamOrigin
  readonly retry: RetryOptions
  readonly random: () => number
  /** Whether a call made now would be refused for the provider's failures: ask before anything is held for it. */
  readonly isRefusing: () => boolean
  readonly enter: () => BreakerPass | 'refused'
  readonly leave: (pass: BreakerPass, signal: BreakerSignal) => void
}

export type Upstreams = {
  /**
   * The provider of this id. Opens nothing yet. Refuses with `egress_refused` (422) a base URL that is no URL or an address
   * Reeve may not connect to. A changed base URL starts afresh; calls that run on the old one end there.
   */
  readonly provider: (id: string, baseUrl: string) => UpstreamProvider
  /** Calls running, over all origins. */
  readonly active: () => number
  /** Lets running calls end, then closes every connection. */
  readonly close: () => Promise<void>
  /** Cuts every connection at once. */
  readonly destroy: () => Promise<void>
}

const DEFAULT_CONNECTIONS = 8192
const DEFAULT_PROVIDERS = 1000
const CONNECT_TIMEOUT_MS = 10_000
const KEEP_ALIVE_MS = 30_000
const MAX_HEADER_BYTES = 32_768
const DEFAULT_BREAKER: BreakerOptions = { max_failures: 20, open_ms: 5000 }
const DEFAULT_RETRY: RetryOptions = { max_retries: 2, base_ms: 100, max_wait_ms: 2000 }

/** The connections of one node to all its providers. Close it last. */
export function createUpstreams(options: UpstreamsOptions): Upstreams {
  const origins = new Map<string, UpstreamOrigin>()
  const providers = new Map<string, UpstreamProvider>()
  const maxProviders = options.max_providers ?? DEFAULT_PROVIDERS
  const retired = new Set<Pool>()

  const openOrigin = (name: string): UpstreamOrigin => {
    const found = origins.get(name)
    if (found !== undefined) return found
    const opened = { pool: openPool(name, options), max_active: connectionsOf(options), active: 0, providers: 0 }
    origins.set(name, opened)
    return opened
  }
  const forget = (id: string, provider: UpstreamProvider) => {
    providers.delete(id)
    const name = new URL(provider.base_url).origin
    if (--provider.origin.providers > 0) return
    origins.delete(name)
    const { pool } = provider.origin
    retired.add(pool)
    void pool.close().finally(() => retired.delete(pool))
  }
  const pools = () => [...[...origins.values()].map(({ pool }) => pool), ...retired]

  return {
    provider(id, baseUrl) {
      const found = providers.get(id)
      if (found !== undefined && found.base_url === baseUrl) return found
      const url = parseEgressUrl(baseUrl, options)
      if (found !== undefined) forget(id, found)
      for (const [oldest, provider] of providers) {
        if (providers.size < maxProviders) break
        forget(oldest, provider)
      }
      const origin = openOrigin(url.origin)
      origin.providers++
      const opened = createProvider(baseUrl, url, origin, options)
      providers.set(id, opened)
      return opened
    },
    active: () => [...origins.values()].reduce((sum, origin) => sum + origin.active, 0),
    async close() {
      await Promise.all(pools().map((pool) => pool.close()))
    },
    async destroy() {
      await Promise.all(pools().map((pool) => pool.destroy()))
    },
  }
}

const connectionsOf = (options: UpstreamsOptions): number => options.connections_per_origin ?? DEFAULT_CONNECTIONS

function openPool(origin: string, options: UpstreamsOptions): Pool {
  return new Pool(origin, {
    connect: createEgressConnector({
      allow_private: options.allow_private,
      connect_timeout_ms: options.connect_timeout_ms ?? CONNECT_TIMEOUT_MS,
      ...(options.resolve === undefined ? null : { resolve: options.resolve }),
    }),
    connections: connectionsOf(options),
    // Never more than one call on a connection: a long answer would stand before the others.
    pipelining: 1,
    allowH2: false,
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
  })
}

function createProvider(
  baseUrl: string,
  url: URL,
  origin: UpstreamOrigin,
  options: UpstreamsOptions,
): UpstreamProvider {
  const limits = options.breaker ?? DEFAULT_BREAKER
  const now = options.now ?? (() => performance.now())
  let breaker: Breaker = CLOSED
  return {
    base_url: baseUrl,
    base_path: url.pathname.replace(/\/+$/, ''),
    origin,
    retry: options.retry ?? DEFAULT_RETRY,
    random: options.random ?? Math.random,
    isRefusing: () => passBreaker(breaker, now()) === 'refused',
    enter() {
      const pass = passBreaker(breaker, now())
      if (pass !== 'refused') breaker = enterBreaker(breaker, pass)
      return pass
    },
    leave(pass, signal) {
      breaker = leaveBreaker(breaker, pass, signal, now(), limits)
    },
  }
}
