import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPortal, type Portal, signIn } from './portal.ts'

let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
})
afterAll(() => portal.stop())

test('an owner finds, filters and opens people, and sees why somebody may do something', async () => {
  const page = await portal.openAs(portal.person('owner'), `/o/${portal.org}/people`)
  await page.getByRole('link', { name: /manager/ }).waitFor()
  await portal.inspect(page, 'people')
  await page.getByRole('searchbox', { name: 'Search by name or e-mail' }).fill('compliance')
  await page.waitForURL(/q=compliance/)
  await page.getByText('1 entry').waitFor()
  await page.getByRole('link', { name: /compliance/ }).click()
  await page.getByRole('heading', { level: 1, name: /compliance/ }).waitFor()
  await page.getByText('Designation: Compliance officer').first().waitFor()
  await portal.inspect(page, 'person')
  const session = await portal.world.signIn(portal.person('compliance'))
  const { client } = portal.world.reeve
  await client.call('GET', `/api/orgs/${portal.org}/directory`, { as: session })
  const listed = new URL(page.url()).pathname.replace(/^.*\/people/, `/api/orgs/${portal.org}/members`)
  const owner = await portal.world.asOwner()
  await expect
    .poll(async () => (await client.call('GET', `${listed}/sessions`, { as: owner })).list('items').length)
    .toBe(1)
  await page.getByRole('tab', { name: 'Sessions' }).click()
  await page.getByRole('button', { name: 'End session' }).click()
  await page.getByText('Not signed in here').waitFor()
  const after = await client.request('GET', `/api/orgs/${portal.org}/directory`, { as: session })
  expect(after.status).toBe(401)
})

test('an owner adds somebody, who chooses a password of their own at the first sign-in', async () => {
  const page = await portal.openAs(portal.person('owner'), `/o/${portal.org}/people`)
  await page.getByRole('button', { name: 'Add person' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add person' })
  await dialog.getByRole('button', { name: 'Add person' }).click()
  await dialog.getByText('Type the person’s name.').waitFor()
  await dialog.getByLabel('E-mail').fill('zoe@aurora-legal.example')
  await dialog.getByLabel('Name').fill('Zoë 🌸 <b>Lima</b>')
  await portal.inspect(page, 'people-add')
  await dialog.getByRole('button', { name: 'Add person' }).click()
  const once = page.getByRole('alertdialog')
  const password = await once.getByLabel('One-time password').inputValue()
  await once.getByRole('button', { name: 'I have kept it' }).click()
  await page.getByText('zoe@aurora-legal.example').first().waitFor()
  await copyLastAct(page)
  await expect
    .poll(() => page.evaluate('navigator.clipboard.readText()'))
    .toContain(
      `curl -X POST '${new URL(page.url()).origin}/api/orgs/${portal.org}/members' \\\n  -H "Authorization: Bearer $REEVE_KEY"`,
    )

  const other = await portal.open('/login')
  await signIn(other, { email: 'zoe@aurora-legal.example', password })
  await other.getByRole('heading', { name: 'Choose your password' }).waitFor()
  await portal.inspect(other, 'password')
  await other.getByLabel('The password you signed in with').fill(password)
  await other.getByLabel('New password').fill('zoe walks along the quiet river')
  await other.getByRole('button', { name: 'Set password' }).click()
  await other.getByRole('heading', { name: /Hello/ }).waitFor()
})

/** Has the palette copy what was done last. */
async function copyLastAct(page: Page): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search or run a command' }).fill('curl')
  await page.getByRole('option', { name: 'Copy the last act as curl' }).click()
}

test('a member who opens the list of people by its address is sent to Home with a notice', async () => {
  const page = await portal.openAs(portal.person('member'), `/o/${portal.org}/people`)
  await page.getByText('You cannot open that page').waitFor()
  expect(new URL(page.url()).pathname).toBe(`/o/${portal.org}/home`)
  expect(await page.getByRole('link', { name: 'People' }).count()).toBe(0)
})
