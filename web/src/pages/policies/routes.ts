import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, organisation, platform, requireOpen, withTexts } from '../../frame-routes.tsx'

const policies = createRoute({
  getParentRoute: () => organisation,
  path: '/policies',
  component: lazyRouteComponent(() => import('./policies-page.tsx'), 'PoliciesPage'),
  ...withTexts('policies'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'policies'),
  ...below('policies'),
})

const baseline = createRoute({
  getParentRoute: () => platform,
  path: '/policy',
  component: lazyRouteComponent(() => import('./baseline-page.tsx'), 'BaselinePage'),
  ...withTexts('policies'),
  ...below('platform_policy'),
})

export const policyRoutes = [policies] as const
export const baselineRoutes = [baseline] as const
