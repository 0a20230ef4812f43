// Teams, workspaces, projects and use cases: who may know of them, who changes them, what the log says.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { As } from '../../test/client.ts'
import { newId } from '../kernel/id.ts'
import { bodyOf, expectRefusal, type Founded, type MemberOf, plain, startWorld, type World } from './world.suite.ts'

let world: World
let acme: Founded
let other: Founded
let admin: MemberOf
let member: MemberOf
let owner: MemberOf
beforeAll(async () => {
  world = await startWorld()
  acme = await world.found('Acme')
  other = await world.found('Other')
  owner = acme.owner
  admin = await world.join(acme, 'admin')
  member = await world.join(acme)
})
afterAll(() => world.stop())

const ask = (method: string, path: string, as: As, body?: object) =>
  world.client.request(method, `${acme.path}${path}`, { as, ...(body && { body }) })

const call = async (method: string, path: string, as: As, body?: object) => {
  const reply = await ask(method, path, as, body)
  expect(reply.status, reply.text).toBeLessThan(300)
  return bodyOf(reply)
}

const idsOf = async (path: string, as: As): Promise<readonly string[]> =>
  (await call('GET', path, as)).list('items').map((each) => each.text('id'))

const entriesOf = (target_id: string) =>
  world.inside(acme.id, (tx) =>
    tx.selectFrom('audit.entry').select(['event', 'data']).where('target_id', '=', target_id).orderBy('id').execute(),
  )

let counter = 0
const newName = (): string => `Place ${(counter += 1)}`

describe('teams', () => {
  test('are made, renamed and deleted by admins, with their counters and entries', async () => {
    const name = newName()
    const team = (await call('POST', '/teams', admin.as, { name: ` ${name} ` })).text('id')
    const counters = await world.inside(acme.id, (tx) =>
      tx.selectFrom('ledger.counter').select('kind').where('id', '=', team).execute(),
    )
    expect(counters).toEqual([{ kind: 'team' }])
    const renamed = newName()
    expect((await call('PATCH', `/teams/${team}`, admin.as, { name: renamed })).body).toMatchObject({ name: renamed })
    expect((await ask('DELETE', `/teams/${team}`, admin.as)).status).toBe(204)
    expectRefusal(await ask('GET', `/teams/${team}`, admin.as), 404, 'not_found')
    expect(await entriesOf(team)).toMatchObject([
      { event: 'team.created', data: { name } },
      { event: 'team.updated', data: { before: { name }, after: { name: renamed } } },
      { event: 'team.deleted', data: { before: { name: renamed } } },
    ])
  })

  test('have people, some of them managers; everybody sees them, admins set them', async () => {
    const team = (await call('POST', '/teams', admin.as, { name: newName() })).text('id')
    const path = `/teams/${team}/members/${member.id}`
    await call('PUT', path, admin.as, { is_manager: false })
    await call('PUT', path, admin.as, { is_manager: true })
    expect((await call('GET', `/teams/${team}/members`, member.as)).list('items').map((each) => each.body)).toEqual([
      { member_id: member.id, is_manager: true },
    ])
    const listed = (await call('GET', '/teams', member.as)).list('items').find((each) => each.text('id') === team)
    expect(listed?.body).toMatchObject({ member_count: 1 })
    expectRefusal(await ask('PUT', path, member.as, { is_manager: true }), 403, 'forbidden')
    expect((await ask('DELETE', path, admin.as)).status).toBe(204)
    expectRefusal(await ask('DELETE', path, admin.as), 404, 'not_found')
    expect(await entriesOf(team)).toMatchObject([
      { event: 'team.created' },
      { event: 'team.member_set', data: { before: null, after: { is_manager: false } } },
      { event: 'team.member_set', data: { before: { is_manager: false }, after: { is_manager: true } } },
      { event: 'team.member_removed', data: { before: { member_id: member.id, is_manager: true } } },
    ])
  })

  test('refuse a name that is taken, one that is none, and people who are not here', async () => {
    const name = newName()
    const team = (await call('POST', '/teams', admin.as, { name })).text('id')
    expectRefusal(await ask('POST', '/teams', admin.as, { name }), 409, 'team_name_taken')
    expectRefusal(await ask('POST', '/teams', admin.as, { name: ' ' }), 422, 'invalid_input')
    expectRefusal(await ask('POST', '/teams', admin.as, { name: 'a\nb' }), 422, 'name_invalid')
    expectRefusal(await ask('POST', '/teams', member.as, { name: newName() }), 403, 'forbidden')
    const foreign = await ask('PUT', `/teams/${team}/members/${other.owner.id}`, admin.as, { is_manager: false })
    const unknown = await ask('PUT', `/teams/${team}/members/${newId()}`, admin.as, { is_manager: false })
    expectRefusal(foreign, 404, 'not_found')
    expect(plain(foreign)).toBe(plain(unknown))
  })

  test('somebody who is removed at the same moment ends up in no team', async () => {
    const team = (await call('POST', '/teams', admin.as, { name: newName() })).text('id')
    for (let round = 0; round < 5; round++) {
      const person = await world.join(acme)
      await Promise.all([
        ask('PUT', `/teams/${team}/members/${person.id}`, admin.as, { is_manager: false }),
        ask('DELETE', `/members/${person.id}`, owner.as),
      ])
      expect((await call('GET', `/teams/${team}/members`, admin.as)).list('items')).toEqual([])
    }
  })
})

describe('workspaces', () => {
  const create = async (as = admin.as, body: object = { name: newName() }) =>
    (await call('POST', '/workspaces', as, body)).text('id')

  test('owners and admins see and govern all of them without a row, members only those they are in', async () => {
    const workspace = await create(admin.as, { name: newName(), description: 'Ours' })
    expect((await call('GET', `/workspaces/${workspace}`, owner.as)).body).toMatchObject({
      my_role: 'admin',
      description: 'Ours',
    })
    expect(await idsOf('/workspaces', owner.as)).toContain(workspace)
    expect(await idsOf('/workspaces', member.as)).not.toContain(workspace)
    const hidden = await ask('GET', `/workspaces/${workspace}`, member.as)
    const unknown = await ask('GET', `/workspaces/${newId()}`, member.as)
    expectRefusal(hidden, 404, 'not_found')
    expect(plain(hidden)).toBe(plain(unknown))
    await call('PUT', `/workspaces/${workspace}/members/${member.id}`, owner.as, { role: 'viewer' })
    expect(await idsOf('/workspaces', member.as)).toContain(workspace)
    expect((await call('GET', `/workspaces/${workspace}`, member.as)).text('my_role')).toBe('viewer')
  })

  test('the creator is written down as admin', async () => {
    const workspace = await create()
    expect((await call('GET', `/workspaces/${workspace}/members`, owner.as)).list('items')[0]?.body).toEqual({
      member_id: admin.id,
      role: 'admin',
    })
  })

  test('a viewer changes nothing, a collaborator no members, a workspace admin both; none of them deletes it', async () => {
    const workspace = await create()
    const path = `/workspaces/${workspace}`
    const role = (name: string) => call('PUT', `${path}/members/${member.id}`, owner.as, { role: name })
    const rename = () => ask('PATCH', path, member.as, { description: 'Changed' })
    const invite = () => ask('PUT', `${path}/members/${admin.id}`, member.as, { role: 'viewer' })
    for (const name of ['viewer', 'collaborator']) {
      await role(name)
      expectRefusal(await rename(), 403, 'workspace_role_missing')
      expectRefusal(await invite(), 403, 'workspace_role_missing')
    }
    await role('admin')
    expect((await rename()).body).toMatchObject({ description: 'Changed', my_role: 'admin' })
    expect((await invite()).status).toBe(200)
    expectRefusal(await ask('DELETE', path, member.as), 403, 'forbidden')
    expect((await ask('DELETE', `${path}/members/${member.id}`, member.as)).status).toBe(204)
    expectRefusal(await ask('PATCH', path, member.as, {}), 404, 'not_found')
    expect((await entriesOf(workspace)).map((entry) => entry.event)).toEqual([
      'workspace.created',
      'workspace.member_set',
      'workspace.member_set',
      'workspace.member_set',
      'workspace.updated',
      'workspace.member_set',
      'workspace.member_removed',
    ])
  })

  test('are made and deleted by owners and admins; their projects stay', async () => {
    expectRefusal(await ask('POST', '/workspaces', member.as, { name: newName() }), 403, 'forbidden')
    const name = newName()
    const workspace = await create(admin.as, { name })
    expectRefusal(await ask('POST', '/workspaces', owner.as, { name }), 409, 'workspace_name_taken')
    const project = await call('POST', '/projects', admin.as, { name: newName(), workspace_id: workspace })
    expect((await ask('DELETE', `/workspaces/${workspace}`, owner.as)).status).toBe(204)
    expect((await call('GET', `/projects/${project.text('id')}`, admin.as)).body).toMatchObject({ workspace_id: null })
  })

  test('the super-admin makes one without being a member of it or of the organisation', async () => {
    const root = await world.superadmin()
    const made = await call('POST', '/workspaces', root.as, { name: newName() })
    expect(await idsOf('/workspaces', owner.as)).toContain(made.text('id'))
    expect(await idsOf('/workspaces', root.as)).toEqual(await idsOf('/workspaces', owner.as))
    const project = await call('POST', '/projects', root.as, { name: newName() })
    expect(await idsOf('/projects', owner.as)).toContain(project.text('id'))
  })
})

describe('projects', () => {
  const create = async (as = admin.as, body: object = {}) =>
    (await call('POST', '/projects', as, { name: newName(), ...body })).text('id')
  const defaultProject = async () => {
    const items = (await call('GET', '/projects', member.as)).list('items')
    return items.find((each) => each.text('kind') === 'default')?.text('id') ?? ''
  }

  test('everybody has a role in the default project, and it can neither be archived nor get roles written down', async () => {
    const project = await defaultProject()
    const roleOf = async (as: As) => (await call('GET', `/projects/${project}`, as)).text('my_role')
    expect([await roleOf(owner.as), await roleOf(admin.as), await roleOf(member.as)]).toEqual([
      'admin',
      'builder',
      'operator',
    ])
    expectRefusal(await ask('DELETE', `/projects/${project}`, owner.as), 409, 'default_project_stays')
    const set = await ask('PUT', `/projects/${project}/members/${member.id}`, owner.as, { role: 'admin' })
    expectRefusal(set, 409, 'default_project_roles')
  })

  test('members know of those they have a role in; admins list all and see into none but their own', async () => {
    const project = await create(owner.as)
    expect(await idsOf('/projects', member.as)).not.toContain(project)
    const hidden = await ask('GET', `/projects/${project}`, member.as)
    expect(plain(hidden)).toBe(plain(await ask('GET', `/projects/${newId()}`, member.as)))
    expect(await idsOf('/projects', admin.as)).toContain(project)
    expect((await call('GET', `/projects/${project}`, admin.as)).body).toMatchObject({ my_role: null })
    expectRefusal(await ask('GET', `/projects/${project}/use-cases`, admin.as), 404, 'not_found')
    await call('PUT', `/projects/${project}/members/${member.id}`, admin.as, { role: 'viewer' })
    expect(await idsOf('/projects', member.as)).toContain(project)
    expect((await call('GET', `/projects/${project}`, member.as)).text('my_role')).toBe('viewer')
  })

  test('an admin sets members of every project but gives themselves no role', async () => {
    const project = await create(owner.as)
    const own = await ask('PUT', `/projects/${project}/members/${admin.id}`, admin.as, { role: 'viewer' })
    expectRefusal(own, 403, 'own_project_role')
    await call('PUT', `/projects/${project}/members/${member.id}`, admin.as, { role: 'operator' })
    const others = await ask('PUT', `/projects/${project}/members/${owner.id}`, member.as, { role: 'viewer' })
    expectRefusal(others, 403, 'project_role_missing')
    expect((await ask('DELETE', `/projects/${project}/members/${member.id}`, admin.as)).status).toBe(204)
    expectRefusal(await ask('DELETE', `/projects/${project}/members/${member.id}`, admin.as), 404, 'not_found')
    expect((await entriesOf(project)).map((entry) => entry.event)).toEqual([
      'project.created',
      'project.member_set',
      'project.member_removed',
    ])
  })

  test('who makes one is its admin; members make none; a name is taken once', async () => {
    const name = newName()
    const project = await create(admin.as, { name })
    expect((await call('GET', `/projects/${project}`, admin.as)).text('my_role')).toBe('admin')
    expectRefusal(await ask('POST', '/projects', member.as, { name: newName() }), 403, 'forbidden')
    expectRefusal(await ask('POST', '/projects', admin.as, { name }), 409, 'project_name_taken')
    const nowhere = { name: newName(), workspace_id: newId() }
    expectRefusal(await ask('POST', '/projects', admin.as, nowhere), 422, 'reference_unknown')
  })

  test('assigning one to a workspace needs Collaborator there and Admin of the project', async () => {
    const workspace = (await call('POST', '/workspaces', owner.as, { name: newName() })).text('id')
    const project = await create(owner.as)
    const assign = (workspace_id: string | null) => ask('PATCH', `/projects/${project}`, member.as, { workspace_id })
    const projectRole = (role: string) => call('PUT', `/projects/${project}/members/${member.id}`, owner.as, { role })
    const workspaceRole = (role: string) =>
      call('PUT', `/workspaces/${workspace}/members/${member.id}`, owner.as, { role })
    await workspaceRole('collaborator')
    expectRefusal(await assign(workspace), 404, 'not_found')
    await projectRole('builder')
    expectRefusal(await assign(workspace), 403, 'project_role_missing')
    await projectRole('admin')
    await workspaceRole('viewer')
    expectRefusal(await assign(workspace), 403, 'workspace_role_missing')
    await workspaceRole('collaborator')
    expect((await assign(workspace)).body).toMatchObject({ workspace_id: workspace })
    expect(await idsOf(`/projects?workspace_id=${workspace}`, member.as)).toEqual([project])
    await workspaceRole('viewer')
    expectRefusal(await assign(null), 403, 'workspace_role_missing')
  })

  test('one that is archived is listed apart, takes no changes, and its keys are revoked', async () => {
    const project = await create(admin.as)
    const key = await call('POST', '/me/api-keys', admin.as, {
      name: 'k',
      scopes: ['org.view'],
      project_id: project,
    })
    expect((await ask('GET', '', { key: key.text('key') })).status).toBe(200)
    expectRefusal(await ask('DELETE', `/projects/${project}`, member.as), 403, 'forbidden')
    expect((await ask('DELETE', `/projects/${project}`, admin.as)).status).toBe(204)
    expectRefusal(await ask('GET', '', { key: key.text('key') }), 401, 'not_signed_in')
    expect(await idsOf('/projects', admin.as)).not.toContain(project)
    expect(await idsOf('/projects?archived=true', admin.as)).toContain(project)
    expectRefusal(await ask('PATCH', `/projects/${project}`, admin.as, { name: newName() }), 409, 'project_archived')
    expectRefusal(await ask('DELETE', `/projects/${project}`, admin.as), 409, 'project_archived')
    const set = await ask('PUT', `/projects/${project}/members/${member.id}`, admin.as, { role: 'viewer' })
    expectRefusal(set, 409, 'project_archived')
    expect((await entriesOf(project)).at(-1)).toMatchObject({
      event: 'project.deleted',
      data: { before: { revoked_keys: 1 } },
    })
  })

  test('use cases are made and archived by builders, seen by viewers, and their keys go with them', async () => {
    const project = await create(admin.as)
    const path = `/projects/${project}/use-cases`
    const role = (name: string) => call('PUT', `/projects/${project}/members/${member.id}`, admin.as, { role: name })
    await role('operator')
    expectRefusal(await ask('POST', path, member.as, { name: 'Support' }), 403, 'project_role_missing')
    await role('builder')
    const use_case = (await call('POST', path, member.as, { name: 'Support' })).text('id')
    expectRefusal(await ask('POST', path, member.as, { name: 'Support' }), 409, 'use_case_name_taken')
    const draft = { name: 'k', scopes: ['org.view'], project_id: project, use_case_id: use_case }
    const key = await call('POST', '/me/api-keys', member.as, draft)
    await role('viewer')
    expect(await idsOf(path, member.as)).toEqual([use_case])
    expectRefusal(await ask('DELETE', `${path}/${use_case}`, member.as), 403, 'project_role_missing')
    const elsewhere = await create(admin.as)
    expectRefusal(await ask('DELETE', `/projects/${elsewhere}/use-cases/${use_case}`, admin.as), 404, 'not_found')
    expect((await ask('DELETE', `${path}/${use_case}`, admin.as)).status).toBe(204)
    expectRefusal(await ask('GET', '', { key: key.text('key') }), 401, 'not_signed_in')
    expect(await idsOf(path, member.as)).toEqual([])
    expect(await idsOf(`${path}?archived=true`, member.as)).toEqual([use_case])
    expect(await entriesOf(use_case)).toMatchObject([
      { event: 'use_case.created', data: { name: 'Support', project_id: project } },
      { event: 'use_case.deleted', data: { before: { name: 'Support', revoked_keys: 1 } } },
    ])
  })
})

describe('changes at the same moment', () => {
  const expectNoFault = (replies: readonly { readonly status: number; readonly text: string }[]) => {
    for (const reply of replies) expect(reply.status, reply.text).toBeLessThan(500)
  }

  test('of one team, workspace or project follow each other and never stop each other', async () => {
    for (const kind of ['teams', 'workspaces', 'projects']) {
      const id = (await call('POST', `/${kind}`, owner.as, { name: newName() })).text('id')
      const names = Array.from({ length: 10 }, newName)
      const replies = await Promise.all(names.map((name) => ask('PATCH', `/${kind}/${id}`, owner.as, { name })))
      expect(new Set(replies.map((reply) => reply.status))).toEqual(new Set([200]))
    }
  })

  test('moving projects out of a workspace while it is deleted, and people about while they are removed', async () => {
    for (let round = 0; round < 4; round++) {
      const workspace = (await call('POST', '/workspaces', owner.as, { name: newName() })).text('id')
      const draft = { name: newName(), workspace_id: workspace }
      const project = (await call('POST', '/projects', owner.as, draft)).text('id')
      const person = await world.join(acme)
      expectNoFault(
        await Promise.all([
          ask('PATCH', `/projects/${project}`, owner.as, { workspace_id: null }),
          ask('DELETE', `/workspaces/${workspace}`, owner.as),
          ask('PUT', `/workspaces/${workspace}/members/${person.id}`, owner.as, { role: 'viewer' }),
          ask('PUT', `/projects/${project}/members/${person.id}`, owner.as, { role: 'viewer' }),
          ask('DELETE', `/members/${person.id}`, owner.as),
          ask('DELETE', `/projects/${project}`, owner.as),
        ]),
      )
      const left = await world.inside(acme.id, (tx) =>
        tx.selectFrom('tenancy.project_member').select('role').where('member_id', '=', person.id).execute(),
      )
      expect(left).toEqual([])
    }
  })
})

describe('another organisation', () => {
  test('gets on every path the 404 of an organisation that does not exist', async () => {
    const stranger = other.owner.as
    const paths = ['/teams', '/workspaces', '/projects', '/members', '/directory', '/api-keys', '/worker-key']
    for (const path of paths) {
      const reply = await ask('GET', path, stranger)
      const unknown = await world.client.request('GET', `/api/orgs/${newId()}${path}`, { as: stranger })
      expectRefusal(reply, 404, 'not_found')
      expect(plain(reply)).toBe(plain(unknown))
    }
  })

  test('has ids that lead nowhere here, in paths and in bodies', async () => {
    const theirs = (
      await world.client.call('POST', `${other.path}/projects`, { as: other.owner.as, body: { name: 'Theirs' } })
    ).text('id')
    for (const path of [`/projects/${theirs}`, `/projects/${theirs}/members`, `/projects/${theirs}/use-cases`]) {
      expectRefusal(await ask('GET', path, owner.as), 404, 'not_found')
    }
    const key = { name: 'k', scopes: ['org.view'], project_id: theirs }
    expectRefusal(await ask('POST', '/me/api-keys', owner.as, key), 422, 'reference_unknown')
  })
})
