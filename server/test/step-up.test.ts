// Acts that open a way in or cannot be taken back ask for a fresh proof of who does them: every route that says so, asked with
// a session whose last proof lies too long back.

import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ALL_PERMISSIONS, PERMISSIONS } from '../src/access/permission.ts'
import type { Route } from '../src/http/route.ts'
import { createContentVault } from '../src/invocation/content.ts'
import { listRoutes } from '../src/serve.ts'
import { memberOf } from './administration.ts'
import type { As, Reply } from './client.ts'
import { exampleOf } from './example-input.ts'
import { startWorld, type World } from './world.ts'

let world: World
let routes: readonly Route[]
let key: As
beforeAll(async () => {
  world = await startWorld()
  const { node, client } = world.reeve
  const vault = createContentVault(node.deployment.fields)
  routes = listRoutes(node.deployment, vault, node.runs).filter((route) => route.step_up === true)
  // Level 3 is signed off by compliance officers, whatever else they are.
  const database = await node.deployment.databases.of(world.organisation.id)
  const designations = ['compliance_officer']
  await database.transaction((tx) => tx.updateTable('tenancy.member').set({ designations }).execute())
  const scopes = ALL_PERMISSIONS.filter((permission) => PERMISSIONS[permission].key === 'any')
  const path = `/api/orgs/${world.organisation.id}/api-keys`
  key = {
    key: (await client.call('POST', path, { as: await world.asOwner(), body: { name: 'All', scopes } })).text('key'),
  }
})
afterAll(() => world.stop())

/** The members of an example as text; none for a schema that is not there. */
function textsOf(schema: unknown): Record<string, string> {
  const example = schema === undefined ? {} : exampleOf(schema)
  const members = typeof example === 'object' && example !== null ? Object.entries(example) : []
  return Object.fromEntries(members.map(([name, value]) => [name, String(value)]))
}

function ask(route: Route, as: As): Promise<Reply> {
  const params = { ...textsOf(route.params), org: world.organisation.id }
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => String(Reflect.get(params, name)))
  const search = new URLSearchParams(textsOf(route.query)).toString()
  const example: unknown = route.body === undefined ? undefined : exampleOf(route.body)
  const hasBody = typeof example === 'object' && example !== null && Object.keys(example).length > 0
  return world.reeve.client.request(route.method, search === '' ? path : `${path}?${search}`, {
    as,
    ...(hasBody && { body: example }),
  })
}

/** As if everybody had proved who they are six minutes ago. */
const age = () =>
  world.reeve.node.deployment.control.transaction((tx) =>
    tx.updateTable('identity.session').set({ authenticated_at: sql<Date>`now() - interval '6 minutes'` }).execute(),
  )

const codeOf = (reply: Reply): string => `${reply.status} ${String(memberOf(reply.body, 'code'))}`

test('nobody does with an old proof what asks for a fresh one, and programs are not asked', async () => {
  const [superadmin, owner] = [await world.asSuperadmin(), await world.asOwner()]
  await age()
  const answers: Record<string, string> = {}
  for (const route of routes) {
    const as = route.scope.startsWith('platform') ? superadmin : owner
    answers[route.operation] = codeOf(await ask(route, as))
    if (route.scope.startsWith('organisation')) {
      expect(codeOf(await ask(route, key)), `${route.operation} with a key`).not.toBe('403 step_up_required')
    }
  }
  const refused = Object.keys(answers).map((operation) => [operation, '403 step_up_required'])
  expect(answers).toEqual(Object.fromEntries(refused))
})

test('security settings, keys, exports and the sign-off of level 3 are among them', () => {
  expect(routes.map((route) => route.operation)).toEqual(
    expect.arrayContaining([
      'security_set_addresses',
      'security_set_mfa',
      'security_set_sessions',
      'password_rule_set',
      'sso_enforcement_set',
      'sso_connection_create',
      'scim_token_create',
      'platform_settings_change',
      'platform_sso_mapping_set',
      'tool_credential_set',
      'mail_server_set_password',
      'import_start',
      'import_result',
      'platform_import_start',
      'platform_import_take_result',
      'list_export',
      'run_export',
      'run_sign_off',
      'platform_wallet_top_up',
      'platform_organisation_delete',
    ]),
  )
})
