import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, needs, organisation, withTexts } from '../../frame-routes.tsx'

const shared = { ...withTexts('workspaces'), ...below('workspaces') }
const workspaces = createRoute({
  getParentRoute: () => organisation,
  path: '/workspaces',
  component: lazyRouteComponent(() => import('./workspaces-page.tsx'), 'WorkspacesPage'),
  beforeLoad: ({ params }) => needs(params.org, 'workspace.view'),
  ...shared,
})
const workspace = createRoute({
  getParentRoute: () => organisation,
  path: '/workspaces/$workspace',
  component: lazyRouteComponent(() => import('./workspace-page.tsx'), 'WorkspacePage'),
  beforeLoad: ({ params }) => needs(params.org, 'workspace.view'),
  ...shared,
})

export const workspaceRoutes = [workspaces, workspace] as const
