import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPortal, type Portal } from './portal.ts'

/** Many pictures are taken. */
const SLOW_MS = 180_000

let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
})
afterAll(() => portal.stop())

const at = (path: string): string => `/o/${portal.org}/${path}`

test(
  'a member makes a key that calls the gateway, and revokes it; it is shown once',
  async () => {
    const page = await portal.openAs(portal.person('member'), at('api-keys'))
    await page.getByText('There are no keys here yet').waitFor()
    await page.getByRole('button', { name: 'Create key' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'Create key' })
    await dialog.getByLabel('Name').fill('Nightly <i>report</i>')
    await dialog.getByRole('checkbox', { name: 'run.execute' }).waitFor()
    expect(await dialog.getByRole('checkbox', { name: 'audit.view', exact: true }).count()).toBe(0)
    await portal.inspect(page, 'api-keys-create')
    await dialog.getByRole('button', { name: 'Create key' }).click()
    const once = page.getByRole('alertdialog')
    const key = await once.getByLabel('Key').inputValue()
    await portal.inspect(page, 'api-keys-shown')
    await once.getByRole('button', { name: 'I have kept it' }).click()
    const answer = await portal.world.reeve.client.request('GET', '/v1/models', { as: { key } })
    expect(answer.status).toBe(200)
    await page.getByText('1 entry').waitFor()
    expect(await page.content()).not.toContain(key)
    await portal.inspect(page, 'api-keys')
    await page.getByRole('button', { name: /Actions for Nightly/ }).click()
    await page.getByRole('menuitem', { name: 'Rotate…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate key' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'I have kept it' }).click()
    await page.getByRole('button', { name: /Actions for Nightly/ }).click()
    await page.getByRole('menuitem', { name: 'Revoke…' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke key' }).click()
    await page.getByText('There are no keys here yet').waitFor()
    const refused = await portal.world.reeve.client.request('GET', '/v1/models', { as: { key } })
    expect(refused.status).toBe(401)
  },
  SLOW_MS,
)

test(
  'an owner adds a provider with its key and a model, puts it into use and prices it; an admin reads, a member sees models',
  async () => {
    const page = await portal.openAs(portal.person('owner'), at('providers'))
    await page.getByText('echo').waitFor()
    await portal.inspect(page, 'models')
    await page.getByRole('button', { name: 'Add provider' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add provider' })
    await dialog.getByLabel('Name').fill('House models')
    await dialog.getByLabel('Address').fill('not an address')
    await dialog.getByRole('button', { name: 'Add provider' }).click()
    await dialog.getByText(/Type an address/).waitFor()
    await dialog.getByLabel('Address').fill(`${portal.world.provider.url}/v1`)
    await dialog.getByLabel('Key').fill('sk-house-key-0123456789')
    await portal.inspect(page, 'provider-add')
    await dialog.getByRole('button', { name: 'Add provider' }).click()
    await page.getByText('House models').first().waitFor()
    expect(await page.content()).not.toContain('sk-house-key-0123456789')
    await portal.inspect(page, 'providers')
    await page.getByRole('tab', { name: 'Own models' }).click()
    await page.getByRole('button', { name: 'Add model' }).click()
    const model = page.getByRole('dialog', { name: 'Add model' })
    await model.getByLabel('Model').fill('house-large')
    await model.getByLabel('Input', { exact: true }).fill('2')
    await model.getByLabel('Output', { exact: true }).fill('6')
    await portal.inspect(page, 'model-add')
    await model.getByRole('button', { name: 'Add model' }).click()
    await page.getByText('Not in use').waitFor()
    await page.getByRole('button', { name: 'Actions for house-large' }).click()
    await page.getByRole('menuitem', { name: 'Put into use' }).click()
    await page.getByText('In use', { exact: true }).nth(1).waitFor()
    await page.getByRole('button', { name: 'Actions for house-large' }).click()
    await page.getByRole('menuitem', { name: 'Set price…' }).click()
    const price = page.getByRole('dialog', { name: 'Price of house-large' })
    await price.getByLabel('Output', { exact: true }).fill('7')
    await price.getByRole('button', { name: 'Set price' }).click()
    await page.getByText('house-large has price version 2').waitFor()
    await portal.inspect(page, 'own-models')
    const admin = await portal.openAs(portal.person('admin'), at('providers?tab=providers'))
    await admin.getByText('Read only').waitFor()
    await admin.getByText('Key set').waitFor()
    expect(await admin.getByText('6789').count()).toBe(0)
    const member = await portal.openAs(portal.person('member'), at('providers?tab=providers'))
    await member.getByText('house-large').waitFor()
    expect(await member.getByRole('tab').count()).toBe(0)
  },
  SLOW_MS,
)

test(
  'roles show the matrix of the server, own roles, differences, and what a member would see',
  async () => {
    const page = await portal.openAs(portal.person('owner'), at('roles'))
    await page.getByRole('searchbox', { name: 'Find a permission' }).fill('audit')
    await page.getByText('audit.export').waitFor()
    await portal.inspect(page, 'roles')
    await page.getByRole('tab', { name: 'Own roles' }).click()
    await page.getByText('There are no own roles yet').waitFor()
    await page.getByRole('button', { name: 'Create role' }).click()
    const dialog = page.getByRole('dialog', { name: 'Create role' })
    await dialog.getByLabel('Name').fill('Cost watcher')
    await dialog.getByRole('checkbox', { name: 'usage.view_org' }).click()
    await portal.inspect(page, 'role-create')
    await dialog.getByRole('button', { name: 'Create role' }).click()
    await page.getByText('Cost watcher').first().waitFor()
    await portal.inspect(page, 'roles-own')
    await page.goto(at('people?q=expert'))
    await page.getByRole('link', { name: /expert/ }).click()
    await page.getByRole('tab', { name: 'Edit access' }).click()
    await page.getByRole('checkbox', { name: 'Cost watcher' }).click()
    await page.getByRole('button', { name: 'Save access' }).click()
    await page.getByText('Access changed').waitFor()
    await page.getByRole('tab', { name: 'Permissions' }).click()
    await page.getByText('Own role: Cost watcher').waitFor()
    await portal.inspect(page, 'person-own-role')
    await page.goto(at('roles'))
    await page.getByRole('tab', { name: 'Compare' }).click()
    await page.getByText('org.delete').waitFor()
    await portal.inspect(page, 'roles-compare')
    await page.getByRole('tab', { name: 'View as' }).click()
    await page.getByText('Not shown').waitFor()
    await portal.inspect(page, 'roles-view-as')
    await page.getByRole('button', { name: 'See the portal like this' }).click()
    await page.getByRole('heading', { level: 1, name: /^Hello/ }).waitFor()
    const banner = page.getByText('You see what this role sees: Member · Studio')
    await banner.waitFor()
    expect(await page.getByRole('link', { name: 'People' }).count()).toBe(0)
    // It outlives a reload; what the role may not open leads away, and what it may do is not done.
    await page.goto(at('people'))
    await page.getByText('You cannot open that page').waitFor()
    await page.getByRole('link', { name: 'API keys' }).click()
    await page.getByRole('button', { name: 'Create key' }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Create key', disabled: true }).waitFor()
    await page.keyboard.press('Escape')
    await portal.inspect(page, 'viewing-as')
    await page.getByRole('button', { name: 'Back to my own view' }).click()
    await page.getByText('Not shown').waitFor()
    await banner.waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'People', exact: true }).first().waitFor()
  },
  SLOW_MS,
)

test(
  'an admin changes name and metadata, and copies the workers’ key; provider keys are the owner’s alone',
  async () => {
    const page = await portal.openAs(portal.person('admin'), '/settings')
    await page.waitForURL(`**${at('settings')}`)
    await page.getByRole('button', { name: 'Add word' }).click()
    await page.getByLabel('Word 1').fill('Cost Centre')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText(/A word begins with a small letter/).waitFor()
    await page.getByLabel('Word 1').fill('cost_centre')
    await page.getByLabel('Value 1').fill('4711')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('The settings were saved').waitFor()
    expect(await page.getByText('Provider keys').count()).toBe(0)
    expect(await page.getByRole('link', { name: 'Delete organisation…' }).count()).toBe(0)
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Search or run a command' }).fill('worker')
    await page.getByRole('option', { name: 'Worker SSH key' }).click()
    await page.getByText(/ssh-ed25519 /).waitFor()
    await page.getByText(/SHA256:/).waitFor()
    await portal.inspect(page, 'settings')
    const owner = await portal.openAs(portal.person('owner'), at('settings'))
    await owner.getByRole('heading', { name: 'Provider keys' }).waitFor()
    await portal.inspect(owner, 'settings-owner')
  },
  SLOW_MS,
)

test(
  'billing shows the mode and real figures: in full to owners, read only to members',
  async () => {
    const page = await portal.openAs(portal.person('owner'), '/billing')
    await page.waitForURL(`**${at('billing')}`)
    await page.getByText('Metered').first().waitFor()
    expect(await page.getByText('Read only').count()).toBe(0)
    await portal.inspect(page, 'billing')
    const member = await portal.openAs(portal.person('member'), '/billing')
    await member.getByText('Read only').waitFor()
    await portal.inspect(member, 'billing-member')
  },
  SLOW_MS,
)

test(
  'an owner deletes the organisation by typing its name; it is closed at once',
  async () => {
    const admin = await portal.openAs(portal.person('admin'), at('danger'))
    await admin.getByText('You cannot open that page').waitFor()
    const page = await portal.openAs(portal.person('owner'), at('danger'))
    await page.getByRole('button', { name: 'Delete organisation…' }).click()
    const asking = page.getByRole('alertdialog', { name: /Delete Aurora Legal/ })
    await asking.getByLabel(/Type/).fill('Aurora')
    await portal.inspect(page, 'danger')
    await asking.getByLabel(/Type/).fill('Aurora Legal')
    await asking.getByRole('button', { name: 'Delete organisation' }).click()
    await page.getByText('Aurora Legal is closed').waitFor()
  },
  SLOW_MS,
)
