import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, needs, organisation, withTexts } from '../../frame-routes.tsx'

const begin = createRoute({
  getParentRoute: () => organisation,
  path: '/begin',
  component: lazyRouteComponent(() => import('./begin-page.tsx'), 'BeginPage'),
  beforeLoad: ({ params }) => needs(params.org, 'policy.manage', 'user.invite'),
  ...withTexts('begin', 'settings', 'policies', 'people'),
  ...below('begin'),
})

export const beginRoutes = [begin] as const
