import { TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type As, cookieOf, type Reply } from '../../test/client.ts'
import {
  type Administration,
  enableCalls,
  type Calls,
  entriesOf,
  expectRefusal,
  memberOf,
  type Organisation,
  type Person,
  startAdministration,
} from '../../test/administration.ts'
import { revertUnconfirmed } from './security.ts'

let office: Administration
let calls: Calls
beforeAll(async () => {
  office = await startAdministration()
  calls = await enableCalls(office)
})
afterAll(async () => {
  await calls.stop()
  await office.stop()
})

const PASSWORD = 'seven mild otters juggle'
/** Every request of these tests comes from here unless a test says otherwise. */
const HERE = '127.0.0.1'

let counter = 0
/** An organisation of its own, so that a test that locks people out locks out nobody else's. */
async function found(): Promise<Organisation & { readonly email: string }> {
  const email = `security-${process.pid}-${(counter += 1)}@example.com`
  const body = { organisation_name: `Security ${counter}`, email, password: PASSWORD, display_name: 'Founder' }
  const registered = await office.client.call('POST', '/api/registrations', { body })
  const as = { cookie: cookieOf(registered.headers) }
  const id = registered.object('organisation').text('id')
  const path = `/api/orgs/${id}`
  const me = await office.client.call('GET', path, { as })
  return { id, path, email, owner: { as, member_id: me.object('membership').text('member_id') } }
}

const ask = (method: string, path: string, as: As, body?: object) =>
  office.client.request(method, path, { as, ...(body && { body }) })

const setAddresses = (organisation: Organisation, as: As, addresses: string[], accept_lockout = false) =>
  ask('PUT', `${organisation.path}/security/addresses`, as, { addresses, accept_lockout })

/** As if the five minutes were over. */
const letTimePass = (organisation_id: string) =>
  office.inside(organisation_id, (tx) =>
    tx
      .updateTable('tenancy.security')
      .set({ addresses_revert_at: new Date(Date.now() - 1000) })
      .execute(),
  )

async function signInAnew(email: string): Promise<As> {
  const { headers } = await office.client.call('POST', '/api/sessions', { body: { email, password: PASSWORD } })
  return { cookie: cookieOf(headers) }
}

async function keyOf({ path }: Organisation, as: As, kind: 'me/api-keys' | 'api-keys'): Promise<As> {
  const body = { name: 'Key', scopes: ['org.view', 'run.execute', 'model.view'] }
  return { key: (await office.client.call('POST', `${path}/${kind}`, { as, body })).text('key') }
}

const codeOf = (reply: Reply): unknown => memberOf(reply.body, 'code')
/** The gateway's error has a shape of its own. */
const gatewayCode = (reply: Reply): unknown => memberOf(memberOf(reply.body, 'error'), 'code')

describe('addresses', () => {
  test('a list lets in who is on it and nobody else, by cookie, by every key, and at the gateway', async () => {
    const organisation = await found()
    const { owner, path } = organisation
    const keys = [await keyOf(organisation, owner.as, 'me/api-keys'), await keyOf(organisation, owner.as, 'api-keys')]
    expect((await setAddresses(organisation, owner.as, [`${HERE}/32`])).status).toBe(200)
    for (const as of [owner.as, ...keys]) expect((await ask('GET', path, as)).status).toBe(200)
    expect((await setAddresses(organisation, owner.as, ['10.0.0.0/8'], true)).status).toBe(200)
    for (const as of [owner.as, ...keys]) expectRefusal(await ask('GET', path, as), 403, 'address_not_allowed')
    for (const as of keys) {
      expect(gatewayCode(await ask('GET', '/v1/models', as))).toBe('address_not_allowed')
      const call = await ask('POST', '/v1/chat/completions', as, {
        model: 'echo',
        messages: [{ role: 'user', content: 'x' }],
      })
      expect([call.status, gatewayCode(call)]).toEqual([403, 'address_not_allowed'])
    }
    const refused = await entriesOf(office, organisation.id, 'policy.check_failed')
    expect(refused.map((entry) => entry.reason_code)).toContain('address_not_allowed')
    expect((await ask('GET', path, office.superadmin)).status, 'a super-admin can mend it').toBe(200)
  })

  test('a list that shuts out its author or somebody who is here names them, and is saved only when that is accepted', async () => {
    const organisation = await found()
    const { owner } = organisation
    await ask('GET', organisation.path, owner.as)
    const refused = await setAddresses(organisation, owner.as, ['10.0.0.0/8'])
    expectRefusal(refused, 409, 'lockout_unconfirmed')
    expect(memberOf(memberOf(refused.body, 'params'), 'you')).toBe(true)
    expect(memberOf(memberOf(refused.body, 'params'), 'your_address')).toBe(HERE)
    // By their requests, which reach the log a moment after they were answered; a key is named for itself, not as its maker.
    const body = { name: 'Key', scopes: ['org.view'] }
    const key = await office.client.call('POST', `${organisation.path}/api-keys`, { as: owner.as, body })
    await ask('GET', organisation.path, { key: key.text('key') })
    const named = async () => memberOf((await setAddresses(organisation, owner.as, ['10.0.0.0/8'])).body, 'params')
    await expect.poll(named).toEqual({
      you: true,
      your_address: HERE,
      member_ids: [owner.member_id],
      api_key_ids: [key.text('id')],
      addresses: [HERE],
    })
    const bad = await setAddresses(organisation, owner.as, ['10.0.0.0/8', 'example.com'])
    expectRefusal(bad, 422, 'address_invalid')
    expect(bad.text).toContain('/addresses/1')
    expect((await setAddresses(organisation, owner.as, ['10.0.0.0/8'], true)).status).toBe(200)
  })

  test('a list that nobody confirms goes back by itself, before any job has looked, and at the gateway too', async () => {
    const organisation = await found()
    const { owner, path, id } = organisation
    const key = await keyOf(organisation, owner.as, 'api-keys')
    await setAddresses(organisation, owner.as, ['10.0.0.0/8'], true)
    expectRefusal(await ask('GET', path, owner.as), 403, 'address_not_allowed')
    expect(gatewayCode(await ask('GET', '/v1/models', key))).toBe('address_not_allowed')
    await letTimePass(id)
    expect((await ask('GET', path, owner.as)).status).toBe(200)
    expect((await ask('GET', '/v1/models', key)).status).toBe(200)
    const view = await office.client.call('GET', `${path}/security`, { as: owner.as })
    expect(view.body).toMatchObject({ addresses: [], unconfirmed: null })
    const database = await office.database(id)
    expect(await revertUnconfirmed(database)).toBe(true)
    expect(await revertUnconfirmed(database)).toBe(false)
    expect(await entriesOf(office, id, 'security_policy.reverted')).toHaveLength(1)
    expect((await ask('GET', path, owner.as)).status).toBe(200)
  })

  test('it is confirmed by a session begun since, and then stays', async () => {
    const organisation = await found()
    const { owner, path, id, email } = organisation
    const confirm = (as: As) => ask('POST', `${path}/security/addresses/confirm`, as)
    expectRefusal(await confirm(owner.as), 409, 'nothing_to_confirm')
    await setAddresses(organisation, owner.as, ['127.0.0.0-127.0.0.9'])
    expectRefusal(await confirm(owner.as), 409, 'fresh_session_needed')
    const fresh = await signInAnew(email)
    const confirmed = await confirm(fresh)
    expect(confirmed.status, confirmed.text).toBe(200)
    await letTimePassAnyway(id)
    const view = await office.client.call('GET', `${path}/security`, { as: fresh })
    expect(view.body).toMatchObject({ addresses: ['127.0.0.0-127.0.0.9'], unconfirmed: null })
  })

  test('a second change goes back to the list that was confirmed last', async () => {
    const organisation = await found()
    const { owner, path } = organisation
    await setAddresses(organisation, owner.as, ['127.0.0.1'])
    await setAddresses(organisation, owner.as, ['127.0.0.0/8'])
    const reverted = await ask('POST', `${path}/security/addresses/revert`, owner.as)
    expect(memberOf(reverted.body, 'addresses')).toEqual([])
  })

  test('one can try an address against the list in force and a proposed one', async () => {
    const organisation = await found()
    const { owner, path } = organisation
    const query = `address=10.1.1.1&proposed=${encodeURIComponent('10.0.0.0/8, 2001:db8::/32')}`
    const tried = await ask('GET', `${path}/security/addresses/try?${query}`, owner.as)
    expect(tried.body).toMatchObject({ is_allowed: true, entry: '10.0.0.0/8', you_are_allowed: false })
    const now = await ask('GET', `${path}/security/addresses/try?address=10.1.1.1`, owner.as)
    expect(now.body).toMatchObject({ is_allowed: true, entry: null, you_are_allowed: true })
    expectRefusal(await ask('GET', `${path}/security/addresses/try?address=nowhere`, owner.as), 422, 'address_invalid')
  })

  test('members may neither see nor set it', async () => {
    const member = await office.join()
    for (const [method, path, body] of [
      ['GET', '/security', undefined],
      ['PUT', '/security/addresses', { addresses: [] }],
      ['PUT', '/security/mfa', { required: true }],
      ['PUT', '/security/sessions', { idle_timeout_s: 600, absolute_timeout_s: null }],
    ] as const) {
      expectRefusal(await ask(method, `${office.organisation.path}${path}`, member.as, body), 403, 'forbidden')
    }
  })
})

const letTimePassAnyway = (organisation_id: string) =>
  office.inside(organisation_id, (tx) =>
    tx
      .updateTable('tenancy.security')
      .set({ addresses_changed_at: new Date(0) })
      .execute(),
  )

/** Sets up an authenticator app; the session has then proved it. */
async function enrol(as: As): Promise<As> {
  const begun = await office.client.call('POST', '/api/me/totp', { as })
  const code = new TOTP({ secret: begun.text('secret') }).generate()
  const confirmed = await office.client.call('POST', '/api/me/totp/confirm', { as, body: { code } })
  return { cookie: cookieOf(confirmed.headers) }
}

describe('a second factor', () => {
  test('once it is demanded, who has none only sets one up; the own keys stop, those of the organisation work', async () => {
    const { organisation, client } = office
    const member: Person = await office.join()
    const own = await keyOf(organisation, member.as, 'me/api-keys')
    const of_organisation = await keyOf(organisation, organisation.owner.as, 'api-keys')
    const demand = (as: As, required: boolean, grace_days = 0) =>
      ask('PUT', `${organisation.path}/security/mfa`, as, { required, grace_days })
    expectRefusal(await demand(organisation.owner.as, true), 409, 'own_factor_missing')
    const owner = await enrol(organisation.owner.as)
    const coverage = await client.call('GET', `${organisation.path}/security/mfa-coverage`, { as: owner })
    expect(memberOf(coverage.body, 'with_factor')).toBe(1)

    expect((await demand(owner, true, 14)).status).toBe(200)
    expect((await ask('GET', organisation.path, member.as)).status, 'during the grace').toBe(200)
    expect((await demand(owner, true)).status).toBe(200)
    const refused = await ask('GET', organisation.path, member.as)
    expectRefusal(refused, 403, 'factor_required')
    expect(memberOf(memberOf(refused.body, 'params'), 'has_factor')).toBe(false)
    expectRefusal(await ask('GET', organisation.path, own), 403, 'factor_required')
    expect(gatewayCode(await ask('GET', '/v1/models', own))).toBe('factor_required')
    const call = await ask('POST', '/v1/chat/completions', own, {
      model: 'echo',
      messages: [{ role: 'user', content: 'x' }],
    })
    expect([call.status, gatewayCode(call)]).toEqual([403, 'factor_required'])
    const entries = await entriesOf(office, organisation.id, 'policy.check_failed')
    expect(entries.map((entry) => entry.reason_code)).toContain('factor_required')
    expect((await ask('GET', '/v1/models', of_organisation)).status).toBe(200)
    expect((await ask('GET', '/api/me', member.as)).status).toBe(200)

    const enrolled = await enrol(member.as)
    expect((await ask('GET', organisation.path, enrolled)).status).toBe(200)
    expect((await ask('GET', '/v1/models', own)).status).toBe(200)
    expect((await demand(owner, false)).status).toBe(200)
  })
})

describe('sessions', () => {
  test('end sooner where the organisation says so, by use and by age, and nowhere else', async () => {
    const { client } = office
    const strict = await found()
    const { owner, path } = strict
    const second = await client.call('POST', '/api/organisations', { as: owner.as, body: { name: 'Elsewhere' } })
    const set = (body: object) => ask('PUT', `${path}/security/sessions`, owner.as, body)
    expectRefusal(await set({ idle_timeout_s: 80_000, absolute_timeout_s: null }), 422, 'timeout_looser')
    expect((await set({ idle_timeout_s: 300, absolute_timeout_s: 3600 })).status).toBe(200)
    const setSession = (change: string) =>
      office.reeve.node.deployment.control.connection((connection) =>
        connection.query(
          `update identity.session set ${change} where user_id = (
          select id from identity.user where email_key = $1)`,
          [strict.email],
        ),
      )
    await setSession(`last_seen_at = now() - interval '10 minutes'`)
    const idle = await ask('GET', path, owner.as)
    expectRefusal(idle, 401, 'session_too_old')
    expectRefusal(await ask('GET', path, owner.as), 401, 'session_too_old')
    expect((await ask('GET', `/api/orgs/${second.text('id')}`, owner.as)).status, 'elsewhere').toBe(200)
    const stepped = await client.call('POST', '/api/me/step-up', { as: owner.as, body: { password: PASSWORD } })
    const as = { cookie: cookieOf(stepped.headers) }
    expect((await ask('GET', path, as)).status).toBe(200)
    await setSession(`authenticated_at = now() - interval '2 hours'`)
    const old = await ask('GET', path, as)
    expect([codeOf(old), memberOf(memberOf(old.body, 'params'), 'reason')]).toEqual(['session_too_old', 'absolute'])
  })
})
