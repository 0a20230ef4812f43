import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, organisation, requireOpen, withTexts } from '../../frame-routes.tsx'

const apiKeys = createRoute({
  getParentRoute: () => organisation,
  path: '/api-keys',
  component: lazyRouteComponent(() => import('./api-keys-page.tsx'), 'ApiKeysPage'),
  ...withTexts('api-keys', 'roles'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'api_keys'),
  ...below('api_keys'),
})

export const apiKeyRoutes = [apiKeys] as const
