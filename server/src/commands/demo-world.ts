// The demo's world, made through the public API alone: what it does, any program can do.

import { setTimeout as pause } from 'node:timers/promises'
import { type Answered, cookieOf, type ReeveClient } from '../../test/client.ts'

export type DemoApp = { readonly id: string; readonly name: string }

export type DemoRun = {
  readonly id: string
  readonly app: string
  /** As it was when the demo was ready. */
  readonly state: string
  /** The member who asked for it. */
  readonly requester_id: string
}

export type DemoMember = {
  readonly email: string
  readonly password: string
  readonly role: string
  readonly designations: readonly string[]
}

export type DemoOrganisation = {
  readonly id: string
  readonly name: string
  readonly api_key: string
  readonly model: string
  readonly owner: { readonly email: string; readonly password: string }
  readonly members: readonly DemoMember[]
  /** The app that its expert has published, and what its people have run; missing where nobody worked. */
  readonly app?: DemoApp
  readonly runs?: readonly DemoRun[]
}

/** The line that `demo --json` prints. It only ever gains fields. */
export type Demo = {
  readonly url: string
  readonly superadmin: { readonly email: string; readonly password: string }
  readonly provider: { readonly url: string }
  readonly organisations: readonly DemoOrganisation[]
}

export type DemoNeeds = {
  readonly setup_token: string
  readonly provider_url: string
  readonly organisations: number
}

const SUPERADMIN = { email: 'super@reeve.example', password: 'a lantern for the whole platform' }
const NAMES = ['Aurora Legal', 'Borealis Bank', 'Cirrus Care']
const MODEL = 'echo'
const CREDIT_MICROS = 100_000_000
/** Organisations that are made at once. */
const AT_ONCE = 3

type Role = {
  readonly name: string
  readonly role: string
  readonly designations: readonly string[]
  readonly surface: string
}

const MEMBERS: readonly Role[] = [
  { name: 'admin', role: 'admin', designations: [], surface: 'studio' },
  { name: 'manager', role: 'member', designations: ['manager'], surface: 'studio' },
  { name: 'compliance', role: 'member', designations: ['compliance_officer'], surface: 'studio' },
  { name: 'expert', role: 'member', designations: ['expert'], surface: 'studio' },
  { name: 'member', role: 'member', designations: [], surface: 'studio' },
  { name: 'enduser', role: 'member', designations: [], surface: 'hub' },
]

/** Makes the super-admin, a provider with a model, and the organisations; returns what the demo prints. */
export async function createDemo(client: ReeveClient, needs: DemoNeeds): Promise<Demo> {
  const cookie = await becomeSuperadmin(client, needs.setup_token)
  // Here everybody registers from one address.
  // Nobody sets up a second factor to look at a demo.
  const settings = { registrations_per_hour: 1000, superadmin_factor_is_required: false }
  await client.call('PATCH', '/api/platform/settings', { as: { cookie }, body: settings })
  const model_id = await addModel(client, cookie, needs.provider_url)
  const organisations: DemoOrganisation[] = []
  while (organisations.length < needs.organisations) {
    const first = organisations.length
    const count = Math.min(AT_ONCE, needs.organisations - first)
    const made = Array.from({ length: count }, (_, offset) => addOrganisation(client, cookie, model_id, first + offset))
    organisations.push(...(await Promise.all(made)))
  }
  return { url: client.url, superadmin: SUPERADMIN, provider: { url: needs.provider_url }, organisations }
}

async function becomeSuperadmin(client: ReeveClient, token: string): Promise<string> {
  const body = { token, ...SUPERADMIN, display_name: 'Sam Super' }
  return cookieOf((await client.call('POST', '/api/setup', { body })).headers)
}

async function addModel(client: ReeveClient, cookie: string, provider_url: string): Promise<string> {
  const as = { cookie }
  const provider = await client.call('POST', '/api/platform/providers', {
    as,
    body: { name: 'Fake provider', type: 'openai_compatible', base_url: `${provider_url}/v1` },
  })
  const path = `/api/platform/providers/${provider.text('id')}/key`
  await client.call('PUT', path, { as, body: { key: 'sk-demo-key-of-the-fake-provider' } })
  const model = await client.call('POST', '/api/platform/models', {
    as,
    body: {
      provider_id: provider.text('id'),
      name: MODEL,
      default_output_tokens: 256,
      max_output_tokens: 8192,
      price: {
        input_micros_per_mtok: 500_000,
        cached_input_micros_per_mtok: 50_000,
        output_micros_per_mtok: 1_500_000,
      },
    },
  })
  return model.text('id')
}

async function addOrganisation(
  client: ReeveClient,
  superadmin: string,
  model_id: string,
  index: number,
): Promise<DemoOrganisation> {
  const name = NAMES[index] ?? `Organisation ${index + 1}`
  const domain = `${name.toLowerCase().replaceAll(' ', '-')}.example`
  const owner = { email: `owner@${domain}`, password: `the owner keeps ${domain} in order` }
  const registered = await register(client, superadmin, name, owner)
  const as = { cookie: cookieOf(registered.headers) }
  const id = registered.object('organisation').text('id')
  await client.call('PUT', `/api/platform/models/${model_id}/assignments/${id}`, { as: { cookie: superadmin } })
  if (index % 3 === 1) await fillWallet(client, superadmin, id)
  const members: DemoMember[] = []
  // A deployment that is made for measuring has organisations without a staff.
  for (const role of index < NAMES.length ? MEMBERS : []) {
    members.push(await addMember(client, { superadmin, owner: as }, id, domain, role))
  }
  const key = await client.call('POST', `/api/orgs/${id}/me/api-keys`, {
    as,
    body: { name: 'Demo key', scopes: ['run.execute', 'model.view'] },
  })
  return { id, name, api_key: key.text('key'), model: MODEL, owner, members }
}

/** The second organisation pays ahead: its calls are held on its wallet. */
async function fillWallet(client: ReeveClient, cookie: string, organisation_id: string): Promise<void> {
  const base = `/api/platform/organisations/${organisation_id}`
  const as = { cookie }
  await client.call('PUT', `${base}/billing-mode`, { as, body: { billing_mode: 'wallet' } })
  await client.call('POST', `${base}/wallet/top-ups`, {
    as,
    body: { amount_micros: CREDIT_MICROS, reason: 'Demo credit' },
  })
}

/** Registers somebody, who proves their mailbox where that is asked for: the link lies in the super-admin's outbox. */
async function register(
  client: ReeveClient,
  superadmin: string,
  organisation_name: string,
  owner: { readonly email: string; readonly password: string },
): Promise<Answered> {
  const body = { organisation_name, ...owner, display_name: `Olivia of ${organisation_name}` }
  const asked = await client.call('POST', '/api/registrations', { body })
  if (asked.text('state') === 'done') return asked
  const token = await takeLink(client, superadmin, owner.email)
  return client.call('POST', '/api/registrations/confirm', { body: { token, password: owner.password } })
}

/** The token of the newest link to this address. Without a mail server, a super-admin hands links over. */
async function takeLink(client: ReeveClient, superadmin: string, email: string): Promise<string> {
  const as = { cookie: superadmin }
  while (true) {
    const found = await client.call('GET', `/api/platform/outbox?limit=1&search=${encodeURIComponent(email)}`, { as })
    const [message] = found.list('items')
    if (message !== undefined) {
      const opened = await client.call('POST', `/api/platform/outbox/${message.text('id')}/open`, { as })
      return new URL(opened.text('link')).hash.slice(1)
    }
    await pause(50)
  }
}

/** Everybody is invited as a member and accepts with an account of their own; a higher role is a second act. */
async function addMember(
  client: ReeveClient,
  { superadmin, owner }: { readonly superadmin: string; readonly owner: { readonly cookie: string } },
  organisation_id: string,
  domain: string,
  role: Role,
): Promise<DemoMember> {
  const email = `${role.name}@${domain}`
  const password = `${role.name} works quietly at ${domain}`
  const base = `/api/orgs/${organisation_id}`
  await client.call('POST', `${base}/invitations`, {
    as: owner,
    body: { emails: [email], surface: role.surface, designations: role.designations },
  })
  const token = await takeLink(client, superadmin, email)
  const accepted = await client.call('POST', '/api/invitations/accept', {
    body: { token, display_name: `${role.name} of ${domain}`, password },
  })
  if (role.role !== 'member') {
    const member = `${base}/members/${accepted.text('member_id')}`
    await client.call('PUT', `${member}/role`, { as: owner, body: { base_role: role.role } })
  }
  return { email, password, role: role.role, designations: role.designations }
}
