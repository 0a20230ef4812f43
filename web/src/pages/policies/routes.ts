import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, needs, organisation, withTexts } from '../../frame-routes.tsx'

const policies = createRoute({
  getParentRoute: () => organisation,
  path: '/policies',
  component: lazyRouteComponent(() => import('./policies-page.tsx'), 'PoliciesPage'),
  beforeLoad: ({ params }) => needs(params.org, 'policy.view'),
  ...withTexts('policies'),
  ...below('policies'),
})

export const policyRoutes = [policies] as const
