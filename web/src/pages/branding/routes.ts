import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, platform, withTexts } from '../../frame-routes.tsx'

const branding = createRoute({
  getParentRoute: () => platform,
  path: '/branding',
  component: lazyRouteComponent(() => import('./branding-page.tsx'), 'BrandingPage'),
  ...withTexts('branding', 'start'),
  ...below('platform_branding'),
})

export const brandingRoutes = [branding] as const
