import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, organisation, requireOpen, withTexts } from '../../frame-routes.tsx'

const home = createRoute({
  getParentRoute: () => organisation,
  path: '/home',
  component: lazyRouteComponent(() => import('./home-page.tsx'), 'HomePage'),
  ...withTexts('home'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'home'),
  ...below('home'),
})
export const homeRoutes = [home] as const
