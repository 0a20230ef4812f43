import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, needs, organisation, withTexts } from '../../frame-routes.tsx'

const supervision = createRoute({
  getParentRoute: () => organisation,
  path: '/supervision',
  component: lazyRouteComponent(() => import('./supervision-page.tsx'), 'SupervisionPage'),
  beforeLoad: ({ params }) => needs(params.org, 'policy.view'),
  ...withTexts('supervision'),
  ...below('supervision'),
})

export const supervisionRoutes = [supervision] as const
