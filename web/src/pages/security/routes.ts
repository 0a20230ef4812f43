import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, organisation, requireOpen, withTexts } from '../../frame-routes.tsx'

const security = createRoute({
  getParentRoute: () => organisation,
  path: '/security',
  component: lazyRouteComponent(() => import('./security-page.tsx'), 'SecurityPage'),
  ...withTexts('security'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'security'),
  ...below('security'),
})

export const securityRoutes = [security] as const
