// The environment becomes one frozen, typed object. This file is the only reader of process.env.

import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { totalmem } from 'node:os'
import { resolve } from 'node:path'
import { createSecureContext } from 'node:tls'
import { isLoopback, parseNetworks } from './kernel/address.ts'

export type Config = {
  readonly host: string
  readonly port: number
  readonly data_directory: string
  /** null: Reeve starts its own PostgreSQL in the data directory. */
  readonly database_url: string | null
  readonly connections: number
  readonly spares: number
  /** Processes that serve beside each other on this machine, each a node of its own. */
  readonly processes: number
  readonly keyring_directory: string
  readonly keyring_passphrase: string | null
  readonly currency: string
  readonly log_level: string
  readonly tls: { readonly certificate_path: string; readonly key_path: string } | null
  /** Networks of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed. */
  readonly trusted_proxies: readonly string[]
  /** The origin under which browsers reach Reeve, when a proxy stands before it. */
  readonly public_origin: string | null
  readonly allow_private_providers: boolean
  /** Whether HTTP tools of apps may reach this machine and its networks. */
  readonly allow_private_tools: boolean
  /** The name server that is asked for the records that prove domains (`address:port`); null: those of the system. */
  readonly dns_server: string | null
  readonly drain_timeout_ms: number
}

export class ConfigError extends Error {
  readonly mistakes: readonly string[]
  constructor(mistakes: readonly string[]) {
    super(mistakes.join('\n'))
    this.name = 'ConfigError'
    this.mistakes = mistakes
  }
}

type Environment = Readonly<Record<string, string | undefined>>

/** One reader per kind of value; each notes a mistake in a full sentence instead of throwing. */
function readerOf(environment: Environment, mistakes: string[]) {
  const text = (name: string): string | null => {
    const value = environment[name]?.trim()
    return value === undefined || value === '' ? null : value
  }
  return {
    text,
    integer(name: string, fallback: number, low: number, high: number): number {
      const value = text(name)
      if (value === null) return fallback
      const parsed = /^\d+$/.test(value) ? Number(value) : NaN
      if (parsed >= low && parsed <= high) return parsed
      mistakes.push(`${name} must be a whole number from ${low} to ${high}, but is "${value}".`)
      return fallback
    },
    flag(name: string): boolean {
      const value = text(name)
      if (value === null || value === 'false' || value === '0') return false
      if (value === 'true' || value === '1') return true
      mistakes.push(`${name} must be true or false, but is "${value}".`)
      return false
    },
    choice(name: string, fallback: string, choices: readonly string[]): string {
      const value = text(name) ?? fallback
      if (choices.includes(value)) return value
      mistakes.push(`${name} must be one of ${choices.join(', ')}, but is "${value}".`)
      return fallback
    },
  }
}

function checkDatabaseUrl(url: string | null, mistakes: string[]): string | null {
  if (url === null) return null
  const parsed = URL.canParse(url) ? new URL(url) : null
  if (parsed === null || !/^postgres(ql)?:$/.test(parsed.protocol)) {
    mistakes.push('DATABASE_URL must look like postgres://user:password@host:5432/database.')
  } else if (parsed.pathname.length < 2) {
    mistakes.push('DATABASE_URL must name the control database, as in postgres://user:password@host:5432/reeve.')
  }
  return url
}

function checkTls(certificate: string | null, key: string | null, mistakes: string[]): Config['tls'] {
  if (certificate === null && key === null) return null
  if (certificate === null || key === null) {
    mistakes.push('REEVE_TLS_CERT and REEVE_TLS_KEY belong together; only one of them is set.')
    return null
  }
  const cert = readTlsFile('REEVE_TLS_CERT', certificate, mistakes)
  const pem = readTlsFile('REEVE_TLS_KEY', key, mistakes)
  try {
    if (cert !== null && pem !== null) createSecureContext({ cert, key: pem })
  } catch {
    mistakes.push(`REEVE_TLS_CERT and REEVE_TLS_KEY are no certificate and its key in PEM: ${certificate}, ${key}.`)
  }
  return { certificate_path: certificate, key_path: key }
}

function readTlsFile(name: string, path: string, mistakes: string[]): Buffer | null {
  try {
    return readFileSync(path)
  } catch {
    mistakes.push(`${name} names a file that cannot be read: ${path}.`)
    return null
  }
}

function checkOrigin(origin: string | null, mistakes: string[]): string | null {
  const parsed = origin !== null && URL.canParse(origin) ? new URL(origin) : null
  if (origin !== null && (parsed?.origin !== origin || !/^https?:$/.test(parsed.protocol))) {
    mistakes.push('REEVE_PUBLIC_ORIGIN must be an origin such as https://reeve.example.com.')
  }
  return origin
}

function checkNameServer(server: string | null, mistakes: string[]): string | null {
  const [, bracketed, plain] = /^(?:\[([^\]]+)\]|([^:]+))(?::\d{1,5})?$/.exec(server ?? '') ?? []
  if (server !== null && isIP(bracketed ?? plain ?? '') === 0) {
    mistakes.push('REEVE_DNS_SERVER must be an address such as 192.0.2.53 or [2001:db8::53]:53.')
  }
  return server
}

/** What a backend weighs once it has admitted calls. */
const BACKEND_BYTES = 8 * 1_048_576
/** A server of others may have fewer places than this machine has memory. */
const CONNECTIONS_ELSEWHERE = 40
const MOST_CONNECTIONS_HERE = 200

/** Of the machine, or of the container that holds this process. */
const memoryBytes = (): number => Math.min(totalmem(), process.constrainedMemory() || Infinity)

/**
 * How many connections each of `processes` may have unless somebody says otherwise. An organisation that is at work without a
 * place waits for a backend to be opened, 20 ms of the CPU, so the embedded PostgreSQL gets an eighth of the memory for them.
 */
export function defaultConnections(is_embedded: boolean, processes: number, memory_bytes = memoryBytes()): number {
  if (!is_embedded) return CONNECTIONS_ELSEWHERE
  const fitting = Math.floor(memory_bytes / 8 / BACKEND_BYTES / processes)
  return Math.max(CONNECTIONS_ELSEWHERE, Math.min(MOST_CONNECTIONS_HERE, fitting))
}

/**
 * Reads the configuration. Throws a ConfigError that carries one clear sentence per mistake, all of them at once.
 */
export function readConfig(environment: Environment = process.env): Config {
  const mistakes: string[] = []
  const read = readerOf(environment, mistakes)
  const data_directory = resolve(read.text('REEVE_DATA') ?? 'data')
  const host = (read.text('HOST') ?? '127.0.0.1').replace(/^\[(.*)\]$/, '$1')
  const tls = checkTls(read.text('REEVE_TLS_CERT'), read.text('REEVE_TLS_KEY'), mistakes)
  const trusted_proxies = (read.text('REEVE_TRUSTED_PROXIES') ?? '').split(',').map((part) => part.trim())
  const proxies = trusted_proxies.filter((part) => part !== '')
  if (parseNetworks(proxies) === null) {
    mistakes.push('REEVE_TRUSTED_PROXIES must be addresses or CIDR blocks separated by commas.')
  }
  if (tls === null && !isLoopback(host) && proxies.length === 0) {
    mistakes.push(
      `HOST is ${host}, which others can reach: set REEVE_TLS_CERT and REEVE_TLS_KEY, or declare the proxy in REEVE_TRUSTED_PROXIES.`,
    )
  }
  const public_origin = checkOrigin(read.text('REEVE_PUBLIC_ORIGIN'), mistakes)
  const currency = read.text('REEVE_CURRENCY') ?? 'EUR'
  if (!/^[A-Z]{3}$/.test(currency)) mistakes.push(`REEVE_CURRENCY must be an ISO 4217 code, but is "${currency}".`)
  const database_url = checkDatabaseUrl(read.text('DATABASE_URL'), mistakes)
  const processes = read.integer('REEVE_PROCESSES', 1, 1, 64)
  const connections = defaultConnections(database_url === null, processes)
  const config: Config = {
    host,
    port: read.integer('PORT', 8080, 0, 65_535),
    data_directory,
    database_url,
    connections: read.integer('REEVE_DB_CONNECTIONS', connections, 10, 1000),
    spares: read.integer('REEVE_SPARES', 3, 1, 100),
    processes,
    keyring_directory: resolve(read.text('REEVE_KEYRING') ?? `${data_directory}/keyring`),
    keyring_passphrase: read.text('REEVE_KEYRING_PASSPHRASE'),
    currency,
    log_level: read.choice('REEVE_LOG_LEVEL', 'info', ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
    tls,
    trusted_proxies: proxies,
    public_origin,
    allow_private_providers: read.flag('REEVE_ALLOW_PRIVATE_PROVIDERS'),
    allow_private_tools: read.flag('REEVE_ALLOW_PRIVATE_TOOLS'),
    dns_server: checkNameServer(read.text('REEVE_DNS_SERVER'), mistakes),
    drain_timeout_ms: read.integer('REEVE_DRAIN_SECONDS', 30, 1, 600) * 1000,
  }
  if (mistakes.length > 0) throw new ConfigError(mistakes)
  return Object.freeze(config)
}
