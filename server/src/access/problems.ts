import { defineProblem } from '../kernel/problem.ts'

/** `params.permission` names what is missing, `params.reason` why, `detail` what to do about it. */
export const forbidden = defineProblem('forbidden', 403, 'You lack the permission for this')
export const workspaceRoleMissing = defineProblem(
  'workspace_role_missing',
  403,
  'Your role in this workspace does not allow this',
)
export const projectRoleMissing = defineProblem(
  'project_role_missing',
  403,
  'Your role in this project does not allow this',
)

export const ownProjectRole = defineProblem('own_project_role', 403, 'Nobody gives themselves a role in a project')

export const lastOwner = defineProblem('last_owner', 409, 'An organisation keeps at least one active owner')
export const ownerOnly = defineProblem('owner_only', 403, 'Only an owner may do this')
export const outranked = defineProblem('outranked', 403, 'This member has a higher role than you')
export const ownRole = defineProblem('own_role', 403, 'Nobody raises their own role')
export const ownPermissions = defineProblem('own_permissions', 403, 'Only owners extend what they may do themselves')
export const ownerKeeps = defineProblem(
  'owner_keeps',
  409,
  'An owner is not denied what keeps an organisation governed',
)

export const permissionUnknown = defineProblem('permission_unknown', 422, 'There is no permission of this name')
export const permissionNotSingle = defineProblem(
  'permission_not_single',
  422,
  'This permission belongs to roles and cannot be granted to one member',
)
export const permissionNotHeld = defineProblem(
  'permission_not_held',
  422,
  'Nobody gives away in a role what they do not hold themselves',
)
export const scopeNotAllowed = defineProblem('scope_not_allowed', 422, 'A key cannot carry one of these scopes')
