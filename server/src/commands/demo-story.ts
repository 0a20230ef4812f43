// One governed call, told: verdict, hold, answer, charge, log entries, all as the public API shows them.

import { type Answered, cookieOf, type ReeveClient } from '../../test/client.ts'
import { formatMicros } from '../kernel/money.ts'
import type { Demo, DemoOrganisation } from './demo-world.ts'

type Tell = (line: string) => void

const CURRENCY = 'EUR'

/** Makes one allowed and one refused call in the first organisation and tells what Reeve did. */
export async function tellOneCall(client: ReeveClient, demo: Demo, tell: Tell): Promise<void> {
  const [organisation] = demo.organisations
  if (organisation === undefined) return
  tell(`Reeve runs at ${demo.url}, with ${demo.organisations.length} organisations and a fake provider behind it.`)
  tell('')
  tell(`1. A program of ${organisation.name} calls POST /v1/chat/completions for the model "${organisation.model}".`)
  const body = { model: organisation.model, messages: [{ role: 'user', content: 'What does a reeve do?' }] }
  const call = await client.request('POST', '/v1/chat/completions', { as: { key: organisation.api_key }, body })
  const id = call.headers.get('x-reeve-execution-id') ?? ''
  const as = { cookie: await signIn(client, organisation.owner) }
  const execution = await settled(client, as, organisation.id, id)
  const amount = (name: string): string => formatMicros(Number(memberOf(execution.body, name)), CURRENCY)
  const count = (name: string): string => String(memberOf(execution.body, name))
  tell(`2. Verdict: admitted as execution ${id}: key, member, policy, quotas and limits agreed.`)
  tell(`3. Hold: ${amount('hold_micros')} and ${count('hold_tokens')} tokens, the most the call could cost.`)
  tell(`4. Answer: status ${call.status}: ${answerText(call.body)}`)
  tell(
    `5. Charge: ${amount('charge_micros')} for ${count('input_tokens')} + ${count('output_tokens')} tokens; the rest of the hold is free again.`,
  )
  tell('')
  tell('6. Another call asks for a model that nobody assigned to the organisation.')
  const refused = await client.request('POST', '/v1/chat/completions', {
    as: { key: organisation.api_key },
    body: { ...body, model: 'not-assigned' },
  })
  tell(`   Verdict: refused with ${refused.status}: ${refused.text}`)
  tell('')
  tell('7. What the log of the organisation says of it, newest first:')
  const log = await client.call('GET', `/api/orgs/${organisation.id}/audit/entries?limit=4`, { as })
  for (const entry of log.list('items')) {
    tell(`   ${entry.text('at')}  ${entry.text('event')}  ${entry.text('outcome')}  ${reasonOf(entry)}`)
  }
  tellRuns(organisation, tell)
}

/** What its people have run already: one line for each run. */
function tellRuns({ name, app, runs = [] }: DemoOrganisation, tell: Tell): void {
  if (app === undefined) return
  tell('')
  tell(`8. The people of ${name} have worked before you came: their app "${app.name}" is published, and`)
  for (const run of runs) tell(`   ${run.app}: ${run.state}`)
  tell('   wait in the portal, at /runs, /approvals and /tasks.')
}

const reasonOf = (entry: Answered): string => {
  const reason = memberOf(entry.body, 'reason_code')
  return typeof reason === 'string' ? reason : ''
}

const memberOf = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined

function answerText(body: unknown): string {
  const choices = memberOf(body, 'choices')
  const first: unknown = Array.isArray(choices) ? choices[0] : null
  return String(memberOf(memberOf(first, 'message'), 'content')).slice(0, 100)
}

async function signIn(
  client: ReeveClient,
  person: { readonly email: string; readonly password: string },
): Promise<string> {
  return cookieOf((await client.call('POST', '/api/sessions', { body: person })).headers)
}

/** The answer goes out before its settlement is written, so the record is asked for until it is complete. */
async function settled(
  client: ReeveClient,
  as: { readonly cookie: string },
  organisation_id: string,
  execution_id: string,
): Promise<Answered> {
  for (;;) {
    const execution = await client.call('GET', `/api/orgs/${organisation_id}/executions/${execution_id}`, { as })
    if (execution.text('state') !== 'running') return execution
  }
}
