import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, organisation, withTexts } from '../../frame-routes.tsx'

const home = createRoute({
  getParentRoute: () => organisation,
  path: '/home',
  component: lazyRouteComponent(() => import('./home-page.tsx'), 'HomePage'),
  ...withTexts('home'),
  ...below('home'),
})
export const homeRoutes = [home] as const
