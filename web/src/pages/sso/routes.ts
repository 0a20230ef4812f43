import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { below, organisation, platform, requireOpen, withTexts } from '../../frame-routes.tsx'

const texts = withTexts('sso')
const listPage = () => import('./sso-page.tsx')
const onePage = () => import('./connection-page.tsx')

const connections = createRoute({
  getParentRoute: () => organisation,
  path: '/sso',
  component: lazyRouteComponent(listPage, 'SsoPage'),
  ...texts,
  beforeLoad: ({ params }) => requireOpen(params.org, 'sso'),
  ...below('sso'),
})
const connection = createRoute({
  getParentRoute: () => organisation,
  path: '/sso/$connection',
  component: lazyRouteComponent(onePage, 'ConnectionPage'),
  ...texts,
  beforeLoad: ({ params }) => requireOpen(params.org, 'sso'),
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
