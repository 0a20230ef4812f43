import { defineProblem } from '../kernel/problem.ts'

// The organisation's own rules of entry.
export const addressNotAllowed = defineProblem(
  'address_not_allowed',
  403,
  'This organisation cannot be entered from your address',
)
/** `params.has_factor`: true when the person has one and this session was begun without it. */
export const factorRequired = defineProblem('factor_required', 403, 'This organisation demands a second factor')
/** `params.reason` is idle or absolute, `limit_s` the time-out. */
export const sessionTooOld = defineProblem(
  'session_too_old',
  401,
  'This organisation ends sessions sooner; sign in again, or prove who you are',
)

export const noSpareDatabase = defineProblem(
  'no_spare_database',
  503,
  'A database for the new organisation is still being prepared; nothing was created',
)
export const creationUndone = defineProblem(
  'creation_undone',
  503,
  'Creating the organisation took too long and was undone; nothing was created',
)
/** `params.status` is where the organisation stands, `params.allowed` from where the act is possible. */
export const organisationStatusRefused = defineProblem(
  'organisation_status_refused',
  409,
  'This cannot be done with an organisation of this status',
)

export const membershipRequired = defineProblem(
  'membership_required',
  403,
  'Somebody has to answer for this: only a member of the organisation may do it',
)
export const alreadyMember = defineProblem('already_member', 409, 'This person is a member already')
export const memberRemoved = defineProblem(
  'member_removed',
  409,
  'This person is no longer a member; add them again first',
)
/** `params.status` is the status the membership has. */
export const memberStatusRefused = defineProblem('member_status_refused', 409, 'The membership has this status already')

export const teamNameTaken = defineProblem('team_name_taken', 409, 'A team of this name exists')
export const workspaceNameTaken = defineProblem('workspace_name_taken', 409, 'A workspace of this name exists')
export const projectNameTaken = defineProblem(
  'project_name_taken',
  409,
  'A project of this name exists, perhaps among the archived ones',
)
export const useCaseNameTaken = defineProblem(
  'use_case_name_taken',
  409,
  'A use case of this name exists in the project, perhaps among the archived ones',
)
export const defaultProjectStays = defineProblem(
  'default_project_stays',
  409,
  'Every organisation keeps its default project',
)
export const defaultProjectRoles = defineProblem(
  'default_project_roles',
  409,
  'In the default project everybody has the role that follows from their base role',
)
export const projectArchived = defineProblem('project_archived', 409, 'This project is archived')

/** `fields` names the id in the request that leads nowhere. */
export const referenceUnknown = defineProblem(
  'reference_unknown',
  422,
  'Something that is named in the request does not exist here',
)
export const apiKeyRevoked = defineProblem('api_key_revoked', 409, 'This API key was revoked before')

export const invitationRequired = defineProblem(
  'invitation_required',
  409,
  'People prove their e-mail address here: invite them instead',
)
