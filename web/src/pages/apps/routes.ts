import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, organisation, requireOpen, withTexts } from '../../frame-routes.tsx'

const apps = createRoute({
  getParentRoute: () => organisation,
  path: '/apps',
  component: lazyRouteComponent(() => import('./apps-page.tsx'), 'AppsPage'),
  ...withTexts('apps'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'apps'),
  ...below('apps'),
})
const app = createRoute({
  getParentRoute: () => organisation,
  path: '/apps/$app',
  component: lazyRouteComponent(() => import('./app-page.tsx'), 'AppPage'),
  ...withTexts('apps'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'apps'),
  ...below('apps'),
})

export const appRoutes = [apps, app] as const
