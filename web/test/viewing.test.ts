import { expect, test } from 'vitest'
import { requireNotViewing, startViewing, stopViewing } from '../src/api/viewing.ts'
import { narrowed } from '../src/session/narrowed.ts'

const asked = (method: string, path: string) => new Request(`https://reeve.example${path}`, { method })

test('whoever looks as another role acts neither in that organisation, nor is kept from reading or from acting elsewhere', () => {
  startViewing({ org: 'one', worn: { base_role: 'member', surface: 'hub' } })
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
    for (const path of ['/api/orgs/one', '/api/orgs/one/members'])
      expect(() => requireNotViewing(asked(method, path))).toThrow('Nothing is done')
  for (const [method, path] of [
    ['GET', '/api/orgs/one/members'],
    ['POST', '/api/me/sign-out'],
    ['POST', '/api/orgs/one-more/members'],
  ] as const)
    expect(() => requireNotViewing(asked(method, path))).not.toThrow()
  stopViewing()
  expect(() => requireNotViewing(asked('POST', '/api/orgs/one/members'))).not.toThrow()
})

test('looking shows what the role may, and never more than the one who looks may', () => {
  const fact = (permission: string, held: boolean) => ({ permission, held })
  const own = [fact('audit.view', true), fact('org.delete', false), fact('run.execute', true)]
  const theirs = [fact('audit.view', false), fact('org.delete', true), fact('run.execute', true)]
  expect(narrowed(own, theirs)).toEqual([
    fact('audit.view', false),
    fact('org.delete', false),
    fact('run.execute', true),
  ])
})
