import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, needs, organisation, platform, withTexts } from '../../frame-routes.tsx'

const providers = createRoute({
  getParentRoute: () => organisation,
  path: '/providers',
  component: lazyRouteComponent(() => import('./providers-page.tsx'), 'ProvidersPage'),
  beforeLoad: ({ params }) => needs(params.org, 'model.view'),
  ...withTexts('providers'),
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
