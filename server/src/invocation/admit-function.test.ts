import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ClonedDatabase, cloneOrganisationDatabase } from '../../test/harness.ts'
import { buildWorld, type Heart, type Member, openHeart, resetWorld, settlement } from '../../test/heart-world.ts'
import { newId } from '../kernel/id.ts'

let database: ClonedDatabase
let heart: Heart
let members: readonly Member[]

const member = (index: number): Member => {
  const found = members[index]
  if (found === undefined) throw new Error(`The world has no member ${index}`)
  return found
}

beforeAll(async () => {
  database = await cloneOrganisationDatabase()
  heart = await openHeart(await buildWorld(database.url, { members: 4, scopes: 2 }))
  members = heart.world.members
  return async () => {
    await heart.close()
    await database.drop()
  }
})
beforeEach(() => resetWorld(heart))

const entries = () =>
  heart.rows<Record<string, unknown>>(`
    select id, event, outcome, reason_code, actor_type, actor_id, actor_role, via, api_key_id, execution_id, request_id,
      host(address) as address, data
    from audit.entry order by id`)
const count = async (table: string): Promise<number> =>
  (await heart.rows<{ n: number }>(`select count(*) as n from ${table}`))[0]?.n ?? -1

test('an admitted call has its execution with the hold, and no log entry yet', async () => {
  const call = heart.request(member(0), { hold_micros: 70, hold_tokens: 30 })
  expect(await heart.step({ admit: [call] })).toEqual({ settle_codes: '', admit_codes: 'a', details: null })
  const [execution] = await heart.rows('select * from execution.execution')
  expect(execution).toMatchObject({
    id: call.execution_id,
    state: 'running',
    node_id: heart.world.node_id,
    hold_micros: 70,
    hold_wallet_micros: 0,
    hold_tokens: 30,
    member_id: member(0).id,
    actor_role: 'member',
    is_streamed: false,
    charge_micros: null,
  })
  expect(await count('audit.entry')).toBe(0)
})

describe('who asks', () => {
  test('an unknown key, a wrong secret and a key of somebody else are unauthenticated, and nobody is named in the log', async () => {
    const answer = await heart.step({
      admit: [
        heart.request(member(0), { api_key_id: newId() }),
        heart.request(member(0), { secret_hash: member(1).secret_hash }),
        heart.request(member(0), { member_id: member(1).id }),
        heart.request(member(0), { api_key_id: null, secret_hash: null, member_id: null }),
      ],
    })
    expect(answer.admit_codes).toBe('uuuu')
    expect(answer.details?.['3']).toEqual({ reason: 'key_unknown' })
    expect(await count('audit.entry')).toBe(0)
  })

  test('a revoked key, an expired key and a key of a suspended member are unauthenticated, and the log names them', async () => {
    await heart.client.query('update tenancy.api_key set revoked_at = now() where id = $1', [member(0).key_id])
    await heart.client.query('update tenancy.api_key set expires_at = clock_timestamp() where id = $1', [
      member(1).key_id,
    ])
    await heart.client.query(`update tenancy.member set status = 'suspended' where id = $1`, [member(2).id])
    await heart.readFacts()
    const asked = [0, 1, 2].map((index) => heart.request(member(index)))
    const answer = await heart.step({ admit: asked })
    expect(answer.admit_codes).toBe('uuu')
    expect(await entries()).toMatchObject(
      ['key_revoked', 'key_expired', 'member_inactive'].map((reason_code, index) => ({
        id: asked[index]?.execution_id,
        event: 'policy.check_failed',
        outcome: 'refused',
        reason_code,
        actor_type: 'user',
        actor_id: member(index).id,
        via: 'api_key',
        api_key_id: member(index).key_id,
        address: '192.0.2.7',
      })),
    )
  })

  test('a member by session needs no key, but an active membership', async () => {
    const bySession = { api_key_id: null, secret_hash: null }
    expect(await heart.admit([heart.request(member(0), bySession)])).toBe('a')
    await heart.client.query(`update tenancy.member set status = 'removed', removed_at = now() where id = $1`, [
      member(0).id,
    ])
    await heart.readFacts()
    expect(await heart.admit([heart.request(member(0), bySession)])).toBe('u')
    expect(await entries()).toMatchObject([{ actor_type: 'user', via: 'session', api_key_id: null }])
  })

  test('a key of the organisation has no member and draws on no member’s budget', async () => {
    const key_id = newId()
    await heart.client.query(
      `insert into tenancy.api_key (id, name, created_by, project_id, scopes, secret_hash, mask, expires_at)
         values ($1, 'robot', $2, $3, '{}', $4, '', 'infinity')`,
      [key_id, member(0).id, member(0).project_id, `\\x${'ab'.repeat(32)}`],
    )
    await heart.setBudgets([{ unit: 'tokens', scope_kind: 'user', scope_id: null, period: 'day', amount: 0 }])
    const robot = { api_key_id: key_id, secret_hash: `\\x${'ab'.repeat(32)}`, member_id: null, team_id: null }
    const refused = heart.request(member(0), { ...robot, refusal_code: 'model_not_assigned' })
    expect(await heart.admit([heart.request(member(0), robot), heart.request(member(0)), refused])).toBe('aqf')
    expect((await entries())[0]).toMatchObject({ actor_type: 'api_key', actor_id: key_id, api_key_id: key_id })
  })
})

describe('asking again', () => {
  const keyed = (idempotency_hash: string, fingerprint: string) => ({ idempotency_hash, fingerprint })

  test('the same call sent again is admitted and holds once', async () => {
    const call = heart.request(member(0))
    expect(await heart.admit([call])).toBe('a')
    expect(await heart.admit([call, heart.request(member(1))])).toBe('aa')
    expect(await heart.rows('select spent_day_micros from ledger.counter where kind = $1', ['organisation'])).toEqual([
      { spent_day_micros: 200 },
    ])
  })

  test('a call that was admitted stays admitted when it is sent again, whatever changed between', async () => {
    const call = heart.request(member(0))
    await heart.admit([call])
    await heart.client.query('update tenancy.api_key set revoked_at = now()')
    await heart.setBudgets([{ unit: 'tokens', scope_kind: 'organisation', scope_id: null, period: 'day', amount: 0 }])
    expect(await heart.admit([call])).toBe('a')
  })

  test('a call that has ended is told as such when it is asked again', async () => {
    const call = heart.request(member(0))
    await heart.step({ admit: [call] })
    await heart.settle([settlement(call.execution_id)])
    const answer = await heart.step({ admit: [call] })
    expect(answer.details).toEqual({
      '0': { reason: 'replayed', execution_id: call.execution_id, state: 'finalised' },
    })
    expect(await count('execution.execution')).toBe(1)
  })

  test('an Idempotency-Key names the first call; with another body it is a mistake', async () => {
    const first = heart.request(member(0), keyed('\\x01', '\\xaa'))
    expect(await heart.admit([first])).toBe('a')
    const answer = await heart.step({
      admit: [
        heart.request(member(0), keyed('\\x01', '\\xaa')),
        heart.request(member(0), keyed('\\x01', '\\xbb')),
        heart.request(member(0), keyed('\\x02', '\\xaa')),
      ],
    })
    expect(answer.admit_codes).toBe('rxa')
    expect(answer.details).toEqual({
      '0': { reason: 'replayed', execution_id: first.execution_id, state: 'running' },
      '1': { reason: 'idempotency_key_reused', execution_id: first.execution_id, state: 'running' },
    })
  })

  test('an Idempotency-Key counts within one batch from the first call that is admitted', async () => {
    const calls = [
      heart.request(member(0), { ...keyed('\\x01', '\\xaa'), refusal_code: 'model_not_assigned' }),
      heart.request(member(0), keyed('\\x01', '\\xaa')),
      heart.request(member(0), keyed('\\x01', '\\xaa')),
      heart.request(member(0), keyed('\\x01', '\\xbb')),
      heart.request(member(0), { ...keyed('\\x01', '\\xaa'), access_version: 0 }),
    ]
    const answer = await heart.step({ admit: calls })
    expect(answer.admit_codes).toBe('farxr')
    expect(answer.details?.['2']).toEqual({
      reason: 'replayed',
      execution_id: calls[1]?.execution_id,
      state: 'running',
    })
    expect(await count('execution.execution')).toBe(1)
  })

  test('an execution id that stands twice in a batch spoils the batch, and nothing is held', async () => {
    const call = heart.request(member(0))
    await expect(heart.admit([call, call])).rejects.toThrow(/execution_pkey/)
    expect(await count('execution.execution')).toBe(0)
  })

  test('a refusal sent again is logged once', async () => {
    const call = heart.request(member(0), { refusal_code: 'model_not_assigned' })
    expect([await heart.admit([call]), await heart.admit([call])]).toEqual(['f', 'f'])
    expect(await count('audit.entry')).toBe(1)
  })
})

describe('the facts', () => {
  test('a decision on facts that have moved is returned with the version in force, and not logged', async () => {
    const before = heart.request(member(0))
    const refusedBefore = heart.request(member(0), { refusal_code: 'model_not_assigned' })
    await heart.client.query(`update tenancy.member set denies = '{run.execute}' where id = $1`, [member(1).id])
    const answer = await heart.step({ admit: [before, refusedBefore] })
    const [gate] = await heart.rows<{ access_version: number }>('select access_version from ledger.gate')
    const access_version = gate?.access_version
    expect(access_version).not.toBe(before['access_version'])
    expect(answer.admit_codes).toBe('tt')
    expect(answer.details).toEqual({
      '0': { reason: 'stale', access_version },
      '1': { reason: 'stale', access_version },
    })
    expect(await count('audit.entry')).toBe(0)
  })

  test('a refusal by policy on current facts is logged with its numbers', async () => {
    const call = heart.request(member(0), {
      refusal_code: 'input_too_large',
      refusal_data: { limit_bytes: 10, level: 'organisation' },
    })
    expect((await heart.step({ admit: [call] })).details).toEqual({ '0': { reason: 'input_too_large' } })
    expect(await entries()).toMatchObject([
      {
        id: call.execution_id,
        event: 'policy.check_failed',
        outcome: 'refused',
        reason_code: 'input_too_large',
        actor_type: 'user',
        actor_role: 'member',
        via: 'api_key',
        execution_id: null,
        request_id: call['request_id'],
        data: { limit_bytes: 10, level: 'organisation', model: 'small', hold_micros: 100, hold_tokens: 10 },
      },
    ])
    expect(await count('execution.execution')).toBe(0)
  })

  test('a node whose lease has lapsed or is unknown admits nothing, and its refusals still count', async () => {
    await heart.client.query('update kernel.node_lease set expires_at = clock_timestamp()')
    const refused = heart.request(member(0), { refusal_code: 'model_not_assigned' })
    expect(await heart.admit([heart.request(member(0)), refused])).toBe('nf')
    await heart.client.query('delete from kernel.node_lease')
    expect(await heart.admit([heart.request(member(0))])).toBe('n')
    expect(await count('execution.execution')).toBe(0)
  })

  test('a scope without a counter is refused and logged', async () => {
    const calls = ['team_id', 'project_id', 'use_case_id'].map((scope) =>
      heart.request(member(0), { [scope]: newId() }),
    )
    expect(await heart.admit([...calls, heart.request(member(0))])).toBe('llla')
    expect(await entries()).toMatchObject(calls.map(() => ({ reason_code: 'counter_missing' })))
  })

  test('without the counter of the organisation nothing is admitted', async () => {
    await heart.client.query(`delete from ledger.counter where kind = 'organisation'`)
    expect(await heart.admit([heart.request(member(0))])).toBe('l')
    await heart.client.query('delete from ledger.counter')
    expect(await heart.admit([heart.request(member(0))])).toBe('l')
    expect(await count('execution.execution')).toBe(0)
  })

  test('a new scope has its counter when its transaction has ended', async () => {
    const team_id = newId()
    await heart.client.query(`insert into tenancy.team (id, name) values ($1, 'new')`, [team_id])
    expect(await heart.admit([heart.request(member(0), { team_id })])).toBe('a')
  })
})

describe('plans', () => {
  let other: ClonedDatabase
  beforeAll(async () => {
    other = await cloneOrganisationDatabase()
  })
  afterAll(() => other.drop())

  test('a plan made while the tables were empty finds rows by their keys only', async () => {
    const world = await buildWorld(other.url, { members: 2, scopes: 1 })
    const one = await openHeart(world)
    await one.client.query(`load 'auto_explain'`)
    await one.client.query(`
      set auto_explain.log_min_duration = 0; set auto_explain.log_nested_statements = on;
      set auto_explain.log_level = 'notice'; set client_min_messages = 'notice'`)
    const plans: string[] = []
    one.client.on('notice', (notice) => plans.push(notice.message ?? ''))
    const call = one.request(world.members[0] ?? member(0))
    await one.step({ admit: [call] })
    await one.step({ settle: [settlement(call.execution_id)] })
    await one.close()
    const scans = plans.flatMap((plan) =>
      plan.split('\n').filter((line) => /Seq Scan|using execution__open_by_node|Rows Removed/.test(line)),
    )
    expect(plans.length).toBeGreaterThan(10)
    expect(scans).toEqual([])
  })
})
