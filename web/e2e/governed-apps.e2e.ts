import type { Page } from 'playwright-core'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chooseByKeys, pressOn, tabTo } from './keys.ts'
import { openPortal, type Portal } from './portal.ts'

let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
})
afterAll(() => portal.stop())

// Each of them is a whole story of several people.
const STORY_MS = 150_000

const NAME = 'Polite reply'

const at = (path: string): string => `/o/${portal.org}${path}`

async function createApp(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Create app' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Create app' })
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByRole('button', { name: 'Create app' }).click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

/** By the arrows of the row of tabs. */
async function goToTab(page: Page, name: string): Promise<void> {
  const tab = page.getByRole('tab', { name, exact: true })
  await tabTo(page.getByRole('tab', { selected: true }))
  for (let n = 0; n < 10 && (await tab.and(page.locator(':focus')).count()) === 0; n++)
    await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await tab.and(page.getByRole('tab', { selected: true })).waitFor()
}

/** Adds a step, which stands open, moves it to the top by pressing one key as often as it takes, and takes it away. */
async function reorderByKeys(page: Page): Promise<void> {
  const steps = page.getByRole('region', { name: 'Pipeline' }).locator('summary')
  const before = await steps.allInnerTexts()
  await pressOn(page.getByRole('button', { name: 'Add step' }))
  await chooseByKeys(page.getByRole('menuitem').first())
  const name = 'Ask a model'
  const up = page.getByRole('button', { name: `Move ${name} up` })
  await tabTo(up)
  for (const _ of before) {
    await page.keyboard.press('Enter')
    await up.and(page.locator(':focus')).waitFor()
  }
  expect((await steps.allInnerTexts()).map((text) => text.startsWith(name))).toEqual([true, ...before.map(() => false)])
  await pressOn(page.getByRole('button', { name: `Remove ${name}` }))
  await expect.poll(() => steps.allInnerTexts()).toEqual(before)
}

async function approve(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Your review' }).waitFor()
  for (const box of await page.getByRole('group', { name: 'Answer with yes' }).getByRole('checkbox').all()) {
    await box.click()
  }
  await page.getByRole('button', { name: 'Approve version' }).click()
  await page.getByText('The version was approved').waitFor()
}

async function swearAndPublish(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Give Digital Oath' }).click()
  await page.getByRole('button', { name: 'Publish version' }).click()
  await page.getByText('People can run it.').waitFor()
}

async function choose(page: Page, of: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${of}` }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

async function chooseMode(page: Page, mode: string): Promise<void> {
  await page.getByRole('radio', { name: mode, exact: true }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Change mode' }).click()
  await page.getByRole('alertdialog').waitFor({ state: 'detached' })
}

async function endWithReason(page: Page, act: string, reason: string): Promise<void> {
  await choose(page, NAME, `${act}…`)
  await page.getByRole('dialog').getByLabel('Reason').fill(reason)
  await page.getByRole('dialog').getByRole('button', { name: act }).click()
}

/** What a person finds in the start menu of apps, and what not. */
async function findsApps(page: Page, { there, gone }: Record<'there' | 'gone', readonly string[]>): Promise<void> {
  await page.goto(at('/apps'))
  const cards = page.getByRole('heading', { level: 2 })
  for (const name of there) await cards.filter({ hasText: name }).waitFor()
  for (const name of gone) expect(await cards.filter({ hasText: name }).count(), name).toBe(0)
}

test(
  'an expert writes an app, somebody else reviews it, the expert swears and publishes it',
  async () => {
    const expert = await portal.openAs(portal.person('expert'), `/o/${portal.org}/builder`)
    await portal.inspect(expert, 'builder-empty')
    await createApp(expert, NAME)
    await portal.inspect(expert, 'builder-info')
    const checks = expert.getByRole('region', { name: 'Checks' })
    const description = expert.getByRole('textbox', { name: 'Description' })
    await description.fill('')
    await checks.getByText('1 mistake', { exact: true }).waitFor()
    await expect.poll(() => description.getAttribute('aria-invalid')).toBe('true')
    await description.fill('Answers politely.')
    await checks.getByText('No mistakes', { exact: true }).waitFor()
    await goToTab(expert, 'Pipeline')
    await pressOn(expert.locator('summary').filter({ hasText: 'Answer' }))
    await portal.inspect(expert, 'builder-pipeline')
    await reorderByKeys(expert)
    await goToTab(expert, 'Governance')
    await expert.getByRole('switch', { name: 'A manager or reviewer approves' }).click()
    await expert.getByRole('switch', { name: 'Compliance signs off' }).click()
    await expert.getByRole('button', { name: 'Save draft' }).click()
    await expert.getByText('Of what is saved now.').waitFor()
    const draft = expert.url()
    await expert.getByRole('tab', { name: 'Test bench' }).click()
    await expert.getByRole('region', { name: 'Try it out' }).getByLabel('Text').fill('Where is my order?')
    await portal.inspect(expert, 'builder-try-out')
    await expert.getByRole('button', { name: 'Try out version' }).click()
    await expert.getByText('nothing of it is final', { exact: false }).waitFor()
    await expert.getByText('Where is my order?', { exact: false }).first().waitFor()
    await expert.goto(draft)
    await expert.getByRole('link', { name: 'Review and submit' }).click()
    await portal.inspect(expert, 'version-draft')
    await expert.getByRole('button', { name: 'Submit for review' }).click()
    await expert.getByText('Waits for a reviewer', { exact: true }).waitFor()

    const owner = await portal.openAs(portal.person('owner'), `/o/${portal.org}/catalogue?tab=review`)
    await owner.getByRole('link', { name: NAME }).click()
    await owner.getByRole('heading', { name: 'Your review' }).waitFor()
    await portal.inspect(owner, 'version-review')
    await approve(owner)

    await expert.reload()
    await expert.getByRole('checkbox', { name: 'I swear this for this version.' }).click()
    await portal.inspect(expert, 'version-oath')
    await swearAndPublish(expert)
  },
  STORY_MS,
)

test(
  'the six files of an app are exported as an archive and imported as a new draft',
  async () => {
    const expert = await portal.openAs(portal.person('expert'), at('/builder'))
    await expert.getByRole('link', { name: NAME }).click()
    await expert.getByRole('heading', { level: 1, name: `${NAME} 1.0.0` }).waitFor()
    const [archive] = await Promise.all([expert.waitForEvent('download'), choose(expert, NAME, 'Export archive')])
    expect(archive.suggestedFilename()).toMatch(/\.zip$/)
    await expert.goto(at('/builder'))
    await expert.getByRole('button', { name: 'Import archive' }).waitFor()
    await expert.locator('input[type=file]').setInputFiles(await archive.path())
    await expert.getByText('The archive was imported as a draft').waitFor()
    await expert.waitForURL(/\/builder\/[0-9a-f-]{36}/)
    await expert.getByRole('tab', { name: 'Governance' }).click()
    await expect.poll(() => expert.getByRole('switch', { name: 'Compliance signs off' }).isChecked()).toBe(true)
  },
  STORY_MS,
)

test(
  'drafts are acknowledged together by who ran them, approved by a manager, and final only when compliance signed them off',
  async () => {
    const expert = await portal.openAs(portal.person('expert'), at('/apps'))
    await expert.getByRole('link', { name: NAME }).first().click()
    await expert.waitForURL(/\/apps\/[0-9a-f-]{36}/)
    const app_id = /\/apps\/([0-9a-f-]{36})/.exec(expert.url())?.[1] ?? ''
    const origin = new URL(expert.url()).origin
    for (const text of ['Where is my order?', 'Where is my invoice?']) {
      const started = await expert.request.post(`/api/orgs/${portal.org}/apps/${app_id}/runs?wait_ms=20000`, {
        data: { input: { text }, max_price_micros: 1_000_000 },
        headers: { origin, 'idempotency-key': crypto.randomUUID() },
      })
      expect(started.status(), await started.text()).toBeLessThan(300)
    }

    await expert.goto(at('/approvals?view=own'))
    await expert.getByRole('button', { name: 'Acknowledge draft' }).waitFor()
    await portal.inspect(expert, 'approvals-own')
    for (const index of [0, 1])
      await pressOn(expert.getByRole('checkbox', { name: `Mark ${NAME}` }).nth(index), 'Space')
    await expert.keyboard.press('b')
    await pressOn(expert.getByRole('alertdialog').getByRole('button', { name: 'Acknowledge 2 drafts' }))
    await expert.getByText('2 drafts were acknowledged').waitFor()

    const manager = await portal.openAs(portal.person('manager'), at('/approvals'))
    await manager.getByRole('button', { name: 'Approve draft' }).waitFor()
    await portal.inspect(manager, 'approvals-queue')
    await manager.keyboard.press('r')
    await manager.getByRole('dialog').getByLabel('Reason').waitFor()
    await manager.keyboard.press('Escape')
    await manager.getByRole('dialog').waitFor({ state: 'detached' })
    await manager.keyboard.press('a')
    await manager.getByText(`${NAME}: approved`).waitFor()
    await manager.getByRole('button', { name: 'Approve draft' }).click()
    await manager.getByText('Nothing waiting').waitFor()
    await manager.goto(at('/approvals?view=history'))
    await manager.getByRole('link', { name: NAME }).first().waitFor()
    await portal.inspect(manager, 'approvals-history')

    const compliance = await portal.openAs(portal.person('compliance'), at('/approvals'))
    await compliance.getByRole('button', { name: 'Sign draft off' }).waitFor()
    for (const index of [0, 1])
      await pressOn(compliance.getByRole('checkbox', { name: `Mark ${NAME}` }).nth(index), 'Space')
    await portal.world.reeve.node.deployment.control.transaction((tx) =>
      sql`update identity.session set authenticated_at = now() - interval '10 minutes'`.execute(tx),
    )
    await compliance.keyboard.press('b')
    await pressOn(compliance.getByRole('alertdialog').getByRole('button', { name: 'Sign off 2 drafts' }))
    const proof = compliance.getByRole('dialog', { name: 'Is it you?' })
    await proof.getByLabel('Password').waitFor()
    await portal.inspect(compliance, 'approvals-sign-off')
    await tabTo(proof.getByLabel('Password'))
    await compliance.keyboard.type(portal.person('compliance').password)
    await compliance.keyboard.press('Enter')
    await compliance.getByText('2 drafts were signed off').waitFor()
    await compliance.getByText('Nothing waiting').waitFor()
  },
  STORY_MS,
)

test(
  'an admin decides which apps people find: by mode and lists, promoted, suspended and withdrawn',
  async () => {
    const owner = await portal.openAs(portal.person('owner'), `/o/${portal.org}/catalogue`)
    await owner.getByRole('link', { name: 'Contract review' }).waitFor()
    await portal.inspect(owner, 'catalogue-public')
    await owner.getByRole('tab', { name: 'Internal' }).click()
    await owner.getByRole('button', { name: 'Promote app' }).click()
    await owner.getByRole('button', { name: 'Stop promoting' }).waitFor()
    await portal.inspect(owner, 'catalogue-internal')

    const member = await portal.openAs(portal.person('member'), at('/catalogue'))
    await member.getByText('You cannot open that page').waitFor()

    await owner.getByRole('tab', { name: 'Public' }).click()
    await chooseMode(owner, 'Only those allowed')
    await findsApps(member, { there: [NAME], gone: ['Contract review', 'Meeting minutes'] })
    await choose(owner, 'Contract review', 'Allow app…')
    await owner.getByRole('alertdialog').getByRole('button', { name: 'Allow app' }).click()
    await owner.getByRole('alertdialog').waitFor({ state: 'detached' })
    await findsApps(member, { there: [NAME, 'Contract review'], gone: ['Meeting minutes'] })

    await chooseMode(owner, 'All but those blocked')
    await choose(owner, 'Meeting minutes', 'Block app…')
    await owner.getByRole('alertdialog').getByRole('button', { name: 'Block app' }).click()
    await owner.getByRole('alertdialog').waitFor({ state: 'detached' })
    await findsApps(member, { there: [NAME, 'Contract review', 'Risk register'], gone: ['Meeting minutes'] })
    await chooseMode(owner, 'All')
    await findsApps(member, { there: [NAME, 'Meeting minutes'], gone: [] })

    await owner.getByRole('tab', { name: 'Internal' }).click()
    await owner.getByRole('link', { name: NAME }).click()
    await endWithReason(owner, 'Suspend version', 'It answers in another language.')
    await owner.getByText('The version was suspended').waitFor()
    await findsApps(member, { there: ['Meeting minutes'], gone: [NAME] })
    await choose(owner, NAME, 'Restore version…')
    await owner.getByRole('alertdialog').getByRole('button', { name: 'Restore version' }).click()
    await owner.getByText('The version was restored').waitFor()
    await findsApps(member, { there: ['Meeting minutes', NAME], gone: [] })
    await endWithReason(owner, 'Withdraw version', 'Another app does this now.')
    await owner.getByText('The version was withdrawn').waitFor()
    await findsApps(member, { there: ['Meeting minutes'], gone: [NAME] })
  },
  STORY_MS,
)

test(
  'a public app is written by one super-admin, reviewed by another in the same form, and then found in every organisation',
  async () => {
    const { demo, grantSuperadmin } = portal.world
    const [, other] = demo.organisations
    const second = other?.members.find(({ email }) => email.startsWith('admin@'))
    if (other === undefined || second === undefined)
      throw new Error('The world has a second organisation with an admin')
    await grantSuperadmin(second.email)

    const author = await portal.openAs(portal.person('super'), '/platform/builder')
    await createApp(author, 'Public greeting')
    await author.getByRole('link', { name: 'Review and submit' }).click()
    await author.getByRole('button', { name: 'Submit for review' }).click()
    await author.getByText('Waits for a reviewer', { exact: true }).waitFor()

    const reviewer = await portal.openAs(second, '/platform/catalogue')
    await reviewer.getByRole('heading', { level: 1, name: 'Appstream' }).waitFor()
    await portal.inspect(reviewer, 'appstream')
    await reviewer.getByRole('link', { name: 'Public greeting' }).click()
    await approve(reviewer)

    await author.reload()
    await author.getByRole('checkbox', { name: 'I swear this for this version.' }).click()
    await swearAndPublish(author)
    for (const [org, person] of [
      [portal.org, portal.person('member')],
      [other.id, other.owner],
    ] as const) {
      const page = await portal.openAs(person, `/o/${org}/apps`)
      await page.getByRole('link', { name: 'Public greeting' }).waitFor()
    }
  },
  STORY_MS,
)
