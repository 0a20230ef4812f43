import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { servePortal } from './portal.ts'

const PAGE = '<!doctype html><title>Reeve</title>'
const HTML = { accept: 'text/html,application/xhtml+xml' }

let app: FastifyInstance
let directory: string
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'reeve-portal-'))
  mkdirSync(join(directory, 'assets'))
  writeFileSync(join(directory, 'index.html'), PAGE)
  writeFileSync(join(directory, 'theme.js'), 'let theme')
  writeFileSync(join(directory, 'assets', 'main-abc123.js'), 'let main')
  writeFileSync(join(directory, '.secret'), 'not for anybody')
  app = Fastify()
  app.get('/api/known', () => ({ ok: true }))
  servePortal(app, directory)
  await app.ready()
})
afterAll(async () => {
  await app.close()
  rmSync(directory, { recursive: true })
})

test('every page is served with a policy that allows no inline script, no foreign code and no frame', async () => {
  const { headers } = await app.inject({ url: '/', headers: HTML })
  const policy = String(headers['content-security-policy'])
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self';")
  expect(policy).toContain("style-src 'self';")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).toContain("base-uri 'none'")
  expect(policy).not.toMatch(/unsafe|\*|https?:/)
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'no-cache',
  })
})

test('a hashed file is kept by browsers for good, and the page and unhashed files are asked for anew', async () => {
  const cacheOf = async (url: string) => (await app.inject({ url })).headers['cache-control']
  expect(await cacheOf('/assets/main-abc123.js')).toBe('public, max-age=31536000, immutable')
  expect(await cacheOf('/theme.js')).toBe('no-cache')
})

test('a deep link is the page for whoever asks for a page, and for nobody else', async () => {
  for (const url of ['/o/01a2/people?q=ada', '/login', '/platform/organisations', '/apiary', '/v1x']) {
    expect((await app.inject({ url, headers: HTML })).body, url).toBe(PAGE)
    expect((await app.inject({ url, headers: { accept: 'application/json' } })).statusCode, url).toBe(404)
    expect((await app.inject({ url })).statusCode, url).toBe(404)
    expect((await app.inject({ method: 'POST', url, headers: HTML })).statusCode, url).toBe(404)
  }
})

test('an address of the server is never the page, even where it answers nothing', async () => {
  const paths = ['/api', '/api/unknown', '/v1', '/v1/models', '/scim/v2/Users', '/problems/x', '/healthz', '/metrics']
  for (const url of [...paths, '/openapi.json', '/readyz', '/api?x=1']) {
    expect((await app.inject({ url, headers: HTML })).statusCode, url).toBe(404)
  }
  expect((await app.inject({ url: '/api/known', headers: HTML })).json()).toEqual({ ok: true })
})

test('an asset that is gone is 404 and not the page, and nothing outside of the portal is served', async () => {
  expect((await app.inject({ url: '/assets/main-old.js', headers: HTML })).statusCode).toBe(404)
  for (const url of ['/.secret', '/../portal.ts', '/%2e%2e/package.json', '/assets/..%2f..%2fpackage.json']) {
    const { statusCode, body } = await app.inject({ url })
    expect(statusCode, url).toBe(404)
    expect(body).not.toContain('not for anybody')
  }
})

test('where nothing was built every other answer stays as it is', async () => {
  const bare = Fastify()
  servePortal(bare, join(directory, 'missing'))
  expect((await bare.inject({ url: '/', headers: HTML })).statusCode).toBe(404)
  await bare.close()
})
