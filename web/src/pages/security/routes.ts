import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, needs, organisation, withTexts } from '../../frame-routes.tsx'

const security = createRoute({
  getParentRoute: () => organisation,
  path: '/security',
  component: lazyRouteComponent(() => import('./security-page.tsx'), 'SecurityPage'),
  beforeLoad: ({ params }) => needs(params.org, 'security.manage'),
  ...withTexts('security'),
  ...below('security'),
})

export const securityRoutes = [security] as const
