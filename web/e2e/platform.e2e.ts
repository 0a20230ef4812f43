import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startEmpty } from '../../server/test/world.ts'
import { NAVIGATION } from '../src/navigation.ts'
import { openPortal, type Portal } from './portal.ts'

/** Many pictures are taken. */
const SLOW_MS = 180_000

let portal: Portal
let empty: Awaited<ReturnType<typeof startEmpty>>
beforeAll(async () => {
  ;[portal, empty] = await Promise.all([openPortal(), startEmpty()])
})
afterAll(async () => {
  await portal.stop()
  await empty.reeve.stop()
})

const menu = async (page: Page, name: string, item: string) => {
  await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

test(
  'the first run: from the token of an empty deployment to a provider that answers, a priced model and an organisation',
  async () => {
    const { reeve, setup_token } = empty
    const url = reeve.client.url.replace('127.0.0.1', 'localhost')
    const page = await portal.open(`${url}/setup`)
    await page.getByLabel('Set-up token').fill(setup_token)
    await page.getByLabel('Your name').fill('Root Person')
    await page.getByLabel('E-mail address').fill('root@example.com')
    await page.getByLabel('New password').fill('seven mild otters juggle')
    await portal.inspect(page, 'setup-token')
    await page.getByRole('button', { name: 'Create platform' }).click()
    await page.getByText('Only a password protects this account').waitFor()
    await portal.inspect(page, 'setup-protect')
    await page.getByRole('button', { name: 'Skip for now' }).click()
    await page.getByLabel('Name of the deployment').fill('Northwind <b>AI</b> 🌸')
    await page.getByRole('button', { name: 'Save name' }).click()
    await page.getByText('Without a mail server it works too').waitFor()
    await portal.inspect(page, 'setup-mail')
    await page.getByRole('button', { name: 'Skip for now' }).click()
    await page.getByLabel('Name', { exact: true }).fill('House models')
    await page.getByLabel('Address').fill(`${portal.world.provider.url}/v1`)
    await page.getByLabel('Key').fill('sk-house-key-0123456789')
    await page.getByRole('button', { name: 'Add and test provider' }).click()
    await page.getByText('It answers').waitFor()
    await portal.inspect(page, 'setup-provider')
    // What is done stays done: the address of the setup alone leads to where something is missing.
    await page.goto(`${url}/platform/setup?step=model`)
    await page.getByLabel('Model', { exact: true }).fill('echo')
    await page.getByRole('radio', { name: 'Those it is assigned to' }).click()
    await page.getByLabel('Input', { exact: true }).fill('1')
    await page.getByLabel('Output', { exact: true }).fill('3')
    await portal.inspect(page, 'setup-model')
    await page.getByRole('button', { name: 'Add model' }).click()
    await page.getByRole('button', { name: 'Let it say a word' }).click()
    await page.getByText('It answers').waitFor()
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('checkbox', { name: 'echo' }).waitFor()
    await page.getByLabel('Name', { exact: true }).fill('Northwind Legal')
    await page.getByLabel('Owner’s e-mail address').fill('olga@northwind.example')
    await page.getByRole('button', { name: 'Create organisation' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'I have kept it' }).click()
    await page.getByText('Awaiting owner').first().waitFor()
    await portal.inspect(page, 'setup-organisation')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByText('That is all for now').waitFor()
    await portal.inspect(page, 'setup-done')
    await page.getByRole('link', { name: 'Go to the overview' }).click()
    await page.getByRole('link', { name: 'Protect super-admins' }).waitFor()
    await portal.inspect(page, 'platform-overview-first')
    const { body } = await reeve.client.request('GET', '/api/setup')
    expect(body).toEqual({ is_needed: false })
    await page.goto(`${url}/setup`)
    await page.getByRole('heading', { name: 'Reeve is set up' }).waitFor()
  },
  SLOW_MS,
)

test(
  'a super-admin posts credit that the owner sees, suspends, and restores; the owner is told',
  async () => {
    const { name } = portal.world.organisation
    const page = await portal.openAs(portal.person('super'), '/')
    await page.waitForURL('**/platform/overview')
    await page.getByText('Sign-ins, last 30 days').waitFor()
    await portal.inspect(page, 'platform-overview')
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill(name)
    await page
      .getByRole('option', { name: new RegExp(name) })
      .first()
      .click()
    await page.getByRole('heading', { level: 1, name }).waitFor()
    await page.getByRole('tab', { name: 'Money' }).click()
    await page.getByRole('button', { name: 'Post credit…' }).click()
    const dialog = page.getByRole('dialog', { name: `Post credit to ${name}` })
    await dialog.getByLabel('Amount').fill('1234.56')
    await dialog.getByRole('button', { name: 'Post credit' }).click()
    await dialog.getByText('Say what it is for.').waitFor()
    await dialog.getByLabel('Reason').fill('Spring budget')
    await portal.inspect(page, 'platform-credit')
    await dialog.getByRole('button', { name: 'Post credit' }).click()
    await page.getByText(/Posted. The balance is/).waitFor()
    await page.getByText('Spring budget').waitFor()
    await portal.inspect(page, 'platform-organisation-money')
    const owner = await portal.openAs(portal.person('owner'), `/o/${portal.org}/wallet`)
    await owner.getByText('Spring budget').waitFor()
    await menu(page, name, 'Suspend…')
    const question = page.getByRole('alertdialog', { name: `Suspend ${name}?` })
    await question.getByLabel('Reason').fill('The invoice of May is open')
    await portal.inspect(page, 'platform-suspend')
    await question.getByRole('button', { name: 'Suspend organisation' }).click()
    await page.getByText('It is suspended.', { exact: false }).waitFor()
    await owner.goto(`/o/${portal.org}/home`)
    await owner.getByRole('heading', { name: 'This organisation is suspended' }).waitFor()
    await owner.getByText('The reason given: The invoice of May is open').waitFor()
    await portal.inspect(owner, 'organisation-suspended')
    await menu(page, name, 'Restore…')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Restore organisation' }).click()
    await page.getByText(`${name} is active again`).waitFor()
    await owner.getByRole('link', { name: 'Try again' }).click()
    await owner.waitForURL(`**/o/${portal.org}/home`)
    await owner.getByRole('heading', { name: 'This organisation is suspended' }).waitFor({ state: 'detached' })
    await owner.getByRole('heading', { level: 1 }).waitFor()
  },
  SLOW_MS,
)

test(
  'tiers, quotas, models and a stricter way in are set for an organisation',
  async () => {
    const { name } = portal.world.organisation
    const at = `/platform/organisations/${portal.org}`
    const page = await portal.openAs(portal.person('super'), '/platform/tiers')
    await page.getByRole('button', { name: 'Add tier' }).click()
    const tier = page.getByRole('dialog', { name: 'Add tier' })
    await tier.getByLabel('Name').fill('Big One')
    await tier.getByRole('button', { name: 'Add tier' }).click()
    await tier.getByText(/Begin with a small letter/).waitFor()
    await tier.getByLabel('Name').fill('big-one')
    await tier.getByLabel('Longest run').fill('600')
    await tier.getByRole('button', { name: 'Add tier' }).click()
    await page.getByText('big-one', { exact: true }).waitFor()
    await portal.inspect(page, 'platform-tiers')
    await announce(page)
    await page.goto(`${at}?tab=limits`)
    await page.getByRole('combobox', { name: 'Account tier' }).click()
    await page.getByRole('option', { name: 'big-one' }).click()
    await page.getByText(`${name} has the tier big-one`).waitFor()
    await page.getByRole('button', { name: 'Set quota' }).click()
    const quota = page.getByRole('dialog', { name: 'Set quota' })
    await quota.getByLabel('Limit').fill('5000000')
    await quota.getByRole('button', { name: 'Set quota' }).click()
    await page.getByText('1 entry').waitFor()
    await portal.inspect(page, 'platform-organisation-limits')
    await page.getByRole('tab', { name: 'Models' }).click()
    await page.getByText('echo').first().waitFor()
    await portal.inspect(page, 'platform-organisation-models')
    await page.getByRole('tab', { name: 'Log' }).click()
    await page.getByText('quota.set').waitFor()
    await portal.inspect(page, 'platform-organisation-log')
    await page.goto('/platform/settings')
    await page.getByRole('radio', { name: 'With a reason' }).click()
    await portal.inspect(page, 'platform-settings')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('The settings hold from the next request on').waitFor()
    await page.goto(`/o/${portal.org}/home`)
    const reason = page.getByRole('dialog', { name: `Open ${name}` })
    await reason.getByRole('button', { name: 'Open organisation' }).click()
    await reason.getByText(/Say why, in at least/).waitFor()
    await reason.getByLabel('Reason').fill('Support case 4711, asked by the owner')
    await portal.inspect(page, 'platform-enter')
    await reason.getByRole('button', { name: 'Open organisation' }).click()
    await page.waitForURL(`**/o/${portal.org}/home`)
    await page.goto(`${at}?tab=access`)
    await page.getByText('Support case 4711, asked by the owner').waitFor()
    await portal.inspect(page, 'platform-organisation-access')
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    await page.getByText('It is closed again').waitFor()
    const { client } = portal.world.reeve
    const as = await portal.world.asSuperadmin()
    await client.call('PATCH', '/api/platform/settings', { as, body: { content_access: 'open' } })
  },
  SLOW_MS,
)

/** Everybody reads it until they put it away, and again when it says something else. */
async function announce(page: Page): Promise<void> {
  await page.goto('/platform/announcements')
  await page.getByText('Nothing was announced').waitFor()
  await page.getByRole('button', { name: 'Announce something' }).first().click()
  const form = page.getByRole('dialog', { name: 'Announce something' })
  await form.getByRole('button', { name: 'Announce something' }).click()
  await form.getByText('Write what everybody should know.').waitFor()
  await form.getByLabel('Text').fill('Maintenance tonight, 22:00 to 23:00')
  await form.getByRole('radio', { name: 'Warning' }).click()
  await portal.inspect(page, 'platform-announce')
  await form.getByRole('button', { name: 'Announce something' }).click()
  await page.getByText('It is announced').waitFor()
  const member = await portal.openAs(portal.person('member'), `/o/${portal.org}/home`)
  const banner = member.getByRole('status').filter({ hasText: 'Maintenance tonight' })
  await banner.waitFor()
  await portal.inspect(member, 'announcement')
  await member.getByRole('button', { name: 'Put this announcement away' }).click()
  await banner.waitFor({ state: 'detached' })
  await menu(page, 'Maintenance tonight, 22:00 to 23:00', 'Edit…')
  const edit = page.getByRole('dialog', { name: 'Edit announcement' })
  await edit.getByLabel('Text').fill('Maintenance tonight, 23:00 to midnight')
  await edit.getByRole('button', { name: 'Save announcement' }).click()
  await page.getByText('The announcement was saved').waitFor()
  await member.reload()
  await banner.waitFor()
  await menu(page, 'Maintenance tonight, 23:00 to midnight', 'End now')
  await page.getByText('It is not shown any more').waitFor()
  await page.getByRole('table', { name: 'Announcements' }).getByText('Over', { exact: true }).waitFor()
  await member.reload()
  await member.getByRole('heading', { level: 1 }).waitFor()
  await banner.waitFor({ state: 'detached' })
}

/** A red square, as small as a picture can be. */
const LOGO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)

test(
  'the deployment gets a face: a logo of 4 MB is refused and the form kept, a good one shown before the sign-in, and undone',
  async () => {
    const page = await portal.openAs(portal.person('super'), '/platform/branding')
    await page.getByLabel('Name of the deployment').fill('Northwind AI')
    await page.getByLabel('Headline').fill('Work with care')
    const logo = page.getByLabel('Logo', { exact: true })
    await logo.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: Buffer.alloc(4_000_000) })
    await page.getByText('This file has 4 MB; at most 2 MB are taken.').waitFor()
    await logo.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from('<svg/>') })
    await page.getByText('By its content this file is of another kind; taken are PNG, JPEG.').waitFor()
    expect(await page.getByLabel('Name of the deployment').inputValue()).toBe('Northwind AI')
    await logo.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: LOGO })
    await page.getByRole('button', { name: 'Remove: Logo' }).waitFor()
    await portal.inspect(page, 'platform-branding')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('Everybody sees it from the next page on').waitFor()
    const login = await portal.open('/login')
    await login.getByRole('heading', { name: 'Work with care' }).waitFor()
    await login.getByRole('img', { name: 'Northwind AI' }).waitFor()
    await portal.inspect(login, 'login-branded')
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('It looks as before').waitFor()
    await login.reload()
    await login.getByRole('heading', { name: 'Welcome back' }).waitFor()
  },
  SLOW_MS,
)

test(
  'providers are tested, models assigned and priced, the baseline tightened, and the log and accounts looked at',
  async () => {
    const page = await portal.openAs(portal.person('super'), '/platform/providers')
    await page.getByText('Fake provider').waitFor()
    await portal.inspect(page, 'platform-providers')
    await menu(page, 'Fake provider', 'Test call…')
    const call = page.getByRole('dialog', { name: 'Test Fake provider' })
    await call.getByRole('button', { name: 'Call now' }).click()
    await call.getByText('It answers').waitFor()
    await portal.inspect(page, 'platform-test-call')
    await page.keyboard.press('Escape')
    await page.getByRole('tab', { name: 'Models' }).click()
    await page.getByText('echo', { exact: true }).waitFor()
    await menu(page, 'echo', 'Assign to organisations…')
    await page.getByRole('switch', { name: portal.world.organisation.name }).waitFor()
    await portal.inspect(page, 'platform-assignments')
    await page.keyboard.press('Escape')
    await menu(page, 'echo', 'Price history…')
    await page.getByText('In force').waitFor()
    await page.keyboard.press('Escape')
    await portal.inspect(page, 'platform-models')
    await page.goto('/platform/policy')
    await page
      .getByRole('button', { name: /Edit “?Mandatory|Edit/ })
      .first()
      .click()
    await page.getByRole('combobox', { name: 'Baseline' }).click()
    await page.getByRole('option', { name: 'Yes' }).click()
    await portal.inspect(page, 'platform-policy')
    await page.getByRole('button', { name: 'Put in force everywhere' }).click()
    const review = page.getByRole('dialog', { name: /^Put version \d+ in force/ })
    await review.getByLabel('Reason').fill('Asked for by the board.')
    await review.getByRole('button', { name: 'Put in force everywhere' }).click()
    await page.getByText('set by the platform').waitFor()
    await page.getByRole('tab', { name: 'History' }).click()
    await page.getByText('Sam Super').first().waitFor()
    await portal.inspect(page, 'platform-policy-history')
    await page.goto('/platform/audit')
    await page.getByRole('button', { name: 'policy.updated' }).first().click()
    await page.getByRole('dialog', { name: 'policy.updated' }).getByText('mandatory_ack').first().waitFor()
    await portal.inspect(page, 'platform-audit-entry')
    await page.keyboard.press('Escape')
    await portal.inspect(page, 'platform-audit')
    const [log] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export CSV' }).click(),
    ])
    const rows = readFileSync(await log.path(), 'utf8').split('\r\n')
    expect(rows[0]).toContain('id,at,event,outcome,reason_code,actor_type')
    expect(rows.some((row) => row.includes(',policy.updated,succeeded,'))).toBe(true)
    // Whoever takes the log along stands in it.
    await page.getByRole('button', { name: 'list.exported', exact: true }).waitFor()
    await page.goto('/platform/people?q=compliance')
    await page
      .getByRole('link', { name: /compliance/i })
      .first()
      .click()
    await page.getByRole('button', { name: 'End all…' }).waitFor()
    await portal.inspect(page, 'platform-account')
    await page.goto('/platform/people')
    await page.getByRole('link', { name: 'Sam Super' }).waitFor()
    await portal.inspect(page, 'platform-people')
    for (const path of ['organisations', `organisations/${portal.org}?tab=settings`, 'mail']) {
      await page.goto(`/platform/${path}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await portal.inspect(page, `platform-${path.replace(/\/.*tab=/, '-')}`)
    }
  },
  SLOW_MS,
)

test('an owner is refused at every address of the platform, like a member', async () => {
  for (const name of ['owner', 'member']) {
    const page = await portal.openAs(portal.person(name), '/platform')
    for (const { path } of NAVIGATION.filter(({ group }) => group === 'platform')) {
      await page.goto(path)
      await page.getByText('The platform’s pages are for super-admins', { exact: false }).waitFor()
    }
  }
})
