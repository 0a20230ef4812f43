import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, needs, organisation, withTexts } from '../../frame-routes.tsx'

const cost = createRoute({
  getParentRoute: () => organisation,
  path: '/cost',
  component: lazyRouteComponent(() => import('./cost-page.tsx'), 'CostPage'),
  beforeLoad: ({ params }) => needs(params.org, 'insights.view'),
  ...withTexts('cost'),
  ...below('cost'),
})

export const costRoutes = [cost] as const
