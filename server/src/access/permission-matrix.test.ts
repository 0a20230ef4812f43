import { expect, test } from 'vitest'
import type { Actor } from './actor.ts'
import { someMember, someOrganisationKey, superadmin } from './arbitrary-actor.ts'
import { ALL_PERMISSIONS, BASE_ROLES, PERMISSIONS } from './permission.ts'
import { PLATFORM_PERMISSIONS } from './platform-permission.ts'
import { hasPermission } from './require.ts'
import type { ProjectAct, WorkspaceAct } from './scope-role.ts'
import {
  mayInProject,
  mayInWorkspace,
  PROJECT_ACTS,
  PROJECT_ROLES,
  projectRoleOf,
  WORKSPACE_ACTS,
  WORKSPACE_ROLES,
  workspaceRoleOf,
} from './scope-role.ts'

// The committed text shows what the server decides, not what the table says: every mark is an answer of the deciding
// function. After a deliberate change: `vitest run -u server/src/access/permission-matrix.test.ts`, and read the diff.

const workspaceActs: readonly WorkspaceAct[] = ['view', 'assign', 'change', 'set_members']
const projectActs: readonly ProjectAct[] = ['view', 'run', 'build', 'change', 'set_members']

const columns: readonly (readonly [string, Actor])[] = [
  ['owner', someMember({ base_role: 'owner' })],
  ['admin', someMember({ base_role: 'admin' })],
  ['member', someMember()],
  ['hub', someMember({ surface: 'hub' })],
  ['superadmin', superadmin],
  ['organisation key', someOrganisationKey(ALL_PERMISSIONS)],
]

const mark = (yes: boolean): string => (yes ? 'x' : '.')

/** Rows as aligned columns, without trailing blanks. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')
  return rows.map((row) => line(row).trimEnd()).join('\n')
}

const organisationTable = (): string =>
  table([
    ['permission', ...columns.map(([name]) => name), 'given by designation', 'singly', 'keys', 'needs'],
    ...ALL_PERMISSIONS.map((permission) => {
      const { designations, single, key, needs } = PERMISSIONS[permission]
      const marks = columns.map(([, actor]) => mark(hasPermission(actor, permission)))
      return [permission, ...marks, designations.join(' ') || '-', single ? 'yes' : 'no', key, needs ?? '-']
    }),
  ])

const platformTable = (): string =>
  table([
    ['permission', 'superadmin', 'operator'],
    ...Object.entries(PLATFORM_PERMISSIONS).map(([permission, { held_by }]) => [
      permission,
      ...['superadmin', 'operator'].map((who) => mark(held_by.some((holder) => holder === who))),
    ]),
  ])

const workspaceTable = (): string =>
  table([
    ['act', ...WORKSPACE_ROLES],
    ...workspaceActs.map((act) => [act, ...WORKSPACE_ROLES.map((role) => mark(mayInWorkspace(role, act)))]),
  ])

const projectTable = (): string =>
  table([
    ['act', ...PROJECT_ROLES],
    ...projectActs.map((act) => [act, ...PROJECT_ROLES.map((role) => mark(mayInProject(role, act)))]),
  ])

/** The role of somebody to whom none was given. */
function derivedTable(): string {
  const derived = (actor: Actor): string[] => [
    workspaceRoleOf(actor, { id: 'workspace-1', explicit_role: null }) ?? '-',
    projectRoleOf(actor, { id: 'project-1', kind: 'default', explicit_role: null }) ?? '-',
    projectRoleOf(actor, { id: 'project-1', kind: 'team', explicit_role: null }) ?? '-',
  ]
  const people: readonly (readonly [string, Actor])[] = [
    ...BASE_ROLES.map((base_role) => [base_role, someMember({ base_role })] as const),
    ['superadmin', superadmin],
    ['organisation key', someOrganisationKey([])],
  ]
  return table([
    ['without a role given', 'workspace', 'default project', 'team project'],
    ...people.map(([name, actor]) => [name, ...derived(actor)]),
  ])
}

test('the matrix as it decides is the one that was reviewed', async () => {
  const sections = [organisationTable(), platformTable(), workspaceTable(), projectTable(), derivedTable()]
  await expect(`${sections.join('\n\n')}\n`).toMatchFileSnapshot('./permission-matrix.txt')
})

test('the reviewed text shows every act', () => {
  expect(workspaceActs).toEqual(Object.keys(WORKSPACE_ACTS))
  expect(projectActs).toEqual(Object.keys(PROJECT_ACTS))
})

test.each(ALL_PERMISSIONS)('%s has one name and a meaning, and no role above a holder lacks it', (permission) => {
  const { allows, roles, needs } = PERMISSIONS[permission]
  expect(permission).toMatch(/^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$/)
  expect(allows).not.toBe('')
  if (roles.includes('member')) expect(roles).toContain('admin')
  if (roles.includes('admin')) expect(roles).toContain('owner')
  if (needs !== null) expect(PERMISSIONS[needs].roles).toEqual(expect.arrayContaining([...roles]))
})

test('people, roles and policy belong to owner and admin and are never granted singly', () => {
  for (const permission of ALL_PERMISSIONS) {
    if (!/^user\.|^role\.change$|^policy\.manage$/.test(permission)) continue
    expect(PERMISSIONS[permission]).toMatchObject({ roles: ['owner', 'admin'], designations: [], single: false })
  }
})

test('nobody may cancel, or edit, another person’s run', () => {
  expect(ALL_PERMISSIONS.filter((permission) => /^run\.(cancel|edit|change)/.test(permission))).toEqual([])
})
