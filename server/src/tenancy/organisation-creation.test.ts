import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { anonymousOrigin } from '../audit/append.ts'
import { hashPassword } from '../identity/password.ts'
import { createUser } from '../identity/user.ts'
import type { ControlDatabase, OrganisationDatabase } from '../kernel/database.ts'
import type { Placement } from '../kernel/organisation-databases.ts'
import { asAdmin } from '../kernel/placement.ts'
import { Problem } from '../kernel/problem.ts'
import { organisationKeyName } from '../keys/envelope.ts'
import { tenancyJobs } from './jobs.ts'
import { type CreationNeeds, createOrganisation, listUndecided, undoCreation } from './organisation-creation.ts'
import { listOrganisationHints, listOrganisations } from './organisation.ts'
import { workerKeyPath } from './worker-key.ts'
import { newEmail, startWorld, type World } from './world.suite.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())

const origin = anonymousOrigin({ request_id: null, address: null })

async function newAccount(): Promise<string> {
  const password_hash = await hashPassword('any')
  const draft = { email: newEmail(), display_name: 'A', password_hash, must_change_password: false }
  const { id } = await world.inControl((tx) => createUser(tx, origin, draft))
  return id
}

async function create(needs: CreationNeeds, user_id: string) {
  const own = { ...origin, actor_type: 'user' as const, actor_id: user_id }
  return createOrganisation(needs, own, { name: 'Begun', owner: { user_id }, created_by: user_id })
}

class Killed extends Error {}

/**
 * Needs through which the node dies at its n-th step: nothing is done from then on. A step that dies after it was done
 * has taken effect, and nobody was told.
 */
function dyingAt(needs: CreationNeeds, step: number, when: 'before' | 'after'): CreationNeeds {
  let taken = 0
  const through = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    taken += 1
    if (taken > step || (taken === step && when === 'before')) throw new Killed()
    const result = await work()
    if (taken === step) throw new Killed()
    return result
  }
  const { control, databases, keys, secrets } = needs
  const dyingControl: ControlDatabase = { ...control, transaction: (work) => through(() => control.transaction(work)) }
  const dying = (database: OrganisationDatabase): OrganisationDatabase => ({
    ...database,
    transaction: (work) => through(() => database.transaction(work)),
  })
  return {
    ...needs,
    control: dyingControl,
    databases: { ...databases, at: (placement) => dying(databases.at(placement)) },
    keys: {
      ...keys,
      createKey: (name, type) => through(() => keys.createKey(name, type)),
      wrap: (name, plaintext) => through(() => keys.wrap(name, plaintext)),
    },
    secrets: { ...secrets, put: (path, value, options) => through(() => secrets.put(path, value, options)) },
  }
}

const undecided = () =>
  world.inControl((tx) => tx.selectFrom('tenancy.organisation').select('id').where('status', '=', 'creating').execute())

async function makeOld(): Promise<void> {
  await world.inControl((tx) =>
    tx
      .updateTable('tenancy.organisation')
      .set({ created_at: new Date(Date.now() - 61_000) })
      .where('status', '=', 'creating')
      .execute(),
  )
}

const placementsOf = (organisation_id: string) =>
  world.inControl((tx) =>
    tx.selectFrom('kernel.placement').select('state').where('organisation_id', '=', organisation_id).execute(),
  )

async function runUndoJob(): Promise<void> {
  const job = tenancyJobs(world.needs).find((each) => each.name === 'undo undecided organisations')
  await job?.run(new AbortController().signal)
}

/** The number of steps a creation takes when a spare is ready. */
const STEPS = 7

const spares = () =>
  world.inControl((tx) => tx.selectFrom('kernel.placement').select('state').where('state', '=', 'spare').execute())

beforeEach(async () => {
  await expect
    .poll(
      async () => {
        await world.needs.makeSpare()
        return (await spares()).length
      },
      { timeout: 20_000 },
    )
    .toBeGreaterThan(0)
})

afterEach(async () => {
  await makeOld()
  await runUndoJob()
})

describe('creating an organisation', () => {
  test('makes owner, default project, keys and worker key, and its log begins with its creation', async () => {
    const user_id = await newAccount()
    const organisation = await create(world.needs, user_id)
    const inside = await world.inside(organisation.id, async (tx) => ({
      members: await tx.selectFrom('tenancy.member').select(['user_id', 'base_role', 'status']).execute(),
      projects: await tx.selectFrom('tenancy.project').select(['kind', 'name']).execute(),
      data_keys: await tx.selectFrom('keys.data_key').select(['kid', 'purpose', 'state']).orderBy('kid').execute(),
      counters: await tx.selectFrom('ledger.counter').select('kind').orderBy('kind').execute(),
    }))
    expect(inside).toEqual({
      members: [{ user_id, base_role: 'owner', status: 'active' }],
      projects: [{ kind: 'default', name: 'Default project' }],
      data_keys: [
        { kid: 1, purpose: 'content', state: 'active' },
        { kid: 2, purpose: 'index', state: 'active' },
      ],
      counters: [{ kind: 'organisation' }, { kind: 'project' }, { kind: 'user' }],
    })
    expect(await world.events(organisation.id)).toEqual(['organisation.created', 'member.joined', 'worker_key.created'])
    const { deployment } = world.reeve.node
    const { value } = await deployment.secrets.get(workerKeyPath(organisation.id))
    expect(value.reveal()).toContain('BEGIN OPENSSH PRIVATE KEY')
  })

  test('names its founder by membership in its own log and by account in the platform’s', async () => {
    const user_id = await newAccount()
    const { id } = await create(world.needs, user_id)
    const [first] = await world.inside(id, (tx) =>
      tx.selectFrom('audit.entry').select(['actor_id', 'actor_role']).orderBy('id').limit(1).execute(),
    )
    const member = await world.inside(id, (tx) =>
      tx.selectFrom('tenancy.member').select('id').executeTakeFirstOrThrow(),
    )
    expect(first).toEqual({ actor_id: member.id, actor_role: 'owner' })
    const platform = await world.inControl((tx) =>
      tx
        .selectFrom('audit.entry')
        .select('actor_id')
        .where('event', '=', 'organisation.created')
        .where('organisation_id', '=', id)
        .execute(),
    )
    expect(platform).toEqual([{ actor_id: user_id }])
  })

  // Killed after a step is killed before the next; after the last, which decides, the organisation is there.
  for (let step = 1; step <= STEPS; step++) {
    test(`killed before step ${step} of ${STEPS}, it leaves nothing that anybody sees, and nothing at all a minute later`, async () => {
      const user_id = await newAccount()
      const seen_before = await world.inControl((tx) => listOrganisations(tx, { limit: 200 }))
      await expect(create(dyingAt(world.needs, step, 'before'), user_id)).rejects.toThrow(Killed)
      expect(await world.inControl((tx) => listOrganisationHints(tx, user_id, {}))).toMatchObject({ items: [] })
      expect(await world.inControl((tx) => listOrganisations(tx, { limit: 200 }))).toEqual(seen_before)
      const begun = await undecided()
      expect(begun.length).toBe(step === 1 ? 0 : 1)
      await runUndoJob()
      expect(await undecided()).toEqual(begun)
      await makeOld()
      await runUndoJob()
      expect(await undecided()).toEqual([])
      for (const { id } of begun) {
        expect(await placementsOf(id)).toEqual([])
        const { keys, secrets } = world.reeve.node.deployment
        await expect(keys.getKey(organisationKeyName(id))).rejects.toMatchObject({ code: 'key_not_found' })
        await expect(secrets.get(workerKeyPath(id))).rejects.toMatchObject({ code: 'secret_not_found' })
      }
    })
  }

  test('has exactly the steps that the kills above walk through', async () => {
    const user_id = await newAccount()
    await expect(create(dyingAt(world.needs, STEPS + 1, 'before'), user_id)).resolves.toMatchObject({
      status: 'active',
    })
  })

  test('killed right after its deciding commit, it is there whole', async () => {
    const user_id = await newAccount()
    await expect(create(dyingAt(world.needs, STEPS, 'after'), user_id)).rejects.toThrow(Killed)
    expect(await undecided()).toEqual([])
    const { items } = await world.inControl((tx) => listOrganisationHints(tx, user_id, {}))
    expect(items).toMatchObject([{ name: 'Begun', status: 'active' }])
  })

  test('an undo that is killed between its steps is finished by the next', async () => {
    const user_id = await newAccount()
    await expect(create(dyingAt(world.needs, 6, 'before'), user_id)).rejects.toThrow(Killed)
    const [begun] = await undecided()
    const id = begun?.id ?? ''
    const { control, secrets } = world.needs
    const dyingSecrets = { ...secrets, destroy: () => Promise.reject(new Killed()) }
    await expect(undoCreation({ ...world.needs, control, secrets: dyingSecrets }, id)).rejects.toThrow(Killed)
    expect(await placementsOf(id)).toEqual([])
    expect(await undoCreation(world.needs, id)).toBe(true)
    expect(await undecided()).toEqual([])
  })

  test('undoing and deciding at once leave either the whole organisation or nothing', async () => {
    const outcomes = new Set<string>()
    for (let round = 0; round < 4; round++) {
      const user_id = await newAccount()
      const { control, databases } = world.needs
      const undone: Promise<boolean>[] = []
      let isFounded = false
      const watched = (database: OrganisationDatabase): OrganisationDatabase => ({
        ...database,
        async transaction(work) {
          const result = await database.transaction(work)
          isFounded = true
          return result
        },
      })
      // What comes after the organisation's own commit is the one that decides.
      const racing: ControlDatabase = {
        ...control,
        async transaction(work) {
          if (isFounded) {
            const [begun] = await undecided()
            undone.push(undoCreation(world.needs, begun?.id ?? ''))
            // In half of the rounds the undo gets a head start.
            if (round % 2 === 0) await Promise.all(undone)
          }
          return control.transaction(work)
        },
      }
      const needs = {
        ...world.needs,
        control: racing,
        databases: { ...databases, at: (placement: Placement) => watched(databases.at(placement)) },
      }
      const created = await create(needs, user_id).catch((error: unknown) => error)
      const [wasUndone] = await Promise.all(undone)
      outcomes.add(`${wasUndone}`)
      const { items } = await world.inControl((tx) => listOrganisationHints(tx, user_id, {}))
      if (wasUndone === true) {
        expect(created).toBeInstanceOf(Problem)
        expect(items).toEqual([])
      } else {
        expect(created).toMatchObject({ status: 'active' })
        expect(items).toHaveLength(1)
      }
    }
    expect(outcomes.has('true')).toBe(true)
    expect(await undecided()).toEqual([])
  })

  test('an organisation that exists is never undone', async () => {
    const { id } = await create(world.needs, await newAccount())
    await world.inControl((tx) =>
      tx
        .updateTable('tenancy.organisation')
        .set({ created_at: new Date(0) })
        .where('id', '=', id)
        .execute(),
    )
    expect(await listUndecided(world.needs.control)).toEqual([])
    expect(await undoCreation(world.needs, id)).toBe(false)
    expect(await placementsOf(id)).toEqual([{ state: 'claimed' }])
  })

  test('five made at once claim five databases, though one spare is ready', async () => {
    const user_id = await newAccount()
    const made = await Promise.all(Array.from({ length: 5 }, () => create(world.needs, user_id)))
    const claimed = await world.inControl((tx) =>
      tx
        .selectFrom('kernel.placement')
        .select('database_name')
        .where(
          'organisation_id',
          'in',
          made.map((each) => each.id),
        )
        .execute(),
    )
    expect(new Set(claimed.map((each) => each.database_name)).size).toBe(5)
  })
})

describe('the database of an organisation', () => {
  test('refuses the role of another organisation and the role of control', async () => {
    const [one, other] = [await create(world.needs, await newAccount()), await create(world.needs, await newAccount())]
    const names = new Map(
      (
        await world.inControl((tx) =>
          tx
            .selectFrom('kernel.placement')
            .select(['organisation_id', 'database_name'])
            .where('organisation_id', 'in', [one.id, other.id])
            .execute(),
        )
      ).map((row) => [row.organisation_id, row.database_name]),
    )
    const { server, derivePassword, control_name } = world.reeve.node.deployment
    const connectAs = async (role: string, database: string): Promise<string> => {
      const password = derivePassword(role, 1)
      const client = new pg.Client({ host: server.host, port: server.port, user: role, password, database })
      try {
        await client.connect()
        return 'connected'
      } catch (error) {
        return error instanceof Error && 'code' in error ? String(error.code) : 'failed'
      } finally {
        await client.end().catch(() => undefined)
      }
    }
    const mine = names.get(one.id) ?? ''
    const theirs = names.get(other.id) ?? ''
    expect(await connectAs(mine, mine)).toBe('connected')
    expect(await connectAs(mine, theirs)).toBe('42501')
    expect(await connectAs(mine, control_name)).toBe('42501')
    const control_role = `reeve_c_${control_name}`.slice(0, 63)
    expect(await connectAs(control_role, theirs)).toBe('42501')
  })

  test('gives its role no right over the log but to read and add', async () => {
    const { id } = await create(world.needs, await newAccount())
    const forbidden = (statement: 'update' | 'delete') =>
      world.inside(id, async (tx) => {
        if (statement === 'update') await tx.updateTable('audit.entry').set({ event: 'x' }).execute()
        else await tx.deleteFrom('audit.entry').execute()
      })
    await expect(forbidden('update')).rejects.toMatchObject({ code: '42501' })
    await expect(forbidden('delete')).rejects.toMatchObject({ code: '42501' })
    const { control_name, server } = world.reeve.node.deployment
    const { rows } = await asAdmin(server.admin_url(control_name), (client) =>
      client.query('select from kernel.placement where organisation_id = $1', [id]),
    )
    expect(rows).toHaveLength(1)
  })
})
