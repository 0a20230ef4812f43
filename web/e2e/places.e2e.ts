import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPortal, type Portal } from './portal.ts'

/** Many pictures are taken. */
const SLOW_MS = 180_000

let portal: Portal
beforeAll(async () => {
  portal = await openPortal()
})
afterAll(() => portal.stop())

test(
  'an admin makes a team, puts people into it, names its manager, renames and deletes it',
  async () => {
    const page = await portal.openAs(portal.person('admin'), `/o/${portal.org}/teams`)
    await page.getByText('There are no teams yet').waitFor()
    await portal.inspect(page, 'teams-empty')
    await page.getByRole('button', { name: 'Create team' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'Create team' })
    await dialog.getByRole('button', { name: 'Create team' }).click()
    await dialog.getByText('Type a name.').waitFor()
    await dialog.getByLabel('Name').fill('Claims <b>🌸</b> مطالبات')
    await dialog.getByRole('button', { name: 'Create team' }).click()
    await page.getByRole('heading', { level: 1, name: 'Claims <b>🌸</b> مطالبات' }).waitFor()
    await page.getByRole('button', { name: 'Add person' }).first().click()
    const adding = page.getByRole('dialog', { name: 'Add person' })
    await adding.getByRole('combobox', { name: 'Person' }).fill('manager')
    await page.getByRole('option', { name: /manager/i }).click()
    await adding.getByRole('radio', { name: 'Manager' }).click()
    await portal.inspect(page, 'team-add')
    await adding.getByRole('button', { name: 'Add person' }).click()
    await page.getByText('1 entry').waitFor()
    await portal.inspect(page, 'team')
    await page.getByRole('combobox', { name: /Role of/ }).click()
    await page.getByRole('option', { name: /^Member/ }).click()
    await page.getByText(/is now Member/).waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page
      .getByRole('combobox', { name: /Role of/ })
      .getByText('Manager')
      .waitFor()
    await page.getByRole('button', { name: /Actions for Claims/ }).click()
    await page.getByRole('menuitem', { name: 'Rename…' }).click()
    const renaming = page.getByRole('dialog', { name: /Rename/ })
    await renaming.getByLabel('Name').fill('Claims')
    await renaming.getByRole('button', { name: 'Rename team' }).click()
    await page.getByRole('heading', { level: 1, name: 'Claims', exact: true }).waitFor()
    await page.getByRole('link', { name: 'Teams' }).first().click()
    await page.getByRole('link', { name: 'Claims' }).waitFor()
    await portal.inspect(page, 'teams')
    await page.getByRole('button', { name: 'Actions for Claims' }).click()
    await page.getByRole('menuitem', { name: 'Delete…' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete team' }).click()
    await page.getByText('There are no teams yet').waitFor()
  },
  SLOW_MS,
)

test(
  'a workspace: made by an admin, seen by whoever is in it, and its members set by its own admins',
  async () => {
    const owner = await portal.openAs(portal.person('owner'), `/o/${portal.org}/workspaces`)
    await owner.getByRole('button', { name: 'Create workspace' }).first().click()
    const dialog = owner.getByRole('dialog', { name: 'Create workspace' })
    await dialog.getByLabel('Name').fill('Northern region')
    await dialog.getByLabel('Description').fill('Everything for the offices of the north')
    await portal.inspect(owner, 'workspace-create')
    await dialog.getByRole('button', { name: 'Create workspace' }).click()
    await owner.getByRole('heading', { level: 1, name: 'Northern region' }).waitFor()
    await portal.inspect(owner, 'workspace')
    const member = await portal.openAs(portal.person('member'), `/o/${portal.org}/workspaces`)
    await member.getByText('You belong to no workspace').waitFor()
    await portal.inspect(member, 'workspaces-none')
    expect(await member.getByRole('button', { name: 'Create workspace' }).isEnabled()).toBe(false)
    await owner.getByRole('tab', { name: 'Members' }).click()
    await owner.getByRole('button', { name: 'Add person' }).click()
    const adding = owner.getByRole('dialog', { name: 'Add person' })
    await adding.getByRole('combobox', { name: 'Person' }).fill('member@')
    await owner
      .getByRole('option', { name: /member/i })
      .first()
      .click()
    await adding.getByRole('button', { name: 'Add person' }).click()
    await owner.getByText('2 entries').waitFor()
    await portal.inspect(owner, 'workspace-members')
    await member.reload()
    await member.getByRole('link', { name: 'Northern region' }).click()
    await member.getByRole('tab', { name: 'Members' }).click()
    await member.getByText(/Read only: workspace admins/).waitFor()
    await portal.inspect(member, 'workspace-viewer')
  },
  SLOW_MS,
)

test(
  'a project: use cases by builders, members with roles, settings, and an end',
  async () => {
    const page = await portal.openAs(portal.person('owner'), `/o/${portal.org}/projects`)
    await page.getByRole('link', { name: 'Default' }).waitFor()
    await page.getByRole('button', { name: 'Create project' }).click()
    const dialog = page.getByRole('dialog', { name: 'Create project' })
    await dialog.getByLabel('Name').fill('Contract review')
    await dialog.getByRole('button', { name: 'Create project' }).click()
    await page.getByRole('heading', { level: 1, name: 'Contract review' }).waitFor()
    await page
      .getByRole('img', { name: /Calls per day/ })
      .or(page.getByText('Calls per day'))
      .first()
      .waitFor()
    await portal.inspect(page, 'project-overview')
    await page.getByRole('tab', { name: 'Use cases' }).click()
    await page.getByText('There are no use cases yet').waitFor()
    await page.getByRole('button', { name: 'Create use case' }).click()
    const making = page.getByRole('dialog', { name: 'Create use case' })
    await making.getByLabel('Name').fill('Find unusual clauses')
    await making.getByRole('button', { name: 'Create use case' }).click()
    await page.getByText('1 entry').waitFor()
    await portal.inspect(page, 'project-use-cases')
    await page.getByRole('tab', { name: 'Members' }).click()
    await page.getByText('1 entry').waitFor()
    await portal.inspect(page, 'project-members')
    await page.getByRole('tab', { name: 'Settings' }).click()
    await page.getByLabel('Name').fill('Contract review 2')
    await portal.inspect(page, 'project-settings')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByRole('heading', { level: 1, name: 'Contract review 2' }).waitFor()
    const admin = await portal.openAs(portal.person('admin'), new URL(page.url()).pathname)
    await admin.getByText('You administer this project from outside').waitFor()
    await portal.inspect(admin, 'project-outside')
    await page.getByRole('button', { name: 'Archive…' }).click()
    const asking = page.getByRole('alertdialog')
    await asking.getByLabel(/Type/).fill('Contract review 2')
    await asking.getByRole('button', { name: 'Archive project' }).click()
    await page.getByText('This project is archived').waitFor()
    await portal.inspect(page, 'project-archived')
    await page.getByRole('link', { name: 'Projects' }).first().click()
    await page.getByRole('button', { name: 'Archived' }).click()
    await page.getByRole('link', { name: 'Contract review 2' }).waitFor()
    await portal.inspect(page, 'projects')
  },
  SLOW_MS,
)
