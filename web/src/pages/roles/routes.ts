import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, needs, organisation, withTexts } from '../../frame-routes.tsx'

const roles = createRoute({
  getParentRoute: () => organisation,
  path: '/roles',
  component: lazyRouteComponent(() => import('./roles-page.tsx'), 'RolesPage'),
  beforeLoad: ({ params }) => needs(params.org, 'user.view'),
  ...withTexts('roles'),
  ...below('roles'),
})

export const roleRoutes = [roles] as const
