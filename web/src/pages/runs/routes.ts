import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, needs, organisation, withTexts } from '../../frame-routes.tsx'

const runs = createRoute({
  getParentRoute: () => organisation,
  path: '/runs',
  component: lazyRouteComponent(() => import('./runs-page.tsx'), 'RunsPage'),
  beforeLoad: ({ params }) => needs(params.org, 'run.view_own'),
  ...withTexts('runs', 'approvals', 'views'),
  ...below('runs'),
})
const run = createRoute({
  getParentRoute: () => organisation,
  path: '/runs/$run',
  component: lazyRouteComponent(() => import('./run-page.tsx'), 'RunPage'),
  beforeLoad: ({ params }) => needs(params.org, 'run.view_own'),
  ...withTexts('runs', 'approvals'),
  ...below('runs'),
})

export const runRoutes = [runs, run] as const
