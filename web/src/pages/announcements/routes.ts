import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, platform, withTexts } from '../../frame-routes.tsx'

const announcements = createRoute({
  getParentRoute: () => platform,
  path: '/announcements',
  component: lazyRouteComponent(() => import('./announcements-page.tsx'), 'AnnouncementsPage'),
  ...withTexts('announcements'),
  ...below('platform_announcements'),
})

export const announcementRoutes = [announcements] as const
