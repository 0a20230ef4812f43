// TLS as a node speaks it: 1.2 or newer, with the certificate that lies in its files now, and never plain HTTP where
// others could listen.

import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type ConnectionOptions } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { startTestReeve, type TestReeve } from './harness.ts'

const fixture = (name: string): string => fileURLToPath(new URL(`tls/${name}.pem`, import.meta.url))
const directory = mkdtempSync(join(tmpdir(), 'reeve-tls-'))
const files = { certificate: join(directory, 'certificate.pem'), key: join(directory, 'key.pem') }
const install = (which: 'first' | 'second') => {
  copyFileSync(fixture(`${which}-certificate`), files.certificate)
  copyFileSync(fixture(`${which}-key`), files.key)
}

let reeve: TestReeve
beforeAll(async () => {
  install('first')
  const environment = { REEVE_TLS_CERT: files.certificate, REEVE_TLS_KEY: files.key, REEVE_LOG_LEVEL: 'silent' }
  reeve = await startTestReeve(environment)
})
afterAll(async () => {
  await reeve.stop()
  rmSync(directory, { recursive: true, force: true })
})

const address = () => ({ host: '127.0.0.1', port: Number(new URL(reeve.node.url).port) })

/** The protocol and the name on the certificate that a client gets, or the code of the error. */
function handshake(options: ConnectionOptions): Promise<{ protocol: string | null; name: string } | { error: string }> {
  return new Promise((resolve) => {
    const socket = connect({ ...address(), ca: [read('first'), read('second')], ...options }, () => {
      const protocol = socket.getProtocol()
      const name = String(socket.getPeerCertificate().subject.CN)
      socket.end()
      resolve({ protocol, name })
    })
    socket.on('error', (error: NodeJS.ErrnoException) => resolve({ error: error.code ?? error.message }))
  })
}
const read = (which: 'first' | 'second') => readFileSync(fixture(`${which}-certificate`))

function fetchHealth(): Promise<number> {
  return new Promise((resolve, reject) => {
    get({ ...address(), path: '/healthz', ca: [read('first'), read('second')], agent: false }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    }).on('error', reject)
  })
}

test('a node with a certificate serves https', async () => {
  expect(reeve.node.url).toMatch(/^https:/)
  expect(await fetchHealth()).toBe(200)
})

test.each(['TLSv1.2', 'TLSv1.3'] as const)('%s is spoken', async (version) => {
  const protocol = { minVersion: version, maxVersion: version }
  expect(await handshake(protocol)).toEqual({ protocol: version, name: 'first.localhost' })
})

test.each(['TLSv1', 'TLSv1.1'] as const)('%s is refused', async (version) => {
  // The client lowers its own guard, so that it is the server that refuses.
  const weak = { minVersion: version, maxVersion: version, ciphers: 'DEFAULT:@SECLEVEL=0' }
  const { error } = { error: '', ...(await handshake(weak)) }
  expect(error).toContain('TLSV1_ALERT_PROTOCOL_VERSION')
})

test('plain HTTP on the TLS port is not answered', async () => {
  await expect(fetch(`http://127.0.0.1:${address().port}/healthz`)).rejects.toThrow()
})

test('a renewed certificate is served without a restart, also after a broken one', async () => {
  install('second')
  const name = async () => ({ name: '', ...(await handshake({})) }).name
  await expect.poll(name, { timeout: 15_000, interval: 200 }).toBe('second.localhost')
  // As a careless renewal does: the certificate first, and then something that is no key.
  writeFileSync(files.key, 'no key')
  writeFileSync(files.certificate, readFileSync(fixture('first-certificate')))
  install('first')
  await expect.poll(name, { timeout: 15_000, interval: 200 }).toBe('first.localhost')
  expect(await fetchHealth()).toBe(200)
})

test('plain HTTP is served on loopback or behind a declared proxy only', () => {
  for (const host of ['0.0.0.0', '::', '192.0.2.1', 'reeve.example.com']) {
    const refused = () => readConfig({ HOST: host, DATABASE_URL: 'postgres://localhost/reeve' })
    expect(refused).toThrow(/^HOST is .+, which others can reach: set REEVE_TLS_CERT and REEVE_TLS_KEY, or declare /)
    expect(() => readConfig({ HOST: host, REEVE_TRUSTED_PROXIES: '10.0.0.0/8' })).not.toThrow()
  }
})
