import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, needs, organisation, withTexts } from '../../frame-routes.tsx'

const usage = createRoute({
  getParentRoute: () => organisation,
  path: '/usage',
  component: lazyRouteComponent(() => import('./usage-page.tsx'), 'UsagePage'),
  beforeLoad: ({ params }) => needs(params.org, 'usage.view_own'),
  ...withTexts('usage'),
  ...below('usage'),
})

export const usageRoutes = [usage] as const
