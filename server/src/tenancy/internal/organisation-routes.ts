import { Type } from 'typebox'
import type { Actor } from '../../access/actor.ts'
import { BASE_ROLES, DESIGNATIONS, SURFACES } from '../../access/permission.ts'
import { permissionsOf } from '../../access/require.ts'
import { platformOriginOf } from '../../audit/append.ts'
import { passwordChangeRequired } from '../../http/problems.ts'
import { ORGANISATION_PATH, type Route, route } from '../../http/route.ts'
import { Id, Name, nullable, orgParams, PageQuery, pageSchema, Timestamp } from '../../http/schema.ts'
import { emailInvalid, nameInvalid, passwordRefused, signInRefused, tooManyAttempts } from '../../identity/problems.ts'
import { firstIdAt } from '../../kernel/id.ts'
import { overloaded } from '../../kernel/problem.ts'
import { deliverEntries } from '../entry-delivery.ts'
import { type CreationNeeds, createOrganisation } from '../organisation-creation.ts'
import {
  changeOrganisation,
  changeOrganisationStatus,
  getOrganisation,
  listOrganisationHints,
  ORGANISATION_STATUSES,
} from '../organisation.ts'
import { creationUndone, noSpareDatabase, organisationStatusRefused } from '../problems.ts'
import { registerAccount } from '../registration.ts'
import { parseName } from './name.ts'
import { Metadata, Organisation } from './organisation-schema.ts'
import { HeldPermission, heldPermission } from './permission-schema.ts'

const tag = 'Organisations'

const Membership = Type.Object({
  member_id: Id,
  base_role: Type.Enum(BASE_ROLES),
  designations: Type.Array(Type.Enum(DESIGNATIONS)),
  surface: Type.Enum(SURFACES),
})
const Hint = Type.Object({ id: Id, name: Type.String(), status: Type.Enum(ORGANISATION_STATUSES) })
const creationProblems = [nameInvalid, noSpareDatabase, creationUndone]

/** Registration, and organisations as their own people see them. */
export function organisationRoutes(needs: CreationNeeds): readonly Route[] {
  return [registrationRoute(needs), ...personalRoutes(needs), viewRoute(), changeRoute(needs), deleteRoute(needs)]
}

function registrationRoute(needs: CreationNeeds): Route {
  return route({
    operation: 'registration_create',
    method: 'POST',
    path: '/api/registrations',
    summary:
      'Make an account and its organisation, and sign in; whoever has the account already makes another organisation',
    tag,
    scope: 'open',
    body: Type.Object(
      {
        organisation_name: Name,
        email: Type.String({ minLength: 3, maxLength: 254 }),
        password: Type.String({ minLength: 1, maxLength: 512 }),
        display_name: Name,
      },
      { additionalProperties: false },
    ),
    response: Type.Object({
      organisation: Organisation,
      person: Type.Object({ id: Id, email: Type.String(), display_name: Type.String() }),
      session: Type.Object({ id: Id, expires_at: Timestamp }),
    }),
    status: 201,
    problems: [
      ...creationProblems,
      emailInvalid,
      passwordRefused,
      signInRefused,
      tooManyAttempts,
      passwordChangeRequired,
      overloaded,
    ],
    audit: { event: 'organisation.created', written_by: 'handler' },
    async handle(control, { body: { organisation_name, ...body } }, request, reply) {
      const name = parseName(organisation_name, '/organisation_name')
      const { user, session } = await registerAccount(control, body, request)
      // Set before the organisation is made: should that fail, the person is signed in and can try it again.
      reply.setSessionCookie(session.token)
      if (user.must_change_password) throw passwordChangeRequired()
      const { session_id, aal, expires_at } = session
      const { id: user_id, is_superadmin } = user
      const { request_id, address } = request
      const use = { via: 'session', session_id, aal } as const
      const origin = platformOriginOf({ kind: 'user', user_id, is_superadmin, use }, { request_id, address })
      const organisation = await createOrganisation(needs, origin, {
        name,
        owner_user_id: user_id,
        created_by: user_id,
      })
      return { organisation, person: user, session: { id: session_id, expires_at } }
    },
  })
}

function personalRoutes(needs: CreationNeeds): readonly Route[] {
  return [
    route({
      operation: 'organisation_list_own',
      method: 'GET',
      path: '/api/organisations',
      summary: 'List the organisations one belongs to',
      tag,
      scope: 'person',
      query: PageQuery,
      response: pageSchema(Hint),
      handle: (tx, person, { query }) => listOrganisationHints(tx, person.user_id, query),
    }),
    route({
      operation: 'organisation_create_own',
      method: 'POST',
      path: '/api/organisations',
      summary: 'Make a further organisation and become its owner',
      tag,
      scope: 'person_wide',
      body: Type.Object({ name: Name }, { additionalProperties: false }),
      response: Organisation,
      status: 201,
      problems: creationProblems,
      audit: { event: 'organisation.created', written_by: 'handler' },
      handle: (_control, { user_id }, { body }, { origin }) =>
        createOrganisation(needs, origin, { name: parseName(body.name), owner_user_id: user_id, created_by: user_id }),
    }),
  ]
}

function viewRoute(): Route {
  return route({
    operation: 'organisation_view',
    method: 'GET',
    path: ORGANISATION_PATH,
    summary: 'Show the organisation, one’s membership, and what one may do in it and why',
    tag,
    scope: 'organisation_wide',
    permission: 'org.view',
    params: orgParams(),
    response: Type.Object({
      ...Organisation.properties,
      membership: nullable(Membership),
      permissions: Type.Array(HeldPermission),
    }),
    async handle({ control }, actor, { params }) {
      const organisation = await control.transaction((tx) => getOrganisation(tx, params.org))
      const permissions = [...permissionsOf(actor)].map(([permission, held]) => heldPermission(permission, held))
      return { ...organisation, membership: membershipOf(actor), permissions }
    },
  })
}

const membershipOf = (actor: Actor) => (actor.kind === 'user' ? actor.membership : null)

function changeRoute({ databases }: CreationNeeds): Route {
  return route({
    operation: 'organisation_change',
    method: 'PATCH',
    path: ORGANISATION_PATH,
    summary: 'Change the name or the metadata of the organisation',
    tag,
    scope: 'organisation_wide',
    permission: 'org.settings',
    params: orgParams(),
    body: Type.Object(
      { name: Type.Optional(Name), metadata: Type.Optional(Metadata) },
      { additionalProperties: false },
    ),
    response: Organisation,
    problems: [nameInvalid],
    audit: { event: 'organisation.settings_updated', written_by: 'handler' },
    async handle({ control }, _actor, { params, body: { name, ...rest } }, { origin }) {
      const since = firstIdAt(new Date())
      const change = { ...rest, ...(name !== undefined && { name: parseName(name) }) }
      const organisation = await control.transaction((tx) => changeOrganisation(tx, origin, params.org, change))
      await deliverEntries(control, databases, since, params.org)
      return organisation
    },
  })
}

function deleteRoute({ databases }: CreationNeeds): Route {
  return route({
    operation: 'organisation_delete',
    method: 'DELETE',
    path: ORGANISATION_PATH,
    summary: 'Delete the organisation: closed at once, purged after a grace in which a super-admin can restore it',
    tag,
    scope: 'organisation_wide',
    permission: 'org.delete',
    params: orgParams(),
    response: Organisation,
    problems: [organisationStatusRefused],
    audit: { event: 'organisation.deleted', written_by: 'handler' },
    async handle({ control }, _actor, { params }, { origin }) {
      const since = firstIdAt(new Date())
      const organisation = await control.transaction((tx) => changeOrganisationStatus(tx, origin, params.org, 'delete'))
      await deliverEntries(control, databases, since, params.org)
      return organisation
    },
  })
}
