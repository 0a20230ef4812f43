import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, organisation, platform, requireOpen, withTexts } from '../../frame-routes.tsx'

const providers = createRoute({
  getParentRoute: () => organisation,
  path: '/providers',
  component: lazyRouteComponent(() => import('./providers-page.tsx'), 'ProvidersPage'),
  ...withTexts('providers'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'providers'),
  ...below('providers'),
})

const platformProviders = createRoute({
  getParentRoute: () => platform,
  path: '/providers',
  component: lazyRouteComponent(() => import('./platform-providers-page.tsx'), 'PlatformProvidersPage'),
  ...withTexts('providers'),
  ...below('platform_providers'),
})

export const providerRoutes = [providers] as const
export const platformProviderRoutes = [platformProviders] as const
