import { format, inspect } from 'node:util'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { mask, Secret } from './secret.ts'

const TEXT = 'sk-live-0123456789abcdefWXYZ'

test('a secret prints as [secret] everywhere, and only reveal() gives it', () => {
  const secret = new Secret(TEXT)
  let logged = ''
  const log = pino({ level: 'trace' }, { write: (line: string) => void (logged += line) })
  log.info({ secret, deep: { list: [secret] } }, 'a secret: %s %o %j', secret, secret, secret)
  log.error(new Error(`failed with ${String(secret)}`, { cause: { secret } }))
  const printed = [
    String(secret),
    'a'.concat(String(secret)),
    [secret, secret].join(),
    JSON.stringify({ secret, list: [secret] }),
    inspect({ secret }, { showHidden: true, depth: null, customInspect: false }),
    inspect({ secret }, { showHidden: true, depth: null }),
    format('%s %o %O %j', secret, secret, secret, secret),
    JSON.stringify(Object.assign({}, secret)),
    JSON.stringify(structuredClone(secret)),
    JSON.stringify(Object.getOwnPropertyDescriptors(secret)),
    logged,
  ]
  for (const text of printed) {
    expect(text).not.toContain('0123456789abcdef')
    expect(text).not.toContain('WXYZ')
  }
  expect(printed.slice(0, 3)).toEqual(['[secret]', 'a[secret]', '[secret],[secret]'])
  expect(logged).toContain('[secret]')
  expect(secret.reveal()).toBe(TEXT)
})

test('a mask shows the last four characters of a long secret and nothing of a short one', () => {
  expect(mask(new Secret(TEXT))).toBe('••••WXYZ')
  expect(mask(new Secret('a'.repeat(16) + 'WXYZ'))).toBe('••••WXYZ')
  expect(mask(new Secret('a'.repeat(15) + 'WXYZ'))).toBe('••••')
  expect(mask(new Secret(''))).toBe('••••')
})
