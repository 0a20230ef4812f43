import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, organisation, requireOpen, withTexts } from '../../frame-routes.tsx'

const begin = createRoute({
  getParentRoute: () => organisation,
  path: '/begin',
  component: lazyRouteComponent(() => import('./begin-page.tsx'), 'BeginPage'),
  ...withTexts('begin', 'settings', 'policies', 'people'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'begin'),
  ...below('begin'),
})

export const beginRoutes = [begin] as const
