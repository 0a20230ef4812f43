import writeXlsxFile from 'write-excel-file/node'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { As, Reply } from '../../../test/client.ts'
import { platformOriginOf } from '../../audit/append.ts'
import {
  bodyOf,
  expectRefusal,
  firstSignIn,
  type Founded,
  type MemberOf,
  newEmail,
  type Person,
  signIn,
  startWorld,
  type World,
} from '../world.suite.ts'
import { changeSuperadmin } from '../../identity/superadmin.ts'
import { openPlatformVault } from '../../keys/platform-vault.ts'
import { changeImportRow } from './draft.ts'
import { platformPlace } from './platform-import.ts'
import { readUsers, type SheetRow } from './workbook.ts'

let world: World
let root: Person
let acme: Founded
let other: Founded
let admin: MemberOf
beforeAll(async () => {
  world = await startWorld()
  root = await world.superadmin()
  acme = await world.found('Acme')
  other = await world.found('Other')
  admin = await world.join(acme, 'admin')
})
afterAll(() => world.stop())

const PLATFORM = '/api/platform/imports'
const HEADER = ['org_id', 'email', 'display_name', 'role', 'password']
type Typed = readonly [org_id: string, email: string, display_name?: string, role?: string, password?: string]

async function workbookOf(
  rows: readonly Typed[],
  sheet = 'Users',
  header: readonly string[] = HEADER,
): Promise<Buffer> {
  const data = [header, ...rows.map((row) => HEADER.map((_, index) => row[index] ?? ''))]
  const cells = data.map((row) => row.map((value) => ({ value, type: String })))
  return writeXlsxFile([{ sheet, data: cells }]).toBuffer()
}

async function send(path: string, as: As, file: Uint8Array<ArrayBuffer>) {
  const reply = await fetch(`${world.client.url}${path}?file_name=people.xlsx`, {
    method: 'POST',
    headers: {
      'content-type': 'application/octet-stream',
      ...(as !== null && 'cookie' in as && { cookie: as.cookie }),
    },
    body: file,
  })
  const text = await reply.text()
  const body: unknown = text === '' ? null : JSON.parse(text)
  return { status: reply.status, headers: reply.headers, text, body }
}

const idOf = (reply: Reply): string => bodyOf(reply).text('id')

const upload = async (rows: readonly Typed[], path = PLATFORM, as: As = root.as) =>
  send(path, as, new Uint8Array(await workbookOf(rows)))

/** Every sheet of a workbook that was given out, read by the reader that reads uploads, under the name it looks for. */
async function download(method: string, path: string, as: As): Promise<Buffer> {
  const reply = await fetch(`${world.client.url}${path}`, {
    method,
    headers: { ...(as !== null && 'cookie' in as && { cookie: as.cookie }) },
  })
  expect(reply.status).toBe(200)
  return Buffer.from(await reply.arrayBuffer())
}

const rowsOf = async (id: string, path = PLATFORM, as: As = root.as) =>
  (await world.client.call('GET', `${path}/${id}/rows?limit=200`, { as })).list('items')
const codesOf = async (id: string) =>
  (await rowsOf(id)).map((row) =>
    row
      .list('errors')
      .map((each) => `${each.text('cell')}:${each.text('code')}`)
      .join(),
  )

async function run(id: string, path = PLATFORM, as: As = root.as) {
  await world.client.call('POST', `${path}/${id}/start`, { as })
  const finished = async () => {
    const found = await world.client.call('GET', `${path}/${id}`, { as })
    return found.text('state') === 'finished' ? found : null
  }
  return vi.waitUntil(finished, { timeout: 25_000, interval: 50 })
}

describe('a super-admin’s import', () => {
  test('says of each cell what is wrong, before anything is imported', async () => {
    const twice = newEmail()
    const checked = await upload([
      [acme.id, newEmail()],
      ['', newEmail()],
      ['not-an-id', newEmail()],
      [acme.id, ''],
      [acme.id, 'no address'],
      [acme.id, newEmail(), '', 'boss'],
      [acme.id, newEmail(), '', '', 'short'],
      [acme.id, admin.email],
      [acme.id, twice],
      [acme.id.toUpperCase(), ` ${twice.toUpperCase()} `],
      [acme.id, newEmail(), 'x'.repeat(201)],
      [acme.id, 'p\u0430yroll@example.com'],
    ])
    expect(checked.status).toBe(201)
    const id = idOf(checked)
    expect(await codesOf(id)).toEqual([
      '',
      'org_id:required',
      'org_id:org_unknown',
      'email:required',
      'email:email_invalid',
      'role:role_unknown',
      'password:password_refused',
      'email:already_member',
      '',
      'email:repeated',
      'display_name:name_invalid',
      'email:email_invalid',
    ])
    const people = await world.inControl((tx) =>
      tx.selectFrom('identity.user').select('id').where('email_key', '=', twice).execute(),
    )
    expect(people).toEqual([])
  })

  test('is mended in place: a cell that is right again clears its row, and the row it stood against', async () => {
    const email = newEmail()
    const checked = await upload([
      [acme.id, email],
      [acme.id, email],
      [acme.id, 'wrong'],
    ])
    const id = idOf(checked)
    expect(await codesOf(id)).toEqual(['', 'email:repeated', 'email:email_invalid'])
    const patch = (row: number, body: object) =>
      world.client.call('PATCH', `${PLATFORM}/${id}/rows/${row}`, { as: root.as, body })
    expect((await patch(4, { email: newEmail() })).body).toMatchObject({ state: 'valid', errors: [] })
    await patch(2, { email: newEmail() })
    expect(await codesOf(id)).toEqual(['', '', ''])
    expect((await patch(3, { password: 'short' })).body).toMatchObject({ state: 'error', has_password: true })
    await world.client.call('DELETE', `${PLATFORM}/${id}/rows/3`, { as: root.as })
    const finished = await run(id)
    expect(finished?.object('counts').body).toMatchObject({ created: 2, dropped: 1, error: 0 })
    const late = await world.client.request('PATCH', `${PLATFORM}/${id}/rows/2`, {
      as: root.as,
      body: { role: 'admin' },
    })
    expectRefusal(late, 409, 'import_state_refused')
  })

  test('makes accounts with one-time passwords that are given out once, adds those who had one, and spoils no row by another', async () => {
    const [fresh, chosen] = [newEmail(), newEmail()]
    // It opens the account only as it was given, whatever it begins with.
    const password = '=given by the file for once'
    const checked = await upload([
      [acme.id, fresh, '=1+1', 'admin'],
      [acme.id, chosen, 'Chosen', '', password],
      [acme.id, other.owner.email, '', 'member'],
      [other.id, fresh],
      ['nowhere', newEmail()],
    ])
    const id = idOf(checked)
    const finished = await run(id)
    expect(finished?.object('counts').body).toMatchObject({ created: 2, added: 2, error: 1, failed: 0 })
    const sheet = await createdIn(await download('POST', `${PLATFORM}/${id}/result`, root.as))
    expect(sheet.map(({ email, role }) => [email, role])).toEqual([
      [fresh, 'admin'],
      [chosen, 'member'],
    ])
    // A text that begins like a formula is text.
    expect(sheet[0]?.display_name).toBe("'=1+1")
    expect(sheet[1]?.password).toBe(password)
    const person = await firstSignIn(world.client, fresh, sheet[0]?.password ?? '')
    const seen = await world.client.call('GET', acme.path, { as: person.as })
    expect(seen.object('membership').body).toMatchObject({ base_role: 'admin' })
    expect((await world.client.request('GET', other.path, { as: person.as })).status).toBe(200)
    await firstSignIn(world.client, chosen, password)
    await signIn(world.client, other.owner.email)
    const later = await createdIn(await download('POST', `${PLATFORM}/${id}/result`, root.as))
    expect(later.map((row) => row.password)).toEqual(['', ''])
    const kept = await world.inControl((tx) =>
      tx
        .selectFrom('tenancy.import_row')
        .select('row_number')
        .where('import_id', '=', id)
        .where('sealed_password', 'is not', null)
        .execute(),
    )
    expect(kept).toEqual([])
  })

  test('of the same file again adds nobody twice', async () => {
    const rows: Typed[] = [
      [acme.id, newEmail()],
      [acme.id, newEmail()],
    ]
    const first = await upload(rows)
    await run(idOf(first))
    const second = await upload(rows)
    const id = idOf(second)
    expect(await codesOf(id)).toEqual(['email:already_member', 'email:already_member'])
    expectRefusal(await world.client.request('POST', `${PLATFORM}/${id}/start`, { as: root.as }), 409, 'import_empty')
  })

  test('goes on where a node died, and counts each row once', async () => {
    const emails = Array.from({ length: 5 }, newEmail)
    const checked = await upload(emails.map((email) => [acme.id, email]))
    const id = idOf(checked)
    const finished = await run(id)
    expect(finished?.object('counts').body).toMatchObject({ created: 5 })
    // As if the node had died between the organisation's commit and the note of it in control.
    await world.inControl(async (tx) => {
      await tx.updateTable('tenancy.import_row').set({ state: 'claimed' }).where('import_id', '=', id).execute()
      await tx.updateTable('tenancy.import').set({ state: 'running' }).where('id', '=', id).execute()
    })
    const again = async () => {
      const found = await world.client.call('GET', `${PLATFORM}/${id}`, { as: root.as })
      return found.text('state') === 'finished' ? found : null
    }
    const repeated = await vi.waitUntil(again, { timeout: 15_000, interval: 50 })
    expect(repeated?.object('counts').body).toMatchObject({ created: 5, failed: 0 })
  })

  test('adds nobody any more once whoever started it is no super-admin', async () => {
    const { owner } = await world.found()
    const { control } = world.needs
    await changeSuperadmin(control, owner.email, true)
    const importer = await signIn(world.client, owner.email)
    const email = newEmail()
    const id = idOf(await upload([[acme.id, email]], PLATFORM, importer.as))
    await changeSuperadmin(control, owner.email, false)
    // As if they had started it a moment before.
    await world.inControl((tx) =>
      tx.updateTable('tenancy.import').set({ state: 'running' }).where('id', '=', id).execute(),
    )
    const finished = async () =>
      (await world.client.call('GET', `${PLATFORM}/${id}`, { as: root.as })).text('state') === 'finished'
    await vi.waitUntil(finished, { timeout: 15_000, interval: 50 })
    expect(await codesOf(id)).toEqual(['email:importer_gone'])
    const made = await world.inControl((tx) =>
      tx.selectFrom('identity.user').select('id').where('email_key', '=', email).execute(),
    )
    expect(made).toEqual([])
  })

  test('asks imported people to prove their mailboxes where that is demanded', async () => {
    const settings = (email_verification_is_required: boolean) =>
      world.client.call('PATCH', '/api/platform/settings', { as: root.as, body: { email_verification_is_required } })
    await settings(true)
    const email = newEmail()
    const checked = await upload([[acme.id, email, 'New', '', 'given by the file for once']])
    await run(idOf(checked))
    const body = { email, password: 'given by the file for once' }
    expectRefusal(await world.client.request('POST', '/api/sessions', { body }), 403, 'email_unverified')
    const mailed = async () => {
      const found = await world.client.call('GET', `/api/platform/outbox?search=${email}`, { as: root.as })
      return found.list('items').map((each) => each.text('kind'))
    }
    await vi.waitUntil(async () => (await mailed()).includes('verification'), { timeout: 10_000, interval: 50 })
    await settings(false)
  })

  test('is a super-admin’s alone, and an unknown one is not found', async () => {
    expectRefusal(await upload([[acme.id, newEmail()]], PLATFORM, acme.owner.as), 403, 'forbidden')
    const unknown = `${PLATFORM}/${acme.id}`
    expectRefusal(await world.client.request('GET', unknown, { as: root.as }), 404, 'not_found')
  })
})

/** The rows of the first sheet of a result, as whoever opens it reads them. */
async function createdIn(workbook: Buffer): Promise<readonly SheetRow[]> {
  // The reader looks for a sheet called Users; the names of sheets stand in one short part that is stored as it is written.
  return readUsers(workbook, 'created')
}

describe('an organisation’s own import', () => {
  const path = () => `${acme.path}/imports`

  test('invites everybody, and knows of no organisation but its own', async () => {
    const [fresh, elsewhere] = [newEmail(), other.owner.email]
    const stranger = (await world.found()).owner.email
    const checked = await upload(
      [
        [acme.id, fresh, '', 'admin'],
        [acme.id, stranger],
        [other.id, elsewhere],
        [acme.id, newEmail(), '', 'owner'],
        [acme.id, newEmail(), '', '', 'a password that is not asked'],
        [acme.id, admin.email],
      ],
      path(),
      admin.as,
    )
    expect(checked.status, checked.text).toBe(201)
    const id = idOf(checked)
    const errors = (await rowsOf(id, path(), admin.as)).map((row) =>
      row.list('errors').map((each) => each.text('code')),
    )
    expect(errors).toEqual([[], [], ['org_unknown'], ['owner_only'], ['password_not_allowed'], ['already_member']])
    const finished = await run(id, path(), admin.as)
    expect(finished?.object('counts').body).toMatchObject({ created: 2, error: 4 })
    const invitations = await world.client.call('GET', `${acme.path}/invitations?search=${fresh}`, { as: admin.as })
    expect(invitations.list('items').map((each) => each.body)).toEqual([
      expect.objectContaining({ email: fresh, base_role: 'admin', state: 'invited', invited_by: admin.id }),
    ])
    const found = await readUsers(await download('GET', `${path()}/${id}/result`, admin.as), 'errors')
    expect(found).toHaveLength(4)
    const again = await upload([[acme.id, fresh]], path(), admin.as)
    const second = idOf(again)
    expect((await rowsOf(second, path(), admin.as))[0]?.list('errors')[0]?.text('code')).toBe('already_invited')
  })

  test('may bring owners when an owner does it, and is nobody’s in another organisation', async () => {
    const checked = await upload([[acme.id, newEmail(), '', 'owner']], path(), acme.owner.as)
    const id = idOf(checked)
    expect((await rowsOf(id, path(), acme.owner.as))[0]?.body).toMatchObject({ state: 'valid' })
    const foreign = await world.client.request('GET', `${other.path}/imports/${id}`, { as: other.owner.as })
    expectRefusal(foreign, 404, 'not_found')
    await world.client.call('DELETE', `${path()}/${id}`, { as: acme.owner.as })
    expect((await world.client.call('GET', `${path()}/${id}`, { as: acme.owner.as })).body).toMatchObject({
      state: 'discarded',
    })
  })
})

describe('a file', () => {
  const reasonOf = (reply: Awaited<ReturnType<typeof send>>) => {
    expectRefusal(reply, 422, 'workbook_refused')
    return bodyOf(reply).object('params').text('reason')
  }

  test('that is no workbook, has no sheet Users, lacks columns or has merged cells is refused by name', async () => {
    expect(reasonOf(await send(PLATFORM, root.as, new TextEncoder().encode('not a zip at all')))).toBe('no_workbook')
    const wrongSheet = await workbookOf([[acme.id, newEmail()]], 'People')
    expect(reasonOf(await send(PLATFORM, root.as, new Uint8Array(wrongSheet)))).toBe('sheet_missing')
    const wrongColumns = await workbookOf([[acme.id, newEmail()]], 'Users', ['a', 'b', 'c', 'd', 'e'])
    expect(reasonOf(await send(PLATFORM, root.as, new Uint8Array(wrongColumns)))).toBe('columns_missing')
    expect(reasonOf(await upload([]))).toBe('no_rows')
    const data = [HEADER, [acme.id, newEmail(), '', '', '']].map((row) => row.map((value) => ({ value, type: String })))
    const merged = [...data, [{ value: 'one over two', type: String, columnSpan: 2 }]]
    const file = await writeXlsxFile([{ sheet: 'Users', data: merged }]).toBuffer()
    expect(reasonOf(await send(PLATFORM, root.as, new Uint8Array(file)))).toBe('merged_cells')
  })

  test('of 100,000 rows is refused before they are all read', async () => {
    const rows = Array.from({ length: 100_000 }, (_, index): Typed => [acme.id, `p${index}@example.com`])
    expectRefusal(await upload(rows), 422, 'import_too_large')
  }, 60_000)

  test('larger than 10 MB is refused', async () => {
    const reply = await send(PLATFORM, root.as, new Uint8Array(10 * 1024 * 1024 + 1))
    expect(reply.status).toBe(413)
  })

  test('the template is one that can be filled in', async () => {
    const template = await download('GET', `${PLATFORM}/template`, root.as)
    await expect(readUsers(template)).rejects.toMatchObject({ params: { reason: 'no_rows' } })
    const workspaces = await readUsers(template, 'workspaces', ['org_id'])
    expect(workspaces.map(({ org_id }) => org_id)).toEqual(expect.arrayContaining([acme.id, other.id]))
    const own = await download('GET', `${acme.path}/imports/template`, admin.as)
    expect((await readUsers(own, 'workspaces', ['org_id'])).map(({ org_id }) => org_id)).toEqual([acme.id])
  })
})

test('a row is judged by what stands in it, however the judgements of its changes overtake each other', async () => {
  const file = new Uint8Array(await workbookOf([['nowhere', newEmail(), 'Kim', 'boss']]))
  const draft = idOf(await send(PLATFORM, root.as, file))
  const mend = (body: object) => world.client.call('PATCH', `${PLATFORM}/${draft}/rows/2`, { as: root.as, body })
  const origin = platformOriginOf(
    { kind: 'system', name: 'test', use: { via: 'system' } },
    { request_id: null, address: null },
  )
  const { control, databases, keys } = world.reeve.node.deployment
  const place = platformPlace({ control, databases, vault: openPlatformVault(control, keys) }, origin)
  const slow: typeof place = {
    ...place,
    async judge(rows) {
      const errors = await place.judge(rows)
      await mend({ role: 'member' })
      return errors
    },
  }
  await changeImportRow(slow, draft, 2, { org_id: acme.id })
  const { body } = await world.client.request('GET', `${PLATFORM}/${draft}`, { as: root.as })
  expect(body).toMatchObject({ counts: { valid: 1, error: 0 } })
})
