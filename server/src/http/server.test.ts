import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestReeve, type TestReeve } from '../../test/harness.ts'

let reeve: TestReeve
beforeAll(async () => {
  reeve = await startTestReeve()
})
afterAll(() => reeve.stop())

test('a node that can serve says so', async () => {
  expect((await reeve.client.request('GET', '/healthz')).status).toBe(200)
  expect((await reeve.client.request('GET', '/readyz')).status).toBe(200)
})

test('what does not exist is a problem in RFC 9457 form', async () => {
  const reply = await reeve.client.request('GET', '/api/nothing')
  expect(reply.status).toBe(404)
  expect(reply.headers.get('content-type')).toContain('application/problem+json')
  expect(reply.body).toMatchObject({ code: 'not_found', status: 404, type: '/problems/not_found' })
})

test('the type of a problem leads to what it means', async () => {
  const problem = await reeve.client.request('GET', '/api/nothing')
  const page = await reeve.client.request('GET', String(Reflect.get(Object(problem.body), 'type')))
  expect(page.body).toMatchObject({ code: 'not_found', status: 404 })
})
