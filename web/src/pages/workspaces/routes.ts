import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, organisation, requireOpen, withTexts } from '../../frame-routes.tsx'

const workspaces = createRoute({
  getParentRoute: () => organisation,
  path: '/workspaces',
  component: lazyRouteComponent(() => import('./workspaces-page.tsx'), 'WorkspacesPage'),
  ...withTexts('workspaces'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'workspaces'),
  ...below('workspaces'),
})
const workspace = createRoute({
  getParentRoute: () => organisation,
  path: '/workspaces/$workspace',
  component: lazyRouteComponent(() => import('./workspace-page.tsx'), 'WorkspacePage'),
  ...withTexts('workspaces'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'workspaces'),
  ...below('workspaces'),
})

export const workspaceRoutes = [workspaces, workspace] as const
