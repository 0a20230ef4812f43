import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Administration, enableCalls, startAdministration } from '../../test/administration.ts'
import { publishApp, runApp, settledRun } from '../../test/apps.ts'
import { type Answered, answered, type Reply } from '../../test/client.ts'
import { smallContract } from '../apps/arbitrary-contract.ts'
import { extractText } from '../files/text.ts'

let office: Administration
let stopCalls: () => Promise<void>
beforeAll(async () => {
  office = await startAdministration()
  stopCalls = (await enableCalls(office)).stop
})
afterAll(async () => {
  await stopCalls()
  await office.stop()
})

const call = (method: string, path: string, body?: unknown): Promise<Answered> => {
  const { organisation, client } = office
  return client.call(method, organisation.path + path, {
    as: organisation.owner.as,
    ...(body !== undefined && { body }),
  })
}

async function exported(run_id: string, format: string): Promise<{ response: Response; bytes: Buffer }> {
  const { organisation, client } = office
  const { as } = organisation.owner
  const cookie = as !== null && 'cookie' in as ? as.cookie : ''
  const response = await fetch(`${client.url}${organisation.path}/runs/${run_id}/export?format=${format}`, {
    headers: { cookie },
  })
  return { response, bytes: Buffer.from(await response.arrayBuffer()) }
}

const entriesOf = async (run_id: string): Promise<readonly string[]> => {
  const { organisation, client } = office
  const path = `${organisation.path}/audit/entries?execution_id=${run_id}&event=execution.exported`
  const entries = await client.call('GET', path, { as: organisation.owner.as })
  return entries.list('items').map((entry) => entry.text('event'))
}

test('a draft is exported as one, with people’s notes; the final result without; the log tells of each', async () => {
  const contract = smallContract()
  const governance = { ...contract.governance, supervision: { required: true }, statements: [] }
  const app_id = await publishApp(office, { ...contract, governance })
  const { owner } = office.organisation
  const reply: Reply = await runApp(office, owner, app_id, { input: { question: 'Why?' } })
  const run_id = answered(reply.body).text('id')
  expect((await settledRun(office, owner, run_id)).text('state')).toBe('draft')
  const note = { kind: 'note', pointer: '', text: 'Read against the annex.' }
  const layer = await call('PUT', `/runs/${run_id}/human-layer`, { replaces: null, records: [note] })

  const draft = await exported(run_id, 'docx')
  expect(draft.response.status).toBe(200)
  expect(draft.response.headers.get('content-disposition')).toContain('draft-1.docx')
  const { text } = await extractText('docx', draft.bytes)
  expect(text).toContain('DRAFT')
  expect(text).toContain('Read against the annex.')

  await call('POST', `/runs/${run_id}/acknowledge`, { draft: layer.text('draft'), statements: [] })
  expect((await settledRun(office, owner, run_id)).text('state')).toBe('finalised')
  const final = await exported(run_id, 'pdf')
  const read = await extractText('pdf', final.bytes)
  expect(read.text).not.toContain('DRAFT')
  expect(read.text).toContain('Acknowledged (level 1)')
  expect(JSON.parse((await exported(run_id, 'json')).bytes.toString())).toMatchObject({ is_final: true })
  expect(await entriesOf(run_id)).toHaveLength(3)
  expect((await exported(office.organisation.id, 'txt')).response.status).toBe(404)
})
