import { Type } from 'typebox'
import { outranked, ownerOnly } from '../../access/problems.ts'
import { appendEntry } from '../../audit/append.ts'
import { ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { Id, nullable, orgParams, PageQuery, pageSchema, Timestamp } from '../../http/schema.ts'
import { noteMembership } from '../account.ts'
import { getPlaces, listAccessRanges } from '../member-access.ts'
import { findRemoved, type HandOver, previewRemoval, restoreMember } from '../member-departure.ts'
import { getMember } from '../member.ts'
import { memberNotRemoved, memberRemoved, restoreTooLate } from '../problems.ts'
import { HeldPermission, heldPermission } from './permission-schema.ts'

const tag = 'Members'
const PATH = `${ORGANISATION_PATH}/members/:member`

const Place = Type.Object({
  id: Id,
  name: Type.String(),
  role: Type.String(),
  why: Type.Enum(['member', 'base_role', 'default_project']),
  source: nullable(Type.Enum(['manual', 'connection'])),
})
const Range = Type.Object({
  id: Id,
  member_id: Id,
  kind: Type.String(),
  value: Type.String(),
  object_id: nullable(Id),
  valid_from: Timestamp,
  valid_to: nullable(Timestamp),
  entry_id: nullable(Type.String({ description: 'The log entry of the act that gave it, where it is known' })),
})
const KINDS = [
  'membership',
  'base_role',
  'designation',
  'grant',
  'deny',
  'surface',
  'custom_role',
  'team',
  'workspace',
  'project',
] as const

/** What members can do and why, who had what when, and leaving and coming back. */
export function memberAccessRoutes(hand_overs: readonly HandOver[]): readonly Route[] {
  return [accessRoute(), historyRoute(), departureRoute(hand_overs), restoreRoute()]
}

function accessRoute(): Route {
  return route({
    operation: 'member_access_view',
    method: 'GET',
    path: `${PATH}/access`,
    summary: 'What this person can do, and why: each permission and each place with its source',
    tag,
    scope: 'organisation_wide',
    permission: 'user.view',
    params: orgParams('member'),
    response: Type.Object({
      permissions: Type.Array(HeldPermission),
      workspaces: Type.Array(Place),
      projects: Type.Array(Place),
      api_keys: Type.Integer(),
    }),
    async handle({ control, organisation }, _actor, { params }) {
      const { permissions } = await getMember(control, organisation, params.member)
      const places = await organisation.transaction((tx) => getPlaces(tx, params.member))
      return { ...places, permissions: permissions.map((each) => heldPermission(each.permission, each)) }
    },
  })
}

function historyRoute(): Route {
  return route({
    operation: 'access_history_list',
    method: 'GET',
    path: `${ORGANISATION_PATH}/access-history`,
    summary: 'Who had what, from when to when and through which act; `at` shows one moment',
    tag,
    scope: 'organisation',
    permission: 'user.view',
    params: orgParams(),
    query: Type.Object(
      {
        ...PageQuery.properties,
        member_id: Type.Optional(Id),
        kind: Type.Optional(Type.Enum(KINDS)),
        value: Type.Optional(Type.String({ maxLength: 64, pattern: '^\\P{Cc}*$' })),
        object_id: Type.Optional(Id),
        at: Type.Optional(Timestamp),
      },
      { additionalProperties: false },
    ),
    response: pageSchema(Range),
    handle: (tx, _actor, { query }) => listAccessRanges(tx, query),
  })
}

function departureRoute(hand_overs: readonly HandOver[]): Route {
  return route({
    operation: 'member_removal_preview',
    method: 'GET',
    path: `${PATH}/removal`,
    summary: 'What would end with a member, and what waits for them',
    tag,
    scope: 'organisation',
    permission: 'user.remove',
    params: orgParams('member'),
    response: Type.Object({
      duties: Type.Array(
        Type.Object({
          kind: Type.String(),
          id: Id,
          title: Type.String(),
          is_pressing: Type.Boolean({ description: 'The removal stops until somebody decides about it' }),
        }),
      ),
      api_keys: Type.Integer(),
      teams: Type.Integer(),
      workspaces: Type.Integer(),
      projects: Type.Integer(),
    }),
    problems: [memberRemoved],
    handle: (tx, _actor, { params }) => previewRemoval(tx, hand_overs, params.member),
  })
}

function restoreRoute(): Route {
  return route({
    operation: 'member_restore',
    method: 'POST',
    path: `${PATH}/restore`,
    summary: 'Bring a removed member back within 30 days, with what they had; keys and sessions stay ended',
    tag,
    scope: 'organisation_wide',
    permission: 'user.invite',
    params: orgParams('member'),
    response: Type.Object({ id: Id, status: Type.String(), restored: Type.Integer() }),
    problems: [memberNotRemoved, restoreTooLate, ownerOnly, outranked],
    audit: { event: 'member.restored', written_by: 'handler' },
    async handle({ control, organisation, decide }, _actor, { params }, request) {
      const user_id = await organisation.transaction((tx) => findRemoved(tx, params.member))
      await control.transaction((tx) => noteMembership(tx, user_id, request.organisation.id))
      return decide(async (tx, actor) => {
        const { id, status, restored } = await restoreMember(tx, actor, params.member)
        const target = { type: 'member', id }
        await appendEntry(tx, request.origin, { event: 'member.restored', target, data: { restored } })
        return { id, status, restored }
      })
    },
  })
}
