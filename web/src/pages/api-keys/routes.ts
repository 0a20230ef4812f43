import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, needs, organisation, withTexts } from '../../frame-routes.tsx'

const apiKeys = createRoute({
  getParentRoute: () => organisation,
  path: '/api-keys',
  component: lazyRouteComponent(() => import('./api-keys-page.tsx'), 'ApiKeysPage'),
  beforeLoad: ({ params }) => needs(params.org, 'api_key.own'),
  ...withTexts('api-keys', 'roles'),
  ...below('api_keys'),
})

export const apiKeyRoutes = [apiKeys] as const
