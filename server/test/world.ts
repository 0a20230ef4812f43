// A deployment with people in it: the demo's world on a test node, with the fake provider behind it.

import { createDemoRuns } from '../src/commands/demo-runs.ts'
import { createDemo, type Demo, type DemoOrganisation } from '../src/commands/demo-world.ts'
import { ensureSetupToken } from '../src/identity/setup.ts'
import { changeSuperadmin } from '../src/identity/superadmin.ts'
import { cookieOf } from './client.ts'
import { type FakeProvider, startFakeProvider } from './fake-provider.ts'
import { startTestReeve, type TestReeve } from './harness.ts'

export type World = {
  readonly reeve: TestReeve
  readonly provider: FakeProvider
  readonly demo: Demo
  /** The first organisation. */
  readonly organisation: DemoOrganisation
  /** Signs in and returns whom to ask as. */
  readonly signIn: (person: {
    readonly email: string
    readonly password: string
  }) => Promise<{ readonly cookie: string }>
  /** Has the people of the first organisation work, as those of the demo do. */
  readonly work: () => Promise<unknown>
  /** Makes somebody a super-admin, as an operator does; their sessions end. */
  readonly grantSuperadmin: (email: string) => Promise<unknown>
  readonly asSuperadmin: () => Promise<{ readonly cookie: string }>
  readonly asOwner: () => Promise<{ readonly cookie: string }>
  readonly stop: () => Promise<void>
}

/** Starts a world with so many organisations. */
export async function startWorld(organisations = 1, environment: Record<string, string> = {}): Promise<World> {
  const provider = await startFakeProvider()
  const reeve = await startTestReeve(environment)
  const setup_token = (await ensureSetupToken(reeve.node.deployment.control)) ?? ''
  const demo = await createDemo(reeve.client, { setup_token, provider_url: provider.url, organisations })
  const [organisation] = demo.organisations
  if (organisation === undefined) throw new Error('A world has at least one organisation')
  const signIn: World['signIn'] = async ({ email, password }) => ({
    cookie: cookieOf((await reeve.client.call('POST', '/api/sessions', { body: { email, password } })).headers),
  })
  return {
    reeve,
    provider,
    demo,
    organisation,
    signIn,
    work: () => createDemoRuns(reeve.client, organisation),
    grantSuperadmin: (email) => changeSuperadmin(reeve.node.deployment.control, email, true),
    asSuperadmin: () => signIn(demo.superadmin),
    asOwner: () => signIn(organisation.owner),
    async stop() {
      await reeve.stop()
      await provider.close()
    },
  }
}

/** A deployment that nobody has set up yet, with the token that its server prints. */
export async function startEmpty(): Promise<{ readonly reeve: TestReeve; readonly setup_token: string }> {
  const reeve = await startTestReeve()
  return { reeve, setup_token: (await ensureSetupToken(reeve.node.deployment.control)) ?? '' }
}
