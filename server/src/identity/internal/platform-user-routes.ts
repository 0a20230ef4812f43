import { Type } from 'typebox'
import { Nothing, type Route, route } from '../../http/route.ts'
import { Id, nullable, PageQuery, pageSchema, Timestamp } from '../../http/schema.ts'
import type { ControlTx } from '../../kernel/database.ts'
import { notFound } from '../../kernel/problem.ts'
import { lastSuperadmin, ownAccount } from '../problems.ts'
import { changeUserStatus, getSignInWait, getUser, liftSignInWait, listUsers, type User } from '../user.ts'
import { type ListOrganisationsOf, OrganisationHint, Person } from './person-schema.ts'

const Status = Type.Union([Type.Literal('active'), Type.Literal('disabled')])

const PlatformUser = Type.Object({
  ...Person.properties,
  status: Type.String(),
  created_at: Timestamp,
  email_verified_at: nullable(Timestamp),
})
const PlatformUserDetail = Type.Object({
  ...PlatformUser.properties,
  /** Seconds that sign-ins to this account have to wait because of failures. */
  sign_in_wait_s: Type.Integer(),
  organisations: Type.Array(OrganisationHint),
})

const UserParams = Type.Object({ user: Id }, { additionalProperties: false })

/** Accounts, for super-admins. */
export function platformUserRoutes(listOrganisationsOf: ListOrganisationsOf): readonly Route[] {
  const detailOf = async (tx: ControlTx, user: User) => ({
    ...user,
    sign_in_wait_s: await getSignInWait(tx, user),
    organisations: await listOrganisationsOf(tx, user.id),
  })
  return [
    route({
      operation: 'platform_user_list',
      method: 'GET',
      path: '/api/platform/users',
      summary: 'Every account, newest first; `search` is part of an address or a name',
      tag: 'Platform users',
      scope: 'platform',
      permission: 'platform.user.view',
      query: Type.Object(
        {
          ...PageQuery.properties,
          search: Type.Optional(Type.String({ minLength: 1, maxLength: 200, pattern: '^\\P{Cc}+$' })),
          status: Type.Optional(Status),
        },
        { additionalProperties: false },
      ),
      response: pageSchema(PlatformUser),
      handle: (tx, _actor, { query }) => listUsers(tx, query),
    }),
    route({
      operation: 'platform_user_view',
      method: 'GET',
      path: '/api/platform/users/:user',
      summary: 'One account, and the organisations it probably belongs to',
      tag: 'Platform users',
      scope: 'platform',
      permission: 'platform.user.view',
      params: UserParams,
      response: PlatformUserDetail,
      problems: [notFound],
      handle: async (tx, _actor, { params }) => detailOf(tx, await getUser(tx, params.user)),
    }),
    route({
      operation: 'platform_user_change',
      method: 'PATCH',
      path: '/api/platform/users/:user',
      summary: 'Disable or enable an account',
      tag: 'Platform users',
      scope: 'platform',
      permission: 'platform.user.manage',
      step_up: true,
      params: UserParams,
      body: Type.Object({ status: Status }, { additionalProperties: false }),
      response: PlatformUserDetail,
      problems: [notFound, ownAccount, lastSuperadmin],
      audit: { event: 'user.status_changed', written_by: 'handler' },
      handle: async (tx, _actor, { params, body }, request) =>
        detailOf(tx, await changeUserStatus(tx, request.origin, params.user, body.status)),
    }),
    route({
      operation: 'platform_user_lift_sign_in_wait',
      method: 'DELETE',
      path: '/api/platform/users/:user/sign-in-wait',
      summary: 'Let somebody sign in again who failed too often',
      tag: 'Platform users',
      scope: 'platform',
      permission: 'platform.user.manage',
      params: UserParams,
      response: Nothing,
      status: 204,
      problems: [notFound],
      audit: { event: 'user.status_changed', written_by: 'handler' },
      async handle(tx, _actor, { params }, request) {
        await liftSignInWait(tx, request.origin, await getUser(tx, params.user))
        return {}
      },
    }),
  ]
}
