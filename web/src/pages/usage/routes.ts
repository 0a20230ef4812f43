import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, organisation, requireOpen, withTexts } from '../../frame-routes.tsx'

const usage = createRoute({
  getParentRoute: () => organisation,
  path: '/usage',
  component: lazyRouteComponent(() => import('./usage-page.tsx'), 'UsagePage'),
  ...withTexts('usage'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'usage'),
  ...below('usage'),
})

export const usageRoutes = [usage] as const
