import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPortal, type Portal } from './portal.ts'

let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
})
afterAll(() => portal.stop())

// Each of them is a whole story of several people.
const STORY_MS = 150_000

const NAME = 'Polite reply'

test(
  'an expert writes an app, somebody else reviews it, the expert swears and publishes it',
  async () => {
    const expert = await portal.openAs(portal.person('expert'), `/o/${portal.org}/builder`)
    await portal.inspect(expert, 'builder-empty')
    await expert.getByRole('button', { name: 'Create app' }).first().click()
    const dialog = expert.getByRole('dialog', { name: 'Create app' })
    await dialog.getByLabel('Name').fill(NAME)
    await dialog.getByRole('button', { name: 'Create app' }).click()
    await expert.getByRole('heading', { level: 1, name: NAME }).waitFor()
    await portal.inspect(expert, 'builder-info')
    await expert.getByRole('tab', { name: 'Pipeline' }).click()
    await expert.getByText('Answer').first().click()
    await portal.inspect(expert, 'builder-pipeline')
    await expert.getByRole('tab', { name: 'Governance' }).click()
    await expert.getByRole('switch', { name: 'A manager or reviewer approves' }).click()
    await expert.getByRole('button', { name: 'Save and check' }).click()
    await expert.getByText('Of what is saved now.').waitFor()
    await expert.getByRole('link', { name: 'Review and submit' }).click()
    await portal.inspect(expert, 'version-draft')
    await expert.getByRole('button', { name: 'Submit for review' }).click()
    await expert.getByText('Waits for a reviewer', { exact: true }).waitFor()

    const owner = await portal.openAs(portal.person('owner'), `/o/${portal.org}/catalogue?tab=review`)
    await owner.getByRole('link', { name: NAME }).click()
    await owner.getByRole('heading', { name: 'Your review' }).waitFor()
    await portal.inspect(owner, 'version-review')
    for (const box of await owner.getByRole('group', { name: 'Answer with yes' }).getByRole('checkbox').all()) {
      await box.click()
    }
    await owner.getByRole('button', { name: 'Approve version' }).click()
    await owner.getByText('The version was approved').waitFor()

    await expert.reload()
    await expert.getByRole('checkbox', { name: 'I swear this for this version.' }).click()
    await portal.inspect(expert, 'version-oath')
    await expert.getByRole('button', { name: 'Give Digital Oath' }).click()
    await expert.getByRole('button', { name: 'Publish version' }).click()
    await expert.getByText('People can run it.').waitFor()
  },
  STORY_MS,
)

test(
  'its draft is acknowledged by who ran it, approved by a manager, and only then final',
  async () => {
    const expert = await portal.openAs(portal.person('expert'), `/o/${portal.org}/apps`)
    await expert.getByRole('link', { name: NAME }).first().click()
    await expert.waitForURL(/\/apps\/[0-9a-f-]{36}/)
    const app_id = /\/apps\/([0-9a-f-]{36})/.exec(expert.url())?.[1] ?? ''
    const origin = new URL(expert.url()).origin
    const started = await expert.request.post(`/api/orgs/${portal.org}/apps/${app_id}/runs?wait_ms=20000`, {
      data: { input: { text: 'Where is my order?' }, max_price_micros: 1_000_000 },
      headers: { origin, 'idempotency-key': crypto.randomUUID() },
    })
    expect(started.status(), await started.text()).toBeLessThan(300)

    await expert.goto(`/o/${portal.org}/approvals?view=own`)
    await expert.getByRole('button', { name: 'Acknowledge draft' }).waitFor()
    await portal.inspect(expert, 'approvals-own')
    await expert.getByRole('button', { name: 'Acknowledge draft' }).click()
    await expert.getByText(`${NAME}: acknowledged`).waitFor()

    const manager = await portal.openAs(portal.person('manager'), `/o/${portal.org}/approvals`)
    await manager.getByRole('button', { name: 'Approve draft' }).waitFor()
    await portal.inspect(manager, 'approvals-queue')
    await manager.keyboard.press('r')
    await manager.getByRole('dialog').getByLabel('Reason').waitFor()
    await manager.keyboard.press('Escape')
    await manager.getByRole('dialog').waitFor({ state: 'detached' })
    await manager.keyboard.press('a')
    await manager.getByText(`${NAME}: final and charged`).waitFor()
    await manager.getByText('Nothing waiting').waitFor()
    await manager.goto(`/o/${portal.org}/approvals?view=history`)
    await manager.getByRole('link', { name: NAME }).waitFor()
    await portal.inspect(manager, 'approvals-history')
  },
  STORY_MS,
)

test(
  'an admin orders the catalogue, and a member who opens it by its address is sent to Home',
  async () => {
    const owner = await portal.openAs(portal.person('owner'), `/o/${portal.org}/catalogue`)
    await owner.getByRole('link', { name: 'Contract review' }).waitFor()
    await portal.inspect(owner, 'catalogue-public')
    await owner.getByRole('tab', { name: 'Internal' }).click()
    await owner.getByRole('button', { name: 'Promote app' }).click()
    await owner.getByRole('button', { name: 'Stop promoting' }).waitFor()
    await portal.inspect(owner, 'catalogue-internal')

    const member = await portal.openAs(portal.person('member'), `/o/${portal.org}/catalogue`)
    await member.getByText('You cannot open that page').waitFor()
  },
  STORY_MS,
)
