import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, organisation, platform, requireOpen, withTexts } from '../../frame-routes.tsx'

const texts = withTexts('catalogue', 'builder', 'apps')
const builderPage = () => import('./builder-page.tsx')
const editPage = () => import('./builder-edit-page.tsx')
const versionPage = () => import('./version-page.tsx')

const catalogue = createRoute({
  getParentRoute: () => organisation,
  path: '/catalogue',
  component: lazyRouteComponent(() => import('./catalogue-page.tsx'), 'CataloguePage'),
  ...texts,
  beforeLoad: ({ params }) => requireOpen(params.org, 'catalogue'),
  ...below('catalogue'),
})
const version = createRoute({
  getParentRoute: () => organisation,
  path: '/catalogue/versions/$version',
  component: lazyRouteComponent(versionPage, 'VersionPage'),
  ...texts,
  beforeLoad: ({ params }) => requireOpen(params.org, 'catalogue', '/versions/$version'),
  ...below('catalogue'),
})
const builder = createRoute({
  getParentRoute: () => organisation,
  path: '/builder',
  component: lazyRouteComponent(builderPage, 'BuilderPage'),
  ...texts,
  beforeLoad: ({ params }) => requireOpen(params.org, 'builder'),
  ...below('builder'),
})
const draft = createRoute({
  getParentRoute: () => organisation,
  path: '/builder/$version',
  component: lazyRouteComponent(editPage, 'BuilderEditPage'),
  ...texts,
  beforeLoad: ({ params }) => requireOpen(params.org, 'builder'),
  ...below('builder'),
})

export const catalogueRoutes = [catalogue, version, builder, draft] as const

const appstream = createRoute({
  getParentRoute: () => platform,
  path: '/catalogue',
  component: lazyRouteComponent(() => import('./appstream-page.tsx'), 'AppstreamPage'),
  ...texts,
  ...below('platform_apps'),
})
const publicVersion = createRoute({
  getParentRoute: () => platform,
  path: '/catalogue/versions/$version',
  component: lazyRouteComponent(versionPage, 'VersionPage'),
  ...texts,
  ...below('platform_apps'),
})
const publicBuilder = createRoute({
  getParentRoute: () => platform,
  path: '/builder',
  component: lazyRouteComponent(builderPage, 'BuilderPage'),
  ...texts,
  ...below('platform_apps'),
})
const publicDraft = createRoute({
  getParentRoute: () => platform,
  path: '/builder/$version',
  component: lazyRouteComponent(editPage, 'BuilderEditPage'),
  ...texts,
  ...below('platform_apps'),
})

export const appstreamRoutes = [appstream, publicVersion, publicBuilder, publicDraft] as const
