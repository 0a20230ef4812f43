import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPortal, type Portal } from './portal.ts'

const SLOW_MS = 180_000
const PATHS = [
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
]
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

test(
  'in German, which is longer, no administration screen is wider than the window',
  async () => {
    const page = await portal.openAs(portal.person('owner'), `/o/${portal.org}/home`)
    await page.evaluate("localStorage.setItem('reeve.language', 'de')")
    for (const path of PATHS) {
      await page.goto(`/o/${portal.org}/${path}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.waitForLoadState('load')
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 })
        // A list becomes a table or cards only after the window has changed.
        await expect.poll(() => page.evaluate(OVERFLOW), { message: `${path} at ${width}`, timeout: 5000 }).toBe(0)
        await page.screenshot({ path: `web/e2e/shots/de-${path}-${width}.png` })
      }
    }
    expect(await page.locator('html').getAttribute('lang')).toBe('de')
  },
  SLOW_MS,
)
