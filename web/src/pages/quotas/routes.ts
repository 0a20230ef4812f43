import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, needs, organisation, withTexts } from '../../frame-routes.tsx'

const quotas = createRoute({
  getParentRoute: () => organisation,
  path: '/quotas',
  component: lazyRouteComponent(() => import('./quotas-page.tsx'), 'QuotasPage'),
  beforeLoad: ({ params }) => needs(params.org, 'spend_limit.manage', 'quota.manage'),
  ...withTexts('quotas'),
  ...below('quotas'),
})

export const quotaRoutes = [quotas] as const
