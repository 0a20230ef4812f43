import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, organisation, requireOpen, withTexts } from '../../frame-routes.tsx'

const roles = createRoute({
  getParentRoute: () => organisation,
  path: '/roles',
  component: lazyRouteComponent(() => import('./roles-page.tsx'), 'RolesPage'),
  ...withTexts('roles'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'roles'),
  ...below('roles'),
})

export const roleRoutes = [roles] as const
