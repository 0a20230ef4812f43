import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, needs, organisation, withTexts } from '../../frame-routes.tsx'

const settings = createRoute({
  getParentRoute: () => organisation,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings-page.tsx'), 'SettingsPage'),
  beforeLoad: ({ params }) => needs(params.org, 'org.settings', 'worker_key.view'),
  ...withTexts('settings'),
  ...below('settings'),
})
const danger = createRoute({
  getParentRoute: () => organisation,
  path: '/danger',
  component: lazyRouteComponent(() => import('./danger-page.tsx'), 'DangerPage'),
  beforeLoad: ({ params }) => needs(params.org, 'org.delete'),
  ...withTexts('settings'),
  ...below('danger'),
})

export const settingsRoutes = [settings, danger] as const
