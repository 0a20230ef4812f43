import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Administration,
  entriesOf,
  expectRefusal,
  memberOf,
  plain,
  platformEntriesOf,
  startAdministration,
} from '../../test/administration.ts'
import { openClonedOrganisation } from '../../test/organisation-database.ts'
import { newId } from '../kernel/id.ts'
import { asAdmin } from '../kernel/placement.ts'
import { sweepLots } from './jobs.ts'
import { listTransfers } from './transfer.ts'
import { getWallet } from './wallet.ts'

let office: Administration
let base: string
beforeAll(async () => {
  office = await startAdministration()
  base = `/api/platform/organisations/${office.organisation.id}`
})
afterAll(() => office.stop())

const asSuper = () => ({ as: office.superadmin })
const asOwner = () => ({ as: office.organisation.owner.as })
const topUp = (body: object, headers = {}) =>
  office.client.request('POST', `${base}/wallet/top-ups`, { ...asSuper(), body, headers })
const adjust = (body: object) => office.client.request('POST', `${base}/wallet/adjustments`, { ...asSuper(), body })
const balance = async (): Promise<unknown> => {
  const wallet = await office.client.call('GET', `${office.organisation.path}/wallet`, asOwner())
  return memberOf(wallet.body, 'balance_micros')
}

test('credit that the super-admin posts is in the wallet, and both logs tell of it', async () => {
  const before = Number(await balance())
  const posted = await office.client.call('POST', `${base}/wallet/top-ups`, {
    ...asSuper(),
    body: { amount_micros: 5_000_000, reason: ' paid by transfer ' },
  })
  expect(posted.body).toMatchObject({ kind: 'top_up', amount_micros: 5_000_000, reason: 'paid by transfer' })
  expect(await balance()).toBe(before + 5_000_000)
  const entry = {
    actor_role: 'superadmin',
    target_type: 'transfer',
    target_id: posted.text('id'),
    data: { amount_micros: 5_000_000, reason: 'paid by transfer', balance_micros: before + 5_000_000 },
  }
  expect((await entriesOf(office, office.organisation.id, 'wallet.topped_up')).at(-1)).toMatchObject(entry)
  expect((await platformEntriesOf(office, 'wallet.topped_up')).at(-1)).toMatchObject({
    ...entry,
    organisation_id: office.organisation.id,
  })
})

test('credit lasts a year unless it is said otherwise', async () => {
  const usual = await topUp({ amount_micros: 1, reason: 'usual' })
  const [posted, expires] = ['posted_at', 'expires_at'].map((name) => new Date(String(memberOf(usual.body, name))))
  expect(expires?.getUTCFullYear()).toBe(Number(posted?.getUTCFullYear()) + 1)
  const expires_at = '2099-01-01T00:00:00.000Z'
  expect((await topUp({ amount_micros: 1, reason: 'longer', expires_at })).body).toMatchObject({ expires_at })
})

test('under one id credit is posted once, and nothing else is posted under it', async () => {
  const id = newId()
  const before = Number(await balance())
  const first = await topUp({ id, amount_micros: 700, reason: 'once' })
  const again = await topUp({ id, amount_micros: 700, reason: 'once' })
  expect([first.status, again.status]).toEqual([201, 201])
  expect(again.body).toMatchObject({ id, balance_micros: before + 700 })
  expect(await balance()).toBe(before + 700)
  expectRefusal(await topUp({ id, amount_micros: 701, reason: 'once' }), 409, 'transfer_id_used')
  expectRefusal(await adjust({ id, amount_micros: 700, reason: 'once' }), 409, 'transfer_id_used')
  expect(await balance()).toBe(before + 700)
  for (const entries of [
    await entriesOf(office, office.organisation.id, 'wallet.topped_up'),
    await platformEntriesOf(office, 'wallet.topped_up'),
  ]) {
    expect(entries.filter((entry) => entry.target_id === id)).toHaveLength(1)
  }
})

test('who repeats a posting whose entry is missing from the platform log completes the log', async () => {
  const id = newId()
  await topUp({ id, amount_micros: 5, reason: 'log' })
  const control = new URL(office.reeve.config.database_url ?? '').pathname.slice(1)
  await asAdmin(office.reeve.adminUrl(control), (client) =>
    client.query('delete from audit.entry where target_id = $1', [id]),
  )
  await topUp({ id, amount_micros: 5, reason: 'log' })
  const entries = await platformEntriesOf(office, 'wallet.topped_up')
  expect(entries.filter((entry) => entry.target_id === id)).toHaveLength(1)
})

test('an Idempotency-Key posts once', async () => {
  const before = Number(await balance())
  const headers = { 'idempotency-key': newId() }
  const first = await topUp({ amount_micros: 40, reason: 'key' }, headers)
  const again = await topUp({ amount_micros: 40, reason: 'key' }, headers)
  expect(again.text).toBe(first.text)
  expect(again.headers.get('idempotent-replayed')).toBe('true')
  expect(await balance()).toBe(before + 40)
})

test('an adjustment takes away what is there, and no more', async () => {
  await topUp({ amount_micros: 1000, reason: 'to take from' })
  const before = Number(await balance())
  expect((await adjust({ amount_micros: -400, reason: 'refunded' })).body).toMatchObject({
    kind: 'adjustment',
    debit_account: 'wallet',
    credit_account: 'funding',
    amount_micros: 400,
    expires_at: null,
    balance_micros: before - 400,
  })
  expect((await entriesOf(office, office.organisation.id, 'wallet.adjusted')).at(-1)).toMatchObject({
    data: { amount_micros: -400, reason: 'refunded' },
  })
  const refusal = expectRefusal(await adjust({ amount_micros: -before, reason: 'all' }), 409, 'adjustment_below_held')
  expect(refusal.object('params').body).toMatchObject({ balance_micros: before - 400, held_micros: 0 })
})

test('bad input is named', async () => {
  const pointer = (reply: Awaited<ReturnType<typeof topUp>>, code: string) =>
    expectRefusal(reply, 422, code).list('fields')[0]?.text('pointer')
  expect(pointer(await topUp({ amount_micros: 0, reason: 'none' }), 'invalid_input')).toBe('/amount_micros')
  expect(pointer(await topUp({ amount_micros: 1.5, reason: 'half' }), 'invalid_input')).toBe('/amount_micros')
  expect(pointer(await topUp({ amount_micros: 1 }), 'invalid_input')).toBe('/reason')
  expect(pointer(await topUp({ amount_micros: 1, reason: '  ' }), 'invalid_input')).toBe('/reason')
  expect(pointer(await adjust({ amount_micros: 0, reason: 'none' }), 'invalid_input')).toBe('/amount_micros')
  const past = { expires_at: '2020-01-01T00:00:00Z', reason: 'past' }
  expect(pointer(await topUp({ amount_micros: 1, ...past }), 'credit_expiry_refused')).toBe('/expires_at')
  const leap = { expires_at: '2030-12-31T23:59:60Z', reason: 'no instant' }
  expect(pointer(await topUp({ amount_micros: 1, ...leap }), 'credit_expiry_refused')).toBe('/expires_at')
  const later = { expires_at: '2099-01-01T00:00:00Z', reason: 'taken' }
  expect(pointer(await adjust({ amount_micros: -1, ...later }), 'credit_expiry_refused')).toBe('/expires_at')
  expectRefusal(await topUp({ amount_micros: 1_000_000_000_000_000, reason: 'all' }), 422, 'wallet_too_large')
})

test('nobody but the super-admin posts money or changes how an organisation is billed', async () => {
  const body = { amount_micros: 1, reason: 'mine' }
  for (const as of [office.organisation.owner.as, (await office.join({ base_role: 'admin' })).as]) {
    expectRefusal(await office.client.request('POST', `${base}/wallet/top-ups`, { as, body }), 403, 'forbidden')
    expectRefusal(await office.client.request('POST', `${base}/wallet/adjustments`, { as, body }), 403, 'forbidden')
    const mode = { as, body: { billing_mode: 'wallet' } }
    expectRefusal(await office.client.request('PUT', `${base}/billing-mode`, mode), 403, 'forbidden')
  }
  expectRefusal(await office.client.request('POST', `${base}/wallet/top-ups`, { body }), 401, 'not_signed_in')
})

test('an organisation that does not exist gets no credit', async () => {
  const path = `/api/platform/organisations/${newId()}`
  const body = { amount_micros: 1, reason: 'lost' }
  expectRefusal(await office.client.request('POST', `${path}/wallet/top-ups`, { ...asSuper(), body }), 404, 'not_found')
  const mode = { ...asSuper(), body: { billing_mode: 'wallet' } }
  expectRefusal(await office.client.request('PUT', `${path}/billing-mode`, mode), 404, 'not_found')
})

test('the billing mode changes with an entry in both logs', async () => {
  for (const billing_mode of ['wallet', 'metered']) {
    await office.client.call('PUT', `${base}/billing-mode`, { ...asSuper(), body: { billing_mode } })
    const wallet = await office.client.call('GET', `${office.organisation.path}/wallet`, asOwner())
    expect(wallet.body).toMatchObject({ billing_mode, currency: 'EUR' })
  }
  const told = { data: { before: 'wallet', after: 'metered' } }
  expect((await entriesOf(office, office.organisation.id, 'billing_mode.changed')).at(-1)).toMatchObject(told)
  expect((await platformEntriesOf(office, 'billing_mode.changed')).at(-1)).toMatchObject(told)
  const body = { billing_mode: 'free' }
  expectRefusal(
    await office.client.request('PUT', `${base}/billing-mode`, { ...asSuper(), body }),
    422,
    'invalid_input',
  )
})

test('a super-admin reads wallet, transfers and quotas of an organisation as its owner does; others are refused', async () => {
  const { path } = office.organisation
  await office.client.call('PUT', `${base}/quotas`, { ...asSuper(), body: { period: 'month', limit_tokens: 5000 } })
  for (const part of ['/wallet', '/wallet/transfers']) {
    const seen = await office.client.call('GET', `${base}${part}`, asSuper())
    expect(seen.body).toEqual((await office.client.call('GET', `${path}${part}`, asOwner())).body)
  }
  const quotas = await office.client.call('GET', `${base}/quotas`, asSuper())
  const standing = { used: 0, room: 5000 }
  expect(quotas.body).toMatchObject({ items: [{ scope_kind: 'organisation', limit_tokens: 5000, standing }] })
  for (const part of ['wallet', 'wallet/transfers', 'quotas']) {
    expectRefusal(await office.client.request('GET', `${base}/${part}`, asOwner()), 403, 'forbidden')
    const unknown = `/api/platform/organisations/${newId()}/${part}`
    expectRefusal(await office.client.request('GET', unknown, asSuper()), 404, 'not_found')
  }
})

test('who is denied billing sees neither wallet nor transfers, and another organisation sees nothing', async () => {
  const denied = await office.join({ denies: ['billing.view'] })
  for (const path of ['/wallet', '/wallet/transfers']) {
    expectRefusal(await office.client.request('GET', `${office.organisation.path}${path}`, denied), 403, 'forbidden')
    const foreign = await office.client.request('GET', `${office.organisation.path}${path}`, office.other.owner)
    const unknown = await office.client.request('GET', `/api/orgs/${newId()}${path}`, office.other.owner)
    expectRefusal(foreign, 404, 'not_found')
    expect(plain(foreign)).toBe(plain(unknown))
  }
})

test('the ledger is read page by page, those posted last first, each transfer once', async () => {
  const { database, drop } = await openClonedOrganisation()
  try {
    const ids: string[] = []
    for (let index = 0; index < 7; index++) {
      const id = newId()
      ids.push(id)
      // Two at a time are posted in one moment; ids do not tell the order.
      const at = new Date(Date.UTC(2030, 0, 1, 0, index >> 1))
      await database.transaction(async (tx) => {
        await sql`select ledger.post_transfer(${id}, 'top_up', 10, '2100-01-01', 'test', ${id}, ${at})`.execute(tx)
      })
    }
    const seen: string[] = []
    const none = { from: null, to: null }
    let cursor: string | null = null
    do {
      const query: { limit: number; cursor?: string } = { limit: 2, ...(cursor !== null && { cursor }) }
      const page = await database.transaction((tx) => listTransfers(tx, none, query))
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next_cursor
    } while (cursor !== null)
    expect(seen).toEqual([...ids].reverse())
    const bounds = { from: new Date(Date.UTC(2030, 0, 1, 0, 1)), to: new Date(Date.UTC(2030, 0, 1, 0, 2)) }
    const { items } = await database.transaction((tx) => listTransfers(tx, bounds, {}))
    expect(items.map(({ id }) => id)).toEqual([ids[3], ids[2]])
    const charges = await database.transaction((tx) => listTransfers(tx, { ...none, kind: 'charge' }, {}))
    expect(charges).toEqual({ items: [], next_cursor: null })
    const lost = database.transaction((tx) => listTransfers(tx, none, { cursor: newId() }))
    await expect(lost).rejects.toMatchObject({ code: 'bad_cursor' })
  } finally {
    await drop()
  }
})

test('credit expires where nobody calls, once, and the wallet shows what is left of each lot', async () => {
  const { database, drop } = await openClonedOrganisation()
  try {
    const post = (expires_at: string) =>
      database.transaction(async (tx) => {
        const id = newId()
        await sql`select ledger.post_transfer(${id}, 'top_up', 100, ${expires_at}, 'test', ${id}, '2020-01-01')`.execute(
          tx,
        )
      })
    await post('2100-01-01')
    expect(await sweepLots(database)).toBe(false)
    await post('2020-02-01')
    expect(await sweepLots(database)).toBe(true)
    expect(await sweepLots(database)).toBe(false)
    const wallet = await database.transaction(getWallet)
    expect(wallet).toMatchObject({ balance_micros: 100, held_micros: 0, available_micros: 100 })
    expect(wallet.lots).toMatchObject([{ amount_micros: 100, drawn_micros: 0, remaining_micros: 100 }])
    const events = await database.transaction((tx) => tx.selectFrom('audit.entry').select('event').execute())
    expect(events).toEqual([{ event: 'wallet.lot_expired' }])
  } finally {
    await drop()
  }
})
