import { Type } from 'typebox'
import { type Route, route } from '../../http/route.ts'
import { Id, Name, nullable, PageQuery, pageSchema } from '../../http/schema.ts'
import { emailInvalid, nameInvalid } from '../../identity/problems.ts'
import { notFound } from '../../kernel/problem.ts'
import type { Mailer } from '../../mail/message.ts'
import { inviteByPlatform, PLATFORM_ROLES } from '../invitation-act.ts'
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
import {
  alreadyInvited,
  alreadyMember,
  creationUndone,
  noSpareDatabase,
  organisationStatusRefused,
} from '../problems.ts'
import { parseName } from './name.ts'
import { Metadata, Organisation } from './organisation-schema.ts'

const tag = 'Platform organisations'
const scope = 'platform'
const PATH = '/api/platform/organisations'
const Params = Type.Object({ organisation: Id }, { additionalProperties: false })
const Search = Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000]*$' })

const Invitation = Type.Object({
  id: Id,
  email: Type.String(),
  link: nullable(
    Type.String({ description: 'To be handed over while no mail server is set; null otherwise. Shown this once.' }),
  ),
})

type Needs = CreationNeeds & { readonly mailer: Mailer }

/** Organisations as super-admins keep them. */
export function platformOrganisationRoutes(needs: Needs): readonly Route[] {
  return [...readingRoutes(), creationRoute(needs), changeRoute(), ...statusRoutes(), invitationRoute(needs)]
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

function creationRoute(needs: Needs): Route {
  return route({
    operation: 'platform_organisation_create',
    method: 'POST',
    path: PATH,
    summary: 'Make an organisation and invite its owner; it waits for them, and nothing runs in it before',
    tag,
    scope: 'platform_wide',
    permission: 'platform.organisation.create',
    body: Type.Object(
      {
        name: Name,
        metadata: Type.Optional(Metadata),
        owner: Type.Object({ email: Type.String({ minLength: 3, maxLength: 254 }) }, { additionalProperties: false }),
      },
      { additionalProperties: false },
    ),
    response: Type.Object({ organisation: Organisation, invitation: Invitation }),
    shown_once: ['invitation/link'],
    status: 201,
    problems: [nameInvalid, emailInvalid, noSpareDatabase, creationUndone],
    audit: { event: 'organisation.created', written_by: 'handler' },
    handle: (_control, actor, { body }, { origin }) =>
      createOrganisationFor(needs, origin, {
        ...body,
        name: parseName(body.name),
        created_by: actor.kind === 'user' ? actor.user_id : '',
      }),
  })
}

function invitationRoute(needs: Needs): Route {
  return route({
    operation: 'platform_invitation_create',
    method: 'POST',
    path: `${PATH}/:organisation/invitations`,
    summary: 'Invite somebody into an organisation in any role',
    tag,
    scope: 'platform_wide',
    permission: 'platform.user.manage',
    params: Params,
    body: Type.Object(
      {
        email: Type.String({ minLength: 3, maxLength: 254 }),
        role: Type.Enum(PLATFORM_ROLES, { description: 'An end user is a member of the surface hub' }),
      },
      { additionalProperties: false },
    ),
    response: Invitation,
    shown_once: ['link'],
    status: 201,
    problems: [notFound, organisationStatusRefused, emailInvalid, alreadyMember, alreadyInvited],
    audit: { event: 'member.invited', written_by: 'handler' },
    handle: (_control, _actor, { params, body }, { origin }) =>
      inviteByPlatform(needs, origin, params.organisation, body),
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

const Why = Type.Object(
  {
    reason: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 500,
        pattern: '\\S',
        description: 'For the logs of both sides and for its people',
      }),
    ),
  },
  { additionalProperties: false },
)

function statusRoutes(): readonly Route[] {
  return [...(['suspend', 'archive', 'restore'] as const).map(statusRoute), deletionRoute()]
}

const statusRoute = (act: Exclude<StatusActName, 'delete'>): Route =>
  route({
    operation: `platform_organisation_${act}`,
    method: 'POST',
    path: `${PATH}/:organisation/${act}`,
    summary: STATUS_SUMMARIES[act],
    tag,
    scope,
    permission: 'platform.organisation.manage',
    params: Params,
    body: Why,
    response: Organisation,
    problems: [organisationStatusRefused],
    audit: { event: STATUS_ACTS[act].event, written_by: 'handler' },
    handle: (tx, _actor, { params, body }, { origin }) =>
      changeOrganisationStatus(tx, origin, params.organisation, act, body.reason?.trim()),
  })

const deletionRoute = (): Route =>
  route({
    operation: 'platform_organisation_delete',
    method: 'DELETE',
    path: `${PATH}/:organisation`,
    summary: STATUS_SUMMARIES.delete,
    tag,
    scope,
    permission: 'platform.organisation.manage',
    step_up: true,
    params: Params,
    query: Why,
    response: Organisation,
    problems: [organisationStatusRefused],
    audit: { event: STATUS_ACTS.delete.event, written_by: 'handler' },
    handle: (tx, _actor, { params, query }, { origin }) =>
      changeOrganisationStatus(tx, origin, params.organisation, 'delete', query.reason?.trim()),
  })
