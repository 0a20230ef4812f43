import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, needs, organisation, withTexts } from '../../frame-routes.tsx'

const schedules = createRoute({
  getParentRoute: () => organisation,
  path: '/schedules',
  component: lazyRouteComponent(() => import('./schedules-page.tsx'), 'SchedulesPage'),
  beforeLoad: ({ params }) => needs(params.org, 'run.view_own'),
  ...withTexts('schedules', 'apps'),
  ...below('schedules'),
})

export const scheduleRoutes = [schedules] as const
