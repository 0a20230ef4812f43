import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, organisation, requireOpen, withTexts } from '../../frame-routes.tsx'

const load = () => import('./approvals-page.tsx')

const approvals = createRoute({
  getParentRoute: () => organisation,
  path: '/approvals',
  component: lazyRouteComponent(load, 'ApprovalsPage'),
  ...withTexts('approvals'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'approvals'),
  ...below('approvals'),
})
const approval = createRoute({
  getParentRoute: () => organisation,
  path: '/approvals/$run',
  component: lazyRouteComponent(load, 'ApprovalsPage'),
  ...withTexts('approvals'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'approvals'),
  ...below('approvals'),
})

export const approvalRoutes = [approvals, approval] as const
