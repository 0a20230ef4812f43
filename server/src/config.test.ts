import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { ConfigError, defaultConnections, readConfig } from './config.ts'

const directory = mkdtempSync(join(tmpdir(), 'reeve-config-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))
const garbage = join(directory, 'garbage.pem')
writeFileSync(garbage, 'no certificate')

const fixture = (name: string): string => fileURLToPath(new URL(`../test/tls/${name}.pem`, import.meta.url))
const TLS = { REEVE_TLS_CERT: fixture('first-certificate'), REEVE_TLS_KEY: fixture('first-key') }

function mistakesOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes
    throw error
  }
}

test('an empty environment is a good one: loopback, port 8080, its own PostgreSQL', () => {
  const config = readConfig({})
  expect(config).toMatchObject({
    host: '127.0.0.1',
    port: 8080,
    database_url: null,
    connections: defaultConnections(true, 1),
    tls: null,
    trusted_proxies: [],
    currency: 'EUR',
    drain_timeout_ms: 30_000,
    allow_private_providers: false,
    allow_private_tools: false,
  })
  expect(Object.isFrozen(config)).toBe(true)
})

test('the embedded database has as many places as an eighth of the memory holds, another server forty', () => {
  const GB = 2 ** 30
  expect(defaultConnections(false, 1, 64 * GB)).toBe(40)
  expect(defaultConnections(true, 1, 8 * GB)).toBe(128)
  expect(defaultConnections(true, 1, 64 * GB)).toBe(200)
  expect(defaultConnections(true, 4, 16 * GB)).toBe(64)
  expect(defaultConnections(true, 8, 1 * GB)).toBe(40)
})

test('an empty value counts as none', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: '  ', REEVE_TLS_CERT: '' })).toEqual(readConfig({}))
})

test.each([
  [{ PORT: '65536' }, 'PORT'],
  [{ PORT: '-1' }, 'PORT'],
  [{ PORT: '80.5' }, 'PORT'],
  [{ PORT: '0x50' }, 'PORT'],
  [{ PORT: 'http' }, 'PORT'],
  [{ REEVE_DB_CONNECTIONS: '9' }, 'REEVE_DB_CONNECTIONS'],
  [{ REEVE_SPARES: '0' }, 'REEVE_SPARES'],
  [{ REEVE_DRAIN_SECONDS: '1e2' }, 'REEVE_DRAIN_SECONDS'],
  [{ REEVE_CURRENCY: 'euro' }, 'REEVE_CURRENCY'],
  [{ REEVE_LOG_LEVEL: 'loud' }, 'REEVE_LOG_LEVEL'],
  [{ REEVE_ALLOW_PRIVATE_PROVIDERS: 'yes' }, 'REEVE_ALLOW_PRIVATE_PROVIDERS'],
  [{ REEVE_PUBLIC_ORIGIN: 'reeve.example.com' }, 'REEVE_PUBLIC_ORIGIN'],
  [{ REEVE_PUBLIC_ORIGIN: 'https://reeve.example.com/' }, 'REEVE_PUBLIC_ORIGIN'],
  [{ REEVE_PUBLIC_ORIGIN: 'ftp://reeve.example.com' }, 'REEVE_PUBLIC_ORIGIN'],
  [{ REEVE_TRUSTED_PROXIES: '10.0.0.0/8, proxy' }, 'REEVE_TRUSTED_PROXIES'],
  [{ DATABASE_URL: 'mysql://reeve@localhost/reeve' }, 'DATABASE_URL'],
  [{ DATABASE_URL: 'localhost' }, 'DATABASE_URL'],
  [{ DATABASE_URL: 'postgres://reeve@localhost' }, 'DATABASE_URL'],
  [{ DATABASE_URL: 'postgres://reeve@localhost/' }, 'DATABASE_URL'],
  [{ HOST: '0.0.0.0' }, 'HOST'],
  [{ HOST: '::' }, 'HOST'],
  [{ HOST: 'reeve.example.com' }, 'HOST'],
  [{ REEVE_TLS_CERT: TLS.REEVE_TLS_CERT }, 'REEVE_TLS_KEY'],
  [{ REEVE_TLS_KEY: TLS.REEVE_TLS_KEY }, 'REEVE_TLS_CERT'],
  [{ ...TLS, REEVE_TLS_CERT: '/nowhere/at-all.pem' }, 'REEVE_TLS_CERT'],
  [{ ...TLS, REEVE_TLS_KEY: garbage }, 'REEVE_TLS_KEY'],
  [{ ...TLS, REEVE_TLS_KEY: fixture('second-key') }, 'REEVE_TLS_KEY'],
])('%j is one mistake, told in one sentence that names %s', (environment, name) => {
  const mistakes = mistakesOf(environment)
  expect(mistakes).toHaveLength(1)
  expect(mistakes[0]).toContain(name)
  expect(mistakes[0]).toMatch(/^[A-Z][^\n]+[.]$/)
})

test('all mistakes are told at once, and no password among them', () => {
  const mistakes = mistakesOf({
    PORT: 'x',
    HOST: '0.0.0.0',
    REEVE_CURRENCY: '€',
    DATABASE_URL: 'mysql://reeve:hunter2secret@localhost/reeve',
  })
  expect(mistakes).toHaveLength(4)
  expect(mistakes.join()).not.toContain('hunter2secret')
})

test.each([
  [{ HOST: '0.0.0.0', ...TLS }],
  [{ HOST: '0.0.0.0', REEVE_TRUSTED_PROXIES: '10.0.0.0/8' }],
  [{ HOST: '127.0.0.1' }],
  [{ HOST: '[::1]' }],
])('%j may be listened on', (environment) => {
  expect(mistakesOf(environment)).toEqual([])
})

test('an IPv6 host is listened on without its brackets', () => {
  expect(readConfig({ HOST: '[::1]' }).host).toBe('::1')
})
