import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, organisation, requireOpen, withTexts } from '../../frame-routes.tsx'

const quotas = createRoute({
  getParentRoute: () => organisation,
  path: '/quotas',
  component: lazyRouteComponent(() => import('./quotas-page.tsx'), 'QuotasPage'),
  ...withTexts('quotas'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'quotas'),
  ...below('quotas'),
})

export const quotaRoutes = [quotas] as const
