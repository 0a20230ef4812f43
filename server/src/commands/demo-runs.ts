// What people of the demo's organisations have done before anybody looks: an app of their own, runs in most of the states
// there are, a schedule, a chat. Through the public API alone, like the rest of the demo's world.

import { type Answered, answered, cookieOf, type ReeveClient } from '../../test/client.ts'
import { VENDOR_CHECK } from './demo-app.ts'
import type { DemoApp, DemoOrganisation, DemoRun } from './demo-world.ts'

type Person = { readonly email: string; readonly password: string }
type Desk = {
  /** Asks as somebody of the organisation, by the part of their address before the @. */
  readonly ask: (who: string, method: string, path: string, body?: unknown) => Promise<Answered>
}

const MOST_MICROS = 10_000_000
const WAIT_MS = 20_000

/** Lets the people of an organisation work; returns its own app and the runs. */
export async function createDemoRuns(
  client: ReeveClient,
  organisation: DemoOrganisation,
): Promise<{ readonly app: DemoApp; readonly runs: readonly DemoRun[] }> {
  const desk = openDesk(client, organisation)
  const own = await publishApp(desk)
  const apps = (await desk.ask('owner', 'GET', '/apps')).list('items')
  const idOf = (name: string): string => apps.find((app) => app.text('name') === name)?.text('app_id') ?? ''
  const run = (who: string, app: string, input: object) => startRun(desk, who, idOf(app), input)
  const reply = (message: string) => ({ message, knowledge: 'Orders arrive within five days.', tone: 'friendly' })
  const purchase = (vendor: string, budget: number) => ({ vendor, purpose: 'the new archive', budget })

  const waiting = await run('member', 'Support reply', reply('Where is my order?'))
  const finished = await run('expert', 'Support reply', reply('Can I have the invoice again?'))
  await acknowledge(desk, 'expert', finished)
  await desk.ask('expert', 'PUT', `/runs/${finished}/feedback`, { is_helpful: true })
  const edited = await run('enduser', 'Support reply', reply('I want to cancel.'))
  await writeNote(desk, 'enduser', edited)
  const rejected = await run('enduser', 'Risk register', await normalInput(desk, idOf('Risk register')))
  await reject(desk, 'enduser', rejected)
  const failed = await run('expert', VENDOR_CHECK.info.name, purchase('Vulture & Sons', 250_000))
  const asking = await run('member', VENDOR_CHECK.info.name, purchase('Heron Shelving', 18_000))
  const approving = [
    await answeredVendorCheck(desk, 'expert', own.id, purchase('Kestrel Archives', 42_000)),
    await answeredVendorCheck(desk, 'member', own.id, purchase('Plover Paper', 900)),
  ]
  const automatic = await startInChat(desk, 'member', idOf('Release notes'))
  await createSchedule(desk, 'expert', idOf('Release notes'))
  const ids = [waiting, finished, edited, rejected, failed, asking, ...approving, automatic]
  return { app: own, runs: await Promise.all(ids.map((id) => shown(desk, id))) }
}

function openDesk(client: ReeveClient, organisation: DemoOrganisation): Desk {
  const cookies = new Map<string, Promise<string>>()
  const personOf = (who: string): Person => {
    const person = organisation.members.find(({ email }) => email.startsWith(`${who}@`))
    return person ?? organisation.owner
  }
  const signIn = async (who: string): Promise<string> => {
    const { email, password } = personOf(who)
    return cookieOf((await client.call('POST', '/api/sessions', { body: { email, password } })).headers)
  }
  return {
    async ask(who, method, path, body) {
      const cookie = cookies.get(who) ?? signIn(who)
      cookies.set(who, cookie)
      const as = { cookie: await cookie }
      const options = { as, ...(body !== undefined && { body }) }
      return client.call(method, `/api/orgs/${organisation.id}${path}`, options)
    },
  }
}

/** The expert writes the app, the owner reviews it, the expert swears and publishes. */
async function publishApp(desk: Desk): Promise<DemoApp> {
  const draft = await desk.ask('expert', 'POST', '/internal-apps', { content: VENDOR_CHECK })
  const path = `/app-versions/${draft.text('id')}`
  const revisionOf = async () => Number(memberOf((await desk.ask('expert', 'GET', path)).body, 'revision'))
  await desk.ask('expert', 'POST', `${path}/submission`, { revision: await revisionOf() })
  const questions = (await desk.ask('owner', 'GET', path)).list('questions')
  const answers = Object.fromEntries(questions.map((each) => [each.text('question'), true]))
  const review = { revision: await revisionOf(), decision: 'approved', answers }
  await desk.ask('owner', 'POST', `${path}/review`, review)
  const statement = (await desk.ask('expert', 'GET', path)).text('oath_statement')
  await desk.ask('expert', 'PUT', `${path}/oath`, { revision: await revisionOf(), statement })
  await desk.ask('expert', 'POST', `${path}/publication`, { revision: await revisionOf() })
  return { id: draft.text('app_id'), name: VENDOR_CHECK.info.name }
}

/** Starts a run and waits until it no longer goes on by itself. */
async function startRun(desk: Desk, who: string, app: string, input: object): Promise<string> {
  const body = { input, max_price_micros: MOST_MICROS }
  return (await desk.ask(who, 'POST', `/apps/${app}/runs?wait_ms=${WAIT_MS}`, body)).text('id')
}

const supervisionOf = (desk: Desk, who: string, run: string) => desk.ask(who, 'GET', `/runs/${run}/supervision`)

async function acknowledge(desk: Desk, who: string, run: string): Promise<void> {
  const supervision = await supervisionOf(desk, who, run)
  const statements = memberOf(supervision.body, 'statements')
  await desk.ask(who, 'POST', `/runs/${run}/acknowledge`, { draft: supervision.text('draft'), statements })
}

async function reject(desk: Desk, who: string, run: string): Promise<void> {
  const draft = (await supervisionOf(desk, who, run)).text('draft')
  const reason = 'The risks of the old project were taken over by mistake.'
  await desk.ask(who, 'POST', `/runs/${run}/reject`, { draft, reason })
}

async function writeNote(desk: Desk, who: string, run: string): Promise<void> {
  const records = [{ kind: 'flag', pointer: '', text: 'Ask the legal team before this goes out.' }]
  await desk.ask(who, 'PUT', `/runs/${run}/human-layer`, { replaces: null, records })
}

/** A vendor check whose task the manager has answered and whose draft is acknowledged: it waits for approval. */
async function answeredVendorCheck(desk: Desk, who: string, app: string, input: object): Promise<string> {
  const run = await startRun(desk, who, app, input)
  const tasks = (await desk.ask('manager', 'GET', '/human-tasks')).list('items')
  const task = tasks.find((each) => each.text('execution_id') === run)
  const answer = { is_confirmed: true, cost_centre: '4711', remark: 'Within the plan of this year.' }
  await desk.ask('manager', 'POST', `/human-tasks/${task?.text('id') ?? ''}/answer`, { answer })
  await desk.ask(who, 'GET', `/runs/${run}?wait_ms=${WAIT_MS}`)
  await acknowledge(desk, who, run)
  return run
}

async function startInChat(desk: Desk, who: string, app: string): Promise<string> {
  const thread = await desk.ask(who, 'POST', '/threads', { title: 'Notes for the autumn release' })
  const content = 'Faster search, a calmer sidebar, twelve mended mistakes.'
  const input = { changes: content, product: 'Archive', version: '4.2', audience: 'customers' }
  const body = {
    content,
    app_id: app,
    input: { ...(await normalInput(desk, app)), ...input },
    max_price_micros: MOST_MICROS,
  }
  const said = await desk.ask(who, 'POST', `/threads/${thread.text('id')}/messages`, body)
  const run = said.list('messages').at(-1)?.object('run').text('id') ?? ''
  await desk.ask(who, 'GET', `/runs/${run}?wait_ms=${WAIT_MS}`)
  return run
}

async function createSchedule(desk: Desk, who: string, app: string): Promise<void> {
  await desk.ask(who, 'POST', '/schedules', {
    name: 'Release notes every Monday',
    app_id: app,
    input: await normalInput(desk, app),
    cron: '0 8 * * 1',
    time_zone: 'Europe/Berlin',
    max_price_micros: MOST_MICROS,
  })
}

/** Something in every field that an app needs and that is no file. */
async function normalInput(desk: Desk, app: string): Promise<Readonly<Record<string, unknown>>> {
  const contract = (await desk.ask('owner', 'GET', `/apps/${app}`)).object('contract')
  const fields = contract.object('input').list('fields')
  return Object.fromEntries(
    fields
      .filter(({ body }) => memberOf(body, 'required') === true)
      .map((field) => [field.text('name'), valueFor(field)]),
  )
}

const PROJECT = 'The move of the archive to the new building in the spring, with two suppliers and one removal firm.'

function valueFor(field: Answered): unknown {
  const options = memberOf(field.body, 'options')
  switch (field.text('type')) {
    case 'select':
      return Array.isArray(options) ? options[0] : ''
    case 'number':
      return 1
    case 'boolean':
      return true
    case 'date':
      return '2026-11-02'
    default:
      return PROJECT.slice(0, Number(memberOf(field.body, 'max_length') ?? PROJECT.length))
  }
}

const memberOf = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined

async function shown(desk: Desk, id: string): Promise<DemoRun> {
  const run = answered((await desk.ask('owner', 'GET', `/runs/${id}`)).body)
  return { id, app: run.text('app_name'), state: run.text('state'), requester_id: run.text('requester_id') }
}
