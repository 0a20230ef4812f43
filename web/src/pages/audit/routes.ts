import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, needs, organisation, withTexts } from '../../frame-routes.tsx'

const audit = createRoute({
  getParentRoute: () => organisation,
  path: '/audit',
  component: lazyRouteComponent(() => import('./audit-page.tsx'), 'AuditPage'),
  beforeLoad: ({ params }) => needs(params.org, 'audit.view'),
  ...withTexts('audit'),
  ...below('audit'),
})

export const auditRoutes = [audit] as const
