// The built portal on a real Reeve with people in it, and a browser before it. Every screen that is visited is asked for
// accessibility in light and dark, and shot at both widths into an ignored folder, to be looked at.

import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { BrowserContext, CDPSession, Page, Request } from 'playwright-core'
import { expect, vi } from 'vitest'
import { startWorld, type World } from '../../server/test/world.ts'
import { launchBrowser } from './browser.ts'

const SHOTS = fileURLToPath(new URL('shots', import.meta.url))
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const WIDE = { width: 1440, height: 900 }
const MODES = ['light', 'dark'] as const
const NARROW = { width: 390, height: 844 }

// A browser on a busy machine takes its time; nothing here is judged by it.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

export type Who = { readonly email: string; readonly password: string }

export type Portal = {
  readonly world: World
  /** The first organisation. */
  readonly org: string
  /** A page of nobody, at `path`. */
  readonly open: (path: string) => Promise<Page>
  /** A page of somebody who signed in through the form, at `path`. */
  readonly openAs: (who: Who, path: string) => Promise<Page>
  /** Somebody of the first organisation, by the part of their address before the @, such as `member`. */
  readonly person: (name: string) => Who
  /** Asks axe in light and dark. Fails on a violation. */
  readonly expectAccessible: (page: Page, name: string) => Promise<void>
  /** The same, and takes the four pictures. Fails also on anything in the console. */
  readonly inspect: (page: Page, name: string) => Promise<void>
  readonly stop: () => Promise<void>
}

/** Builds the portal if it has to be, starts a world and a browser. */
export async function openPortal(): Promise<Portal> {
  execFileSync(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    fileURLToPath(new URL('../build.ts', import.meta.url)),
  ])
  mkdirSync(SHOTS, { recursive: true })
  const [world, browser] = await Promise.all([startWorld(2), launchBrowser()])
  // Browsers keep a session cookie of a plain address only for localhost.
  const url = world.reeve.client.url.replace('127.0.0.1', 'localhost')
  const complaints = new Map<Page, string[]>()
  const contexts: BrowserContext[] = []
  const open = async (path: string) => {
    const context = await browser.newContext({
      viewport: WIDE,
      baseURL: url,
      locale: 'en-GB',
      timezoneId: 'Europe/Berlin',
    })
    contexts.push(context)
    const page = await context.newPage()
    const heard: string[] = []
    complaints.set(page, heard)
    watchRequests(page)
    page.on('pageerror', (error) => heard.push(error.message))
    page.on('console', (message) => {
      // A refused request is told by the browser itself; the page says it in words.
      if (['error', 'warning'].includes(message.type()) && !/Failed to load resource/.test(message.text())) {
        heard.push(message.text())
      }
    })
    await page.goto(path)
    return page
  }
  return {
    world,
    org: world.organisation.id,
    open,
    async openAs(who, path) {
      const page = await open(`/login?next=${encodeURIComponent(path)}`)
      await signIn(page, who)
      await page.getByRole('navigation', { name: 'Breadcrumb' }).waitFor()
      return page
    },
    person(name) {
      if (name === 'owner') return world.organisation.owner
      if (name === 'super') return world.demo.superadmin
      const member = world.organisation.members.find(({ email }) => email.startsWith(`${name}@`))
      if (member === undefined) throw new Error(`Nobody in the world is called ${name}`)
      return member
    },
    expectAccessible,
    async inspect(page, name) {
      await page.evaluate(WITHOUT_FADES)
      for (const viewport of [NARROW, WIDE]) {
        await page.setViewportSize(viewport)
        for (const mode of MODES) {
          await page.emulateMedia({ colorScheme: mode, reducedMotion: 'reduce' })
          await settle(page)
          await shoot(page, `${SHOTS}/${name}-${viewport.width}-${mode}.png`)
        }
      }
      await expectAccessible(page, name)
      expect(complaints.get(page)).toEqual([])
    },
    async stop() {
      for (const context of contexts) await context.close()
      await browser.close()
      await world.stop()
    },
  }
}

/** Colours change at once: one that fades is not final, and in nested parts each would wait for the one around it. */
const WITHOUT_FADES = `if (!document.isWithoutFades) {
  document.isWithoutFades = true
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('*, ::before, ::after { transition: none !important }')
  document.adoptedStyleSheets.push(sheet)
}`

/** Fails on what axe finds wrong with the page in light or in dark, and leaves it in light. */
async function expectAccessible(page: Page, name: string): Promise<void> {
  await page.evaluate(WITHOUT_FADES)
  for (const mode of MODES.toReversed()) {
    await page.emulateMedia({ colorScheme: mode, reducedMotion: 'reduce' })
    await settle(page)
    expect(await violationsOf(page), `${name}, ${mode}`).toEqual([])
  }
}

/** Signs in with address and password, on the page for it. */
export async function signIn(page: Page, { email, password }: Who): Promise<void> {
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** How many requests of a page are on their way. Streams of events, which go on by themselves, are none. */
const underWay = new WeakMap<Page, Set<Request>>()

function watchRequests(page: Page): void {
  const open = new Set<Request>()
  underWay.set(page, open)
  page.on('request', (request) => {
    if (!new URL(request.url()).pathname.endsWith('/events')) open.add(request)
  })
  page.on('requestfinished', (request) => open.delete(request))
  page.on('requestfailed', (request) => open.delete(request))
}

/** Nothing is on its way and no placeholder is left. */
export async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('load')
  await expect.poll(() => underWay.get(page)?.size, { timeout: 20_000 }).toBe(0)
  await page.locator('.skeleton').first().waitFor({ state: 'detached' })
  // What the last answer changed is drawn.
  await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))')
}

/** Kept open: one that is left takes the page's virtual authenticator with it. */
const sessions = new WeakMap<Page, CDPSession>()

/** A picture of what is in view. By the browser's own protocol: a tenth of the time of Playwright's way, which packs it well. */
export async function shoot(page: Page, path: string): Promise<void> {
  const session = sessions.get(page) ?? (await page.context().newCDPSession(page))
  sessions.set(page, session)
  const { data } = await session.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true })
  writeFileSync(path, data, 'base64')
}

type Violation = { readonly id: string; readonly targets: readonly string[] }

/** A tooltip belongs to what it describes, wherever it stands in the document. The others are the rule's own. */
const TOOLTIPS_ARE_REGIONS = `axe.configure({ checks: [{
  id: 'region',
  options: { regionMatcher: 'dialog, [role=dialog], [role=alertdialog], svg, [role=tooltip]' },
}] })`

/** What axe finds wrong with what is shown: WCAG 2.2 A and AA, and its best practices. */
async function violationsOf(page: Page): Promise<readonly Violation[]> {
  // Evaluated, not inserted: the policy of the page forbids foreign scripts.
  if ((await page.evaluate('typeof axe')) === 'undefined') {
    await page.evaluate(AXE)
    await page.evaluate(TOOLTIPS_ARE_REGIONS)
  }
  const found: unknown = await page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => ({ id, targets: nodes.map((n) => [...n.target, n.html.slice(0, 300), n.any[0]?.message].join(" ")) })))',
  )
  return Array.isArray(found) ? found.filter(isViolation) : []
}

const isViolation = (value: unknown): value is Violation => typeof value === 'object' && value !== null && 'id' in value
