import { Type } from 'typebox'
import { stepUpRequired } from '../../identity/problems.ts'
import { ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { Id, nullable, orgParams, PageQuery, pageSchema, Timestamp } from '../../http/schema.ts'
import { addressListOf } from '../../kernel/address-list.ts'
import { readSettings } from '../../kernel/platform-setting.ts'
import { normaliseAddress } from '../../kernel/address.ts'
import { listCoverage, sumCoverage } from '../factor-coverage.ts'
import { findLockedOut } from '../lockout.ts'
import {
  addressInvalid,
  freshSessionNeeded,
  lockoutUnconfirmed,
  nothingToConfirm,
  ownFactorMissing,
  timeoutLooser,
} from '../problems.ts'
import {
  changeAddresses,
  changeFactorDemand,
  changeTimeouts,
  confirmAddresses,
  getSecurity,
  parseAddresses,
  revertAddresses,
} from '../security.ts'
import { appendEntry } from '../../audit/append.ts'

const tag = 'Security'
const permission = 'security.manage'
const PATH = `${ORGANISATION_PATH}/security`

const Entry = Type.String({
  minLength: 1,
  maxLength: 100,
  description: 'An address, a range (10.0.0.1-10.0.0.9) or a CIDR block (10.0.0.0/8), IPv4 or IPv6',
})
const Seconds = nullable(Type.Integer())
const Security = Type.Object({
  version: Type.Integer(),
  mfa_required_from: nullable(
    Type.String({ format: 'date-time', description: 'From then on nobody without a second factor gets in' }),
  ),
  idle_timeout_s: Seconds,
  absolute_timeout_s: Seconds,
  addresses: Type.Array(Type.String(), { description: 'From where people and keys may come; none: from everywhere' }),
  unconfirmed: nullable(
    Type.Object(
      { previous_addresses: Type.Array(Type.String()), changed_at: nullable(Timestamp), reverts_at: Timestamp },
      { description: 'The list is new; without confirmation the previous one is in force again at reverts_at' },
    ),
  ),
})
const LockedOut = Type.Object({
  member_ids: Type.Array(Id),
  api_key_ids: Type.Array(Id),
  addresses: Type.Array(Type.String()),
})

const changed = {
  event: 'security_policy.updated',
  data: ({ before, ...after }: { readonly before?: unknown }) => ({ before, after }),
} as const

/** The organisation's rules of entry: second factors, sessions, addresses. */
export function securityRoutes(): readonly Route[] {
  return [viewRoute(), ...factorRoutes(), sessionRoute(), ...addressRoutes()]
}

function viewRoute(): Route {
  return route({
    operation: 'security_view',
    method: 'GET',
    path: PATH,
    summary: 'Show the rules of entry, and the time-outs that the platform allows at most',
    tag,
    scope: 'organisation_wide',
    permission,
    params: orgParams(),
    response: Type.Object({
      ...Security.properties,
      platform: Type.Object({ idle_timeout_s: Type.Integer(), absolute_timeout_s: Type.Integer() }),
      your_address: Type.String(),
    }),
    async handle({ control, organisation }, _actor, _input, { address }) {
      const { session_idle_s, session_absolute_s } = await control.transaction(readSettings)
      const platform = { idle_timeout_s: session_idle_s, absolute_timeout_s: session_absolute_s }
      return { ...(await organisation.transaction(getSecurity)), platform, your_address: address }
    },
  })
}

function factorRoutes(): readonly Route[] {
  return [
    route({
      operation: 'security_set_mfa',
      method: 'PUT',
      path: `${PATH}/mfa`,
      summary: 'Demand a second factor of everybody, at once or after a grace, or no more',
      tag,
      scope: 'organisation',
      permission,
      step_up: true,
      params: orgParams(),
      body: Type.Object(
        {
          required: Type.Boolean(),
          grace_days: Type.Optional(Type.Integer({ minimum: 0, maximum: 90, default: 0 })),
        },
        { additionalProperties: false },
      ),
      response: Security,
      problems: [ownFactorMissing, stepUpRequired],
      audit: changed,
      handle: (tx, actor, { body: { required, grace_days = 0 } }) =>
        changeFactorDemand(tx, actor, { required, grace_days }),
    }),
    route({
      operation: 'security_mfa_coverage',
      method: 'GET',
      path: `${PATH}/mfa-coverage`,
      summary: 'How many members have a second factor, and who; not told of people who have not acted here yet',
      tag,
      scope: 'organisation_wide',
      permission,
      params: orgParams(),
      query: PageQuery,
      response: Type.Object({
        members: Type.Integer(),
        with_factor: Type.Integer(),
        without_factor: Type.Integer(),
        untold: Type.Integer(),
        ...pageSchema(Type.Object({ id: Id, name: Type.String(), has_factor: nullable(Type.Boolean()) })).properties,
      }),
      handle: async ({ control, organisation }, _actor, { params, query }) => ({
        ...(await sumCoverage(control, organisation, params.org)),
        ...(await listCoverage(control, organisation, params.org, query)),
      }),
    }),
  ]
}

function sessionRoute(): Route {
  return route({
    operation: 'security_set_sessions',
    method: 'PUT',
    path: `${PATH}/sessions`,
    summary: 'Let sessions end sooner here than the platform lets them; null is the platform’s time-out',
    tag,
    scope: 'organisation_wide',
    permission,
    step_up: true,
    params: orgParams(),
    body: Type.Object(
      {
        idle_timeout_s: nullable(Type.Integer({ minimum: 60, maximum: 86_400 })),
        absolute_timeout_s: nullable(Type.Integer({ minimum: 300, maximum: 2_592_000 })),
      },
      { additionalProperties: false },
    ),
    response: Security,
    problems: [timeoutLooser, stepUpRequired],
    audit: { event: 'security_policy.updated', written_by: 'handler' },
    async handle({ control, decide }, _actor, { body }, { origin }) {
      const { session_idle_s, session_absolute_s } = await control.transaction(readSettings)
      const platform = { idle_timeout_s: session_idle_s, absolute_timeout_s: session_absolute_s }
      return decide(async (tx) => {
        const { before, ...after } = await changeTimeouts(tx, body, platform)
        await appendEntry(tx, origin, { event: 'security_policy.updated', data: { before, after } })
        return after
      })
    },
  })
}

function addressRoutes(): readonly Route[] {
  return [
    route({
      operation: 'security_set_addresses',
      method: 'PUT',
      path: `${PATH}/addresses`,
      summary: 'Set from where people and keys may come; goes back by itself after 5 minutes unless confirmed',
      tag,
      scope: 'organisation',
      permission,
      step_up: true,
      params: orgParams(),
      body: Type.Object(
        {
          addresses: Type.Array(Entry, { maxItems: 500 }),
          accept_lockout: Type.Optional(
            Type.Boolean({ description: 'Save the list although it shuts out those whom the refusal named' }),
          ),
        },
        { additionalProperties: false },
      ),
      response: Security,
      problems: [addressInvalid, lockoutUnconfirmed, stepUpRequired],
      audit: changed,
      handle: (tx, actor, { body: { addresses, accept_lockout = false } }, { address }) =>
        changeAddresses(tx, actor, { addresses, accept_lockout }, address),
    }),
    route({
      operation: 'security_confirm_addresses',
      method: 'POST',
      path: `${PATH}/addresses/confirm`,
      summary: 'Confirm the new list of addresses, from a session that was begun after it was set',
      tag,
      scope: 'organisation_wide',
      permission,
      params: orgParams(),
      response: Security,
      problems: [nothingToConfirm, freshSessionNeeded],
      audit: { event: 'security_policy.confirmed', written_by: 'handler' },
      async handle({ control, decide }, actor, _input, { origin }) {
        const session_id = actor.use.via === 'session' ? actor.use.session_id : null
        const session = await control.transaction((tx) =>
          tx.selectFrom('identity.session').select('created_at').where('id', '=', session_id).executeTakeFirst(),
        )
        return decide(async (tx) => {
          const { before, ...after } = await confirmAddresses(tx, session?.created_at ?? new Date(0))
          await appendEntry(tx, origin, { event: 'security_policy.confirmed', data: { before, after } })
          return after
        })
      },
    }),
    route({
      operation: 'security_revert_addresses',
      method: 'POST',
      path: `${PATH}/addresses/revert`,
      summary: 'Go back to the confirmed list of addresses at once',
      tag,
      scope: 'organisation',
      permission,
      params: orgParams(),
      response: Security,
      problems: [nothingToConfirm],
      audit: { event: 'security_policy.reverted', data: changed.data },
      handle: (tx) => revertAddresses(tx),
    }),
    route({
      operation: 'security_try_address',
      method: 'GET',
      path: `${PATH}/addresses/try`,
      summary:
        'Would this address get in, by the list in force or by a proposed one, and whom would that one shut out?',
      tag,
      scope: 'organisation',
      permission,
      params: orgParams(),
      query: Type.Object(
        {
          address: Type.String({ minLength: 1, maxLength: 100 }),
          proposed: Type.Optional(
            Type.String({ maxLength: 8000, description: 'Entries between commas, in place of the list in force' }),
          ),
        },
        { additionalProperties: false },
      ),
      response: Type.Object({
        address: Type.String(),
        is_allowed: Type.Boolean(),
        entry: nullable(
          Type.String({ description: 'The entry that lets it in; null when none does or none is needed' }),
        ),
        you_are_allowed: Type.Boolean(),
        locked_out: LockedOut,
      }),
      problems: [addressInvalid],
      async handle(tx, _actor, { query }, request) {
        const address = parseAddresses([query.address], '/query/address')[0] ?? ''
        const proposed = query.proposed?.split(',').filter((entry) => entry.trim() !== '')
        const entries = proposed ? parseAddresses(proposed, '/query/proposed') : (await getSecurity(tx)).addresses
        const list = addressListOf(entries)
        return {
          address,
          is_allowed: list.allows(address),
          entry: list.entryOf(address),
          you_are_allowed: list.allows(normaliseAddress(request.address)),
          locked_out: await findLockedOut(tx, entries),
        }
      },
    }),
  ]
}
