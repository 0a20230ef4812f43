import { type Static, Type } from 'typebox'
import { scopeNotAllowed } from '../../access/problems.ts'
import { ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { Id, Name, nullable, orgParams, PageQuery, pageSchema, Timestamp } from '../../http/schema.ts'
import { nameInvalid } from '../../identity/problems.ts'
import { notFound } from '../../kernel/problem.ts'
import { membershipRequired, referenceUnknown, serviceAccountNameTaken } from '../problems.ts'
import {
  changeServiceAccount,
  createServiceAccount,
  getServiceAccount,
  listServiceAccounts,
  switchServiceAccount,
} from '../service-account.ts'
import { parseName } from './name.ts'

const tag = 'Service accounts'
const scope = 'organisation'
const permission = 'api_key.manage'
const PATH = `${ORGANISATION_PATH}/service-accounts`
const ONE = `${PATH}/:account`

const Account = Type.Object({
  id: Id,
  name: Type.String(),
  description: Type.String(),
  permissions: Type.Array(Type.String()),
  responsible_member_id: Id,
  created_at: Timestamp,
  disabled_at: nullable(Timestamp),
})
const Permissions = Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 100, uniqueItems: true })
const Description = Type.String({ maxLength: 1000 })
const problems = [serviceAccountNameTaken, scopeNotAllowed, referenceUnknown, membershipRequired, nameInvalid]

const target = ({ id }: { readonly id: string }) => ({ type: 'service_account', id })
const told = ({ name, permissions, responsible_member_id }: Static<typeof Account>) => ({
  name,
  permissions,
  responsible_member_id,
})

/** Service accounts; their keys are made and listed with the organisation's. */
export function serviceAccountRoutes(): readonly Route[] {
  return [listRoute(), viewRoute(), createRoute(), changeRoute(), switchRoute('disable'), switchRoute('enable')]
}

function listRoute(): Route {
  return route({
    operation: 'service_account_list',
    method: 'GET',
    path: PATH,
    summary: 'List service accounts',
    tag,
    scope,
    permission,
    params: orgParams(),
    query: PageQuery,
    response: pageSchema(Account),
    handle: (tx, _actor, { query }) => listServiceAccounts(tx, query),
  })
}

function viewRoute(): Route {
  return route({
    operation: 'service_account_view',
    method: 'GET',
    path: ONE,
    summary: 'Show a service account',
    tag,
    scope,
    permission,
    params: orgParams('account'),
    response: Account,
    problems: [notFound],
    handle: (tx, _actor, { params }) => getServiceAccount(tx, params.account),
  })
}

function createRoute(): Route {
  return route({
    operation: 'service_account_create',
    method: 'POST',
    path: PATH,
    summary: 'Make a service account with what its keys may do at most',
    tag,
    scope,
    permission,
    step_up: true,
    params: orgParams(),
    body: Type.Object(
      {
        name: Name,
        description: Type.Optional(Description),
        permissions: Permissions,
        responsible_member_id: Type.Optional(Id),
      },
      { additionalProperties: false },
    ),
    response: Account,
    status: 201,
    problems,
    audit: { event: 'service_account.created', target, data: told },
    handle: (tx, actor, { body: { description = '', ...body } }) =>
      createServiceAccount(tx, actor, { ...body, description, name: parseName(body.name) }),
  })
}

function changeRoute(): Route {
  return route({
    operation: 'service_account_change',
    method: 'PATCH',
    path: ONE,
    summary: 'Change a service account; its keys follow with their next use',
    tag,
    scope,
    permission,
    step_up: true,
    params: orgParams('account'),
    body: Type.Object(
      {
        name: Type.Optional(Name),
        description: Type.Optional(Description),
        permissions: Type.Optional(Permissions),
        responsible_member_id: Type.Optional(Id),
      },
      { additionalProperties: false, minProperties: 1 },
    ),
    response: Account,
    problems,
    audit: {
      event: 'service_account.updated',
      target,
      data: ({ before, ...account }) => ({ before, after: told(account) }),
    },
    handle: (tx, actor, { params, body: { name, ...rest } }) =>
      changeServiceAccount(tx, actor, params.account, {
        ...rest,
        ...(name !== undefined && { name: parseName(name) }),
      }),
  })
}

function switchRoute(act: 'disable' | 'enable'): Route {
  return route({
    operation: `service_account_${act}`,
    method: 'POST',
    path: `${ONE}/${act}`,
    summary: act === 'disable' ? 'Stop a service account and all of its keys' : 'Let a service account work again',
    tag,
    scope,
    permission,
    params: orgParams('account'),
    response: Account,
    audit: { event: act === 'disable' ? 'service_account.disabled' : 'service_account.enabled', target },
    handle: (tx, _actor, { params }) => switchServiceAccount(tx, params.account, act === 'enable'),
  })
}
