import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, organisation, requireOpen, withTexts } from '../../frame-routes.tsx'

const runs = createRoute({
  getParentRoute: () => organisation,
  path: '/runs',
  component: lazyRouteComponent(() => import('./runs-page.tsx'), 'RunsPage'),
  ...withTexts('runs', 'approvals', 'views'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'runs'),
  ...below('runs'),
})
const run = createRoute({
  getParentRoute: () => organisation,
  path: '/runs/$run',
  component: lazyRouteComponent(() => import('./run-page.tsx'), 'RunPage'),
  ...withTexts('runs', 'approvals'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'runs'),
  ...below('runs'),
})

export const runRoutes = [runs, run] as const
