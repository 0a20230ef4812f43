import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPortal, type Portal } from './portal.ts'

const SLOW_MS = 180_000

let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
  await portal.world.work()
})
afterAll(() => portal.stop())

/** Goes there as a link does, without loading the portal again; the title tells when the page has come. */
async function follow(page: Page, path: string): Promise<void> {
  if (new URL(page.url()).pathname === path) return
  const title = await page.title()
  await page.evaluate(
    `history.pushState({}, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate'))`,
  )
  await expect.poll(() => page.title()).not.toBe(title)
  await page.getByRole('heading', { level: 1 }).waitFor()
}

/** The screens that the sidebar offers on this page. */
async function offered(page: Page): Promise<readonly string[]> {
  const links = await page.getByRole('navigation', { name: 'Main' }).locator('a[href]').all()
  const paths = await Promise.all(links.map((link) => link.getAttribute('href')))
  return [...new Set(paths.filter((path) => path !== null))]
}

test.for(['owner', 'admin', 'manager', 'compliance', 'expert', 'member', 'enduser', 'super'])(
  'every screen that %s is offered is accessible, in light and in dark',
  { timeout: SLOW_MS },
  async (name) => {
    const start = name === 'super' ? '/platform/overview' : `/o/${portal.org}/home`
    const page = await portal.openAs(portal.person(name), start)
    const paths = await offered(page)
    expect(paths.length).toBeGreaterThan(name === 'enduser' ? 1 : 5)
    for (const path of paths) {
      await follow(page, path)
      await portal.expectAccessible(page, `${path} of ${name}`)
    }
  },
)
