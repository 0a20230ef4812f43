import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { withoutSecrets } from '../src/api/redact.ts'

test('what signs somebody in is replaced by its name, however deep it lies', () => {
  const body = {
    email: 'ana@example.com',
    current_password: 'seven mild otters',
    passkey: { id: 'abc', response: { signature: 'def' } },
    auth: { api_key: 'sk-1', clientSecret: 'sh', tokens: ['one', 'two'], code: { value: '123456' } },
    max_output_tokens: 400,
    reason_code: 'expired',
    kept: null,
  }
  expect(withoutSecrets('/api/me', body)).toEqual({
    email: 'ana@example.com',
    current_password: '<current_password>',
    passkey: '<passkey>',
    auth: {
      api_key: '<api_key>',
      clientSecret: '<clientSecret>',
      tokens: ['<tokens>', '<tokens>'],
      code: { value: '<code>' },
    },
    max_output_tokens: 400,
    reason_code: 'expired',
    kept: null,
  })
})

test('the value of a credential of tools is a secret, and a value elsewhere is not', () => {
  expect(withoutSecrets('/api/orgs/one/tool-credentials/crm', { value: 'hush', hosts: ['a.example'] })).toEqual({
    value: '<value>',
    hosts: ['a.example'],
  })
  expect(withoutSecrets('/api/orgs/one/quotas', { value: 'shown' })).toEqual({ value: 'shown' })
})

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, name) => (isObject(inner) ? Reflect.get(inner, name) : undefined), value)

/** The names of all texts that a schema has a place for. */
function textsIn(schema: unknown, name: string | null = null): readonly string[] {
  if (!isObject(schema)) return []
  const own = name !== null && at(schema, 'type') === 'string' ? [name] : []
  const members = at(schema, 'properties')
  const inner = isObject(members) ? Object.entries(members).flatMap(([each, of]) => textsIn(of, each)) : []
  const parts = ['items', 'additionalProperties'].flatMap((part) => textsIn(at(schema, part), name))
  const ways = ['anyOf', 'oneOf', 'allOf'].flatMap((way) => {
    const each: unknown = at(schema, way)
    return Array.isArray(each) ? each.flatMap((one) => textsIn(one, name)) : []
  })
  return [...own, ...inner, ...parts, ...ways]
}

/** Every field of a body that holds a text, by the API's contract, as `path name`. */
function textsOfContract(): readonly (readonly [path: string, name: string])[] {
  const file = fileURLToPath(new URL('../../openapi.json', import.meta.url))
  const paths: unknown = at(JSON.parse(readFileSync(file, 'utf8')), 'paths')
  return Object.entries(isObject(paths) ? paths : {}).flatMap(([path, methods]: [string, unknown]) =>
    Object.values(isObject(methods) ? methods : {}).flatMap((operation: unknown) =>
      textsIn(at(operation, 'requestBody', 'content', 'application/json', 'schema')).map(
        (name) => [path, name] as const,
      ),
    ),
  )
}

test('of all texts that the API takes, these are held to be secrets, and no name that sounds like one is left', () => {
  const texts = textsOfContract()
  const isReplaced = ([path, name]: readonly [string, string]) =>
    at(withoutSecrets(path, { [name]: 'x' }), name) !== 'x'
  const secrets = new Set(texts.filter(isReplaced).map(([, name]) => name))
  expect([...secrets].sort()).toEqual([
    'client_secret',
    'code',
    'current_password',
    'key',
    'new_password',
    'password',
    'recovery_code',
    'token',
    'value',
  ])
  const suspicious = texts.filter(
    (text) => /pass|secret|token|key|code|cred|otp|pin|private|hash/i.test(text[1]) && !isReplaced(text),
  )
  expect([...new Set(suspicious.map(([, name]) => name))]).toEqual([])
})
