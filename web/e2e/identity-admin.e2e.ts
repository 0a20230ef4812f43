// Who comes in, as those see it who administer it: a file of people, an identity provider (npm's certified `oidc-provider`),
// programs, and the way out.

import writeXlsxFile from 'write-excel-file/node'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answered } from '../../server/test/client.ts'
import { type IdentityProvider, startIdentityProvider } from '../../server/test/identity-provider.ts'
import { openPortal, type Portal } from './portal.ts'

let portal: Portal
let provider: IdentityProvider
beforeAll(async () => {
  ;[portal, provider] = await Promise.all([openPortal(), startIdentityProvider()])
})
afterAll(async () => {
  await provider.close()
  await portal.stop()
})

const SLOW_MS = 180_000

/** A workbook as somebody fills in the template. */
async function workbookOf(rows: readonly (readonly string[])[]): Promise<Buffer> {
  const data = rows.map((row) => row.map((value) => ({ value, type: String })))
  return writeXlsxFile([{ sheet: 'Users', data }]).toBuffer()
}

test(
  'an owner chooses a workbook, mends its errors where they stand, and everybody in it is invited',
  async () => {
    const page = await portal.openAs(portal.person('owner'), `/o/${portal.org}/people`)
    await page.getByRole('link', { name: 'Import…' }).click()
    await page.getByText('Nothing was imported yet').waitFor()
    await portal.inspect(page, 'import-choose')
    const buffer = await workbookOf([
      ['org_id', 'email', 'display_name', 'role'],
      [portal.org, 'ana@import.example', 'Ana <b>🌸</b> Lima', 'member'],
      [portal.org, 'bo at import.example', '=SUM(A1)', 'member'],
      [portal.org, 'ANA@import.example', 'Twin', 'admin'],
      ['somewhere', 'dee@import.example', 'Dee', 'boss'],
      [portal.org, portal.person('member').email, 'Here already', ''],
    ])
    await page
      .getByLabel('Choose file…')
      .setInputFiles({ name: 'people.xlsx', mimeType: 'application/octet-stream', buffer })
    await page.getByText('Errors (4)').waitFor()
    await portal.inspect(page, 'import-check')
    await mend(page, 'E-mail, row 3', 'bo@import.example')
    await mend(page, 'E-mail, row 4', 'twin@import.example')
    await mend(page, 'Organisation id, row 5', portal.org)
    await mend(page, 'Role, row 5', 'admin')
    await page.getByText('Errors (1)').waitFor()
    await page.getByRole('button', { name: 'Leave row 6 out' }).click()
    await page.getByText('Errors (0)').waitFor()
    await page.getByRole('button', { name: /All rows/ }).click()
    await page.getByLabel('E-mail, row 2').waitFor()
    await page.getByRole('button', { name: 'Invite 4 people' }).click()
    await page.getByRole('button', { name: 'Download result' }).waitFor()
    await page.getByText('dee@import.example').waitFor()
    await portal.inspect(page, 'import-result')
    await page.goto(`/o/${portal.org}/people/invitations`)
    await page.getByText('twin@import.example').waitFor()
  },
  SLOW_MS,
)

/** Types into a cell and goes on, as in a spreadsheet. */
async function mend(page: Page, name: string, text: string): Promise<void> {
  await page.getByLabel(name, { exact: true }).fill(text)
  await page.getByLabel(name, { exact: true }).press('Enter')
}

test(
  'a super-admin pastes rows, says which column is what, and gets the passwords once',
  async () => {
    const page = await portal.openAs(portal.person('super'), '/platform/people/import')
    await page
      .getByLabel('Rows', { exact: true })
      .fill(
        `Mail;Organisation;Called\nnina@pasted.example;${portal.org};Nina\n${portal.person('member').email};${portal.org};Again`,
      )
    await page.getByRole('button', { name: 'Use rows' }).click()
    await page.getByRole('combobox', { name: 'Name' }).click()
    await page.getByRole('option', { name: 'Called' }).click()
    await page.getByRole('cell', { name: 'Nina', exact: true }).waitFor()
    await portal.inspect(page, 'import-columns')
    await page.getByRole('button', { name: 'Check 2 rows' }).click()
    await page.getByText('Already a member.').waitFor()
    await page.getByRole('button', { name: 'Import 1 row' }).click()
    await page.getByText('The result holds one-time passwords, once').waitFor()
    await portal.inspect(page, 'import-passwords')
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download result' }).click()
    expect((await saved).suggestedFilename()).toMatch(/result\.xlsx$/)
    await page.getByText('The one-time passwords were handed out').waitFor()
    await page.getByRole('button', { name: 'Errors' }).click()
    await page.getByText('Already a member.').waitFor()
  },
  SLOW_MS,
)

const DOMAIN = 'sso.example'

/** Has the browser come back from the provider as if this account had signed in there. */
async function signInAtProvider(page: Page, sub: string): Promise<void> {
  await page.route(`${provider.issuer}/**`, async (route) => {
    const query = await provider.visit(route.request().url(), sub)
    const back = new URL(new URL(route.request().url()).searchParams.get('redirect_uri') ?? '')
    // Browsers keep a session cookie of a plain address only for localhost.
    await route.fulfill({
      status: 302,
      headers: { location: `http://localhost:${back.port}${back.pathname}?${query}` },
    })
  })
}

test(
  'an owner connects a provider step by step, tests it, people of its domain come in, and it is enforced with a broken glass at hand',
  async () => {
    const page = await portal.openAs(portal.person('owner'), `/o/${portal.org}/sso`)
    await page.getByText('No identity provider is connected').waitFor()
    await page.getByRole('button', { name: 'Add connection…' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'Add connection' })
    await dialog.getByRole('radio', { name: 'Any other provider' }).click()
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Company account')
    await dialog.getByLabel('Issuer').fill(provider.issuer)
    await dialog.getByLabel('Client id').fill(provider.client_id)
    await portal.inspect(page, 'sso-new')
    await dialog.getByRole('button', { name: 'Add connection' }).click()
    await page.getByRole('textbox', { name: 'Client secret' }).fill(provider.client_secret)
    await page.getByRole('button', { name: 'Set secret' }).click()
    await page.getByRole('textbox', { name: 'Domain' }).fill(DOMAIN)
    await page.getByRole('button', { name: 'Add domain' }).click()
    await page.getByText('Waits for its record').waitFor()
    await portal.inspect(page, 'sso-domain')
    const connection = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    await grant(connection)
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('radio', { name: /Everybody with an address/ }).click()
    await page.getByLabel('Scopes').fill('openid email profile groups')
    await page.getByRole('button', { name: 'Save connection' }).click()
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('button', { name: 'Add group' }).click()
    await page.getByRole('textbox', { name: 'Group' }).fill('admins')
    await page.getByRole('combobox', { name: 'Role' }).click()
    await page.getByRole('option', { name: 'Admin' }).click()
    await page.getByRole('button', { name: 'Save group' }).click()
    await page.getByText('1 entry').waitFor()
    await portal.inspect(page, 'sso-groups')
    await page.getByRole('button', { name: 'Provider', exact: false }).first().click()
    await page.getByRole('button', { name: 'Ask now' }).click()
    await page.getByText('The provider answered as it should').waitFor()
    await portal.inspect(page, 'sso-provider')
    await page.getByRole('button', { name: 'Switch on' }).click()
    await page.getByRole('button', { name: 'Switch on' }).last().click()
    await page.getByText('Company account is in use').waitFor()

    await testSignIn(page, connection)
    await comeIn()
    await enforce(page)
  },
  SLOW_MS,
)

/** What the DNS would prove. */
async function grant(connection: string): Promise<void> {
  const as = await portal.world.asSuperadmin()
  const { client } = portal.world.reeve
  await client.call('POST', `/api/platform/sso/connections/${connection}/domains/${DOMAIN}/grant`, { as })
}

async function testSignIn(page: Page, connection: string): Promise<void> {
  const { client } = portal.world.reeve
  const as = await portal.world.asOwner()
  const view = await client.call('GET', `/api/orgs/${portal.org}/sso/connections/${connection}`, { as })
  provider.register({
    redirect_uri: view.text('redirect_uri'),
    back_channel_logout_uri: view.text('back_channel_logout_uri'),
  })
  provider.put({ sub: 'ada', email: `ada@${DOMAIN}`, name: 'Ada', groups: ['admins', 'everybody'] })
  await signInAtProvider(page, 'ada')
  await page.getByRole('button', { name: 'Sign in by test' }).click()
  await page.getByRole('heading', { name: 'Test sign-in' }).waitFor()
  await page.getByText('admins, everybody').waitFor()
  await portal.inspect(page, 'sso-tested')
  await page.getByRole('button', { name: 'Back to the connection' }).click()
  await page.getByText('Tested as it is now').waitFor()
}

/** Somebody of the domain types the address, is sent to the provider, and is in. */
async function comeIn(): Promise<void> {
  const page = await portal.open('/login')
  await signInAtProvider(page, 'ada')
  await page.getByLabel('E-mail address').fill(`ada@${DOMAIN}`)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'Continue with Company account' }).click()
  await page.getByRole('heading', { name: /Hello/ }).waitFor()
  // The group made an admin of her.
  await page.goto(`/o/${portal.org}/people`)
  await page.getByRole('link', { name: 'Ada' }).waitFor()
}

async function enforce(page: Page): Promise<void> {
  await page.goto(`/o/${portal.org}/sso`)
  await page.getByRole('button', { name: 'Enforce single sign-on…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Enforce single sign-on' })
  await dialog.getByText(/not come through a connection yet/).waitFor()
  await portal.inspect(page, 'sso-enforce')
  await dialog.getByRole('button', { name: 'Enforce single sign-on' }).click()
  await page.getByText('Single sign-on is enforced').waitFor()
  await page.getByText('Enforced', { exact: true }).waitFor()
  const member = await portal.open(`/login?next=${encodeURIComponent(`/o/${portal.org}/home`)}`)
  await member.getByLabel('E-mail address').fill(portal.person('member').email)
  await member.getByRole('button', { name: 'Continue' }).click()
  await member.getByLabel('Password').fill(portal.person('member').password)
  await member.getByRole('button', { name: 'Sign in' }).click()
  await member.getByText('This organisation is entered by single sign-on only.').waitFor()
  await member.getByRole('button', { name: 'Continue with Company account' }).waitFor()
  await portal.inspect(member, 'sso-required')
  await page.getByRole('button', { name: 'Stop enforcing' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Stop enforcing' }).click()
  await page.getByText('Not enforced').waitFor()
}

test(
  'a super-admin connects the platform’s provider: a group leads into an organisation, and whoever it provisions is in it',
  async () => {
    const page = await portal.openAs(portal.person('super'), '/platform/sso')
    await page.getByRole('button', { name: 'Add connection…' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'Add connection' })
    await dialog.getByRole('radio', { name: 'Any other provider' }).click()
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Holding')
    await dialog.getByLabel('Issuer').fill(provider.issuer)
    await dialog.getByLabel('Client id').fill(provider.client_id)
    await dialog.getByRole('button', { name: 'Add connection' }).click()
    await page.getByRole('textbox', { name: 'Client secret' }).fill(provider.client_secret)
    await page.getByRole('button', { name: 'Set secret' }).click()
    await page.getByRole('textbox', { name: 'Domain' }).fill('holding.example')
    await page.getByRole('button', { name: 'Add domain' }).click()
    await page.getByRole('button', { name: 'Give without a record' }).click()
    await page.getByText('Given by a super-admin').waitFor()
    const steps = page.getByRole('navigation', { name: 'Steps of the set-up' })
    await steps.getByRole('button', { name: 'Groups' }).click()
    await mapGroup(page)
    await steps.getByRole('button', { name: 'Switch on' }).click()
    await page.getByRole('main').getByRole('button', { name: 'Switch on' }).last().click()
    await page.getByText('Holding is in use').waitFor()
    await steps.getByRole('button', { name: 'Provisioning' }).click()
    await page.getByRole('button', { name: 'Make token' }).click()
    await page.getByRole('dialog', { name: 'Make token' }).getByRole('button', { name: 'Make token' }).click()
    const token = await page.getByRole('alertdialog', { name: 'Your new token' }).getByLabel('Token').inputValue()
    await page.getByRole('button', { name: 'I have kept it' }).click()
    await provisionWith(token)
    await page.reload()
    await page.getByText('Live').waitFor()
    await portal.inspect(page, 'platform-sso-provisioning')
    const people = await portal.openAs(portal.person('owner'), `/o/${portal.org}/people`)
    // Whoever has not signed in yet is known by their address.
    await people.getByRole('link', { name: 'hilda@holding.example' }).waitFor()
  },
  SLOW_MS,
)

async function mapGroup(page: Page): Promise<void> {
  await page.getByText('No group gives anything').waitFor()
  await page.getByRole('button', { name: 'Add group' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add group' })
  await dialog.getByRole('textbox', { name: 'Group' }).fill('Finance <b>Süd</b>')
  const { name } = portal.world.organisation
  await dialog.getByRole('combobox', { name: 'Organisation' }).fill(name)
  await page.getByRole('option', { name, exact: true }).click()
  await dialog.getByRole('combobox', { name: 'Role' }).click()
  await page.getByRole('option', { name: 'Admin' }).click()
  await portal.inspect(page, 'platform-sso-group')
  await dialog.getByRole('button', { name: 'Save group' }).click()
  await page.getByText('1 entry').waitFor()
  await portal.inspect(page, 'platform-sso-groups')
}

/** What the provider does with its token: a person, and the group that leads them in. */
async function provisionWith(token: string): Promise<void> {
  const send = async (path: string, body: object): Promise<string> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' }
    const url = `${portal.world.reeve.client.url}/scim/v2${path}`
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
    expect(answer.status).toBe(201)
    return answered(await answer.json()).text('id')
  }
  const value = await send('/Users', { userName: 'hilda@holding.example', displayName: 'Hilda Holding' })
  await send('/Groups', { displayName: 'Finance <b>Süd</b>', members: [{ value }] })
}

test(
  'a program gets an account and a key of its own, and whoever answers for it hands it over when removed',
  async () => {
    const page = await portal.openAs(portal.person('owner'), `/o/${portal.org}/people?kind=programs`)
    await page.getByText('There are no service accounts yet').waitFor()
    await page.getByRole('button', { name: 'Create service account…' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'Create service account' })
    await dialog.getByLabel('Name').fill('Nightly check')
    await dialog.getByRole('combobox', { name: 'Responsible' }).fill('admin of')
    await page.getByRole('option', { name: /^admin of/ }).click()
    await dialog.getByRole('button', { name: 'Create service account' }).click()
    await page.getByRole('heading', { level: 1, name: 'Nightly check' }).waitFor()
    await page.getByRole('button', { name: 'Create key' }).first().click()
    const key = page.getByRole('dialog', { name: 'Create key' })
    await key.getByLabel('Name').fill('Key of the night')
    await key.getByRole('textbox', { name: 'Allowed addresses' }).fill('203.0.113.0/24')
    await key.getByRole('button', { name: 'Create key' }).click()
    await page.getByRole('button', { name: 'I have kept it' }).click()
    await page.getByText('1 entry').waitFor()
    await page.getByRole('button', { name: 'Actions for Key of the night' }).click()
    await page.getByRole('menuitem', { name: 'Rotate…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate key' }).click()
    await page.getByRole('button', { name: 'I have kept it' }).click()
    await page.getByRole('img', { name: /The secret before is good until/ }).waitFor()
    await portal.inspect(page, 'service-account')
    await removeResponsible(page)
  },
  SLOW_MS,
)

async function removeResponsible(page: Page): Promise<void> {
  await page.goto(`/o/${portal.org}/people`)
  await page.getByRole('link', { name: /^admin of/ }).click()
  await page.getByRole('tab', { name: 'Places' }).click()
  await page.getByText('Everybody has it').first().waitFor()
  await portal.inspect(page, 'person-places')
  await page.getByRole('tab', { name: 'Access over time' }).click()
  await page.getByText('Still held').first().waitFor()
  await portal.inspect(page, 'person-over-time')
  await page
    .getByRole('button', { name: /Actions for admin/ })
    .first()
    .click()
  await page.getByRole('menuitem', { name: 'Remove from organisation…' }).click()
  const dialog = page.getByRole('dialog', { name: /^Remove admin/ })
  await dialog.getByText('Nightly check').waitFor()
  await portal.inspect(page, 'person-remove')
  await dialog.getByRole('combobox', { name: 'Who takes over' }).fill('manager')
  await page.getByRole('option', { name: /manager/ }).click()
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await page.getByText(/was removed/).waitFor()
  await page.goto(`/o/${portal.org}/people?kind=programs`)
  await page
    .getByRole('row', { name: /Nightly check/ })
    .getByText(/manager/)
    .waitFor()
}

test('a member who opens any of these by its address is sent to Home', async () => {
  const member = portal.person('member')
  for (const path of ['people/import', 'sso', 'security', 'people/invitations']) {
    const page = await portal.openAs(member, `/o/${portal.org}/${path}`)
    await page.getByText('You cannot open that page').waitFor()
    expect(new URL(page.url()).pathname, path).toBe(`/o/${portal.org}/home`)
  }
})
