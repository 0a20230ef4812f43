import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { NAVIGATION } from '../src/navigation.ts'
import { openPortal, type Portal, shoot } from './portal.ts'

const SLOW_MS = 180_000
const ADMINISTRATION = [
  'teams',
  'roles',
  'workspaces',
  'projects',
  'providers',
  'api-keys',
  'settings',
  'billing',
  'danger',
  'people/import',
  'sso',
  'security',
  'begin',
]
const WORK = ['apps', 'runs', 'approvals', 'tasks', 'chat', 'schedules', 'usage', 'catalogue']
const PLATFORM = NAVIGATION.filter(({ group }) => group === 'platform').map(({ path }) => path)
/** A phone, a tablet, and 1440 px at 200 % zoom. */
const WIDTHS = [390, 768, 720]

/** By how much the window or the main part would scroll sideways, in pixels. */
const OVERFLOW = `Math.max(...[document.documentElement, document.querySelector('#main') ?? document.body]
  .map((part) => part.scrollWidth - part.clientWidth))`

let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
})
afterAll(() => portal.stop())

/** Fails on a screen that would scroll sideways in one of the widths. */
async function expectToFit(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForLoadState('load')
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 })
    // A list becomes a table or cards only after the window has changed.
    await expect.poll(() => page.evaluate(OVERFLOW), { message: `${path} at ${width}`, timeout: 5000 }).toBe(0)
    const name = path
      .replace(/^\/o\/[^/]+/, '')
      .slice(1)
      .replaceAll('/', '-')
    await shoot(page, `web/e2e/shots/de-${name}-${width}.png`)
  }
}

test.for([
  { who: 'owner', what: 'of an organisation', paths: [...ADMINISTRATION, ...WORK].map((path) => `/o/$org/${path}`) },
  { who: 'super', what: 'of the platform and the own account', paths: ['/me', ...PLATFORM] },
])(
  'in German, which is longer, no screen $what is wider than the window',
  { timeout: SLOW_MS },
  async ({ who, paths }) => {
    const page = await portal.openAs(portal.person(who), '/me')
    await page.evaluate("localStorage.setItem('reeve.language', 'de')")
    for (const path of paths) await expectToFit(page, path.replace('$org', portal.org))
    expect(await page.locator('html').getAttribute('lang')).toBe('de')
  },
)
