import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Actor } from './actor.ts'
import {
  arbitraryUser,
  refusalOf,
  someKey,
  someMember,
  someOrganisationKey,
  superadmin,
  withMembership,
} from './arbitrary-actor.ts'
import type { ProjectRole, ProjectSeen, WorkspaceSeen } from './scope-role.ts'
import {
  checkProjectRoleChange,
  PROJECT_ROLES,
  projectRoleOf,
  requireInProject,
  requireInWorkspace,
  workspaceRoleOf,
} from './scope-role.ts'

const workspace = (explicit_role: WorkspaceSeen['explicit_role']): WorkspaceSeen => ({
  id: 'workspace-1',
  explicit_role,
})
const team = (explicit_role: ProjectRole | null): ProjectSeen => ({ id: 'project-1', kind: 'team', explicit_role })
const fallback: ProjectSeen = { id: 'project-1', kind: 'default', explicit_role: null }

const owner = someMember({ base_role: 'owner' })
const admin = someMember({ base_role: 'admin' })
const member = someMember()

describe('in a workspace', () => {
  test.each([
    ['an owner', owner],
    ['an admin', admin],
    ['the super-admin', superadmin],
  ])('%s is workspace admin without being entered', (_, actor) => {
    expect(workspaceRoleOf(actor, workspace(null))).toBe('admin')
  })

  test('a member who is not entered is told that it does not exist', () => {
    expect(() => requireInWorkspace(member, workspace(null), 'view')).toThrow(
      expect.objectContaining({ code: 'not_found', params: {} }),
    )
  })

  test('a viewer does not assign, a collaborator does, and only an admin sets members', () => {
    expect(() => requireInWorkspace(member, workspace('viewer'), 'assign')).toThrow(
      expect.objectContaining({
        code: 'workspace_role_missing',
        params: { act: 'assign', role: 'viewer', needed: 'collaborator' },
      }),
    )
    expect(() => requireInWorkspace(member, workspace('collaborator'), 'assign')).not.toThrow()
    expect(() => requireInWorkspace(member, workspace('collaborator'), 'set_members')).toThrow(
      expect.objectContaining({ code: 'workspace_role_missing' }),
    )
    expect(() => requireInWorkspace(member, workspace('admin'), 'set_members')).not.toThrow()
  })

  test('keys of the organisation and people without membership have no role', () => {
    expect(workspaceRoleOf(someOrganisationKey([]), workspace('admin'))).toBeNull()
    expect(workspaceRoleOf(withMembership(null), workspace('admin'))).toBeNull()
  })
})

describe('in a project', () => {
  const derived: readonly (readonly [string, Actor, ProjectSeen, ProjectRole | null])[] = [
    ['an owner in the default project', owner, fallback, 'admin'],
    ['an admin in the default project', admin, fallback, 'builder'],
    ['a member in the default project', member, fallback, 'operator'],
    ['an owner in a team project', owner, team(null), 'admin'],
    ['an admin in a team project', admin, team(null), null],
    ['an admin entered in a team project', admin, team('viewer'), 'viewer'],
    ['a member in a team project', member, team(null), null],
    ['a member entered in a team project', member, team('builder'), 'builder'],
    ['the super-admin in a team project', superadmin, team(null), 'admin'],
    ['nobody', withMembership(null), fallback, null],
  ]
  test.each(derived)('%s has the role that is derived', (_, actor, project, role) => {
    expect(projectRoleOf(actor, project)).toBe(role)
  })

  test('a key of a person has their role in its own project and none in another', () => {
    const key = { ...member, use: someKey(['run.execute'], 'project-1') }
    expect(projectRoleOf(key, team('builder'))).toBe('builder')
    expect(projectRoleOf(key, { ...team('builder'), id: 'project-2' })).toBeNull()
    const flagged = { ...superadmin, use: someKey(['project.view'], 'project-1') }
    expect(projectRoleOf(flagged, team(null))).toBeNull()
  })

  test('a key of the organisation operates its own project and no other', () => {
    expect(projectRoleOf(someOrganisationKey([], 'project-1'), team(null))).toBe('operator')
    expect(projectRoleOf(someOrganisationKey([], 'project-2'), team(null))).toBeNull()
  })

  test('one who may not know of it is told that it does not exist, one whose role is too low what it takes', () => {
    expect(() => requireInProject(admin, team(null), 'view')).toThrow(expect.objectContaining({ code: 'not_found' }))
    expect(() => requireInProject(member, team('viewer'), 'run')).toThrow(
      expect.objectContaining({
        code: 'project_role_missing',
        params: { act: 'run', role: 'viewer', needed: 'operator' },
      }),
    )
    expect(() => requireInProject(member, team('operator'), 'run')).not.toThrow()
    expect(() => requireInProject(member, fallback, 'build')).toThrow(
      expect.objectContaining({ code: 'project_role_missing' }),
    )
  })

  const changes: readonly (readonly [string, Actor, ProjectRole | null, string, ProjectRole | null, string | null])[] =
    [
      ['an admin who sees nothing of it adds somebody', admin, null, 'another', 'admin', null],
      [
        'an admin who sees nothing of it adds nobody like themselves',
        admin,
        null,
        'member-1',
        'viewer',
        'own_project_role',
      ],
      ['an admin who is a viewer leaves', admin, 'viewer', 'member-1', null, null],
      ['an admin who is project admin changes even themselves', admin, 'admin', 'member-1', 'viewer', null],
      ['a member who is project admin adds somebody', member, 'admin', 'another', 'builder', null],
      ['a member who is builder adds nobody', member, 'builder', 'another', 'viewer', 'project_role_missing'],
      ['a member who sees nothing of it learns nothing', member, null, 'another', 'viewer', 'not_found'],
      [
        'a key of another project adds nobody',
        { ...member, use: someKey([], 'project-2') },
        'admin',
        'another',
        null,
        'not_found',
      ],
    ]
  test.each(changes)('%s', (_, actor, explicit_role, member_id, new_role, code) => {
    const refusal = refusalOf(() => checkProjectRoleChange(actor, team(explicit_role), { member_id, new_role }))
    expect(refusal?.code ?? null).toBe(code)
  })

  test('a workspace role gives no project role', () => {
    // The derivation takes no workspace; what could leak in is a base role other than owner.
    fc.assert(
      fc.property(arbitraryUser, (actor) => {
        fc.pre(!actor.is_superadmin && actor.membership?.base_role !== 'owner')
        expect(projectRoleOf(actor, team(null))).toBeNull()
      }),
    )
  })

  test('a higher role written down never lowers what one may', () => {
    fc.assert(
      fc.property(arbitraryUser, fc.constantFrom('default', 'team'), fc.nat({ max: 2 }), (actor, kind, index) => {
        const roleAt = (place: number): number => {
          const explicit_role = PROJECT_ROLES[place] ?? null
          const role = projectRoleOf(actor, { id: 'project-1', kind, explicit_role })
          return role === null ? -1 : PROJECT_ROLES.indexOf(role)
        }
        expect(roleAt(index + 1)).toBeGreaterThanOrEqual(roleAt(index))
      }),
    )
  })
})
