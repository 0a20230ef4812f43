import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, organisation, requireOpen, withTexts } from '../../frame-routes.tsx'

const schedules = createRoute({
  getParentRoute: () => organisation,
  path: '/schedules',
  component: lazyRouteComponent(() => import('./schedules-page.tsx'), 'SchedulesPage'),
  ...withTexts('schedules', 'apps'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'schedules'),
  ...below('schedules'),
})

export const scheduleRoutes = [schedules] as const
