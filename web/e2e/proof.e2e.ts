// What the portal promises to everybody: to begin, to be found again after signing in, to show each what is theirs, to act
// by keyboard alone, and to stay true while others work.

import OpenAI from 'openai'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { takeLink } from '../../server/test/outbox.ts'
import { chooseByKeys, pressOn, tabTo } from './keys.ts'
import { openPortal, type Portal, signIn, type Who } from './portal.ts'

const BOUND_MS = 120_000

let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
})
afterAll(() => portal.stop())

const at = (path: string): string => `/o/${portal.org}/${path}`
const PALETTE = 'Search or run a command'
const PASSPHRASE = 'seven ferries cross the quiet sound'

/** What the palette offers when this is typed. */
async function offered(page: Page, text: string): Promise<readonly string[]> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: PALETTE }).fill(text)
  const options = page.getByRole('option')
  await options
    .or(page.getByText(/Nothing matches/))
    .first()
    .waitFor()
  const names = await options.allInnerTexts()
  await page.keyboard.press('Escape')
  await page.getByRole('combobox', { name: PALETTE }).waitFor({ state: 'detached' })
  return names
}

test(
  'by keys alone somebody registers, chooses a policy, invites people, and comes to a Home that says what is next',
  async () => {
    const page = await portal.open('/register')
    const { keyboard } = page
    await page.getByLabel('Name of the organisation').and(page.locator(':focus')).waitFor()
    await keyboard.press('Enter')
    await page.getByText('Type your name.').waitFor()
    await keyboard.type('Delta Research')
    await tabTo(page.getByRole('textbox', { name: 'Your name' }))
    await keyboard.type('Ida Holm')
    await tabTo(page.getByRole('textbox', { name: 'E-mail address' }))
    await keyboard.type('ida@delta.example')
    await keyboard.press('Tab')
    await keyboard.type(PASSPHRASE)
    await portal.inspect(page, 'register')
    await keyboard.press('Enter')
    const begun = page.getByRole('heading', { level: 1, name: 'Set up Delta Research' })
    const mailed = page.getByRole('heading', { name: 'Check your mail' })
    await begun.or(mailed).waitFor()
    // Where addresses have to be proven, the link lies in the super-admin's outbox.
    if (await mailed.isVisible()) {
      const link = await takeLink(portal.world.reeve.client, await portal.world.asSuperadmin(), 'ida@delta.example')
      await page.goto(`${link.pathname}${link.search}${link.hash}`)
      await page.getByLabel('Password').and(page.locator(':focus')).waitFor()
      await keyboard.type(PASSPHRASE)
      await keyboard.press('Enter')
    }
    await begun.waitFor()
    await tabTo(page.getByRole('radio', { name: 'Open' }))
    await keyboard.press('ArrowDown')
    await page.getByRole('radio', { name: 'Supervised', checked: true }).waitFor()
    await page.getByRole('region', { name: 'What would hold' }).getByText('From high risk').waitFor()
    await portal.inspect(page, 'begin-policies')
    await pressOn(page.getByRole('button', { name: 'Put in force' }))
    await tabTo(page.getByRole('textbox', { name: 'E-mail addresses' }))
    await keyboard.type('bo@delta.example, mia@delta.example ')
    // Another step and a way back take nothing away that was typed; a reload keeps the step.
    await pressOn(page.getByRole('button', { name: 'Back' }))
    await page.getByText('Policy version 1 is in force.').waitFor()
    await pressOn(page.getByRole('button', { name: 'Continue' }))
    await pressOn(page.getByRole('button', { name: 'Send 2 invitations' }))
    await page.getByText('2 people invited').waitFor()
    await portal.inspect(page, 'begin-people')
    await page.reload()
    await page.getByRole('heading', { level: 2, name: 'Invite colleagues' }).waitFor()
    await pressOn(page.getByRole('button', { name: 'Continue' }))
    await page.getByRole('heading', { level: 1, name: 'Hello, Ida Holm' }).waitFor()
    const first = page.getByRole('region', { name: 'First steps' })
    for (const done of ['Choose how strict to begin', 'Invite a colleague'])
      await first.getByRole('listitem').filter({ hasText: done }).getByLabel('Done').waitFor()
    expect(await page.getByRole('link', { name: 'Settings' }).count()).toBe(1)
    await portal.inspect(page, 'home-first')
  },
  BOUND_MS,
)

test(
  'whoever opens an address without a session signs in and arrives there, filters and all',
  async () => {
    const page = await portal.open(at('people?q=manager&role=member'))
    await signIn(page, portal.person('admin'))
    await page.getByRole('link', { name: /manager/ }).waitFor()
    expect(new URL(page.url()).search).toBe('?q=manager&role=member')
    expect(await page.getByRole('searchbox', { name: 'Search by name or e-mail' }).inputValue()).toBe('manager')
  },
  BOUND_MS,
)

/** What Home, sidebar and palette hold for each; the shortcuts are those of the administration overview. */
const SHORTCUTS = ['Organisation settings', 'Audit log', 'Worker SSH key', 'Create workspace'] as const
const ROLES = [
  { name: 'member', shortcuts: [], cards: [], section: [] },
  { name: 'manager', shortcuts: [], cards: [], section: [] },
  { name: 'compliance', shortcuts: ['Audit log'], cards: [], section: ['Audit log'] },
  { name: 'admin', shortcuts: SHORTCUTS, cards: ['Team'], section: ['Settings', 'Audit log'] },
  {
    name: 'owner',
    shortcuts: SHORTCUTS,
    cards: ['Team', 'Billing status'],
    section: ['Settings', 'Billing', 'Audit log'],
  },
] as const

test.for(ROLES)(
  'Home, sidebar and shortcuts are those of the role: $name',
  { timeout: BOUND_MS },
  async ({ name, shortcuts, cards, section }) => {
    const page = await portal.openAs(portal.person(name), at('home'))
    await page.getByRole('heading', { name: 'Your latest executions' }).waitFor()
    for (const card of ['Team', 'Billing status']) {
      const isFor = cards.some((each) => each === card)
      await expect.poll(() => page.getByRole('heading', { name: card, exact: true }).count()).toBe(isFor ? 1 : 0)
    }
    const organisation = page.getByRole('region', { name: 'Organisation', exact: true })
    expect(await organisation.getByRole('link').allInnerTexts()).toEqual([...section])
    const found = await offered(page, '')
    for (const shortcut of SHORTCUTS) {
      const isFor = shortcuts.some((each) => each === shortcut)
      expect(
        found.some((option) => option.startsWith(shortcut)),
        shortcut,
      ).toBe(isFor)
    }
    await portal.inspect(page, `home-${name}`)
  },
)

test(
  'the palette finds people, pages and acts, and nothing that a role may not know',
  async () => {
    const owner = await portal.openAs(portal.person('owner'), at('home'))
    await owner.keyboard.press('Control+k')
    await owner.getByRole('combobox', { name: PALETTE }).fill('compl')
    await owner.getByRole('option', { name: /compliance of/ }).waitFor()
    await portal.inspect(owner, 'palette')
    await owner.keyboard.press('Escape')
    expect((await offered(owner, 'invit')).join()).toContain('Invitations')
    await goOnFromVisit(owner)
    const member = await portal.openAs(portal.person('member'), at('home'))
    expect((await offered(member, 'invit')).join()).not.toContain('Invitations')
    expect((await offered(member, 'dark')).join()).toContain('dark')
  },
  BOUND_MS,
)

/** What was opened is offered before anything is typed, until one signs out. */
async function goOnFromVisit(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: PALETTE }).fill('compl')
  await page.getByRole('option', { name: /compliance of/ }).click()
  const person = page.getByRole('heading', { level: 1, name: /compliance of/ })
  await person.waitFor()
  await page.goto(at('home'))
  await page.getByRole('heading', { name: 'Your latest executions' }).waitFor()
  await page.keyboard.press('Control+k')
  const visited = page.getByRole('group', { name: 'Recently opened' }).getByRole('option')
  await visited.first().waitFor()
  await portal.inspect(page, 'palette-visited')
  expect(await visited.allInnerTexts()).toEqual([expect.stringMatching(/^compliance of.*People$/s)])
  await visited.click()
  await person.waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: PALETTE }).fill('sign out')
  await page.getByRole('option', { name: 'Sign out' }).click()
  await page.getByLabel('E-mail address').waitFor()
  expect(await page.evaluate("localStorage.getItem('reeve.visits')")).toBe(null)
}

test(
  'an owner sees what a policy would change, puts it in force, and takes it back',
  async () => {
    const { organisation, reeve } = portal.world
    const sdk = new OpenAI({ baseURL: `${reeve.client.url}/v1`, apiKey: organisation.api_key, maxRetries: 0 })
    await sdk.chat.completions.create({ model: 'echo', messages: [{ role: 'user', content: 'One call' }] })
    const page = await portal.openAs(portal.person('owner'), at('policies?area=engines'))
    await page.getByRole('button', { name: /Edit .*engine/i }).click()
    await page.getByRole('combobox', { name: 'Organisation' }).click()
    await page.getByRole('option', { name: 'Only these' }).click()
    await page.getByText(/\d+ of \d+ executions would have gone another way/).waitFor()
    await portal.inspect(page, 'policy-effect')
    await page.getByRole('button', { name: 'Put in force' }).click()
    const review = page.getByRole('dialog', { name: /^Put version \d+ in force/ })
    await review.getByRole('button', { name: 'Put in force' }).click()
    await review.getByText('Say why it is changed.').waitFor()
    await review.getByLabel('Reason').fill('Nothing is called from outside any more.')
    await portal.inspect(page, 'policy-review')
    await review.getByRole('button', { name: 'Put in force' }).click()
    await page.getByText(/Policy version \d+ is in force/).waitFor()
    const refused = sdk.chat.completions.create({ model: 'echo', messages: [{ role: 'user', content: 'Another' }] })
    await expect(refused).rejects.toMatchObject({ status: 403 })
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect
      .poll(async () => {
        const call = sdk.chat.completions.create({ model: 'echo', messages: [{ role: 'user', content: 'Again' }] })
        return call.then(
          () => 'answered',
          () => 'refused',
        )
      })
      .toBe('answered')
    await page.getByRole('tab', { name: 'History' }).click()
    await page.getByText('in force', { exact: true }).waitFor()
    await page.getByText('Nothing is called from outside any more.').waitFor()
    await page.getByText(/^Version \d+ is taken back$/).waitFor()
    await portal.inspect(page, 'policy-history')
  },
  BOUND_MS,
)

test(
  'a key made in the portal serves the official SDK, and its call appears in executions and in the log while one looks',
  async () => {
    const watching = await portal.openAs(portal.person('owner'), at('executions'))
    await watching.getByRole('heading', { level: 1, name: 'Executions' }).waitFor()
    const log = await portal.openAs(portal.person('admin'), at('audit?event=execution.finalised'))
    await log.getByRole('heading', { level: 1, name: 'Audit log' }).waitFor()
    const page = await portal.openAs(portal.person('member'), at('api-keys'))
    await page.getByRole('button', { name: 'Create key' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'Create key' })
    await dialog.getByLabel('Name').fill('For the SDK')
    await dialog.getByRole('button', { name: 'Create key' }).click()
    const apiKey = await page.getByRole('alertdialog').getByLabel('Key').inputValue()
    const sdk = new OpenAI({ baseURL: `${portal.world.reeve.client.url}/v1`, apiKey, maxRetries: 0 })
    const answer = await sdk.chat.completions.create({
      model: 'echo',
      messages: [{ role: 'user', content: 'What the portal made' }],
    })
    expect(answer.choices[0]?.message.content).toContain('What the portal made')
    await watching.getByRole('row').filter({ hasText: 'member of' }).first().waitFor()
    await log.getByRole('row').filter({ hasText: 'member of' }).first().waitFor()
    await watching.getByRole('row').filter({ hasText: 'member of' }).first().getByRole('link').first().click()
    await watching.getByRole('heading', { name: /Decision/ }).waitFor()
    await watching
      .getByText(/echo, by price version 1, frozen for this execution\. .+ reserved\. .+ charged\./)
      .waitFor()
    await watching.getByRole('definition').filter({ hasText: 'For the SDK' }).waitFor()
    await portal.inspect(watching, 'execution-live')
    await refuseByQuota(sdk)
    await watching.goto(at('quotas'))
    await watching.getByRole('cell', { name: 'Person: member of aurora-legal.example', exact: true }).waitFor()
    await log.goto(at('audit?event=quota.blocked'))
    await log.getByRole('button', { name: 'quota.blocked' }).first().click()
    const refused = log.getByRole('region', { name: 'Decision: refused' })
    await refused.getByText('Token quota', { exact: true }).waitFor()
    await refused.getByText(/^Person member of/).waitFor()
    await refused.getByRole('meter', { name: 'Used per month' }).waitFor()
    await refused.getByText(/^\d+ of 1$/).waitFor()
    await portal.inspect(log, 'audit-refusal')
  },
  BOUND_MS,
)

/** The member has used up what a quota of one token leaves, and calls again. */
async function refuseByQuota(sdk: OpenAI): Promise<void> {
  const { client } = portal.world.reeve
  const as = await portal.world.asOwner()
  const found = await client.call('GET', `/api/orgs/${portal.org}/members?search=member%40`, { as })
  const scope_id = found.list('items')[0]?.text('id')
  await client.call('PUT', `/api/orgs/${portal.org}/quotas`, {
    as,
    body: { scope_kind: 'user', scope_id, period: 'month', limit_tokens: 1 },
  })
  const call = sdk.chat.completions.create({ model: 'echo', messages: [{ role: 'user', content: 'Once more' }] })
  await expect(call).rejects.toMatchObject({ status: 429, code: 'quota_exceeded' })
}

/** Screens that the stories of the browser tests do not stop at. */
const PASSED_BY = ['apps', 'runs', 'usage', 'wallet', 'cost', 'quotas', 'audit', 'people/invitations']

test(
  'the screens that no story stops at are as accessible as the others, in light and dark',
  async () => {
    const page = await portal.openAs(portal.person('owner'), at('home'))
    for (const path of PASSED_BY) {
      await page.goto(at(path))
      await page.getByRole('heading', { level: 1 }).waitFor()
      await portal.inspect(page, path.replace('/', '-'))
    }
    const forgot = await portal.open('/forgot')
    await forgot.getByRole('button', { name: 'Send link' }).waitFor()
    await portal.inspect(forgot, 'forgot')
  },
  BOUND_MS,
)

test(
  'a button that cannot be used is reached by keys and read out with its reason',
  async () => {
    const page = await portal.openAs(portal.person('member'), at('teams'))
    const create = page.getByRole('main').getByRole('button', { name: 'Create team', exact: true })
    await tabTo(create)
    const reason = page.getByRole('tooltip')
    await reason.waitFor()
    expect(await reason.innerText()).not.toBe('')
    expect(await create.getAttribute('aria-describedby')).toBe(await reason.getAttribute('id'))
    expect(await create.getAttribute('aria-disabled')).toBe('true')
  },
  BOUND_MS,
)

test(
  'a list that is read again keeps its order, its filter, what is selected and where it was scrolled to',
  async () => {
    const page = await portal.openAs(portal.person('owner'), at('people?role=member&sort=-name'))
    await page.getByText('5 entries').waitFor()
    await page.setViewportSize({ width: 1440, height: 420 })
    const names = () => page.getByRole('row').getByRole('link').allInnerTexts()
    expect((await names())[0]).toMatch(/^member of/)
    await page.getByRole('checkbox', { name: /^Select manager of/ }).click()
    await page.evaluate("document.querySelector('#main').scrollTop = 60")
    await portal.world.reeve.client.call('POST', `/api/orgs/${portal.org}/members`, {
      as: await portal.world.asOwner(),
      body: { email: 'zoe@aurora-legal.example', display_name: 'Zoë Live' },
    })
    await page.getByText('1 selected of 6').waitFor()
    expect((await names())[0]).toMatch(/^zoe@/)
    expect(await page.getByRole('checkbox', { name: /^Select manager of/ }).isChecked()).toBe(true)
    expect(await page.evaluate("document.querySelector('#main').scrollTop")).toBe(60)
    expect(new URL(page.url()).search).toBe('?role=member&sort=-name')
  },
  BOUND_MS,
)

test(
  'preferences hold at once and after a reload; a language is remembered with the account',
  async () => {
    const page = await portal.openAs(portal.person('expert'), '/me?tab=preferences')
    await page.getByRole('radio', { name: 'Dark' }).click()
    await page.getByRole('radio', { name: 'Compact' }).click()
    const shown = () => page.evaluate('JSON.stringify(document.documentElement.dataset)')
    expect(await shown()).toContain('"mode":"dark"')
    await page.reload()
    await page.getByRole('radio', { name: 'Dark' }).waitFor()
    expect(await shown()).toContain('"density":"compact"')
    await page.getByRole('combobox', { name: 'Language' }).click()
    await page.getByRole('option', { name: 'Deutsch' }).click()
    await page.getByRole('heading', { level: 1, name: 'Ihr Konto' }).waitFor()
    const as = await portal.world.signIn(portal.person('expert'))
    await expect
      .poll(async () => (await portal.world.reeve.client.call('GET', '/api/me', { as })).text('locale'))
      .toBe('de')
    await page.goto('/me')
    await page.getByRole('combobox', { name: 'Zeitzone' }).fill('Tokyo')
    await page.getByRole('option', { name: /Tokyo/ }).click()
    await page.getByRole('button', { name: 'Änderungen speichern' }).click()
    await expect
      .poll(async () => (await portal.world.reeve.client.call('GET', '/api/me', { as })).text('time_zone'))
      .toBe('Asia/Tokyo')
    await portal.inspect(page, 'me-german')
  },
  BOUND_MS,
)

async function signInByKeys(page: Page, { email, password }: Who): Promise<void> {
  await tabTo(page.getByRole('textbox', { name: 'E-mail address' }))
  await page.keyboard.type(email)
  await page.keyboard.press('Enter')
  await page.getByLabel('Password').waitFor()
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
  await page.getByRole('navigation', { name: 'Breadcrumb' }).waitFor()
}

test(
  'with the keyboard alone an admin signs in, makes a workspace from the palette, and finds a person',
  async () => {
    const page = await portal.open(`/login?next=${encodeURIComponent(at('home'))}`)
    await signInByKeys(page, portal.person('admin'))
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: PALETTE }).waitFor()
    await page.keyboard.type('create works')
    await page.getByRole('option', { name: 'Create workspace' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Create workspace' }).waitFor()
    await tabTo(page.getByRole('textbox', { name: 'Name' }))
    await page.keyboard.type('By keys alone')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'By keys alone' }).waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('p')
    await page.getByRole('heading', { level: 1, name: 'People' }).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('compliance')
    await page.getByText('1 entry').waitFor()
    // Selected, given another role by the bar for what is selected, which asks; then opened from the menu of its row.
    await pressOn(page.getByRole('checkbox', { name: /^Select compliance of/ }), 'Space')
    await page.getByText('1 selected of 1').waitFor()
    await pressOn(page.getByRole('button', { name: 'Change role' }))
    await chooseByKeys(page.getByRole('menuitem', { name: 'Admin' }))
    await page.getByRole('alertdialog', { name: /Admin/ }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('alertdialog').waitFor({ state: 'detached' })
    await pressOn(page.getByRole('button', { name: /^Actions for compliance of/ }))
    await chooseByKeys(page.getByRole('menuitem', { name: 'Open', exact: true }))
    await page.getByRole('heading', { level: 1, name: /compliance of/ }).waitFor()
  },
  BOUND_MS,
)
