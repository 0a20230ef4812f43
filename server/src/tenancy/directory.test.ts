import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anonymousOrigin } from '../audit/append.ts'
import { findUserByEmail } from '../identity/user.ts'
import { mendDirectory } from './directory.ts'
import { tenancyJobs } from './jobs.ts'
import { createMember, type Deciding } from './member-admission.ts'
import { firstSignIn, type Founded, newEmail, startWorld, type World } from './world.suite.ts'

let world: World
let acme: Founded
beforeAll(async () => {
  world = await startWorld()
  acme = await world.found('Acme')
})
afterAll(() => world.stop())

const NOBODY: ReadonlySet<string> = new Set()
const mend = (doubtful = NOBODY) => mendDirectory(world.needs.control, world.needs.databases, acme.id, doubtful)

const userIdOf = async (email: string): Promise<string> =>
  (await world.inControl((tx) => findUserByEmail(tx, email)))?.id ?? ''

const isNoted = async (user_id: string): Promise<boolean> => {
  const rows = await world.inControl((tx) =>
    tx
      .selectFrom('tenancy.member_directory')
      .select('user_id')
      .where('user_id', '=', user_id)
      .where('organisation_id', '=', acme.id)
      .execute(),
  )
  return rows.length > 0
}

const forget = (user_id: string) =>
  world.inControl((tx) => tx.deleteFrom('tenancy.member_directory').where('user_id', '=', user_id).execute())
const note = (user_id: string) =>
  world.inControl((tx) =>
    tx.insertInto('tenancy.member_directory').values({ user_id, organisation_id: acme.id }).execute(),
  )

describe('the member directory', () => {
  test('gets back a note that was lost', async () => {
    const member = await world.join(acme)
    const user_id = await userIdOf(member.email)
    await forget(user_id)
    expect(await mend()).toMatchObject({ added: 1, removed: 0 })
    expect(await isNoted(user_id)).toBe(true)
    expect(await mend()).toMatchObject({ added: 0, removed: 0 })
  })

  test('loses the note of somebody who was removed when the node died before it could', async () => {
    const member = await world.join(acme)
    const user_id = await userIdOf(member.email)
    await world.client.call('DELETE', `${acme.path}/members/${member.id}`, { as: acme.owner.as })
    expect(await isNoted(user_id)).toBe(false)
    await note(user_id)
    expect(await mend()).toMatchObject({ added: 0, removed: 1 })
    expect(await isNoted(user_id)).toBe(false)
  })

  test('keeps a note without a membership at first, for it may just be decided, and drops it the next time', async () => {
    const { owner } = await world.found()
    const user_id = await userIdOf(owner.email)
    await note(user_id)
    const first = await mend()
    expect(first).toMatchObject({ added: 0, removed: 0 })
    expect(first.doubtful).toEqual(new Set([user_id]))
    expect(await isNoted(user_id)).toBe(true)
    expect(await mend(first.doubtful)).toMatchObject({ added: 0, removed: 1 })
    expect(await isNoted(user_id)).toBe(false)
  })

  test('is mended by a job over all organisations, one that is down not keeping the others waiting', async () => {
    const member = await world.join(acme)
    const user_id = await userIdOf(member.email)
    await forget(user_id)
    const broken = await world.found()
    await world.inControl((tx) =>
      tx.updateTable('kernel.placement').set({ role_version: 9 }).where('organisation_id', '=', broken.id).execute(),
    )
    const job = tenancyJobs(world.needs).find((each) => each.name === 'mend the member directory')
    await job?.run(new AbortController().signal).catch(() => undefined)
    expect(await isNoted(user_id)).toBe(true)
  })
})

describe('adding somebody, killed before the organisation decided', () => {
  const origin = anonymousOrigin({ request_id: null, address: null })
  const dying: Deciding = {
    get control() {
      return world.needs.control
    },
    decide: () => Promise.reject(new Error('killed')),
  }

  test('leaves nobody in the organisation, and the next try gives a one-time password that works', async () => {
    const email = newEmail()
    const draft = { email, display_name: 'X', surface: 'studio' as const }
    await expect(createMember(dying, origin, acme.id, draft)).rejects.toThrow('killed')
    const user_id = await userIdOf(email)
    const members = await world.inside(acme.id, (tx) =>
      tx.selectFrom('tenancy.member').select('id').where('user_id', '=', user_id).execute(),
    )
    expect(members).toEqual([])
    const body = { email, display_name: 'X' }
    const added = await world.client.call('POST', `${acme.path}/members`, { as: acme.owner.as, body })
    await firstSignIn(world.client, email, added.text('one_time_password'))
  })
})
