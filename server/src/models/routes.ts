import type { Route } from '../http/route.ts'
import type { ModelNeeds } from './internal/model-needs.ts'
import { organisationModelRoutes, organisationProviderRoutes } from './internal/organisation-routes.ts'
import { platformModelRoutes, platformProviderRoutes } from './internal/platform-routes.ts'
import { testCallRoutes } from './internal/test-call-routes.ts'

/** Providers, models, prices and assignments, of the platform and of organisations. */
export function modelRoutes(needs: ModelNeeds): readonly Route[] {
  return [
    ...platformProviderRoutes(needs),
    ...platformModelRoutes(),
    ...organisationProviderRoutes(needs),
    ...organisationModelRoutes(),
    ...testCallRoutes(needs),
  ]
}
