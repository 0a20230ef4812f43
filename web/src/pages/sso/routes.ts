import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, needs, organisation, platform, withTexts } from '../../frame-routes.tsx'

const texts = withTexts('sso')
const listPage = () => import('./sso-page.tsx')
const onePage = () => import('./connection-page.tsx')

const connections = createRoute({
  getParentRoute: () => organisation,
  path: '/sso',
  component: lazyRouteComponent(listPage, 'SsoPage'),
  beforeLoad: ({ params }) => needs(params.org, 'sso.manage'),
  ...texts,
  ...below('sso'),
})
const connection = createRoute({
  getParentRoute: () => organisation,
  path: '/sso/$connection',
  component: lazyRouteComponent(onePage, 'ConnectionPage'),
  beforeLoad: ({ params }) => needs(params.org, 'sso.manage'),
  ...texts,
  ...below('sso'),
})

export const ssoRoutes = [connections, connection] as const

const platformConnections = createRoute({
  getParentRoute: () => platform,
  path: '/sso',
  component: lazyRouteComponent(listPage, 'SsoPage'),
  ...texts,
  ...below('platform_sso'),
})
const platformConnection = createRoute({
  getParentRoute: () => platform,
  path: '/sso/$connection',
  component: lazyRouteComponent(onePage, 'ConnectionPage'),
  ...texts,
  ...below('platform_sso'),
})

export const platformSsoRoutes = [platformConnections, platformConnection] as const
