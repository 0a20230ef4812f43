import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, organisation, requireOpen, withTexts } from '../../frame-routes.tsx'

const settings = createRoute({
  getParentRoute: () => organisation,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings-page.tsx'), 'SettingsPage'),
  ...withTexts('settings'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'settings'),
  ...below('settings'),
})
const danger = createRoute({
  getParentRoute: () => organisation,
  path: '/danger',
  component: lazyRouteComponent(() => import('./danger-page.tsx'), 'DangerPage'),
  ...withTexts('settings'),
  beforeLoad: ({ params }) => requireOpen(params.org, 'danger'),
  ...below('danger'),
})

export const settingsRoutes = [settings, danger] as const
