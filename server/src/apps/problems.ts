import { defineProblem } from '../kernel/problem.ts'

export const contractInvalid = defineProblem('contract_invalid', 422, 'This is no valid contract of an app')
/** `params.checks` names the checks that failed, `fields` every place. */
export const appChecksFailed = defineProblem('app_checks_failed', 422, 'The contract does not pass its checks')
export const appVersionChanged = defineProblem(
  'app_version_changed',
  409,
  'Somebody changed this version meanwhile; look at it again',
)
/** `params.state` is what the version is, `params.needed` what it would have to be. */
export const appVersionState = defineProblem('app_version_state', 409, 'In its state this version does not allow that')
export const appOwnReview = defineProblem('app_own_review', 403, 'Nobody reviews their own version')
export const appNotAuthor = defineProblem('app_not_author', 403, 'Only the author of this version may do this')
export const appReviewIncomplete = defineProblem(
  'app_review_incomplete',
  422,
  'A version is approved when every question is answered with yes, and returned with a comment',
)
export const appOathMissing = defineProblem('app_oath_missing', 409, 'The Digital Oath was not given for this version')
export const appOathDiffers = defineProblem(
  'app_oath_differs',
  422,
  'The oath must be given in the words that are shown for this version',
)
export const appVersionNumberTaken = defineProblem(
  'app_version_number_taken',
  409,
  'A version of this number was published meanwhile',
)
export const appArchiveUnreadable = defineProblem(
  'app_archive_unreadable',
  422,
  'This is no archive of the six files of an app',
)
export const toolCredentialHostRefused = defineProblem(
  'tool_credential_host_refused',
  422,
  'A credential goes to public hosts only, each written out',
)
