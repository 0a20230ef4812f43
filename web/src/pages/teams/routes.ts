import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, needs, organisation, withTexts } from '../../frame-routes.tsx'

const shared = { ...withTexts('teams'), ...below('teams') }
const teams = createRoute({
  getParentRoute: () => organisation,
  path: '/teams',
  component: lazyRouteComponent(() => import('./teams-page.tsx'), 'TeamsPage'),
  beforeLoad: ({ params }) => needs(params.org, 'directory.view'),
  ...shared,
})
const team = createRoute({
  getParentRoute: () => organisation,
  path: '/teams/$team',
  component: lazyRouteComponent(() => import('./team-page.tsx'), 'TeamPage'),
  beforeLoad: ({ params }) => needs(params.org, 'directory.view'),
  ...shared,
})

export const teamRoutes = [teams, team] as const
