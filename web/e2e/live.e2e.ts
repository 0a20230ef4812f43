import type { Page } from 'playwright-core'
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

test('a list of the platform shows what another super-admin did', async () => {
  const page = await portal.openAs(portal.person('super'), '/platform/tiers')
  await page.getByRole('heading', { level: 1, name: 'Account tiers' }).waitFor()
  const as = await portal.world.asSuperadmin()
  const body = { position: 9, max_execution_seconds: 60, max_input_bytes: 1_000_000, max_steps: 10 }
  await portal.world.reeve.client.call('PUT', '/api/platform/tiers/seen-live', { as, body })
  await page.getByText('seen-live', { exact: true }).waitFor()
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

/** Lets the API answer 500 to what `path` names, until the returned act. */
async function breakOff(page: Page, path: RegExp): Promise<() => Promise<void>> {
  await page.route(path, (route) =>
    route.fulfill({
      status: 500,
      contentType: 'application/problem+json',
      json: { code: 'internal', title: 'Something failed inside', status: 500, request_id: 'r-1' },
    }),
  )
  return () => page.unroute(path)
}

const PARTS = [
  { screen: 'wallet', path: /\/usage\?/, parts: ['Charged in 30 days'] },
  { screen: 'executions', path: /\/usage(\/over-time)?\?/, parts: ['Totals', 'Executions over time'] },
  { screen: 'cost', path: /\/usage(\/over-time)?\?/, parts: ['Totals', 'Charged over time'] },
  {
    screen: 'audit',
    path: /\/audit\/(histogram|facets)/,
    parts: ['Entries over time', 'Events and actors to filter by'],
  },
  { screen: 'home', path: /\/(approvals|apps)(\?|$)/, parts: ['Waiting for you', 'Apps'] },
] as const

test('a part of a screen that could not be read says so instead of showing nothing or zero, and is read again', async () => {
  const page = await portal.openAs(portal.person('owner'), '/me')
  // The stream of changes would have it read again before anybody asks.
  await page.route(/\/api\/me\/events/, (route) => route.abort())
  for (const { screen, path, parts } of PARTS) {
    const mend = await breakOff(page, path)
    await page.goto(`/o/${portal.org}/${screen}`)
    const alerts = parts.map((part) => page.getByRole('alert').filter({ hasText: `Not loaded: ${part}.` }))
    for (const alert of alerts) await alert.getByText('r-1').waitFor()
    if (screen === 'wallet') expect(await page.getByText('Charged in 30 days', { exact: true }).count()).toBe(0)
    if (screen === 'audit') await portal.inspect(page, 'audit-failed')
    await mend()
    for (const alert of alerts) {
      await alert.getByRole('button', { name: 'Try again' }).click()
      await alert.waitFor({ state: 'detached' })
    }
  }
})

test('a next page that fails is not asked for again by itself: the foot of the list says so and offers it', async () => {
  const page = await portal.openAs(portal.person('owner'), '/me')
  // The stream of changes would have it read again before anybody asks.
  await page.route(/\/api\/me\/events/, (route) => route.abort())
  const asked = { times: 0, isWell: false }
  await page.route(/\/members\?/, async (route) => {
    if (new URL(route.request().url()).searchParams.has('cursor')) {
      asked.times += 1
      await (asked.isWell ? route.fulfill({ json: { items: [], next_cursor: null } }) : route.fulfill({ status: 500 }))
      return
    }
    const answer = await route.fetch()
    const first: unknown = await answer.json()
    await route.fulfill({ response: answer, json: Object.assign({}, first, { next_cursor: portal.org }) })
  })
  await page.goto(`/o/${portal.org}/people`)
  const foot = page.getByRole('alert').filter({ hasText: 'Not loaded: further entries.' })
  await foot.waitFor()
  await foot.getByRole('button', { name: 'Try again' }).click()
  await expect.poll(() => asked.times).toBe(2)
  await portal.inspect(page, 'people-next-failed')
  expect(asked.times).toBe(2)
  asked.isWell = true
  await foot.getByRole('button', { name: 'Try again' }).click()
  await page.getByText(/^\d+ entries$/).waitFor()
  expect(await foot.count()).toBe(0)
})
