import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, organisation, platform, requireOpen, withTexts } from '../../frame-routes.tsx'

const texts = withTexts('imports')
const startPage = () => import('./import-page.tsx')
const runPage = () => import('./import-run-page.tsx')

const start = createRoute({
  getParentRoute: () => organisation,
  path: '/people/import',
  component: lazyRouteComponent(startPage, 'ImportPage'),
  ...texts,
  beforeLoad: ({ params }) => requireOpen(params.org, 'people_import'),
  ...below('people_import'),
})
const run = createRoute({
  getParentRoute: () => organisation,
  path: '/people/import/$import',
  component: lazyRouteComponent(runPage, 'ImportRunPage'),
  ...texts,
  beforeLoad: ({ params }) => requireOpen(params.org, 'people_import'),
  ...below('people_import'),
})

export const importRoutes = [start, run] as const

const platformStart = createRoute({
  getParentRoute: () => platform,
  path: '/people/import',
  component: lazyRouteComponent(startPage, 'ImportPage'),
  ...texts,
  ...below('platform_import'),
})
const platformRun = createRoute({
  getParentRoute: () => platform,
  path: '/people/import/$import',
  component: lazyRouteComponent(runPage, 'ImportRunPage'),
  ...texts,
  ...below('platform_import'),
})

export const platformImportRoutes = [platformStart, platformRun] as const
