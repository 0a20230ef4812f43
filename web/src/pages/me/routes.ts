import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, signedIn, withTexts } from '../../frame-routes.tsx'

const me = createRoute({
  getParentRoute: () => signedIn,
  path: '/me',
  component: lazyRouteComponent(() => import('./me-page.tsx'), 'MePage'),
  ...withTexts('me', 'proof'),
  ...below('me'),
})

export const meRoutes = [me] as const
