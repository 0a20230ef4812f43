import { defineProblem } from '../kernel/problem.ts'

export const roleNameTaken = defineProblem('role_name_taken', 409, 'There is a role of this name')
/** `params`: kinds and ids of what waits for this person. */
export const handOverNeeded = defineProblem(
  'hand_over_needed',
  409,
  'Something waits for this member; name who takes it over, or leave it to whoever else may',
)
export const memberNotRemoved = defineProblem('member_not_removed', 409, 'This member is not removed')
export const restoreTooLate = defineProblem(
  'restore_too_late',
  409,
  'A removed member can be brought back for 30 days; after that, invite them anew',
)
export const serviceAccountNameTaken = defineProblem(
  'service_account_name_taken',
  409,
  'There is a service account of this name',
)
export const accessReasonRequired = defineProblem(
  'access_reason_required',
  403,
  'Open this organisation with a reason first; its owners will read it',
)

// The organisation's own rules of entry.
export const ownFactorMissing = defineProblem(
  'own_factor_missing',
  409,
  'Sign in with a second factor yourself before you demand one of others',
)
export const timeoutLooser = defineProblem('timeout_looser', 422, 'A time-out is never longer than the platform’s')
export const addressInvalid = defineProblem('address_invalid', 422, 'Some of these are no addresses')
/** `params`: you (would you be shut out), your_address, member_ids, api_key_ids, addresses. */
export const lockoutUnconfirmed = defineProblem(
  'lockout_unconfirmed',
  409,
  'This list would shut out people who are here now',
)
export const nothingToConfirm = defineProblem('nothing_to_confirm', 409, 'There is no list that waits for confirmation')
export const freshSessionNeeded = defineProblem(
  'fresh_session_needed',
  409,
  'Sign in anew, so that it is seen that one still gets in, and confirm from there',
)
export const addressNotAllowed = defineProblem(
  'address_not_allowed',
  403,
  'This organisation cannot be entered from your address',
)
/** `params.has_factor`: true when the person has one and this session was begun without it. */
export const factorRequired = defineProblem('factor_required', 403, 'A second factor is demanded here')
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
export const alreadyInvited = defineProblem(
  'already_invited',
  409,
  'This address has an open invitation; send it again',
)
/** `params.state` is where the invitation stands, `params.allowed` from where the act is possible. */
export const invitationStateRefused = defineProblem(
  'invitation_state_refused',
  409,
  'This cannot be done with an invitation of this state',
)
/** `params.reason` is unknown, used, expired or revoked. */
export const invitationInvalid = defineProblem('invitation_invalid', 422, 'This invitation cannot be accepted')
export const accountExists = defineProblem(
  'account_exists',
  409,
  'There is an account with the invited address: sign in and accept',
)
export const invitationForAnother = defineProblem(
  'invitation_for_another',
  409,
  'This invitation is for another address than that of your account',
)

/** `params.reason` is no_workbook, too_large, sheet_missing, columns_missing, merged_cells or no_rows. */
export const workbookRefused = defineProblem('workbook_refused', 422, 'This workbook cannot be imported')
export const importTooLarge = defineProblem('import_too_large', 422, 'A file brings at most 10,000 people; divide it')
/** `params.state` is where the import stands. */
export const importStateRefused = defineProblem(
  'import_state_refused',
  409,
  'This cannot be done with an import of this state',
)
export const importEmpty = defineProblem('import_empty', 409, 'No row of this import is free of errors')
