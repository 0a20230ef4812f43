import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  addressSubject,
  type Attempt,
  countAttempt,
  forgetFailures,
  forgiveAttempt,
  getWait,
  makeAttempt,
  MAX_FAILURES,
  remainingFailures,
  removeForgotten,
  signInSubject,
  type Subject,
  waitAfter,
} from './back-off.ts'
import { openTestControl, type TestControl } from './identity.suite.ts'

let test_control: TestControl
beforeAll(async () => {
  test_control = await openTestControl()
})
afterAll(() => test_control.drop())

const count = (...subjects: Subject[]) => test_control.control.transaction((tx) => countAttempt(tx, subjects))

/** The seconds that an attempt has to wait; fails when it was let through. */
async function refusedFor(...subjects: Subject[]): Promise<number> {
  const counted = await count(...subjects)
  if ('attempt' in counted) throw new Error('Expected to have to wait, but the attempt was let through')
  return counted.wait_s
}

async function countAllowed(...subjects: Subject[]): Promise<Attempt> {
  const counted = await count(...subjects)
  if ('wait_s' in counted) throw new Error(`Expected an attempt, but has to wait ${counted.wait_s} s`)
  return counted.attempt
}

/** Puts a subject where `failures` failures and the wait after them would have put it. */
const putFailures = (subject: Subject, failures: number) =>
  test_control.control.transaction((tx) =>
    sql`insert into identity.sign_in_failure (subject_hash, failures, blocked_until)
      values (${subject.hash}, ${failures}, now() + make_interval(secs => ${waitAfter(subject.kind, failures)}))
      on conflict (subject_hash) do update
      set failures = excluded.failures, blocked_until = excluded.blocked_until, updated_at = now()`.execute(tx),
  )

const waitOf = (subject: Subject) => test_control.control.transaction((tx) => getWait(tx, subject))

/** Moves what is stored into the past, as if time had gone by. */
const letPass = (subject: Subject, seconds: number) =>
  test_control.control.transaction((tx) =>
    sql`update identity.sign_in_failure set blocked_until = blocked_until - make_interval(secs => ${seconds}),
      updated_at = updated_at - make_interval(secs => ${seconds}) where subject_hash = ${subject.hash}`.execute(tx),
  )

const failuresOf = async (subject: Subject): Promise<number> => {
  const { rows } = await test_control.control.transaction((tx) =>
    sql<{
      failures: number
    }>`select failures from identity.sign_in_failure where subject_hash = ${subject.hash}`.execute(tx),
  )
  return rows[0]?.failures ?? 0
}

const isStored = async ({ hash }: Subject): Promise<boolean> => {
  const rows = await test_control.control.transaction((tx) =>
    tx.selectFrom('identity.sign_in_failure').select('failures').where('subject_hash', '=', hash).execute(),
  )
  return rows.length > 0
}

const DAY_S = 86_400

test('four failures of an account cost nothing, the fifth and each later one a growing wait', () => {
  expect([1, 2, 3, 4].map((failures) => waitAfter('account', failures))).toEqual([0, 0, 0, 0])
  expect([5, 6, 7, 8].map((failures) => waitAfter('account', failures))).toEqual([1, 2, 4, 8])
  expect(waitAfter('account', 99)).toBe(3600)
})

test('the wait never shrinks with more failures', () => {
  fc.assert(
    fc.property(fc.constantFrom<Subject['kind']>('account', 'address'), fc.nat(10_000), (kind, failures) => {
      expect(waitAfter(kind, failures + 1)).toBeGreaterThanOrEqual(waitAfter(kind, failures))
    }),
  )
})

test('after 100 failures in a row an account rests for 30 days', () => {
  expect(MAX_FAILURES).toBe(100)
  expect(waitAfter('account', 100)).toBe(30 * DAY_S)
  expect(remainingFailures('account', 100, 30 * DAY_S - 1)).toBe(100)
  expect(remainingFailures('account', 100, 30 * DAY_S)).toBe(0)
})

test('failures of an address fade, those of an account do not', () => {
  expect(remainingFailures('address', 10, 59)).toBe(10)
  expect(remainingFailures('address', 10, 180)).toBe(7)
  expect(remainingFailures('address', 10, DAY_S)).toBe(0)
  expect(remainingFailures('account', 10, DAY_S)).toBe(10)
})

test('of many attempts made at once no more are let through than one after the other', async () => {
  const subject = signInSubject('parallel@example.com')
  await putFailures(subject, 14)
  await letPass(subject, 3600)
  const answers = await Promise.all(Array.from({ length: 50 }, () => count(subject)))
  expect(answers.filter((answer) => 'attempt' in answer)).toHaveLength(1)
  expect(await failuresOf(subject)).toBe(15)
})

test('an attempt that has to wait is not counted and does not prolong the wait', async () => {
  const subject = signInSubject('waiting@example.com')
  await putFailures(subject, 20)
  for (let refused = 0; refused < 20; refused++) {
    expect(await refusedFor(subject)).toBeLessThanOrEqual(3600)
  }
  expect(await failuresOf(subject)).toBe(20)
  await letPass(subject, 3600)
  await countAllowed(subject)
  expect(await failuresOf(subject)).toBe(21)
})

test('the hundredth failure is the last that is let through', async () => {
  const subject = signInSubject('stubborn@example.com')
  for (let failures = 1; failures <= 100; failures++) {
    await countAllowed(subject)
    if (failures < 100) await letPass(subject, 3600)
  }
  await letPass(subject, 29 * DAY_S)
  expect(await refusedFor(subject)).toBeLessThanOrEqual(DAY_S)
  await letPass(subject, DAY_S)
  await countAllowed(subject)
  expect(await failuresOf(subject)).toBe(1)
})

test('a right attempt clears the account, and gives the address back only itself', async () => {
  const account = signInSubject('right@example.com')
  const address = addressSubject('192.0.2.1')
  for (let failures = 0; failures < 4; failures++) await countAllowed(account, address)
  const attempt = await countAllowed(account, address)
  await test_control.control.transaction((tx) => forgiveAttempt(tx, attempt))
  expect(await failuresOf(account)).toBe(0)
  expect(await failuresOf(address)).toBe(4)
  expect(await waitOf(account)).toBe(0)
})

test('an attempt that could not be made counts for nothing', async () => {
  const subject = signInSubject('overloaded@example.com')
  for (let failures = 0; failures < 4; failures++) await countAllowed(subject)
  const attempt = await countAllowed(subject)
  const failure = new Error('too many are waiting')
  await expect(makeAttempt(test_control.control, attempt, () => Promise.reject(failure))).rejects.toBe(failure)
  expect(await failuresOf(subject)).toBe(4)
  expect(await waitOf(subject)).toBe(0)
})

test('a wait that others have caused since is not lifted by giving back an attempt', async () => {
  const subject = signInSubject('crossing@example.com')
  const first = await countAllowed(subject)
  await putFailures(subject, 20)
  await expect(makeAttempt(test_control.control, first, () => Promise.reject(new Error('busy')))).rejects.toThrow()
  expect(await failuresOf(subject)).toBe(19)
  expect(await waitOf(subject)).toBeGreaterThan(0)
})

test('an address has to wait whatever accounts it tries', async () => {
  const address = addressSubject('192.0.2.2')
  await putFailures(address, 60)
  const untried = signInSubject('untried@example.com')
  expect(await refusedFor(untried, address)).toBeLessThanOrEqual(300)
  expect(await isStored(untried)).toBe(false)
  expect(await failuresOf(untried)).toBe(0)
  await countAllowed(untried, addressSubject('192.0.2.3'))
})

test('the wait of an address begins with the fiftieth failure', () => {
  expect([49, 50, 51, 58, 59].map((failures) => waitAfter('address', failures))).toEqual([0, 1, 2, 256, 300])
})

test('failures of an address fade however often attempts come', async () => {
  const address = addressSubject('192.0.2.4')
  for (let attempts = 0; attempts < 30; attempts++) {
    await countAllowed(address)
    await letPass(address, 40)
  }
  expect(await failuresOf(address)).toBeLessThan(13)
})

test('two orders of the same subjects never lock each other out', async () => {
  const [one, other] = [addressSubject('192.0.2.5'), addressSubject('192.0.2.6')]
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? count(one, other) : count(other, one))),
  )
  expect(answers.every((answer) => 'attempt' in answer)).toBe(true)
  expect(await failuresOf(one)).toBe(40)
})

test.each([
  ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', true],
  ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
  ['2001:0db8:0001:0002::1', '2001:db8:1:2::2', true],
  ['::1', '::2', true],
  ['192.0.2.1', '192.0.2.2', false],
])('%s and %s come from one network: %s', (one, other, isOne) => {
  expect(addressSubject(one).hash.equals(addressSubject(other).hash)).toBe(isOne)
})

test('what no longer counts is removed, what counts stays', async () => {
  const [old, recent] = [signInSubject('old@example.com'), signInSubject('recent@example.com')]
  await countAllowed(old)
  await countAllowed(recent)
  await letPass(old, 31 * DAY_S)
  await letPass(recent, 29 * DAY_S)
  expect(await test_control.control.transaction(removeForgotten)).toBe(1)
  expect(await failuresOf(old)).toBe(0)
  expect(await failuresOf(recent)).toBe(1)
})

test('forgetting failures says how many there were', async () => {
  const subject = signInSubject('lifted@example.com')
  await countAllowed(subject)
  await countAllowed(subject)
  expect(await test_control.control.transaction((tx) => forgetFailures(tx, subject))).toBe(2)
  expect(await test_control.control.transaction((tx) => forgetFailures(tx, subject))).toBe(0)
})
