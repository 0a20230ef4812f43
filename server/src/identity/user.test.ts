import { afterAll, beforeAll, expect, test } from 'vitest'
import { anonymousOrigin, type Origin } from '../audit/append.ts'
import { newId } from '../kernel/id.ts'
import { openTestControl, type TestControl } from './identity.suite.ts'
import {
  findUserByEmail,
  createUser,
  listUsers,
  parseDisplayName,
  parseEmail,
  parseKnownEmail,
  parseLocale,
  parseTimeZone,
} from './user.ts'

let test_control: TestControl
beforeAll(async () => {
  test_control = await openTestControl()
})
afterAll(() => test_control.drop())

const origin: Origin = anonymousOrigin({ request_id: newId(), address: '192.0.2.1' })

const create = (email: string, display_name = 'Somebody') =>
  test_control.control.transaction((tx) =>
    createUser(tx, origin, { email, display_name, password_hash: 'x', must_change_password: false }),
  )

test('an account is found by its address in any spelling', async () => {
  const user = await create('Ａnna@Example.COM')
  for (const email of ['anna@example.com', ' ANNA@EXAMPLE.COM ', 'Anna@example.com']) {
    expect(await test_control.control.transaction((tx) => findUserByEmail(tx, email))).toMatchObject({ id: user.id })
  }
  expect(await test_control.control.transaction((tx) => findUserByEmail(tx, 'anna@example.co'))).toBeNull()
})

test('one address has one account, however many ask for it at once', async () => {
  const results = await Promise.allSettled(
    Array.from({ length: 10 }, (_, index) => create(index % 2 === 0 ? 'one@example.com' : 'ONE@example.com')),
  )
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
  for (const result of results) {
    if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'email_taken', status: 409 })
  }
})

test('an address that is taken leaves the transaction usable', async () => {
  const { id } = await create('taken@example.com')
  const found = await test_control.control.transaction(async (tx) => {
    const draft = { email: 'taken@example.com', display_name: 'Two', password_hash: 'x', must_change_password: false }
    await expect(createUser(tx, origin, draft)).rejects.toMatchObject({ code: 'email_taken' })
    return findUserByEmail(tx, 'taken@example.com')
  })
  expect(found).toMatchObject({ id, display_name: 'Somebody' })
})

test('nobody is made a super-admin by making an account', async () => {
  const sneaky = {
    email: 'sneaky@example.com',
    display_name: 'Sneaky',
    password_hash: 'x',
    must_change_password: false,
    is_superadmin: true,
  }
  const user = await test_control.control.transaction((tx) => createUser(tx, origin, sneaky))
  expect(user.is_superadmin).toBe(false)
})

test('every account that was made has an entry in the log', async () => {
  const { id } = await create('logged@example.com')
  const entries = await test_control.control.transaction((tx) =>
    tx.selectFrom('audit.entry').select(['event', 'data']).where('target_id', '=', id).execute(),
  )
  expect(entries).toEqual([{ event: 'user.created', data: { must_change_password: false } }])
})

test('nothing that leaves the module carries a password hash', async () => {
  const user = await create('hashless@example.com')
  const page = await test_control.control.transaction((tx) => listUsers(tx, {}))
  expect(JSON.stringify([user, page])).not.toContain('password_hash')
})

test.each(['a@b', 'Åsa@exämple.se', 'x'.repeat(64) + '@example.com', "o'neill+tag@sub.example.com"])(
  '%s is an address',
  (email) => {
    expect(parseEmail(email).email_key).toBe(email.toLowerCase())
  },
)

test.each(['', 'a', '@b', 'a@', 'a b@c', 'a@b@c', 'a\u0000@b', 'a\u200e@b', 'a＠b＠c', `${'x'.repeat(65)}@b`])(
  '%j is no address',
  (email) => {
    expect(() => parseEmail(email)).toThrow(
      expect.objectContaining({ code: 'email_invalid', fields: [expect.objectContaining({ pointer: '/email' })] }),
    )
  },
)

test.each(['p\u0430yroll@example.com', 'payroll@ex\u0430mple.com', 'payroll@xn--exmple-4nf.com'])(
  '%j can be mistaken for another address and is none',
  (email) => {
    expect(() => parseEmail(email)).toThrow(
      expect.objectContaining({
        code: 'email_invalid',
        params: { reason: 'mixed_alphabets' },
        fields: [{ pointer: '/email', message: 'Mixes letters of several alphabets that look alike' }],
      }),
    )
    // Whoever has it already can still ask for a link.
    expect(parseKnownEmail(email).email).toBe(email)
  },
)

test('an address all of one alphabet is one, whichever it is', () => {
  expect(parseEmail('\u043f\u0440\u0438\u0432\u0435\u0442@example.com').email).toBe(
    '\u043f\u0440\u0438\u0432\u0435\u0442@example.com',
  )
})

test('a name is kept without the space around it', () => {
  expect(parseDisplayName('  Anna  Schmidt ')).toBe('Anna  Schmidt')
})

test.each(['', '   ', 'x'.repeat(201), 'a\u0000b', 'a\nb', 'nimda\u202e'])('%j is no name', (name) => {
  expect(() => parseDisplayName(name)).toThrow(expect.objectContaining({ code: 'name_invalid' }))
})

test('languages and time zones are kept in the one spelling that others know', () => {
  expect(parseLocale('DE-ch')).toBe('de-CH')
  expect(parseTimeZone('europe/berlin')).toBe('Europe/Berlin')
  expect(parseTimeZone('UTC')).toBe('UTC')
})

test.each(['x', 'de_DE', 'german, please', ''])('%j is no language tag', (locale) => {
  expect(() => parseLocale(locale)).toThrow(expect.objectContaining({ code: 'locale_unknown' }))
})

test.each(['Europe/Atlantis', '+02:00', '', '../etc/passwd'])('%j is no time zone', (time_zone) => {
  expect(() => parseTimeZone(time_zone)).toThrow(expect.objectContaining({ code: 'time_zone_unknown' }))
})

test('pages of accounts skip nobody and repeat nobody while accounts are added', async () => {
  for (let index = 0; index < 7; index++) await create(`page-${index}@paging.example`, 'Paged')
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const query = { limit: 3, search: 'paging.example', ...(cursor !== undefined && { cursor }) }
    const page = await test_control.control.transaction((tx) => listUsers(tx, query))
    seen.push(...page.items.map((user) => user.email))
    cursor = page.next_cursor ?? undefined
    await create(`late-${seen.length}@paging.example`)
  } while (cursor !== undefined)
  expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((index) => `page-${index}@paging.example`))
})

test('a search finds parts of addresses and names, and takes no character for a wildcard', async () => {
  await create('percent%sign@example.com', 'Zoë Underscore_d')
  const search = async (text: string) =>
    (await test_control.control.transaction((tx) => listUsers(tx, { search: text }))).items.map((user) => user.email)
  expect(await search('PERCENT%S')).toEqual(['percent%sign@example.com'])
  expect(await search('zoë under')).toEqual(['percent%sign@example.com'])
  expect(await search('per%sign')).toEqual([])
  expect(await search("'; drop table identity.user; --")).toEqual([])
})
