import type { Route } from '../../http/route.ts'
import { ssoAccessRoutes } from '../internal/sso-access-routes.ts'
import { ssoConnectionRoutes } from '../internal/sso-connection-routes.ts'
import { ssoPlatformRoutes } from '../internal/sso-platform-routes.ts'
import { ssoSignInRoutes } from '../internal/sso-sign-in-routes.ts'
import type { SsoRouteNeeds } from './route-needs.ts'

/** Single sign-on: signing in, and setting it up in an organisation and on the platform. */
export function ssoRoutes(needs: SsoRouteNeeds): readonly Route[] {
  return [
    ...ssoSignInRoutes(needs),
    ...ssoConnectionRoutes(needs),
    ...ssoAccessRoutes(needs),
    ...ssoPlatformRoutes(needs),
  ]
}
