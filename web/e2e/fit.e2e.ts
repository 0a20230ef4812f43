import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPortal, type Portal } from './portal.ts'

const SLOW_MS = 180_000
const PATHS = ['teams', 'roles', 'workspaces', 'projects', 'providers', 'api-keys', 'settings', 'billing', 'danger']
/** A phone, a tablet, and 1440 px at 200 % zoom. */
const WIDTHS = [390, 768, 720]

let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
})
afterAll(() => portal.stop())

test(
  'in German, which is longer, no administration screen is wider than the window',
  async () => {
    const page = await portal.openAs(portal.person('owner'), `/o/${portal.org}/home`)
    await page.evaluate(() => localStorage.setItem('reeve.language', 'de'))
    const tooWide: string[] = []
    for (const path of PATHS) {
      await page.goto(`/o/${portal.org}/${path}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.waitForLoadState('networkidle')
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 })
        const over = await page.evaluate(() => {
          const parts = [document.documentElement, document.querySelector('#main') ?? document.body]
          return Math.max(...parts.map((part) => part.scrollWidth - part.clientWidth))
        })
        if (over > 0) tooWide.push(`${path} at ${width}: ${over} px`)
        await page.screenshot({ path: `web/e2e/shots/de-${path}-${width}.png` })
      }
    }
    expect(tooWide).toEqual([])
    expect(await page.locator('html').getAttribute('lang')).toBe('de')
  },
  SLOW_MS,
)
