import { createHash, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type As, answered, type Reply } from '../../test/client.ts'
import { startWorld, type World } from '../../test/world.ts'
import { newId } from '../kernel/id.ts'
import { takeIn } from './bytes.ts'
import { expireFiles, releaseFiles, useFiles } from './file.ts'
import type { UserActor } from '../access/actor.ts'
import { someMember } from '../access/arbitrary-actor.ts'

let world: World
let owner: As
let member: As

beforeAll(async () => {
  world = await startWorld(2)
  owner = await world.asOwner()
  member = await world.signIn(personOf('member'))
})
afterAll(() => world.stop())

function personOf(role: string) {
  const person = world.organisation.members.find((each) => each.role === role && each.designations.length === 0)
  if (person === undefined) throw new Error(`The demo has a ${role}`)
  return person
}

const base = () => `/api/orgs/${world.organisation.id}/files`
const upload = (bytes: Uint8Array, as: As = member, name = 'notes.txt'): Promise<Reply> =>
  world.reeve.client.request('POST', `${base()}?name=${encodeURIComponent(name)}`, { as, body: bytes })

async function uploaded(bytes: Uint8Array, as: As = member, name = 'notes.txt'): Promise<string> {
  const reply = await upload(bytes, as, name)
  expect(reply.status, reply.text).toBe(201)
  return answered(reply.body).text('id')
}

async function download(id: string, as: As): Promise<Response> {
  const credential = as !== null && 'cookie' in as ? { cookie: as.cookie } : {}
  return fetch(`${world.reeve.client.url}${base()}/${id}/content`, { headers: credential })
}

const database = () => world.reeve.node.deployment.databases.of(world.organisation.id)
const rows = async (text: string, values: readonly unknown[]) =>
  (await database()).connection(async (client) => (await client.query<{ n: number }>(text, [...values])).rows[0]?.n)

async function memberActor(): Promise<UserActor> {
  const path = `${base()}/${await uploaded(Buffer.from('whose'))}`
  const whose = await world.reeve.client.call('GET', path, { as: member })
  return someMember({ member_id: whose.text('member_id') })
}

describe('upload and download', () => {
  test('what was uploaded comes back byte for byte, with its hash, and only for saving', async () => {
    const bytes = Buffer.from(`${randomBytes(1_600_000).toString('base64')} grün`)
    const id = await uploaded(bytes, member, 'Ünïcode "report" 📄.txt')
    const file = await world.reeve.client.call('GET', `${base()}/${id}`, { as: member })
    expect(file.body).toMatchObject({
      name: 'Ünïcode "report" 📄.txt',
      format: 'txt',
      size_bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })
    const response = await download(id, member)
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true)
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; .*filename\*=UTF-8''%C3%9Cn/)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  test('the database holds no piece of a file in the open', async () => {
    const text = 'a very particular sentence of nine well chosen words'
    const id = await uploaded(Buffer.from(text))
    const found = `select count(*)::int as n from files.chunk where file_id = $1 and position(convert_to($2, 'utf8') in bytes) > 0`
    expect(await rows(found, [id, text])).toBe(0)
    expect(await rows('select count(*)::int as n from files.chunk where file_id = $1', [id])).toBe(1)
  })

  test('what a file is follows from its content, whatever it is called', async () => {
    const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de', 'hex')
    const kinds: readonly (readonly [Uint8Array, string, string | null])[] = [
      [Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n'), 'letter.txt', 'pdf'],
      [png, 'letter.pdf', 'png'],
      [Buffer.from('a,b\n1,2\n'), 'table.csv', 'csv'],
      [Buffer.from('plain'), 'program.exe', 'txt'],
      [Buffer.from('MZ\u0000\u0000\u0001', 'latin1'), 'letter.txt', null],
      [Buffer.from([0xc3, 0x28, 0xff]), 'letter.txt', null],
      [Buffer.from('caf\xc3', 'latin1'), 'cut.txt', null],
    ]
    for (const [bytes, name, format] of kinds) {
      const reply = await upload(bytes, member, name)
      if (format === null) expect(reply.body).toMatchObject({ code: 'file_format_refused', status: 422 })
      else expect(reply.body).toMatchObject({ format })
    }
  })

  test('an empty file, one without its name and one sent as JSON are refused with what to do', async () => {
    expect((await upload(Buffer.alloc(0))).body).toMatchObject({ code: 'file_empty' })
    const { client } = world.reeve
    expect((await client.request('POST', base(), { as: member, body: Buffer.from('x') })).body).toMatchObject({
      code: 'invalid_input',
    })
    expect((await client.request('POST', `${base()}?name=x`, { as: member, body: { a: 1 } })).body).toMatchObject({
      code: 'unsupported_media_type',
    })
    expect(
      (await client.request('POST', `/api/orgs/${world.organisation.id}/teams`, { as: owner, body: Buffer.from('x') }))
        .body,
    ).toMatchObject({ code: 'unsupported_media_type' })
  })

  test('a file above the limit of the policy is refused, named or streamed, and nothing of it stays', async () => {
    const path = `/api/orgs/${world.organisation.id}/policy`
    const body = { max_input_bytes: 2_000_000, reason: 'Small files are enough' }
    await world.reeve.client.call('PUT', `${path}?replaces=0`, { as: owner, body })
    const before = await rows('select count(*)::int as n from files.file', [])
    const reply = await upload(Buffer.alloc(2_000_001, 'x'))
    expect(reply.body).toMatchObject({ code: 'payload_too_large', params: { limit_bytes: 2_000_000 } })
    expect((await upload(Buffer.alloc(2_000_000, 'x'))).status).toBe(201)
    expect(await rows('select count(*)::int as n from files.file', [])).toBe((before ?? 0) + 1)
    await world.reeve.client.call('PUT', `${path}?replaces=1`, { as: owner, body: { reason: 'As before' } })
  })

  test('an upload that breaks off leaves nothing', async () => {
    const { deployment } = world.reeve.node
    const actor = await memberActor()
    const before = await rows('select count(*)::int as n from files.file', [])
    const bytes = Readable.from(
      (async function* () {
        yield Buffer.alloc(1_500_000, 'x')
        throw new Error('the line is cut')
      })(),
    )
    const owner_of = { id: world.organisation.id, database: await database() }
    const arrival = { actor, name: 'x', bytes, max_bytes: 5_000_000 }
    await expect(takeIn(deployment.fields, owner_of, arrival)).rejects.toMatchObject({ code: 'file_broken_off' })
    expect(await rows('select count(*)::int as n from files.file', [])).toBe(before)
  })
})

describe('who sees a file', () => {
  test('its uploader and those who may open content; for everybody else, here or elsewhere, it does not exist', async () => {
    const id = await uploaded(Buffer.from('mine'))
    expect((await download(id, owner)).status).toBe(200)
    const others = world.organisation.members.filter((each) => each.designations.includes('expert'))
    for (const other of others) expect((await download(id, await world.signIn(other))).status).toBe(404)
    expect(others.length).toBeGreaterThan(0)
    const elsewhere = world.demo.organisations[1]
    if (elsewhere === undefined) throw new Error('There are two organisations')
    const foreign = await world.signIn(elsewhere.owner)
    expect((await download(id, foreign)).status).toBe(404)
    const path = `/api/orgs/${elsewhere.id}/files/${id}`
    expect((await world.reeve.client.request('GET', path, { as: foreign })).status).toBe(404)
  })

  test('each download and each upload has its entry in the log', async () => {
    const id = await uploaded(Buffer.from('noted'))
    await download(id, owner)
    const path = `/api/orgs/${world.organisation.id}/audit/entries?target_id=${id}`
    const entries = await world.reeve.client.call('GET', path, { as: owner })
    expect(entries.list('items').map((entry) => entry.text('event'))).toEqual(['file.downloaded', 'file.uploaded'])
  })
})

describe('how long a file is kept', () => {
  test('a file in use cannot be deleted; released it goes after 30 days, and its record stays', async () => {
    const id = await uploaded(Buffer.from('evidence'))
    const run = newId()
    const actor = await memberActor()
    const organisation = await database()
    await organisation.transaction((tx) => useFiles(tx, actor, run, [id, id]))
    const refused = await world.reeve.client.request('DELETE', `${base()}/${id}`, { as: member })
    expect(refused.body).toMatchObject({ code: 'file_in_use', status: 409 })
    await organisation.transaction((tx) => releaseFiles(tx, run))
    const days = `select round(extract(epoch from expires_at - now()) / 86400)::int as n from files.file where id = $1`
    expect(await rows(days, [id])).toBe(30)
    await rows(`update files.file set expires_at = now() - interval '1 s' where id = $1`, [id])
    await expireFiles(organisation)
    await expireFiles(organisation)
    expect(await rows('select count(*)::int as n from files.chunk where file_id = $1', [id])).toBe(0)
    expect((await world.reeve.client.call('GET', `${base()}/${id}`, { as: member })).text('state')).toBe('expired')
    expect(await (await download(id, member)).json()).toMatchObject({ code: 'file_expired' })
    const told = `select count(*)::int as n from audit.entry where event = 'file.expired' and target_id = $1::text`
    expect(await rows(told, [id])).toBe(1)
    await expect(organisation.transaction((tx) => useFiles(tx, actor, newId(), [id]))).rejects.toMatchObject({
      code: 'file_expired',
    })
  })

  test('a run reads nobody else’s file', async () => {
    const id = await uploaded(Buffer.from('of the owner'), owner)
    const actor = await memberActor()
    const organisation = await database()
    await expect(organisation.transaction((tx) => useFiles(tx, actor, newId(), [id]))).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  test('a file can be kept longer, and be deleted before its time', async () => {
    const id = await uploaded(Buffer.from('keep me'))
    const path = `${base()}/${id}`
    const kept = await world.reeve.client.call('POST', `${path}/extension`, { as: member, body: { days: 90 } })
    const ends = Date.parse(kept.text('expires_at'))
    expect(Math.round((ends - Date.now()) / 86_400_000)).toBe(90)
    expect((await world.reeve.client.request('DELETE', path, { as: member })).status).toBe(204)
    expect((await world.reeve.client.request('DELETE', path, { as: member })).body).toMatchObject({
      code: 'file_expired',
    })
  })
})
