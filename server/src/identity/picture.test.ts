import { crc32, deflateSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answered } from '../../test/client.ts'
import { serveTestIdentity, signInTestUser, type TestIdentity } from './identity.suite.ts'
import { forgetPictures } from './picture.ts'
import { inspectPicture, type PictureUse } from './picture-format.ts'

let identity: TestIdentity
let cookie: string
beforeAll(async () => {
  identity = await serveTestIdentity()
  cookie = (await signInTestUser(identity, { is_superadmin: true })).cookie
})
afterAll(() => identity.stop())

function chunk(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(content.length)
  frame.writeUInt32BE(crc32(named), 4)
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)])
}

/** A grey picture that says it has this size; its pixels are those of a smaller one where `rows` says so. */
function png(width: number, height: number, rows = height): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width)
  header.writeUInt32BE(height, 4)
  header.writeUInt8(8, 8)
  const pixels = deflateSync(Buffer.alloc((width + 1) * rows, 0x7f))
  const sign = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([sign, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))])
}

/** The segments of a JPEG of this size, with a scan of a few bytes. */
function jpeg(width: number, height: number): Buffer {
  const frame = Buffer.from('ffc0000b0800000000010111 00'.replace(' ', ''), 'hex')
  frame.writeUInt16BE(height, 5)
  frame.writeUInt16BE(width, 7)
  const scan = Buffer.from('ffda0008010100003f00 7f7f ffd9'.replaceAll(' ', ''), 'hex')
  return Buffer.concat([Buffer.from('ffd8ffdb000400', 'hex'), Buffer.from('00', 'hex'), frame, scan])
}

function ico(icon: Buffer): Buffer {
  const head = Buffer.alloc(22)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(1, 4)
  head.writeUInt32LE(icon.length, 14)
  head.writeUInt32LE(22, 18)
  return Buffer.concat([head, icon])
}

async function upload(bytes: Buffer, use: PictureUse, as = cookie) {
  const answer = await fetch(`${identity.client.url}/api/platform/pictures?use=${use}`, {
    method: 'POST',
    headers: { cookie: as, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
  })
  return { status: answer.status, body: answered(await answer.json()) }
}

const change = (body: object) => identity.client.request('PATCH', '/api/platform/settings', { as: { cookie }, body })

test('a picture is what its content says: PNG and JPEG for logos, an icon also as ICO', async () => {
  expect(await inspectPicture(png(320, 80), 'logo')).toEqual({ media_type: 'image/png', width: 320, height: 80 })
  expect(await inspectPicture(jpeg(640, 90), 'logo_inverse')).toEqual({
    media_type: 'image/jpeg',
    width: 640,
    height: 90,
  })
  expect(await inspectPicture(ico(png(32, 32)), 'favicon')).toEqual({
    media_type: 'image/x-icon',
    width: 32,
    height: 32,
  })
})

test.each([
  ['text whose name would say PNG', Buffer.from('this is no picture'), 'logo', 'picture_format_refused'],
  [
    'SVG, which can hold script',
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    'logo',
    'picture_format_refused',
  ],
  ['GIF', Buffer.from('GIF89a\x01\x00\x01\x00\x00\x00\x00;', 'latin1'), 'logo', 'picture_format_refused'],
  ['an icon as a logo', ico(png(32, 32)), 'logo', 'picture_format_refused'],
  ['nothing', Buffer.alloc(0), 'logo', 'picture_format_refused'],
  ['the first half of a picture', png(64, 64).subarray(0, 40), 'logo', 'picture_broken'],
  [
    'a picture without pixels',
    Buffer.concat([png(4, 4).subarray(0, 33), chunk('IEND', Buffer.alloc(0))]),
    'logo',
    'picture_broken',
  ],
  ['a JPEG without an end', jpeg(8, 8).subarray(0, 20), 'logo', 'picture_broken'],
  ['an icon that points out of its file', ico(png(32, 32)).subarray(0, 60), 'favicon', 'picture_broken'],
  ['a small file of 60,000 × 60,000 pixels', png(60_000, 60_000, 1), 'logo', 'picture_too_wide'],
  ['the same inside of an icon', ico(png(60_000, 60_000, 1)), 'favicon', 'picture_too_wide'],
  ['a JPEG of 65,000 pixels', jpeg(65_000, 10), 'logo', 'picture_too_wide'],
] as const)('%s is refused', async (_what, bytes, use, code) => {
  const reply = await upload(bytes, use)
  expect([reply.status, reply.body.text('code')]).toEqual([422, code])
})

test('a picture of 4 MB is refused before it is read', async () => {
  const reply = await upload(Buffer.concat([png(8, 8), Buffer.alloc(4_000_000)]), 'logo')
  expect([reply.status, reply.body.text('code')]).toEqual([413, 'payload_too_large'])
})

test('a logo is shown when a setting names it: to everybody, as a picture, for ever; and the log tells of both', async () => {
  const { body } = await upload(png(300, 60), 'logo')
  const sha256 = body.text('sha256')
  expect((await change({ logo: sha256, login_headline: 'Welcome', login_tagline: 'To work' })).status).toBe(200)
  const open = await identity.client.call('GET', '/api/deployment')
  expect(open.body).toMatchObject({ logo: sha256, logo_inverse: null, login_headline: 'Welcome' })
  const shown = await fetch(`${identity.client.url}/api/pictures/${sha256}`)
  expect(Buffer.from(await shown.arrayBuffer())).toEqual(png(300, 60))
  expect(Object.fromEntries(shown.headers)).toMatchObject({
    'content-type': 'image/png',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
  })
  expect((await fetch(`${identity.client.url}/api/pictures/${'0'.repeat(64)}`)).status).toBe(404)
  const told = await identity.control.transaction((tx) =>
    tx
      .selectFrom('audit.entry')
      .select(['event', 'data'])
      .where('event', 'in', ['picture.uploaded', 'platform_settings.updated'])
      .orderBy('id', 'desc')
      .limit(2)
      .execute(),
  )
  expect(told[0]?.data).toMatchObject({ before: { logo: null }, after: { logo: sha256 } })
  expect(told[1]?.data).toMatchObject({ use: 'logo', sha256, width: 300, height: 60 })
})

test('a setting names only a picture that is there and fits its place', async () => {
  const unknown = await change({ favicon: 'f'.repeat(64) })
  expect(unknown.body).toMatchObject({ code: 'picture_unknown', fields: [{ pointer: '/favicon' }] })
  const icon = (await upload(ico(png(16, 16)), 'favicon')).body.text('sha256')
  expect((await change({ logo: icon })).body).toMatchObject({
    code: 'picture_format_refused',
    fields: [{ pointer: '/logo' }],
  })
  expect((await change({ favicon: icon })).status).toBe(200)
})

test('whoever is no super-admin uploads nothing', async () => {
  const somebody = await signInTestUser(identity)
  const reply = await upload(png(4, 4), 'logo', somebody.cookie)
  expect([reply.status, reply.body.text('code')]).toEqual([403, 'forbidden'])
})

test('a picture that went out of use can be taken back for 30 days, then it is forgotten; one in use stays', async () => {
  const former = (await upload(png(10, 10), 'logo')).body.text('sha256')
  const current = (await upload(png(20, 20), 'logo')).body.text('sha256')
  await change({ logo: former })
  await change({ logo: current })
  const statusOf = async (sha256: string) => (await fetch(`${identity.client.url}/api/pictures/${sha256}`)).status
  const age = (days: number) =>
    identity.control.transaction(async (tx) => {
      await sql`update identity.picture set touched_at = now() - make_interval(days => ${days})`.execute(tx)
      await forgetPictures(tx)
    })
  await age(29)
  expect([await statusOf(former), await statusOf(current)]).toEqual([200, 200])
  expect((await change({ logo: former })).status).toBe(200)
  expect((await change({ logo: current })).status).toBe(200)
  await age(31)
  expect([await statusOf(former), await statusOf(current)]).toEqual([404, 200])
})
