import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Administration, type Person, startAdministration } from '../../test/administration.ts'
import { type Answered, answered, type As, type Reply } from '../../test/client.ts'
import { createArchive } from '../kernel/archive-writer.ts'
import { newId } from '../kernel/id.ts'
import { smallContract } from './arbitrary-contract.ts'
import type { AppContract } from './contract.ts'
import { publishShippedApps, readShippedApps } from './shipped.ts'
import { findRunnableApp, findPublicApp, freezeContract, readFrozenContract } from './runnable.ts'
import { QUESTIONS } from './version.ts'

let world: Administration
let path: string
let expert: Person
let reviewer: Person
beforeAll(async () => {
  world = await startAdministration()
  path = world.organisation.path
  expert = await world.join({ designations: ['expert'] })
  reviewer = await world.join({ base_role: 'admin' })
})
afterAll(() => world.stop())

const ask = (method: string, at: string, as: As, body?: unknown): Promise<Reply> =>
  world.client.request(method, at.startsWith('/api') ? at : path + at, { as, ...(body !== undefined && { body }) })
const call = (method: string, at: string, as: As, body?: unknown): Promise<Answered> =>
  world.client.call(method, path + at, { as, ...(body !== undefined && { body }) })

const named = (name: string, version = '1.0.0'): AppContract => {
  const contract = smallContract()
  return { ...contract, info: { ...contract.info, name, version } }
}
const YES = Object.fromEntries(QUESTIONS.map((question) => [question, true]))
const revisionOf = (version: Answered): unknown => Reflect.get(Object(version.body), 'revision')
const codeOf = ({ status, body }: Reply): string => `${status} ${answered(body).text('code')}`

/** An app that was approved and waits for its oath. */
async function approved(content: unknown, app_id?: string): Promise<Answered> {
  const at = app_id === undefined ? '/internal-apps' : `/internal-apps/${app_id}/versions`
  const draft = await call('POST', at, expert.as, { content })
  const id = draft.text('id')
  const submitted = await call('POST', `/app-versions/${id}/submission`, expert.as, { revision: revisionOf(draft) })
  const review = { revision: revisionOf(submitted), decision: 'approved', answers: YES }
  return call('POST', `/app-versions/${id}/review`, reviewer.as, review)
}

async function published(content: unknown, app_id?: string): Promise<Answered> {
  const version = await approved(content, app_id)
  const id = version.text('id')
  const detail = await call('GET', `/app-versions/${id}`, expert.as)
  const revision = revisionOf(version)
  await call('PUT', `/app-versions/${id}/oath`, expert.as, { revision, statement: detail.text('oath_statement') })
  return call('POST', `/app-versions/${id}/publication`, expert.as, { revision })
}

const eventsOf = async (app_id: string): Promise<readonly string[]> =>
  world.inside(world.organisation.id, async (tx) => {
    const entries = await tx
      .selectFrom('audit.entry')
      .select('event')
      .where('target_id', '=', app_id)
      .orderBy('id')
      .execute()
    return entries.map(({ event }) => event)
  })

const listed = async (query = '', as: As = reviewer.as): Promise<readonly string[]> =>
  (await call('GET', `/apps${query}`, as)).list('items').map((item) => item.text('name'))

test('an app goes from draft through review and oath to publication, each step in the log', async () => {
  const version = await published(named('Whole life'))
  const app_id = version.text('app_id')
  expect(version.text('state')).toBe('published')
  expect(await eventsOf(app_id)).toEqual([
    'app.created',
    'app.submitted',
    'app.review_decided',
    'app.oath_accepted',
    'app.published',
  ])
  const detail = await call('GET', `/apps/${app_id}`, expert.as)
  expect(detail.object('contract').body).toEqual(named('Whole life'))
  expect(await listed()).toContain('Whole life')
  const seen = await call('GET', `/app-versions/${version.text('id')}`, reviewer.as)
  expect(seen.list('checks').map((check) => check.text('result'))).toEqual(Array.from({ length: 11 }, () => 'passed'))
})

test('a draft may be anything, and is submitted only when it passes its checks', async () => {
  const draft = await call('POST', '/internal-apps', expert.as, { content: { info: { name: 'Half' } } })
  const id = draft.text('id')
  const refused = await ask('POST', `/app-versions/${id}/submission`, expert.as, { revision: 1 })
  expect(codeOf(refused)).toBe('422 app_checks_failed')
  expect(answered(refused.body).object('params').list('checks').length).toBeGreaterThan(5)
  const changed = await call('PUT', `/app-versions/${id}/content`, expert.as, { revision: 1, content: named('Half') })
  expect(changed.list('checks').filter((each) => each.text('result') === 'failed')).toEqual([])
  expect(codeOf(await ask('PUT', `/app-versions/${id}/content`, expert.as, { revision: 1, content: {} }))).toBe(
    '409 app_version_changed',
  )
})

test('content is checked before it is saved, by its author alone, and stays unsaved', async () => {
  const draft = await call('POST', '/internal-apps', expert.as, { content: named('Unsaved') })
  const at = `/app-versions/${draft.text('id')}`
  const { info, ...rest } = named('Unsaved')
  const content = { ...rest, info: { ...info, description: '' } }
  const failed = (await call('POST', `${at}/checks`, expert.as, { content }))
    .list('checks')
    .filter((each) => each.text('result') === 'failed')
  expect(failed.flatMap((each) => each.list('findings')).map((each) => each.text('pointer'))).toEqual([
    '/info/description',
  ])
  const { body } = await call('GET', at, expert.as)
  expect(body).toMatchObject({ revision: 1, content: named('Unsaved') })
  expect(await eventsOf(draft.text('app_id'))).toEqual(['app.created'])
  const colleague = await world.join({ designations: ['expert'] })
  expect(codeOf(await ask('POST', `${at}/checks`, colleague.as, { content }))).toBe('403 app_not_author')
  await call('POST', `${at}/submission`, expert.as, { revision: 1 })
  expect(codeOf(await ask('POST', `${at}/checks`, expert.as, { content }))).toBe('409 app_version_state')
})

test('nobody reviews their own version, and nobody else gives its oath', async () => {
  const both = await world.join({ base_role: 'admin', designations: ['expert'] })
  const draft = await call('POST', '/internal-apps', both.as, { content: named('Own review') })
  const at = `/app-versions/${draft.text('id')}`
  const submitted = await call('POST', `${at}/submission`, both.as, { revision: 1 })
  const decision = { revision: revisionOf(submitted), decision: 'approved', answers: YES }
  expect(codeOf(await ask('POST', `${at}/review`, both.as, decision))).toBe('403 app_own_review')
  expect(codeOf(await ask('POST', `${at}/review`, expert.as, decision))).toBe('403 forbidden')
  const done = await call('POST', `${at}/review`, reviewer.as, decision)
  const { body } = await call('GET', at, both.as)
  const oath = { revision: revisionOf(done), statement: answered(body).text('oath_statement') }
  expect(codeOf(await ask('PUT', `${at}/oath`, expert.as, oath))).toBe('403 app_not_author')
  expect(codeOf(await ask('PUT', `${at}/oath`, both.as, { ...oath, statement: 'I do.' }))).toBe('422 app_oath_differs')
})

test('no version is published without its oath, not even by the database', async () => {
  const version = await approved(named('No oath'))
  const id = version.text('id')
  const refused = await ask('POST', `/app-versions/${id}/publication`, expert.as, { revision: revisionOf(version) })
  expect(codeOf(refused)).toBe('409 app_oath_missing')
  const forced = world.inside(world.organisation.id, (tx) =>
    sql`update apps.version set state = 'published', published_at = now() where id = ${id}`.execute(tx),
  )
  await expect(forced).rejects.toThrow(/after its review and its oath/)
})

test('what was submitted does not change, and an oath is not taken back', async () => {
  const version = await published(named('Immutable'))
  const id = version.text('id')
  const inside = (work: string) => world.inside(world.organisation.id, (tx) => sql.raw(work).execute(tx))
  await expect(inside(`update apps.version set content = '{}' where id = '${id}'`)).rejects.toThrow(/does not change/)
  await expect(inside(`delete from apps.oath where version_id = '${id}'`)).rejects.toThrow(/permission denied/)
  await expect(inside(`update apps.oath set statement = '' where version_id = '${id}'`)).rejects.toThrow(/denied/)
  await expect(inside(`delete from apps.version where id = '${id}'`)).rejects.toThrow(/Only drafts/)
  const edit = await ask('PUT', `/app-versions/${id}/content`, expert.as, {
    revision: revisionOf(version),
    content: {},
  })
  expect(codeOf(edit)).toBe('409 app_version_state')
})

test('a returned version is a draft again with the comment, and comes back better', async () => {
  const draft = await call('POST', '/internal-apps', expert.as, { content: named('Returned') })
  const at = `/app-versions/${draft.text('id')}`
  const submitted = await call('POST', `${at}/submission`, expert.as, { revision: 1 })
  const back = { revision: revisionOf(submitted), decision: 'returned', answers: { ...YES, risk: false } }
  expect(codeOf(await ask('POST', `${at}/review`, reviewer.as, back))).toBe('422 app_review_incomplete')
  const returned = await call('POST', `${at}/review`, reviewer.as, { ...back, comment: 'Say more of the risk.' })
  expect([returned.text('state'), returned.text('reason')]).toEqual(['draft', 'Say more of the risk.'])
  const again = await call('POST', `${at}/submission`, expert.as, { revision: revisionOf(returned) })
  expect(again.text('state')).toBe('submitted')
})

test('a new version must be higher, supersedes the old one, and shows what it changes', async () => {
  const first = await published(named('Versions'))
  const app_id = first.text('app_id')
  const same = await call('POST', `/internal-apps/${app_id}/versions`, expert.as, {})
  const refused = await ask('POST', `/app-versions/${same.text('id')}/submission`, expert.as, { revision: 1 })
  expect(
    answered(refused.body)
      .object('params')
      .list('checks')
      .map((each) => each.body),
  ).toEqual(['version_identity'])
  const second = await published(named('Versions two', '1.1.0'), app_id)
  const diff = await call('GET', `/app-versions/${second.text('id')}/diff?against=${first.text('id')}`, expert.as)
  expect(diff.list('differences').map((each) => each.text('pointer'))).toEqual(['/info/name', '/info/version'])
  const versions = await call('GET', `/internal-apps/${app_id}/versions`, expert.as)
  expect(versions.list('items').map((each) => each.text('state'))).toEqual(['published', 'draft', 'superseded'])
  expect((await call('GET', `/apps/${app_id}`, expert.as)).text('version')).toBe('1.1.0')
})

test('a suspended, withdrawn, blocked or foreign app answers like one that does not exist', async () => {
  const version = await published(named('Gone'))
  const [id, app_id] = [version.text('id'), version.text('app_id')]
  const plain = async (at: string, as: As) => {
    const { status, text } = await ask('GET', at, as)
    return `${status} ${text.replaceAll(/"request_id":"[^"]*"|[0-9a-f]{8}-[0-9a-f-]{27}/g, '')}`
  }
  const nothing = await plain(`/apps/${newId()}`, expert.as)
  expect(nothing).toMatch(/^404/)
  expect(await plain(`${world.other.path}/apps/${app_id}`, world.other.owner.as)).toBe(nothing)
  await call('POST', `/app-versions/${id}/suspension`, reviewer.as, { reason: 'Complaints' })
  expect(await plain(`/apps/${app_id}`, expert.as)).toBe(nothing)
  await call('DELETE', `/app-versions/${id}/suspension`, reviewer.as)
  expect(await plain(`/apps/${app_id}`, expert.as)).toMatch(/^200/)
  await call('POST', `/app-versions/${id}/withdrawal`, expert.as, { reason: 'Replaced' })
  expect(await plain(`/apps/${app_id}`, expert.as)).toBe(nothing)
})

test('the catalogue chooses among public apps: all, an allow list, or a block list', async () => {
  const catalog = await call('GET', '/catalog', reviewer.as)
  const open = catalog.list('public_apps')
  const [one, two] = open
  if (one === undefined || two === undefined) throw new Error('Ten apps ship with the product')
  expect(open).toHaveLength(10)
  const names = () => listed('?source=public', expert.as)
  await call('PUT', `/catalog/allow/${one.text('app_id')}`, reviewer.as)
  await call('PUT', `/catalog/block/${two.text('app_id')}`, reviewer.as)
  expect(await names()).toHaveLength(10)
  await call('PUT', '/catalog', reviewer.as, { mode: 'allowlist' })
  expect(await names()).toEqual([one.text('name')])
  expect(codeOf(await ask('GET', `/apps/${two.text('app_id')}`, expert.as))).toBe('404 not_found')
  await call('PUT', '/catalog', reviewer.as, { mode: 'blocklist' })
  expect(await names()).not.toContain(two.text('name'))
  expect(await names()).toHaveLength(9)
  await call('DELETE', `/catalog/block/${two.text('app_id')}`, reviewer.as)
  expect(await names()).toHaveLength(10)
  await call('PUT', '/catalog', reviewer.as, { mode: 'all' })
  expect(codeOf(await ask('PUT', `/catalog/allow/${newId()}`, reviewer.as))).toBe('404 not_found')
  expect(codeOf(await ask('PUT', '/catalog', expert.as, { mode: 'all' }))).toBe('403 forbidden')
})

test('promoted internal apps stand first, and search finds by words', async () => {
  const quiet = await published(named('Zebra finder'))
  await call('PUT', '/catalog/promotions', reviewer.as, { app_ids: [quiet.text('app_id')] })
  expect((await listed())[0]).toBe('Zebra finder')
  expect(await listed('?search=zebra%20find')).toEqual(['Zebra finder'])
  expect(await listed('?search=zebra&source=public')).toEqual([])
  expect((await listed('?category=legal')).length).toBeGreaterThan(0)
  expect(codeOf(await ask('PUT', '/catalog/promotions', reviewer.as, { app_ids: [newId()] }))).toBe('404 not_found')
})

test('an app leaves and comes back as its six files in an archive', async () => {
  const version = await published(named('Archive'))
  const got = await fetch(`${world.client.url}${path}/app-versions/${version.text('id')}/archive`, {
    headers: expert.as !== null && 'cookie' in expert.as ? { cookie: expert.as.cookie } : {},
  })
  expect(got.headers.get('content-type')).toBe('application/zip')
  const bytes = new Uint8Array(await got.arrayBuffer())
  const draft = answered((await ask('POST', '/internal-apps/archives', expert.as, bytes)).body)
  const { body } = await call('GET', `/app-versions/${draft.text('id')}`, expert.as)
  expect(Reflect.get(Object(body), 'content')).toEqual(named('Archive'))
  const wrong = [Buffer.from('no zip'), createArchive({ 'a.txt': 'x' }), createArchive({ 'info.json': '{' })]
  for (const each of wrong) {
    expect(codeOf(await ask('POST', '/internal-apps/archives', expert.as, each))).toBe('422 app_archive_unreadable')
  }
})

test('the bench says of each made input what becomes of it', async () => {
  const draft = await call('POST', '/internal-apps', expert.as, { content: named('Bench') })
  const at = `/app-versions/${draft.text('id')}/tests`
  const { list } = await call('POST', at, expert.as, { inputs: [{ question: 'Why?' }, {}] })
  const items = list('items')
  const kinds = new Set(items.map((item) => item.text('kind')))
  expect(kinds).toEqual(new Set(['normal', 'edge', 'missing', 'invalid', 'own']))
  for (const item of items.slice(0, -2)) expect(item.text('outcome')).toBe(item.text('expected'))
  expect(items.slice(-2).map(({ body }) => body)).toMatchObject([
    { outcome: 'accepted', quote_micros: 10_000 },
    { outcome: 'refused', quote_micros: null },
  ])
})

test('a secret for tools is named, masked, bound to its hosts, and shown to nobody', async () => {
  const as = world.organisation.owner.as
  const hosts = ['API.example.com', 'api.example.com:8443']
  const body = { description: 'CRM', hosts, value: 'sk-very-secret-value-of-the-crm' }
  const set = await call('PUT', '/tool-credentials/crm', as, body)
  expect(set.body).toMatchObject({ name: 'crm', hosts: ['api.example.com', 'api.example.com:8443'] })
  const list = await ask('GET', '/tool-credentials', as)
  expect(list.text).not.toContain('very-secret')
  for (const host of [
    '127.0.0.1',
    '127.0.0.1:8080',
    '*.example.com',
    'example.com:0',
    'example.com:70000',
    'a/b',
    ':443',
  ]) {
    expect(codeOf(await ask('PUT', '/tool-credentials/crm', as, { ...body, hosts: [host] }))).toBe(
      '422 tool_credential_host_refused',
    )
  }
  expect(codeOf(await ask('PUT', '/tool-credentials/crm', reviewer.as, body))).toBe('403 forbidden')
  await call('DELETE', '/tool-credentials/crm', as)
  expect(codeOf(await ask('DELETE', '/tool-credentials/crm', as))).toBe('404 not_found')
})

test('shipped apps are published once, anew when they changed, and never over a decision of the platform', async () => {
  const { control, log } = world.reeve.node.deployment
  const count = () => world.inControl(async (tx) => (await tx.selectFrom('apps.version').select('id').execute()).length)
  const before = await count()
  await publishShippedApps(control, log)
  expect(await count()).toBe(before)
  const [app] = readShippedApps()
  if (app === undefined) throw new Error('Apps ship with the product')
  const { contract } = app
  const next = { ...contract, info: { ...contract.info, version: '1.1.0' } }
  await publishShippedApps(control, log, [{ ...app, contract: next, hash: Buffer.alloc(32, 1) }])
  expect(await count()).toBe(before + 1)
  const current = (await ask('GET', '/api/platform/apps?state=published', world.superadmin)).body
  const version = answered(current)
    .list('items')
    .find((each) => each.object('current').text('version') === '1.1.0')
  const suspension = `/api/platform/app-versions/${version?.object('current').text('id')}/suspension`
  expect((await ask('POST', suspension, world.superadmin, { reason: 'Under review' })).status).toBe(200)
  await publishShippedApps(control, log)
  expect(await count()).toBe(before + 1)
  expect(await listed('?source=public')).toHaveLength(9)
})

type Side = { readonly apps: string; readonly versions: string; readonly author: As; readonly reviewer: As }

/** A second super-admin. */
async function superadmin(): Promise<As> {
  const { as } = await world.join()
  const id = answered((await ask('GET', '/api/me', as)).body).text('id')
  await world.inControl((tx) => sql`update identity.user set is_superadmin = true where id = ${id}`.execute(tx))
  return as
}

/** Takes contracts through a whole review, mistakes included, and gives all answers, without ids and times. */
async function reviewed(side: Side, faulty: unknown, content: AppContract): Promise<readonly unknown[]> {
  const story: unknown[] = []
  const act = async (by: As, method: string, at: string, body?: unknown): Promise<Answered> => {
    const { status, text } = await ask(method, at, by, body)
    const where = at.replace(side.versions, '').replace(side.apps, '')
    const told = `{"act": "${method} ${where}", "status": ${status}, "answer": ${text}}`
      .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, 'id')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then')
    story.push(JSON.parse(told))
    return answered(JSON.parse(text))
  }
  const { author, reviewer: judge } = side
  const at = `${side.versions}/${(await act(author, 'POST', side.apps, { content: faulty })).text('id')}`
  await act(author, 'GET', at)
  await act(author, 'POST', `${at}/submission`, { revision: 1 })
  await act(author, 'PUT', `${at}/content`, { revision: 1, content })
  await act(author, 'POST', `${at}/checks`, { content: faulty })
  await act(judge, 'POST', `${at}/checks`, { content })
  await act(author, 'POST', `${at}/submission`, { revision: 2 })
  const approval = { decision: 'approved', answers: YES }
  await act(author, 'POST', `${at}/review`, { revision: 3, ...approval })
  await act(judge, 'POST', `${at}/review`, { revision: 3, ...approval, answers: { ...YES, price: false } })
  await act(judge, 'POST', `${at}/review`, { revision: 3, ...approval, decision: 'returned', comment: 'Say why.' })
  await act(author, 'POST', `${at}/submission`, { revision: 4 })
  await act(judge, 'POST', `${at}/review`, { revision: 5, ...approval })
  await act(author, 'POST', `${at}/publication`, { revision: 6 })
  const statement = (await act(author, 'GET', at)).text('oath_statement')
  await act(author, 'PUT', `${at}/oath`, { revision: 6, statement: 'I do.' })
  await act(author, 'PUT', `${at}/oath`, { revision: 6, statement })
  await act(author, 'POST', `${at}/publication`, { revision: 6 })
  await act(author, 'GET', at)
  return story
}

test('an internal and a public app pass the same checks and the same review, answer by answer', async () => {
  const rights = { base_role: 'admin', designations: ['expert'] } as const
  const good = named('Reviewed twice')
  const faulty = { ...good, governance: { ...good.governance, risk: 'high' }, pricing: { base_micros: -1 } }
  const [both, colleague] = [await world.join(rights), await world.join(rights)]
  const own = { apps: `${path}/internal-apps`, versions: `${path}/app-versions` }
  const internal = await reviewed({ ...own, author: both.as, reviewer: colleague.as }, faulty, good)
  const platform = { apps: '/api/platform/apps', versions: '/api/platform/app-versions' }
  const open = { ...platform, author: world.superadmin, reviewer: await superadmin() }
  expect(await reviewed(open, faulty, good)).toEqual(internal)
  const ways = internal.map((told): unknown => Reflect.get(Object(told), 'status'))
  expect(ways).toEqual([201, 200, 422, 200, 200, 403, 200, 403, 422, 200, 200, 200, 409, 200, 422, 200, 200, 200])
  expect(codeOf(await ask('GET', `${platform.versions}/${newId()}`, both.as))).toBe('403 forbidden')
})

test('a run keeps the exact contract it ran', async () => {
  const version = await published(named('Frozen'))
  const app_id = version.text('app_id')
  const { control } = world.reeve.node.deployment
  const open = await findPublicApp(control, app_id)
  await world.inside(world.organisation.id, async (tx) => {
    const app = await findRunnableApp(tx, open, app_id)
    if (app === null) throw new Error('The app can be run')
    await freezeContract(tx, app.contract_hash, app.contract)
    await freezeContract(tx, app.contract_hash, app.contract)
    expect(await readFrozenContract(tx, app.contract_hash)).toEqual(named('Frozen'))
    expect(await findRunnableApp(tx, null, newId())).toBeNull()
  })
})

test('every file of a contract has its published schema', async () => {
  for (const file of ['info', 'input', 'pipeline', 'result', 'governance', 'pricing']) {
    const { body } = await ask('GET', `/api/../schemas/app/${file}.json`, null)
    expect(Reflect.get(Object(body), '$schema')).toContain('2020-12')
  }
})
