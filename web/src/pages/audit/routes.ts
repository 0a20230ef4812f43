import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, organisation, platform, requireOpen, withTexts } from '../../frame-routes.tsx'

const audit = createRoute({
  getParentRoute: () => organisation,
  path: '/audit',
  component: lazyRouteComponent(() => import('./audit-page.tsx'), 'AuditPage'),
  ...withTexts('audit', 'views', 'policies'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'audit'),
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
