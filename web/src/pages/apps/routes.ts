import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, needs, organisation, withTexts } from '../../frame-routes.tsx'

const apps = createRoute({
  getParentRoute: () => organisation,
  path: '/apps',
  component: lazyRouteComponent(() => import('./apps-page.tsx'), 'AppsPage'),
  beforeLoad: ({ params }) => needs(params.org, 'app.view'),
  ...withTexts('apps'),
  ...below('apps'),
})
const app = createRoute({
  getParentRoute: () => organisation,
  path: '/apps/$app',
  component: lazyRouteComponent(() => import('./app-page.tsx'), 'AppPage'),
  beforeLoad: ({ params }) => needs(params.org, 'app.view'),
  ...withTexts('apps'),
  ...below('apps'),
})

export const appRoutes = [apps, app] as const
