// How soon the main screens are there from a cold cache (LCP), how much they move (CLS), how fast they answer (INP), and how a
// log of 100,000 entries is paged, scrolled and filtered. A measurement, printed; it fails only when a screen does.
// Definitions: web.dev/articles/vitals. `npm run soak web/e2e/speed.soak.ts`

import { loadavg } from 'node:os'
import { sql } from 'kysely'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { memberOf } from '../../server/test/administration.ts'
import { openPortal, type Portal } from './portal.ts'

const ENTRIES = 100_000
const PAGE_SIZE = 200
const ROUNDS = 3
const SCREENS = ['home', 'people', 'executions', 'policies', 'audit', 'cost', 'approvals', 'apps', 'settings']

/** Runs before anything of the page: gathers what the browser itself measures. */
const OBSERVE = `
  window.seen = { lcp_ms: 0, cls: 0, inp_ms: 0 };
  const watch = (type, note, more) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true, ...more });
  watch('largest-contentful-paint', (entry) => { seen.lcp_ms = entry.startTime });
  watch('layout-shift', (entry) => { if (!entry.hadRecentInput) seen.cls += entry.value });
  watch('event', (entry) => { if (entry.interactionId) seen.inp_ms = Math.max(seen.inp_ms, entry.duration) },
    { durationThreshold: 16 });`

type Seen = { readonly lcp_ms: number; readonly cls: number; readonly inp_ms: number }

let portal: Portal
let signedIn: { readonly browser: Browser; readonly state: Awaited<ReturnType<BrowserContext['storageState']>> }
beforeAll(async () => {
  portal = await openPortal()
  const page = await portal.openAs(portal.person('owner'), `/o/${portal.org}/home`)
  const browser = page.context().browser()
  if (browser === null) throw new Error('The page has no browser')
  signedIn = { browser, state: await page.context().storageState() }
})
afterAll(() => portal.stop())

const say = (line: string): boolean => process.stdout.write(`${line}\n`)
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
const ms = (value: number): string => `${Math.round(value)} ms`

/** Opens a screen in a browser that has seen nothing of it yet. */
async function openCold(path: string): Promise<Page> {
  const baseURL = portal.world.reeve.client.url.replace('127.0.0.1', 'localhost')
  const viewport = { width: 1440, height: 900 }
  const context = await signedIn.browser.newContext({
    baseURL,
    viewport,
    storageState: signedIn.state,
    locale: 'en-GB',
  })
  await context.addInitScript(OBSERVE)
  const page = await context.newPage()
  await page.goto(`/o/${portal.org}/${path}`)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.waitForLoadState('networkidle').catch(() => undefined)
  return page
}

const seenOn = async (page: Page): Promise<Seen> => {
  const seen: Seen = await page.evaluate('window.seen')
  return seen
}

/** What people do on every screen: the palette, typing, the menu of the account, the theme. */
async function interact(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search or run a command' }).waitFor()
  await page.keyboard.type('people', { delay: 40 })
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Switch between light and dark' }).click()
  await page.getByRole('navigation', { name: 'Breadcrumb' }).click()
}

test('the main screens from a cold cache', async () => {
  say(`load average ${loadavg()[0]?.toFixed(1)}`)
  say('| screen | LCP | CLS | INP |\n|---|---|---|---|')
  for (const screen of SCREENS) {
    const rounds: Seen[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const page = await openCold(screen)
      await interact(page)
      rounds.push(await seenOn(page))
      await page.context().close()
    }
    const of = (name: keyof Seen) => median(rounds.map((each) => each[name]))
    say(`| ${screen} | ${ms(of('lcp_ms'))} | ${of('cls').toFixed(3)} | ${ms(of('inp_ms'))} |`)
  }
})

test('a log of 100,000 entries', async () => {
  const database = await portal.world.reeve.node.deployment.databases.of(portal.org)
  await database.transaction((tx) =>
    sql`insert into audit.entry (id, at, event, outcome, actor_type, actor_id, via, target_type, target_id)
      select uuidv7(n * interval '-20 seconds'), now() - n * interval '20 seconds',
        (array['execution.finalised', 'api_key.created', 'member.role_changed', 'policy.updated'])[1 + n % 4],
        (array['succeeded', 'refused'])[1 + (n % 7 = 0)::int], 'user', gen_random_uuid(), 'session', 'thing', n::text
      from generate_series(1, ${ENTRIES}::int) n`.execute(tx),
  )
  const as = await portal.world.asOwner()
  const took: number[] = []
  let cursor: string | null = ''
  let entries = 0
  while (cursor !== null) {
    const began_ms = performance.now()
    const path = `/api/orgs/${portal.org}/audit/entries?limit=${PAGE_SIZE}${cursor === '' ? '' : `&cursor=${cursor}`}`
    const answer = await portal.world.reeve.client.call('GET', path, { as })
    took.push(performance.now() - began_ms)
    entries += answer.list('items').length
    const next = memberOf(answer.body, 'next_cursor')
    cursor = typeof next === 'string' ? next : null
  }
  expect(entries).toBeGreaterThanOrEqual(ENTRIES)
  say(`${took.length} pages of ${PAGE_SIZE}: median ${ms(median(took))}, slowest ${ms(Math.max(...took))}`)

  const page = await openCold('audit?range=30d')
  const rows = page.getByRole('table', { name: 'Audit log' }).getByRole('row')
  await rows.nth(5).waitFor()
  const shown = page.getByText(/entries shown, there are more/)
  const countShown = async () => Number((await shown.innerText()).replace(/\D/g, ''))
  const scrolls: number[] = []
  for (let n = 0; n < 20; n++) {
    const before = await countShown()
    const began_ms = performance.now()
    await page.evaluate("document.querySelector('#main').scrollTo(0, 1e9)")
    await expect.poll(countShown, { interval: 10, timeout: 30_000 }).toBeGreaterThan(before)
    scrolls.push(performance.now() - began_ms)
  }
  say(
    `20 scrolls to the end: median ${ms(median(scrolls))}, slowest ${ms(Math.max(...scrolls))}, rows in the page ${await rows.count()}`,
  )
  const filters: number[] = []
  // What has been read lately is shown again without asking, so each is chosen once.
  for (const outcome of ['Refused', 'Succeeded', 'Failed']) {
    const answer = page.waitForResponse((response) => response.url().includes('/audit/entries?'))
    const began_ms = performance.now()
    await page.getByRole('button', { name: outcome, exact: true }).click()
    await answer
    await page
      .locator('[role=table][aria-busy=false]')
      .or(page.getByText('Nothing matches these filters'))
      .first()
      .waitFor()
    filters.push(performance.now() - began_ms)
  }
  say(`filtered by outcome: median ${ms(median(filters))}, slowest ${ms(Math.max(...filters))}`)
  const { inp_ms } = await seenOn(page)
  say(`INP over all of it: ${ms(inp_ms)}`)
  await page.context().close()
})
