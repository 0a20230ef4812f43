import { Type } from 'typebox'
import type { Actor } from '../../access/actor.ts'
import { BASE_ROLES, DESIGNATIONS, SURFACES } from '../../access/permission.ts'
import { permissionsOf } from '../../access/require.ts'
import { passwordChangeRequired } from '../../http/problems.ts'
import { ORGANISATION_PATH, type Reply, type RequestFacts, type Route, route } from '../../http/route.ts'
import { Id, Name, nullable, orgParams, PageQuery, pageSchema, Timestamp } from '../../http/schema.ts'
import {
  emailInvalid,
  linkInvalid,
  mfaRequired,
  nameInvalid,
  passwordRefused,
  registrationClosed,
  signInRefused,
  tooManyAttempts,
} from '../../identity/problems.ts'
import type { SignedInUser } from '../../identity/sign-in-entry.ts'
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
import { findReachableRule } from '../password-rule.ts'
import { confirmRegistration, originOfSignedIn, registerAccount } from '../registration.ts'
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
  return [...registrationRoutes(needs), ...personalRoutes(needs), viewRoute(), changeRoute(needs), deleteRoute(needs)]
}

const Registered = Type.Object({
  organisation: Organisation,
  person: Type.Object({ id: Id, email: Type.String(), display_name: Type.String() }),
  session: Type.Object({ id: Id, expires_at: Timestamp }),
})

/** Makes the organisation of somebody who has just been signed in. */
async function foundOrganisation(
  needs: CreationNeeds,
  signedIn: SignedInUser,
  name: string,
  request: RequestFacts,
  reply: Reply,
) {
  const { user, session } = signedIn
  // Set before the organisation is made: should that fail, the person is signed in and can try it again.
  reply.setSessionCookie(session.token)
  if (user.must_change_password) throw passwordChangeRequired()
  const origin = originOfSignedIn(signedIn, request)
  const organisation = await createOrganisation(needs, origin, {
    name,
    owner: { user_id: user.id },
    created_by: user.id,
  })
  return { organisation, person: user, session: { id: session.session_id, expires_at: session.expires_at } }
}

function registrationRoutes(needs: CreationNeeds): readonly Route[] {
  return [
    route({
      operation: 'registration_create',
      method: 'POST',
      path: '/api/registrations',
      summary: 'Ask for an account and its organisation; where addresses are proven, a link by mail leads on',
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
        state: Type.Enum(['link_sent', 'done'], {
          description: 'link_sent: the same for every address, and what follows is null; done: the person is signed in',
        }),
        organisation: nullable(Registered.properties.organisation),
        person: nullable(Registered.properties.person),
        session: nullable(Registered.properties.session),
      }),
      status: 201,
      problems: [
        ...creationProblems,
        registrationClosed,
        emailInvalid,
        passwordRefused,
        signInRefused,
        mfaRequired,
        tooManyAttempts,
        passwordChangeRequired,
        overloaded,
      ],
      audit: { event: 'organisation.created', written_by: 'handler' },
      async handle(control, { body }, request, reply) {
        const organisation_name = parseName(body.organisation_name, '/organisation_name')
        const findRule = (user_id: string) => findReachableRule(control, needs.databases, user_id)
        const signedIn = await registerAccount(control, { ...body, organisation_name }, request, findRule)
        if (signedIn === null) return { state: 'link_sent', organisation: null, person: null, session: null }
        return { state: 'done', ...(await foundOrganisation(needs, signedIn, organisation_name, request, reply)) }
      },
    }),
    route({
      operation: 'registration_confirm',
      method: 'POST',
      path: '/api/registrations/confirm',
      summary: 'Finish a registration by its link and the password chosen then: account, organisation, session',
      tag,
      scope: 'open',
      body: Type.Object(
        {
          token: Type.String({ minLength: 1, maxLength: 100, description: 'What stands behind the # of the link' }),
          password: Type.String({ minLength: 1, maxLength: 512 }),
        },
        { additionalProperties: false },
      ),
      response: Registered,
      status: 201,
      problems: [...creationProblems, linkInvalid, signInRefused, tooManyAttempts, overloaded],
      audit: { event: 'organisation.created', written_by: 'handler' },
      async handle(control, { body }, request, reply) {
        const { organisation_name, ...signedIn } = await confirmRegistration(control, body, request)
        return foundOrganisation(needs, signedIn, organisation_name, request, reply)
      },
    }),
  ]
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
        createOrganisation(needs, origin, { name: parseName(body.name), owner: { user_id }, created_by: user_id }),
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
    step_up: true,
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
