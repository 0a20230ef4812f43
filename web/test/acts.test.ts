import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lastActs, sendNoted, takeUntoldActs } from '../src/api/acts.ts'

let server: Server
let url: string
beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume().once('end', () => response.writeHead(request.url?.includes('refused') ? 409 : 200).end('{}'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The server has no address')
  url = `http://127.0.0.1:${address.port}`
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

const send = (method: string, path: string, body?: object) =>
  sendNoted(
    new Request(`${url}${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    }),
  )

const paths = () => lastActs().map(({ method, path }) => `${method} ${path}`)

test('acts that follow each other at once are remembered together, told once, and hold no secret', async () => {
  await Promise.all([
    send('PUT', '/api/orgs/one/members/a/role', { base_role: 'admin' }),
    send('PUT', '/api/orgs/one/providers/b/key?dry=1', { key: 'sk-1' }),
  ])
  expect(paths().sort()).toEqual(['PUT /api/orgs/one/members/a/role', 'PUT /api/orgs/one/providers/b/key'])
  expect(lastActs().find(({ path }) => path.endsWith('/key'))).toMatchObject({
    body: { key: '<key>' },
    query: { dry: '1' },
  })
  expect(takeUntoldActs()).toEqual(lastActs())
  expect(takeUntoldActs()).toEqual([])
})

test('what only asks, what was refused and what needs no account is not remembered', async () => {
  const before = paths()
  await send('GET', '/api/orgs/one/teams')
  await send('POST', '/api/orgs/one/apps/a/quotes', {})
  await send('POST', '/api/me/step-up', { password: 'hush' })
  await send('POST', '/api/sessions', { password: 'hush' })
  await send('POST', '/api/orgs/one/teams/refused', {})
  expect(paths()).toEqual(before)
  expect(takeUntoldActs()).toEqual([])
})
