import type { Route } from '../http/route.ts'
import { apiKeyRoutes } from './internal/api-key-routes.ts'
import { acceptanceRoutes } from './internal/acceptance-routes.ts'
import { contentAccessRoutes } from './internal/content-access-routes.ts'
import { invitationRoutes } from './internal/invitation-routes.ts'
import { memberAccessRoutes } from './internal/member-access-routes.ts'
import { memberRoutes } from './internal/member-routes.ts'
import { memberSessionRoutes } from './internal/member-session-routes.ts'
import { organisationRoutes } from './internal/organisation-routes.ts'
import { ownImportRoutes } from './internal/own-import-routes.ts'
import { platformImportRoutes } from './internal/platform-import-routes.ts'
import { passwordRuleRoutes } from './internal/password-rule-routes.ts'
import { permissionRoutes } from './internal/permission-routes.ts'
import { platformOrganisationRoutes } from './internal/platform-organisation-routes.ts'
import { projectRoutes } from './internal/project-routes.ts'
import { roleRoutes } from './internal/role-routes.ts'
import { securityRoutes } from './internal/security-routes.ts'
import { serviceAccountRoutes } from './internal/service-account-routes.ts'
import { teamRoutes } from './internal/team-routes.ts'
import { useCaseRoutes } from './internal/use-case-routes.ts'
import { workspaceRoutes } from './internal/workspace-routes.ts'
import type { Mailer } from '../mail/message.ts'
import { type HandOver, PROGRAMS } from './member-departure.ts'
import type { ImportHints } from './import/hints.ts'
import type { CreationNeeds } from './organisation-creation.ts'

/** Organisations, their people, and the places they work in. */
export function tenancyRoutes(
  needs: CreationNeeds & { readonly mailer: Mailer; readonly imports: ImportHints },
  hand_overs: readonly HandOver[] = [],
): readonly Route[] {
  const all = [PROGRAMS, ...hand_overs]
  return [
    ...organisationRoutes(needs),
    ...platformOrganisationRoutes(needs),
    ...memberRoutes(all),
    ...memberAccessRoutes(all),
    ...memberSessionRoutes(),
    ...roleRoutes(),
    ...invitationRoutes(needs.mailer),
    ...acceptanceRoutes(needs),
    ...passwordRuleRoutes(),
    ...permissionRoutes(),
    ...platformImportRoutes({ ...needs, vault: needs.mailer.vault }),
    ...ownImportRoutes(needs.imports),
    ...teamRoutes(),
    ...workspaceRoutes(),
    ...projectRoutes(),
    ...useCaseRoutes(),
    ...apiKeyRoutes(),
    ...serviceAccountRoutes(),
    ...securityRoutes(),
    ...contentAccessRoutes(),
  ]
}
