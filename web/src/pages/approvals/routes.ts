import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, needs, organisation, withTexts } from '../../frame-routes.tsx'

const load = () => import('./approvals-page.tsx')

const approvals = createRoute({
  getParentRoute: () => organisation,
  path: '/approvals',
  component: lazyRouteComponent(load, 'ApprovalsPage'),
  beforeLoad: ({ params }) => needs(params.org, 'run.view_own'),
  ...withTexts('approvals'),
  ...below('approvals'),
})
const approval = createRoute({
  getParentRoute: () => organisation,
  path: '/approvals/$run',
  component: lazyRouteComponent(load, 'ApprovalsPage'),
  beforeLoad: ({ params }) => needs(params.org, 'run.view_own'),
  ...withTexts('approvals'),
  ...below('approvals'),
})

export const approvalRoutes = [approvals, approval] as const
