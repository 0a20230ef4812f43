import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, organisation, requireOpen, withTexts } from '../../frame-routes.tsx'

const cost = createRoute({
  getParentRoute: () => organisation,
  path: '/cost',
  component: lazyRouteComponent(() => import('./cost-page.tsx'), 'CostPage'),
  ...withTexts('cost'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'cost'),
  ...below('cost'),
})

export const costRoutes = [cost] as const
