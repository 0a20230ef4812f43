import { hashSync } from '@node-rs/argon2'
import { expect, test } from 'vitest'
import { createOneTimePassword, hashPassword, isOutdated, verifyPassword } from './password.ts'
import { requirePasswordAllowed } from './password-rule.ts'

test('a password is known again, and no other is taken for it', async () => {
  const hash = await hashPassword('river candle frost')
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await verifyPassword(hash, 'river candle frost')).toBe(true)
  expect(await verifyPassword(hash, 'river candle frosT')).toBe(false)
  expect(await verifyPassword(hash, '')).toBe(false)
})

test('one password hashes differently each time', async () => {
  expect(await hashPassword('river candle frost')).not.toBe(await hashPassword('river candle frost'))
})

test('a password typed on another keyboard is the same password (NFKC)', async () => {
  const hash = await hashPassword('Ünicode ﬁlm Å 15')
  expect(await verifyPassword(hash, 'U\u0308nicode film A\u030a 15')).toBe(true)
})

test('no password opens an account that does not exist', async () => {
  expect(await verifyPassword(null, '')).toBe(false)
  expect(await verifyPassword(null, 'anything at all')).toBe(false)
})

test('a hash of other parameters asks to be made anew, and still opens', async () => {
  const old = hashSync('river candle frost', { memoryCost: 8192, timeCost: 1, parallelism: 1 })
  expect(isOutdated(old)).toBe(true)
  expect(await verifyPassword(old, 'river candle frost')).toBe(true)
  expect(isOutdated(await hashPassword('river candle frost'))).toBe(false)
})

test('more hashes than can wait are refused at once, and all others are made', async () => {
  const asked = 66 + 10
  const results = await Promise.allSettled(Array.from({ length: asked }, () => verifyPassword(null, 'x')))
  const refused = results.filter((result) => result.status === 'rejected')
  expect(refused).toHaveLength(10)
  for (const { reason } of refused) expect(reason).toMatchObject({ code: 'overloaded', retry_after_s: 1 })
  expect(await verifyPassword(null, 'x')).toBe(false)
})

test('a one-time password is readable, never the same, and one that people might have chosen', async () => {
  const made = new Set(Array.from({ length: 200 }, createOneTimePassword))
  expect(made.size).toBe(200)
  for (const password of made) {
    expect(password).toMatch(/^(?:[a-hjkmnp-z2-9]{5}-){3}[a-hjkmnp-z2-9]{5}$/)
    await requirePasswordAllowed(password, { email: 'someone@example.com', display_name: 'Someone' })
  }
})
