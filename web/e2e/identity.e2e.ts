// The ways in that begin with a mail, and a second factor that is demanded: every page in a browser, every link out of a mail
// that a mail server really took.

import type { Page } from 'playwright-core'
import { TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cookieOf } from '../../server/test/client.ts'
import { type Mailbox, openMailbox } from './mailbox.ts'
import { openPortal, type Portal, signIn } from './portal.ts'

let portal: Portal
let mailbox: Mailbox
beforeAll(async () => {
  portal = await openPortal()
  mailbox = await openMailbox(portal.world)
})
afterAll(async () => {
  await mailbox.stop()
  await portal.stop()
})

const SLOW_MS = 180_000
const PASSWORD = 'nia walks along the quiet river'

/** A team and a project to invite into, by their ids. */
async function createPlaces(): Promise<readonly [string, string]> {
  const { world, org } = portal
  const as = await world.signIn(portal.person('owner'))
  const create = async (kind: string, name: string) =>
    (await world.reeve.client.call('POST', `/api/orgs/${org}/${kind}`, { as, body: { name } })).text('id')
  return [await create('teams', 'Claims'), await create('projects', 'Vision')]
}

async function listMembers(path: string): Promise<readonly unknown[]> {
  const as = await portal.world.signIn(portal.person('owner'))
  const page = await portal.world.reeve.client.call('GET', `/api/orgs/${portal.org}/${path}/members`, { as })
  return page.list('items').map(({ body }) => body)
}

test(
  'somebody who is invited makes an account by the mailed link, which works once',
  async () => {
    const email = 'nia@invited.example'
    const [team, project] = await createPlaces()
    const owner = await portal.openAs(portal.person('owner'), `/o/${portal.org}/people`)
    await owner.getByRole('button', { name: 'Invite people…' }).first().click()
    const dialog = owner.getByRole('dialog', { name: 'Invite people' })
    await dialog.getByRole('textbox', { name: 'E-mail addresses' }).fill(email)
    await dialog.getByRole('textbox', { name: 'E-mail addresses' }).press('Enter')
    await dialog.getByRole('combobox', { name: 'Put them into teams' }).fill('cla')
    await owner.getByRole('option', { name: 'Claims' }).click()
    await dialog.getByRole('combobox', { name: 'Give them a role in projects' }).click()
    await owner.getByRole('option', { name: 'Vision' }).click()
    await dialog.getByRole('combobox', { name: 'Role in Vision' }).click()
    await owner.getByRole('option', { name: 'Builder' }).click()
    await dialog.getByRole('button', { name: 'Leave out Claims' }).waitFor()
    await portal.inspect(owner, 'invite-people')
    await dialog.getByRole('button', { name: 'Send 1 invitation' }).click()
    await owner.getByText('1 person invited').waitFor()
    const link = await mailbox.linkTo(email, '/invite')
    const page = await portal.open(link)
    await page.getByRole('heading', { name: /^Join / }).waitFor()
    await page.getByLabel('New password').fill('short')
    await page.getByRole('button', { name: 'Accept invitation' }).click()
    await page.getByText('Type your name.').waitFor()
    await portal.inspect(page, 'invite')
    await page.getByLabel('Your name').fill('Nia 🌸 <i>Okoye</i>')
    await page.getByLabel('New password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Accept invitation' }).click()
    await page.getByRole('heading', { name: /Hello/ }).waitFor()
    expect(await listMembers(`projects/${project}`)).toContainEqual(expect.objectContaining({ role: 'builder' }))
    expect(await listMembers(`teams/${team}`)).toHaveLength(1)
    const again = await portal.open(link)
    await again.getByRole('heading', { name: 'This link cannot be used' }).waitFor()
  },
  SLOW_MS,
)

test(
  'a wrong password is refused without saying what was wrong, and the mailed link sets a new one',
  async () => {
    const { email } = portal.person('expert')
    const page = await portal.open('/login')
    await signIn(page, { email, password: 'not the password of anybody' })
    await page.getByText('do not match an account').waitFor()
    await portal.inspect(page, 'login-refused')
    await page.getByRole('link', { name: 'Forgot the password?' }).click()
    await page.getByRole('button', { name: 'Send link' }).click()
    await page.getByRole('heading', { name: 'Check your mail' }).waitFor()
    await page.goto(await mailbox.linkTo(email, '/reset'))
    await page.getByRole('heading', { name: 'Choose your password' }).waitFor()
    await portal.inspect(page, 'reset')
    await page.getByLabel('New password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Set password' }).click()
    await page.getByRole('heading', { name: 'Your password is set' }).waitFor()
    await page.getByRole('link', { name: 'Sign in' }).click()
    await signIn(page, { email, password: PASSWORD })
    await page.getByRole('navigation', { name: 'Breadcrumb' }).waitFor()
  },
  SLOW_MS,
)

test(
  'another address counts once its mailbox has confirmed it',
  async () => {
    const manager = portal.person('manager')
    const page = await portal.openAs(manager, '/me')
    await page
      .getByRole('button', { name: /Change/ })
      .first()
      .click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('New e-mail address').fill('rosa@elsewhere.example')
    await dialog.getByLabel('Current password').fill(manager.password)
    await portal.inspect(page, 'change-address')
    await dialog.getByRole('button', { name: /Change/ }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.goto(await mailbox.linkTo('rosa@elsewhere.example', '/verify'))
    await page.getByRole('heading', { name: 'Confirm your address' }).waitFor()
    await portal.inspect(page, 'verify')
    await page.getByRole('button', { name: 'Confirm address' }).click()
    await page.getByRole('heading', { name: 'Address confirmed' }).waitFor()
    const anew = await portal.open('/login')
    await signIn(anew, { email: 'rosa@elsewhere.example', password: manager.password })
    await anew.getByRole('navigation', { name: 'Breadcrumb' }).waitFor()
  },
  SLOW_MS,
)

test(
  'an organisation is registered once the address of its owner is confirmed',
  async () => {
    const { client } = portal.world.reeve
    const as = await portal.world.asSuperadmin()
    await client.call('PATCH', '/api/platform/settings', { as, body: { email_verification_is_required: true } })
    const email = 'olga@registered.example'
    const page = await portal.open('/register')
    await page.getByLabel('Name of the organisation').fill('Registered <b>Ltd</b>')
    await page.getByLabel('Your name').fill('Olga')
    await page.getByLabel('E-mail address').fill(email)
    await page.getByLabel('New password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Create organisation' }).click()
    await page.getByRole('heading', { name: 'Check your mail' }).waitFor()
    await page.goto(await mailbox.linkTo(email, '/register/confirm'))
    await page.getByRole('heading', { name: 'Finish your registration' }).waitFor()
    await portal.inspect(page, 'register-confirm')
    await page.getByLabel('Password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Create organisation' }).click()
    await page.getByRole('heading', { name: /^Set up Registered/ }).waitFor()
    await client.call('PATCH', '/api/platform/settings', { as, body: { email_verification_is_required: false } })
  },
  SLOW_MS,
)

test(
  'an owner tries a list of addresses, saves it, and keeps it from a fresh session',
  async () => {
    const path = `/o/${portal.org}/security`
    const api = `/api/orgs/${portal.org}/security`
    const page = await portal.openAs(portal.person('owner'), path)
    await page.getByLabel('One per line').fill('203.0.113.0/24')
    await page.getByRole('button', { name: 'Try list' }).click()
    await page.getByText('You would be locked out.').waitFor()
    await portal.inspect(page, 'security-lockout')
    await page.getByLabel('One per line').fill('127.0.0.1\n::1\n203.0.113.0/24')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('The new list of addresses waits for confirmation').waitFor()
    await page.getByRole('button', { name: 'Confirm list' }).click()
    await page.getByRole('button', { name: 'Sign in anew' }).waitFor()
    await portal.inspect(page, 'security-pending')
    await page.getByRole('button', { name: 'Sign in anew' }).click()
    await signIn(page, portal.person('owner'))
    await page.getByRole('button', { name: 'Confirm list' }).click()
    await page.getByText('The new list of addresses waits for confirmation').waitFor({ state: 'detached' })
    await page.getByLabel('At least').fill('20')
    await page.getByLabel('At least').blur()
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('Rule for passwords saved').waitFor()
    // What another card or another admin saves takes nothing away that was typed here.
    const list = page.getByLabel('One per line')
    await list.fill('192.0.2.0/24')
    const sessions = page.locator('form').filter({ has: page.getByLabel('Ends without activity after') })
    await sessions.getByLabel('Ends without activity after').fill('5')
    const reread = page.waitForResponse((answer) => answer.request().method() === 'GET' && answer.url().endsWith(api))
    await sessions.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('Session length saved').waitFor()
    await (await reread).finished()
    await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))')
    expect(await list.inputValue()).toBe('192.0.2.0/24')
  },
  SLOW_MS,
)

test(
  'where a second factor is demanded one can only set one up, and a passkey is enough from then on',
  async () => {
    await demandFactor()
    const compliance = portal.person('compliance')
    const page = await portal.open(`/login?next=${encodeURIComponent(`/o/${portal.org}/home`)}`)
    await addAuthenticator(page)
    await signIn(page, compliance)
    await page.getByRole('heading', { name: 'Set up a second factor' }).waitFor()
    await portal.inspect(page, 'mfa-setup')
    await page.getByRole('button', { name: 'Passkey' }).click()
    await page.getByLabel('Name of the passkey').fill('Phone')
    await page.getByRole('button', { name: 'Add passkey' }).click()
    await page.getByRole('alertdialog', { name: 'Keep your recovery codes' }).waitFor()
    await page.getByRole('button', { name: 'I have kept them' }).click()
    await page.getByRole('heading', { name: /Hello/ }).waitFor()
    await page.context().clearCookies()
    await page.goto(`/login?next=${encodeURIComponent(`/o/${portal.org}/home`)}`)
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.getByRole('heading', { name: /Hello/ }).waitFor()
  },
  SLOW_MS,
)

/** The owner sets up a factor and demands one of everybody, through the API. */
async function demandFactor(): Promise<void> {
  const { client } = portal.world.reeve
  const as = await portal.world.asOwner()
  const secret = (await client.call('POST', '/api/me/totp', { as })).text('secret')
  const code = new TOTP({ secret }).generate()
  const { headers } = await client.call('POST', '/api/me/totp/confirm', { as, body: { code } })
  const body = { required: true, grace_days: 0 }
  const path = `/api/orgs/${portal.org}/security/mfa`
  await client.call('PUT', path, { as: { cookie: cookieOf(headers) }, body })
}

async function addAuthenticator(page: Page): Promise<void> {
  const client = await page.context().newCDPSession(page)
  await client.send('WebAuthn.enable')
  await client.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}
