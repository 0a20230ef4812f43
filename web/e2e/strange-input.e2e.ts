// What people type, whatever it is, is shown as text and breaks nothing; what the server refuses is told with its code and
// the request; and no screen breaks when its words are longer or run from right to left.

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPortal, type Portal } from './portal.ts'

const BOUND_MS = 120_000
const SCREENS = [
  'home',
  'people',
  'teams',
  'roles',
  'workspaces',
  'projects',
  'providers',
  'api-keys',
  'settings',
  'billing',
]
const MORE_SCREENS = ['wallet', 'cost', 'quotas', 'usage', 'executions', 'policies', 'audit']
const WIDTHS = [390, 1440]

const SCRIPT = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
const RIGHT_TO_LEFT = '‮مطالبات المنطقة الشمالية 🌸👩🏽‍⚖️'

/** By how much the window or the main part would scroll sideways, in pixels. */
const OVERFLOW = `Math.max(...[document.documentElement, document.querySelector('#main') ?? document.body]
  .map((part) => part.scrollWidth - part.clientWidth))`

/** Every text of the page a third longer, as in the languages that are longest: a pseudo-locale. */
const LENGTHEN = `
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const node = texts.currentNode
    if (/\\p{L}{3}/u.test(node.data) && !node.parentElement.closest('script, style'))
      node.data += ' ' + 'ẅ'.repeat(Math.ceil(node.data.length * 0.35))
  }`

let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
})
afterAll(() => portal.stop())

const at = (path: string): string => `/o/${portal.org}/${path}`

async function create(page: Page, name: string): Promise<void> {
  await page.goto(at('workspaces?new=yes'))
  const dialog = page.getByRole('dialog', { name: 'Create workspace' })
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByRole('button', { name: 'Create workspace' }).click()
}

test(
  'a browser whose own language is no language tag shows its pages',
  async () => {
    const page = await portal.openAs(portal.person('owner'), at('home'))
    const storageState = await page.context().storageState()
    const context = await page
      .context()
      .browser()
      ?.newContext({ storageState, baseURL: new URL(page.url()).origin })
    const plain = await context?.newPage()
    await plain?.addInitScript("Object.defineProperty(navigator, 'languages', { get: () => ['en-US@posix'] })")
    await plain?.goto(at('executions'))
    await plain?.getByRole('heading', { level: 1, name: 'Executions' }).waitFor()
    expect(await plain?.evaluate('navigator.languages.join()')).toBe('en-US@posix')
    await context?.close()
  },
  BOUND_MS,
)

test(
  'script, directions and emoji in a name are shown as they are; ten thousand characters are refused and stay in the form',
  async () => {
    const page = await portal.openAs(portal.person('owner'), at('workspaces'))
    for (const name of [SCRIPT, RIGHT_TO_LEFT]) {
      await create(page, name)
      await page.getByRole('heading', { level: 1, name }).waitFor()
    }
    expect(await page.evaluate('window.hacked')).toBeUndefined()
    await portal.inspect(page, 'strange-name')
    const long = 'n'.repeat(10_000)
    await create(page, long)
    const dialog = page.getByRole('dialog', { name: 'Create workspace' })
    await dialog
      .getByText(/characters/)
      .first()
      .waitFor()
    expect(await dialog.getByLabel('Name').inputValue()).toBe(long)
    await portal.inspect(page, 'long-name')
  },
  BOUND_MS,
)

test(
  'what fails on the server is told in a sentence, with its code and the id of the request, and the form stays',
  async () => {
    const page = await portal.openAs(portal.person('owner'), at('teams'))
    const problem = {
      type: '/problems/internal_error',
      title: 'Something went wrong',
      status: 500,
      code: 'internal_error',
      params: {},
      request_id: '01a20000-0000-7000-8000-00000000beef',
    }
    await page.route(/\/api\/orgs\/[^/]+\/teams$/, async (route) => {
      if (route.request().method() !== 'POST') return route.continue()
      return route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(problem) })
    })
    await page.getByRole('button', { name: 'Create team' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'Create team' })
    await dialog.getByLabel('Name').fill('Kept all the same')
    await dialog.getByRole('button', { name: 'Create team' }).click()
    await dialog.getByText(/Something went wrong on our side/).waitFor()
    await dialog.getByText('internal_error').waitFor()
    await dialog.getByText(/beef/).waitFor()
    expect(await dialog.getByLabel('Name').inputValue()).toBe('Kept all the same')
    await portal.inspect(page, 'server-problem')
  },
  BOUND_MS,
)

test.for([
  ['longer', LENGTHEN],
  ['from right to left', "document.documentElement.dir = 'rtl'"],
])(
  'with words that are %s, no screen is wider than the window',
  { timeout: BOUND_MS },
  async ([how = '', change = '']) => {
    const page = await portal.openAs(portal.person('owner'), at('home'))
    for (const path of [...SCREENS, ...MORE_SCREENS]) {
      await page.goto(at(path))
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.locator('.skeleton').first().waitFor({ state: 'detached' })
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 })
        await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))')
        await page.evaluate(change)
        await page.screenshot({ path: `web/e2e/shots/${how.replaceAll(' ', '-')}-${path}-${width}.png` })
        expect(await page.evaluate(OVERFLOW), `${path} at ${width}`).toBe(0)
      }
    }
  },
)
