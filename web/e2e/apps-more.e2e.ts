import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answered } from '../../server/test/client.ts'
import { documentsWith } from './documents.ts'
import { chooseByKeys, pressOn, tabTo } from './keys.ts'
import { openPortal, type Portal } from './portal.ts'

let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
  await portal.world.work()
})
afterAll(() => portal.stop())

// Each of them is a whole story; the people of the demo have worked before it begins.
const STORY_MS = 150_000

const at = (path: string): string => `/o/${portal.org}${path}`

/** Confirms the price that is shown. */
async function confirmPrice(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Run it for this price?' })
  await dialog.getByText('Before it is final').waitFor()
  await dialog.getByRole('button', { name: 'Run app' }).click()
  await dialog.waitFor({ state: 'detached' })
}

/** Chooses a file of nothing but its size, is told what is wrong with it before anything is sent, and takes it back. */
async function refuseLargeFile(page: Page, size_bytes: number, told: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'reeve-large-'))
  try {
    const path = join(folder, 'large.txt')
    writeFileSync(path, '')
    truncateSync(path, size_bytes)
    await page.locator('input[type=file]').setInputFiles(path)
    await page.getByText(told).waitFor()
    await page.getByRole('button', { name: 'Remove large.txt' }).click()
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Asks the organisation's API as its owner. */
async function asOwner(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<Answered> {
  const { reeve, asOwner: signIn } = portal.world
  return reeve.client.call(method, `/api/orgs/${portal.org}${path}`, { as: await signIn(), ...(body && { body }) })
}

/** Makes a use case of the project that everybody may run apps in; returns its id. */
async function createUseCase(name: string): Promise<string> {
  const projects = (await asOwner('GET', '/projects')).list('items')
  const usual = projects.find((project) => project.text('kind') === 'default')?.text('id') ?? ''
  return (await asOwner('POST', `/projects/${usual}/use-cases`, { name })).text('id')
}

test(
  'a file is run for a use case, its draft written over and acknowledged, its receipt and its document saved',
  async () => {
    await createUseCase('Tenders')
    const page = await portal.openAs(portal.person('member'), at('/apps'))
    await page.getByRole('link', { name: 'Contract review' }).click()
    await page.getByRole('heading', { level: 1, name: 'Contract review' }).waitFor()
    await refuseLargeFile(page, 25_500_000, '“large.txt” has 25.5 MB, and at most 20 MB are allowed.')
    const contract = 'The supplier delivers within 30 days. Liability is unlimited.\n'
    const file = { name: 'contract.txt', mimeType: 'text/plain', buffer: Buffer.from(contract.repeat(20)) }
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      pressOn(page.getByRole('button', { name: 'Choose file' })),
    ])
    await chooser.setFiles(file)
    await tabTo(page.getByLabel('Our party'))
    await page.keyboard.type('Aurora Legal')
    await pressOn(page.getByRole('combobox', { name: 'Use case' }))
    await chooseByKeys(page.getByRole('option', { name: 'Tenders' }))
    await portal.inspect(page, 'app-form')
    portal.world.provider.hold()
    const followed = page.waitForResponse(/\/runs\/[0-9a-f-]{36}\/events$/)
    await pressOn(page.getByRole('button', { name: 'See price' }))
    await confirmPrice(page)
    expect((await followed).headers()['content-type']).toBe('text/event-stream')
    portal.world.provider.release()
    await page.getByRole('heading', { name: 'Decision', exact: true }).waitFor()
    await page.getByRole('definition').filter({ hasText: 'Tenders' }).waitFor()
    await page
      .getByRole('button', { name: /^Write over: / })
      .first()
      .click()
    await page.getByRole('menuitem', { name: 'Add note…' }).click()
    await page.getByRole('dialog').getByLabel('Note').fill('Ask the supplier about clause 2.')
    await page.getByRole('dialog').getByRole('button', { name: 'Add note' }).click()
    await page.getByText('Ask the supplier about clause 2.').waitFor()
    await portal.inspect(page, 'run-written-over')
    for (const box of await page.getByRole('group', { name: 'Confirm each statement' }).getByRole('checkbox').all()) {
      await pressOn(box, 'Space')
    }
    await pressOn(page.getByRole('button', { name: 'Acknowledge draft' }))
    await page.getByText('Final, sealed and charged exactly as quoted.').waitFor()
    await page.getByRole('button', { name: 'Helpful', exact: true }).click()
    const [receipt] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /^Download receipt: Acknowledged by/ }).click(),
    ])
    expect(readFileSync(await receipt.path(), 'utf8')).toContain('"format":"reeve-receipt/1"')
    await page.getByText(/reeve verify receipt receipt\.json --fingerprint [0-9a-f]{64}/).waitFor()
    await page.getByRole('button', { name: 'Export' }).click()
    const [document] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'PDF' }).click(),
    ])
    expect(
      readFileSync(await document.path())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
    await portal.inspect(page, 'run-final')
  },
  STORY_MS,
)

test(
  'what a document of any format says reaches the model, a date in a workbook as a date',
  async () => {
    const page = await portal.openAs(portal.person('member'), at('/apps'))
    await page.getByRole('link', { name: 'Data classification' }).click()
    await page.waitForURL(/\/apps\/[0-9a-f-]{36}/)
    const form = page.url()
    const sentence = 'The heron pays within thirty days.'
    for (const upload of await documentsWith(sentence)) {
      await page.goto(form)
      await page.getByRole('heading', { level: 1, name: 'Data classification' }).waitFor()
      await page.locator('input[type=file]').setInputFiles(upload)
      await page.getByRole('button', { name: 'See price' }).click()
      await confirmPrice(page)
      const format = upload.name.slice(-4).replace('.', '').toUpperCase()
      const { body } = await portal.world.provider.waitForRequest((request) =>
        request.body.includes(`${sentence} ${format}`),
      )
      if (format === 'XLSX') expect(body.toString()).toContain('2026-03-31')
    }
  },
  STORY_MS,
)

test(
  'a manager answers the task of a run and decides about several drafts of one app together',
  async () => {
    const page = await portal.openAs(portal.person('manager'), at('/tasks'))
    await portal.inspect(page, 'tasks')
    await page.getByRole('link', { name: 'Confirm the budget' }).click()
    await page.getByText('Heron Shelving').waitFor()
    await page.getByRole('button', { name: 'Complete task' }).click()
    await page.getByText('Fill this in.').waitFor()
    await page.getByLabel('Cost centre').fill('4'.repeat(102))
    await page.getByText('2 characters too many.').waitFor()
    await page.getByLabel('Cost centre').fill('4711')
    await page.getByText('4 of 100 characters').waitFor()
    await portal.inspect(page, 'task')
    await page.getByRole('button', { name: 'Complete task' }).click()
    await page.getByText('No task waits for you').waitFor()

    await page.goto(at('/approvals'))
    const marks = page.getByRole('checkbox', { name: /^Mark Vendor check/ })
    const isMarked = (index: number) => expect.poll(() => marks.nth(index).isChecked()).toBe(true)
    await page.getByRole('button', { name: 'Approve draft' }).waitFor()
    await page.keyboard.press('x')
    await isMarked(0)
    await page.keyboard.press('j')
    await page.getByText('Plover Paper', { exact: true }).waitFor()
    await page.keyboard.press('x')
    await isMarked(1)
    await portal.inspect(page, 'approvals-batch')
    // One of them is sent as it was before somebody changed it.
    await page.route('**/approvals/batch/reject', (route) => {
      const sent = route.request().postData() ?? ''
      return route.continue({ postData: sent.replace(/"draft":"[0-9a-f]{64}"/, `"draft":"${'0'.repeat(64)}"`) })
    })
    await page.keyboard.press('Shift+R')
    const why = page.getByRole('dialog', { name: 'Reject 2 drafts of Vendor check?' })
    await why.getByRole('button', { name: 'Reject 2 drafts' }).click()
    await why.getByText('Say why you reject it.').waitFor()
    await why.getByLabel('Reason').fill('Ask for a second offer.')
    await why.getByRole('button', { name: 'Reject 2 drafts' }).click()
    const left = page.getByRole('dialog', { name: '1 draft was left as it is' })
    await left.getByText('1 draft was rejected, not charged.').waitFor()
    await left.getByText(/^It was changed since you marked it/).waitFor()
    await portal.inspect(page, 'approvals-left')
    await left.getByRole('button', { name: 'Close' }).last().click()
    await expect.poll(() => marks.count()).toBe(1)
    await page.keyboard.press('x')
    await isMarked(0)
    await page.keyboard.press('b')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Approve 1 draft' }).click()
    await page.getByText('1 draft was approved').waitFor()
    await page.getByText('Nothing waiting').waitFor()
  },
  STORY_MS,
)

test(
  'an app runs by the clock from a form that shows its next five times, is paused, and ends',
  async () => {
    await createUseCase('Bulletins')
    const page = await portal.openAs(portal.person('expert'), at('/schedules'))
    await page.getByText('Monday at 08:00').waitFor()
    await page.getByRole('button', { name: 'Create schedule…' }).click()
    await page.getByRole('combobox', { name: 'App' }).click()
    await page.getByRole('option', { name: /^Release notes/ }).click()
    const form = page.getByRole('dialog', { name: 'Schedule Release notes' })
    await form.getByLabel('Name').fill('Every evening')
    await form.getByRole('combobox', { name: 'Rhythm' }).click()
    await page.getByRole('option', { name: 'Own rhythm (cron)' }).click()
    await form.getByLabel('Cron').fill('0 25 * * *')
    await form.getByText(/^This rhythm is no rhythm/).waitFor()
    await form.getByLabel('Cron').fill('30 18 * * *')
    await expect
      .poll(() => form.getByRole('region', { name: 'The next five times' }).getByRole('listitem').count())
      .toBe(5)
    for (const [label, text] of [
      ['Changes', 'Faster search.'],
      ['Product', 'Archive'],
      ['Version', '4.3'],
    ] as const) {
      await form.getByLabel(label).fill(text)
    }
    await portal.inspect(page, 'schedule-form')
    await form.getByRole('button', { name: 'Create schedule' }).click()
    await page.getByText('“Every evening” will run').waitFor()
    await portal.inspect(page, 'schedules')
    await page.getByRole('button', { name: 'Actions for Every evening' }).click()
    await page.getByRole('menuitem', { name: 'Change what runs are given…' }).click()
    const given = page.getByRole('dialog', { name: 'What the runs of “Every evening” are given' })
    await expect.poll(() => given.getByLabel('Product').inputValue()).toBe('Archive')
    await given.getByLabel('Version').fill('4.4')
    await given.getByRole('button', { name: 'See price' }).click()
    const price = page.getByRole('dialog', { name: 'Let it run at this price?' })
    await price.getByText('Before it is final').waitFor()
    await portal.inspect(page, 'schedule-input')
    await price.getByRole('button', { name: 'Change input' }).click()
    await page.getByText('The schedule was changed').waitFor()
    await page.getByRole('button', { name: 'Actions for Every evening' }).click()
    await page.getByRole('menuitem', { name: 'Change where runs belong…' }).click()
    const moved = page.getByRole('dialog', { name: 'Where the runs of “Every evening” belong' })
    await moved.getByRole('combobox', { name: 'Use case' }).click()
    await page.getByRole('option', { name: 'Bulletins' }).click()
    await moved.getByRole('button', { name: 'Save changes' }).click()
    await moved.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Actions for Every evening' }).click()
    await page.getByRole('menuitem', { name: 'Pause schedule' }).click()
    await page.getByText('“Every evening” is paused').waitFor()
    await page.getByRole('button', { name: 'Every evening', exact: true }).click()
    await page.getByRole('dialog').getByText('None while it is paused.').waitFor()
    await page.getByRole('definition').filter({ hasText: 'Bulletins' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Actions for Every evening' }).click()
    await page.getByRole('menuitem', { name: 'End schedule…' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'End schedule' }).click()
    await page.getByText('“Every evening” ended').waitFor()
  },
  STORY_MS,
)

test(
  'an app is run from a chat under the jurisdiction and for the use case that policy demands, its draft decided there',
  async () => {
    await createUseCase('Complaints')
    const use_case_id = await createUseCase('Returns')
    const reason = 'Whose law and what for'
    await asOwner('PUT', '/policy?replaces=0', { jurisdictions: ['de', 'fr'], require_use_case: true, reason })
    const page = await portal.openAs(portal.person('enduser'), at('/chat'))
    await page.getByText('Start a chat').waitFor()
    await page.getByRole('combobox', { name: 'App' }).click()
    await page.getByRole('option', { name: /^Support reply/ }).click()
    await page.getByLabel('What we know about it').fill('Orders arrive within five days.')
    await page.getByLabel('Message of the customer').fill('Where is my parcel?')
    await page.getByRole('combobox', { name: 'Jurisdiction' }).click()
    await page.getByRole('option', { name: 'France (fr)' }).click()
    await page.getByRole('button', { name: 'See price' }).click()
    await page.getByText('Fill this in.').waitFor()
    await portal.inspect(page, 'chat-place')
    await page.getByRole('combobox', { name: 'Use case' }).click()
    await page.getByRole('option', { name: 'Returns' }).click()
    await page.getByRole('button', { name: 'See price' }).click()
    await confirmPrice(page)
    await page.waitForURL(/\/chat\/[0-9a-f-]{36}/)
    const [run] = (await asOwner('GET', '/runs?trigger_source=chat')).list('items')
    expect(run?.body).toMatchObject({ jurisdiction: 'fr', use_case_id })
    await page.getByRole('checkbox', { name: 'I have read the reply and answer for sending it.' }).click()
    await portal.inspect(page, 'chat')
    await page.getByRole('button', { name: 'Acknowledge draft' }).click()
    await page.getByText('Support reply: final and charged').waitFor()
    await page.getByRole('button', { name: 'Delete chat: Where is my parcel?' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete chat' }).click()
    await page.getByText('Start a chat').waitFor()
  },
  STORY_MS,
)

test(
  'an owner keeps filters as a view, adds a supervision workflow and sees how apps do',
  async () => {
    const page = await portal.openAs(portal.person('owner'), at('/executions'))
    await page.getByRole('combobox', { name: 'App' }).click()
    await page.getByRole('option', { name: 'Vendor check' }).click()
    await page.getByRole('link', { name: 'Vendor check' }).first().waitFor()
    await page.getByRole('button', { name: 'Views', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Save filters as view…' }).click()
    await page.getByRole('dialog').getByLabel('Name').fill('Vendor checks')
    await page.getByRole('combobox', { name: 'Shared with' }).click()
    await page.getByRole('option', { name: 'Everybody' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Save view' }).click()
    await page.getByRole('button', { name: 'Vendor checks', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Pin to sidebar' }).click()
    const pinned = page.getByRole('region', { name: 'Pinned' }).getByRole('link', { name: 'Vendor checks' })
    await pinned.waitFor()
    const view = new URL(page.url()).searchParams.get('view') ?? ''

    await page.goto(at(`/executions?view=${view}`))
    await page.waitForURL(/app=/)
    await page.getByRole('combobox', { name: 'Risk' }).click()
    await page.getByRole('option', { name: 'Medium' }).click()
    await page.getByRole('button', { name: 'Vendor checks Changed' }).click()
    await page.getByRole('menuitem', { name: 'Update “Vendor checks”' }).click()
    await page.getByRole('button', { name: 'Vendor checks', exact: true }).waitFor()
    await portal.inspect(page, 'executions-view')

    await page.goto(at('/supervision'))
    await pinned.click()
    await page.waitForURL(/executions\?.*app=.*risk=medium/)
    await page.goBack()
    await page.getByRole('button', { name: 'New workflow' }).first().click()
    const form = page.getByRole('dialog', { name: 'New workflow' })
    await form.getByLabel('Name').fill('Purchases')
    await form.getByRole('checkbox', { name: 'Workflow' }).click()
    await form.getByRole('combobox', { name: 'Add a deputy' }).click()
    await page.getByRole('option', { name: /^compliance/ }).click()
    await form.getByRole('button', { name: /^Remove compliance/ }).waitFor()
    await form.getByRole('combobox', { name: 'When time is up' }).click()
    await page.getByRole('option', { name: 'Escalate' }).click()
    await form
      .getByRole('group', { name: 'Escalate to' })
      .getByRole('checkbox', { name: 'Compliance officers' })
      .click()
    await portal.inspect(page, 'workflow-form')
    await form.getByRole('button', { name: 'Save workflow' }).click()
    await page.getByText('The workflow was saved').waitFor()
    await portal.inspect(page, 'supervision')

    await page.goto(at('/catalogue?tab=health'))
    await page.getByRole('link', { name: 'Vendor check', exact: true }).waitFor()
    await portal.inspect(page, 'catalogue-health')

    const member = await portal.openAs(portal.person('member'), at(`/executions?view=${view}`))
    await member.waitForURL(/risk=medium/)
    await member.getByRole('button', { name: 'Vendor checks', exact: true }).click()
    const change = member.getByRole('menuitem', { name: /^Rename or share view/ })
    await change.getByText('Only who made the view changes it').waitFor()
  },
  STORY_MS,
)
