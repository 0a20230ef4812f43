import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPortal, type Portal, settle } from './portal.ts'

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

/** The names by which parts of a page refer to each other are made anew on every page; that they do still counts. */
const REFERENCES = / (id|for|aria-(?:labelledby|describedby|controls|owns|activedescendant))="[^"]*"/g

/** What the page holds beside the sidebar and the bar above, which are the same on every screen of a role. */
async function contentOf(page: Page): Promise<string> {
  await settle(page)
  const markup: unknown = await page.evaluate("document.querySelector('main')?.outerHTML")
  if (typeof markup !== 'string') throw new Error('The page has no main part')
  return markup.replaceAll(REFERENCES, ' $1')
}

/** Contents that were judged: what two roles are shown alike is judged once. */
const judged = new Set<string>()

test.for(['owner', 'admin', 'manager', 'compliance', 'expert', 'member', 'enduser', 'super'])(
  'every screen that %s is offered is accessible, in light and in dark',
  { timeout: SLOW_MS },
  async (name) => {
    const start = name === 'super' ? '/platform/overview' : `/o/${portal.org}/home`
    const page = await portal.openAs(portal.person(name), start)
    const paths = await offered(page)
    expect(paths.length).toBeGreaterThan(name === 'enduser' ? 1 : 5)
    for (const [index, path] of paths.entries()) {
      await follow(page, path)
      const content = await contentOf(page)
      if (index > 0 && judged.has(content)) continue
      await portal.expectAccessible(page, `${path} of ${name}`)
      judged.add(content)
    }
  },
)
