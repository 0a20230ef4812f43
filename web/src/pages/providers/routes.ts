import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, needs, organisation, withTexts } from '../../frame-routes.tsx'

const providers = createRoute({
  getParentRoute: () => organisation,
  path: '/providers',
  component: lazyRouteComponent(() => import('./providers-page.tsx'), 'ProvidersPage'),
  beforeLoad: ({ params }) => needs(params.org, 'model.view'),
  ...withTexts('providers'),
  ...below('providers'),
})

export const providerRoutes = [providers] as const
