import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, platform, withTexts } from '../../frame-routes.tsx'

const overview = createRoute({
  getParentRoute: () => platform,
  path: '/overview',
  component: lazyRouteComponent(() => import('./overview-page.tsx'), 'OverviewPage'),
  ...withTexts('platform', 'audit'),
  ...below('platform_overview'),
})
const setup = createRoute({
  getParentRoute: () => platform,
  path: '/setup',
  component: lazyRouteComponent(() => import('./setup/setup-page.tsx'), 'SetupStepsPage'),
  ...withTexts('platform', 'setup', 'branding', 'start', 'providers', 'mail', 'me', 'proof'),
  ...below('platform_setup'),
})
const organisations = createRoute({
  getParentRoute: () => platform,
  path: '/organisations',
  component: lazyRouteComponent(() => import('./organisations-page.tsx'), 'OrganisationsPage'),
  ...withTexts('platform'),
  ...below('platform_organisations'),
})
const organisation = createRoute({
  getParentRoute: () => platform,
  path: '/organisations/$organisation',
  component: lazyRouteComponent(() => import('./organisation/organisation-page.tsx'), 'OrganisationPage'),
  ...withTexts('platform', 'settings', 'wallet', 'quotas', 'providers', 'audit'),
  ...below('platform_organisations'),
})
const people = createRoute({
  getParentRoute: () => platform,
  path: '/people',
  component: lazyRouteComponent(() => import('./people/people-page.tsx'), 'AllPeoplePage'),
  ...withTexts('platform'),
  ...below('platform_people'),
})
const account = createRoute({
  getParentRoute: () => platform,
  path: '/people/$user',
  component: lazyRouteComponent(() => import('./people/account-page.tsx'), 'AccountPage'),
  ...withTexts('platform', 'me'),
  ...below('platform_people'),
})
const tiers = createRoute({
  getParentRoute: () => platform,
  path: '/tiers',
  component: lazyRouteComponent(() => import('./tiers-page.tsx'), 'TiersPage'),
  ...withTexts('platform', 'policies'),
  ...below('platform_tiers'),
})
const settings = createRoute({
  getParentRoute: () => platform,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings-page.tsx'), 'PlatformSettingsPage'),
  ...withTexts('platform'),
  ...below('platform_settings'),
})

export const platformRoutes = [overview, setup, organisations, organisation, people, account, tiers, settings] as const
