import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, organisation, requireOpen, withTexts } from '../../frame-routes.tsx'

const supervision = createRoute({
  getParentRoute: () => organisation,
  path: '/supervision',
  component: lazyRouteComponent(() => import('./supervision-page.tsx'), 'SupervisionPage'),
  ...withTexts('supervision'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'supervision'),
  ...below('supervision'),
})

export const supervisionRoutes = [supervision] as const
