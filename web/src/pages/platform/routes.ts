import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, platform, withTexts } from '../../frame-routes.tsx'

const platformOrganisations = createRoute({
  getParentRoute: () => platform,
  path: '/organisations',
  component: lazyRouteComponent(() => import('./organisations-page.tsx'), 'OrganisationsPage'),
  ...withTexts('platform'),
  ...below('platform_organisations'),
})

export const platformRoutes = [platformOrganisations] as const
