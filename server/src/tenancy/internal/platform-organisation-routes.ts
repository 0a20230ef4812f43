import { Type } from 'typebox'
import { type Route, route } from '../../http/route.ts'
import { Id, Name, nullable, PageQuery, pageSchema } from '../../http/schema.ts'
import { emailInvalid, nameInvalid } from '../../identity/problems.ts'
import { overloaded } from '../../kernel/problem.ts'
import { createOrganisationFor } from '../owner-appointment.ts'
import type { CreationNeeds } from '../organisation-creation.ts'
import {
  changeOrganisation,
  changeOrganisationStatus,
  getOrganisation,
  listOrganisations,
  ORGANISATION_STATUSES,
  STATUS_ACTS,
  type StatusActName,
} from '../organisation.ts'
import { creationUndone, noSpareDatabase, organisationStatusRefused } from '../problems.ts'
import { parseName } from './name.ts'
import { Metadata, Organisation } from './organisation-schema.ts'

const tag = 'Platform organisations'
const scope = 'platform'
const PATH = '/api/platform/organisations'
const Params = Type.Object({ organisation: Id }, { additionalProperties: false })
const Search = Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000]*$' })

const Owner = Type.Object({
  user_id: Id,
  email: Type.String(),
  one_time_password: nullable(Type.String({ description: 'Shown this once; null when the account was there before' })),
})

/** Organisations as super-admins keep them. */
export function platformOrganisationRoutes(needs: CreationNeeds): readonly Route[] {
  return [...readingRoutes(), creationRoute(needs), changeRoute(), ...statusRoutes()]
}

function readingRoutes(): readonly Route[] {
  const permission = 'platform.organisation.view'
  return [
    route({
      operation: 'platform_organisation_list',
      method: 'GET',
      path: PATH,
      summary: 'List every organisation',
      tag,
      scope,
      permission,
      query: Type.Object(
        {
          ...PageQuery.properties,
          search: Type.Optional(Search),
          status: Type.Optional(Type.Enum(ORGANISATION_STATUSES)),
        },
        { additionalProperties: false },
      ),
      response: pageSchema(Organisation),
      handle: (tx, _actor, { query }) => listOrganisations(tx, query),
    }),
    route({
      operation: 'platform_organisation_view',
      method: 'GET',
      path: `${PATH}/:organisation`,
      summary: 'Show an organisation',
      tag,
      scope,
      permission,
      params: Params,
      response: Organisation,
      handle: (tx, _actor, { params }) => getOrganisation(tx, params.organisation),
    }),
  ]
}

function creationRoute(needs: CreationNeeds): Route {
  return route({
    operation: 'platform_organisation_create',
    method: 'POST',
    path: PATH,
    summary: 'Make an organisation for an owner, whose account is made if there is none',
    tag,
    scope: 'platform_wide',
    permission: 'platform.organisation.create',
    body: Type.Object(
      {
        name: Name,
        metadata: Type.Optional(Metadata),
        owner: Type.Object(
          { email: Type.String({ minLength: 3, maxLength: 254 }), display_name: Name },
          { additionalProperties: false },
        ),
      },
      { additionalProperties: false },
    ),
    response: Type.Object({ organisation: Organisation, owner: Owner }),
    shown_once: ['owner/one_time_password'],
    status: 201,
    problems: [nameInvalid, emailInvalid, noSpareDatabase, creationUndone, overloaded],
    audit: { event: 'organisation.created', written_by: 'handler' },
    handle: (_control, _actor, { body }, { origin }) =>
      createOrganisationFor(needs, origin, { ...body, name: parseName(body.name) }),
  })
}

function changeRoute(): Route {
  return route({
    operation: 'platform_organisation_change',
    method: 'PATCH',
    path: `${PATH}/:organisation`,
    summary: 'Change the name or the metadata of an organisation',
    tag,
    scope,
    permission: 'platform.organisation.manage',
    params: Params,
    body: Type.Object(
      { name: Type.Optional(Name), metadata: Type.Optional(Metadata) },
      { additionalProperties: false },
    ),
    response: Organisation,
    problems: [nameInvalid],
    audit: { event: 'organisation.settings_updated', written_by: 'handler' },
    handle: (tx, _actor, { params, body: { name, ...rest } }, { origin }) =>
      changeOrganisation(tx, origin, params.organisation, {
        ...rest,
        ...(name !== undefined && { name: parseName(name) }),
      }),
  })
}

const STATUS_SUMMARIES = {
  suspend: 'Suspend an organisation; its people and keys are refused with the next request',
  archive: 'Archive an organisation; its people may still read',
  restore: 'Make an organisation active again',
  delete: 'Delete an organisation: closed at once, purged after a grace in which it can be restored',
} as const satisfies Record<StatusActName, string>

function statusRoutes(): readonly Route[] {
  return [
    statusRoute('suspend', 'POST', `${PATH}/:organisation/suspend`),
    statusRoute('archive', 'POST', `${PATH}/:organisation/archive`),
    statusRoute('restore', 'POST', `${PATH}/:organisation/restore`),
    statusRoute('delete', 'DELETE', `${PATH}/:organisation`),
  ]
}

function statusRoute(act: StatusActName, method: 'POST' | 'DELETE', path: string): Route {
  return route({
    operation: `platform_organisation_${act}`,
    method,
    path,
    summary: STATUS_SUMMARIES[act],
    tag,
    scope,
    permission: 'platform.organisation.manage',
    params: Params,
    response: Organisation,
    problems: [organisationStatusRefused],
    audit: { event: STATUS_ACTS[act].event, written_by: 'handler' },
    handle: (tx, _actor, { params }, { origin }) => changeOrganisationStatus(tx, origin, params.organisation, act),
  })
}
