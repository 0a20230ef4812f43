import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, needs, organisation, platform, withTexts } from '../../frame-routes.tsx'

const audit = createRoute({
  getParentRoute: () => organisation,
  path: '/audit',
  component: lazyRouteComponent(() => import('./audit-page.tsx'), 'AuditPage'),
  beforeLoad: ({ params }) => needs(params.org, 'audit.view'),
  ...withTexts('audit', 'views', 'policies'),
  ...below('audit'),
})

const platformAudit = createRoute({
  getParentRoute: () => platform,
  path: '/audit',
  component: lazyRouteComponent(() => import('./platform-audit-page.tsx'), 'PlatformAuditPage'),
  ...withTexts('audit'),
  ...below('platform_audit'),
})

export const auditRoutes = [audit] as const
export const platformAuditRoutes = [platformAudit] as const
