import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPortal, type Portal } from './portal.ts'

let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
})
afterAll(() => portal.stop())

test('a list shows what others did, and keeps filter and scroll', async () => {
  const page = await portal.openAs(portal.person('owner'), `/o/${portal.org}/people?q=ada`)
  await page.getByRole('searchbox', { name: 'Search by name or e-mail' }).waitFor()
  const { client } = portal.world.reeve
  const as = await portal.world.asOwner()
  const body = { email: 'ada@aurora-legal.example', display_name: 'Ada Live' }
  await page
    .getByText(/Nothing|No /)
    .first()
    .waitFor()
  await client.call('POST', `/api/orgs/${portal.org}/members`, { as, body })
  await page.getByRole('link', { name: /Ada Live|ada@/ }).waitFor()
  expect(new URL(page.url()).search).toContain('q=ada')
})

test('a session that is revoked elsewhere ends the tab, and after signing in again the page and its form go on', async () => {
  const who = portal.person('admin')
  const page = await portal.openAs(who, `/o/${portal.org}/people`)
  await page.getByRole('button', { name: 'Add person' }).click()
  await page.getByRole('dialog', { name: 'Add person' }).getByLabel('Name').fill('Kept while away')
  const other = await portal.world.signIn(who)
  await portal.world.reeve.client.call('DELETE', '/api/me/sessions', { as: other })
  const again = page.getByRole('alertdialog', { name: 'Sign in again' })
  await again.waitFor()
  await portal.inspect(page, 'sign-in-again')
  await again.getByLabel('Password').fill(who.password)
  await again.getByRole('button', { name: 'Sign in' }).click()
  await again.waitFor({ state: 'detached' })
  expect(await page.getByRole('dialog', { name: 'Add person' }).getByLabel('Name').inputValue()).toBe('Kept while away')
})
