import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { requireMe, root, withTexts } from '../../frame-routes.tsx'

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('./setup-page.tsx'), 'SetupPage'),
  ...withTexts('start'),
})
const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  component: lazyRouteComponent(() => import('./login-page.tsx'), 'LoginPage'),
  ...withTexts('start'),
})
const register = createRoute({
  getParentRoute: () => root,
  path: '/register',
  component: lazyRouteComponent(() => import('./register-page.tsx'), 'RegisterPage'),
  ...withTexts('start'),
})
const password = createRoute({
  getParentRoute: () => root,
  path: '/password',
  beforeLoad: ({ location }) => requireMe(location.pathname, '/'),
  component: lazyRouteComponent(() => import('./password-page.tsx'), 'PasswordPage'),
  ...withTexts('start'),
})

/** What one sees without a session. */
export const startRoutes = [setup, login, register, password] as const
