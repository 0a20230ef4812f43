import { afterAll, beforeAll, expect, test } from 'vitest'
import { type IdentityProvider, startIdentityProvider } from '../../../test/identity-provider.ts'
import { startWorld, type World } from '../world.suite.ts'
import { alarmUnbreakableGlass } from './glass-alarm.ts'
import { connect } from './sso.suite.ts'

let world: World
let provider: IdentityProvider
beforeAll(async () => {
  ;[world, provider] = await Promise.all([startWorld(), startIdentityProvider()])
}, 120_000)
afterAll(async () => {
  await world.stop()
  await provider.close()
})

test.each(['demoted', 'suspended', 'removed', 'disabled'])(
  'an armed owner who is %s is shown as not able to break the glass, and the owners are told once',
  async (what) => {
    const at = await connect(world, provider, `${what}.example`)
    const { path, id } = at.organisation
    const armed = await world.join(at.organisation, 'owner')
    await world.inControl(async (tx) => {
      const { id: break_glass_user_id } = await tx
        .selectFrom('identity.user')
        .select('id')
        .where('email_key', '=', armed.email)
        .executeTakeFirstOrThrow()
      const break_glass_until = new Date(Date.now() + 30 * 86_400_000)
      const glass = { is_enforced: true, break_glass_user_id, break_glass_until }
      await tx
        .insertInto('identity.sso_setting')
        .values({ organisation_id: id, ...glass })
        .onConflict((conflict) => conflict.column('organisation_id').doUpdateSet(glass))
        .execute()
    })
    const root = await world.superadmin()
    const seen = async () =>
      (await world.client.call('GET', `${path}/sso/enforcement`, { as: root.as })).object('break_glass').body
    const alarms = () =>
      world.inControl((tx) =>
        tx.selectFrom('mail.owner_notice').select('facts').where('organisation_id', '=', id).execute(),
      )
    await alarmUnbreakableGlass(world.needs)
    expect([await seen(), await alarms()]).toMatchObject([{ member_id: armed.id, is_able: true }, []])
    if (what === 'disabled') {
      await world.inControl((tx) =>
        tx.updateTable('identity.user').set({ status: 'disabled' }).where('email_key', '=', armed.email).execute(),
      )
    } else {
      const change = {
        demoted: { base_role: 'admin' },
        suspended: { status: 'suspended' },
        removed: { status: 'removed', removed_at: new Date() },
      }[what]
      await world.inside(id, (tx) =>
        tx
          .updateTable('tenancy.member')
          .set(change ?? {})
          .where('id', '=', armed.id)
          .execute(),
      )
    }
    await alarmUnbreakableGlass(world.needs)
    await alarmUnbreakableGlass(world.needs)
    expect(await seen()).toMatchObject({ member_id: armed.id, is_able: false })
    expect(await alarms()).toEqual([{ facts: { until: null } }])
  },
)
