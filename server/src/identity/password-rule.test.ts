import fc from 'fast-check'
import { expect, test } from 'vitest'
import { requirePasswordAllowed, requirePasswordChanged } from './password-rule.ts'

const OWNER = { email: 'Anna.Schmidt@northwind-trading.example', display_name: 'Anna Schmidt-Köhler' }

const check = (password: string, owner = OWNER) => requirePasswordAllowed(password, owner)

test.each([
  'correct horse battery staple',
  'correcthorsebatterystaple',
  'river-candle-frost',
  'tuesday we paint the boat',
  'Grüße aus dem Süden 42',
  'q7Vt!9zLm2@xW4p',
  '我喜欢在雨天喝一杯热茶然后看书吧',
  'x7#kQ '.repeat(3) + 'zebra violin',
])('%s may be chosen', async (password) => {
  await expect(check(password)).resolves.toBeUndefined()
})

test.each([
  'password1234567',
  'Password1234567!',
  'P@ssw0rd1234567',
  'passwordpassword',
  'PasswordPassword1!',
  'qwertyuiopasdfgh',
  '1qaz2wsx3edc4rfv',
  '123456789012345',
  '987654321098765',
  'aaaaaaaaaaaaaaaa',
  'abababababababab',
  'xK9!xK9!xK9!xK9!',
  'letmeinletmein1',
  'iloveyouforever',
  'dragonmonkey1234',
  'Summer2025!Summer2025!',
  'abcdefghijklmnop',
  'reeve-reeve-reeve',
  'anna.schmidt.2026',
  'AnnaSchmidtKöhler!',
  'northwind-trading-1',
  'anna.schmidt@northwind-trading.example',
])('%s is too easy to guess', async (password) => {
  await expect(check(password)).rejects.toMatchObject({
    code: 'password_refused',
    status: 422,
    params: { reason: 'guessable' },
    fields: [{ pointer: '/password' }],
  })
})

test('what is easy to guess for its owner may be chosen by others', async () => {
  const password = 'anna köhler northwind'
  await expect(check(password)).rejects.toMatchObject({ params: { reason: 'guessable' } })
  await expect(check(password, { email: 'b@c.example', display_name: 'Bo' })).resolves.toBeUndefined()
})

test('a password has at least 15 characters, counted as people count them', async () => {
  await expect(check('q7Vt!9zLm2@xW4')).rejects.toMatchObject({ params: { reason: 'too_short' } })
  await expect(check('🦊🐙🦉🌵🍄🌋🎻🧭⛵🪁🧩🪐🔭🧬')).rejects.toMatchObject({ params: { reason: 'too_short' } })
  await expect(check('🦊🐙🦉🌵🍄🌋🎻🧭⛵🪁🧩🪐🔭🧬🧲')).resolves.toBeUndefined()
})

test('a password of 128 characters may be chosen, a longer one not', async () => {
  const long = Array.from({ length: 128 }, (_, index) => String.fromCodePoint(0x4e00 + index * 7)).join('')
  await expect(check(long)).resolves.toBeUndefined()
  await expect(check(`${long}x`)).rejects.toMatchObject({ params: { reason: 'too_long', max_length: 128 } })
})

test('no composition is demanded: lower-case letters alone make a password', async () => {
  await expect(check('zhkwpxvbnrtqmdl')).resolves.toBeUndefined()
})

test('no refusal repeats the password', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 4, maxLength: 40, unit: 'binary' }), async (text) => {
      const password = `§§${text}`
      try {
        await check(password)
      } catch (error) {
        const said = JSON.stringify(error, Object.getOwnPropertyNames(error))
        expect(said.includes(JSON.stringify(password).slice(1, -1))).toBe(false)
      }
    }),
    { numRuns: 100 },
  )
})

test('texts made to be taken apart in many ways are judged all the same', async () => {
  const hostile = ['1234567890'.repeat(13).slice(0, 128), 'a'.repeat(128), 'passwor'.repeat(18), '2020'.repeat(32)]
  for (const text of hostile) await expect(check(text)).rejects.toMatchObject({ params: { reason: 'guessable' } })
})

test('the new password is another than the current one, in whatever form it is typed', () => {
  expect(() => requirePasswordChanged('ﬁlm Å', 'film A\u030a', '/new_password')).toThrow(
    expect.objectContaining({
      code: 'password_refused',
      fields: [{ pointer: '/new_password', message: 'The new password must differ from the current one.' }],
    }),
  )
  expect(() => requirePasswordChanged('one', 'two', '/new_password')).not.toThrow()
})
