import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, organisation, requireOpen, withTexts } from '../../frame-routes.tsx'

const teams = createRoute({
  getParentRoute: () => organisation,
  path: '/teams',
  component: lazyRouteComponent(() => import('./teams-page.tsx'), 'TeamsPage'),
  ...withTexts('teams'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'teams'),
  ...below('teams'),
})
const team = createRoute({
  getParentRoute: () => organisation,
  path: '/teams/$team',
  component: lazyRouteComponent(() => import('./team-page.tsx'), 'TeamPage'),
  ...withTexts('teams'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'teams'),
  ...below('teams'),
})

export const teamRoutes = [teams, team] as const
