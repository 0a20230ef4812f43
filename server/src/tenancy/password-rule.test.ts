import { TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answered, type As, cookieOf } from '../../test/client.ts'
import { expectRefusal, signIn, startWorld, type World } from './world.suite.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())

/** Sets up an authenticator app; the session that has proved it. */
async function enrol(as: As): Promise<As> {
  const begun = await world.client.call('POST', '/api/me/totp', { as })
  const code = new TOTP({ secret: begun.text('secret') }).generate()
  const { headers } = await world.client.call('POST', '/api/me/totp/confirm', { as, body: { code } })
  return { cookie: cookieOf(headers) }
}

test('a password from before a stricter rule is looked at when it is next typed, and a new one is chosen before anything else', async () => {
  const org = await world.found()
  const person = await world.join(org)
  const rule = { min_length: 15, needs_letters: true, needs_digits: true, needs_symbols: false }
  await world.client.call('PUT', `${org.path}/password-rule`, { as: org.owner.as, body: rule })
  // Whoever is signed in goes on.
  expect((await world.client.request('GET', org.path, { as: person.as })).status).toBe(200)
  const body = { email: person.email, password: person.password }
  const signedIn = await world.client.request('POST', '/api/sessions', { body })
  expect(answered(signedIn.body).object('person').body).toMatchObject({ must_change_password: true })
  const { as } = await signIn(world.client, person.email)
  expectRefusal(await world.client.request('GET', org.path, { as }), 403, 'password_change_required')
  const change = (new_password: string) =>
    world.client.request('POST', '/api/me/password', { as, body: { current_password: person.password, new_password } })
  expectRefusal(await change('nine other otters wander'), 422, 'password_refused')
  const chosen = 'nine other otters wander 4 miles'
  expect((await change(chosen)).status).toBe(200)
  const again = await world.client.call('POST', '/api/sessions', { body: { ...body, password: chosen } })
  expect(again.object('person').body).toMatchObject({ must_change_password: false })
})

test('whoever has a second factor may have a password of eight characters, and chooses a longer one once it is gone', async () => {
  const org = await world.found()
  const person = await world.join(org)
  const short = 'z7#mQw9!'
  const change = (as: As, current_password: string, new_password: string) =>
    world.client.request('POST', '/api/me/password', { as, body: { current_password, new_password } })
  expectRefusal(await change(person.as, person.password, short), 422, 'password_refused')
  const enrolled = await enrol(person.as)
  expectRefusal(await change(enrolled, person.password, 'z7#mQw9'), 422, 'password_refused')
  const changed = await change(enrolled, person.password, short)
  expect(changed.status).toBe(200)
  const as = { cookie: cookieOf(changed.headers) }
  expect((await world.client.request('DELETE', '/api/me/totp', { as })).status).toBe(204)
  const body = { email: person.email, password: short }
  const signedIn = await world.client.request('POST', '/api/sessions', { body })
  expect(answered(signedIn.body).object('person').body).toMatchObject({ must_change_password: true })
  const again = { cookie: cookieOf(signedIn.headers) }
  expectRefusal(await world.client.request('GET', org.path, { as: again }), 403, 'password_change_required')
  expectRefusal(await change(again, short, 'q4$vRt8?'), 422, 'password_refused')
})

test('a rule of an organisation holds for whoever has a second factor as well', async () => {
  const org = await world.found()
  const person = await world.join(org)
  const rule = { min_length: 12, needs_letters: false, needs_digits: false, needs_symbols: false }
  await world.client.call('PUT', `${org.path}/password-rule`, { as: org.owner.as, body: rule })
  const enrolled = await enrol(person.as)
  const change = (new_password: string) =>
    world.client.request('POST', '/api/me/password', {
      as: enrolled,
      body: { current_password: person.password, new_password },
    })
  expectRefusal(await change('z7#mQw9!kL2'), 422, 'password_refused')
  expect((await change('z7#mQw9!kL2x')).status).toBe(200)
})
