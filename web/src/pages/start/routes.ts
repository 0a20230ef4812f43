import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { requireMe, root, signedIn, withTexts } from '../../frame-routes.tsx'

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
  ...withTexts('start', 'proof'),
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
const forgot = createRoute({
  getParentRoute: () => root,
  path: '/forgot',
  component: lazyRouteComponent(() => import('./forgot-page.tsx'), 'ForgotPage'),
  ...withTexts('start'),
})
const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  component: lazyRouteComponent(() => import('./reset-page.tsx'), 'ResetPage'),
  ...withTexts('start'),
})
const verify = createRoute({
  getParentRoute: () => root,
  path: '/verify',
  component: lazyRouteComponent(() => import('./verify-page.tsx'), 'VerifyPage'),
  ...withTexts('start'),
})
const registerConfirm = createRoute({
  getParentRoute: () => root,
  path: '/register/confirm',
  component: lazyRouteComponent(() => import('./register-confirm-page.tsx'), 'RegisterConfirmPage'),
  ...withTexts('start'),
})
const invite = createRoute({
  getParentRoute: () => root,
  path: '/invite',
  component: lazyRouteComponent(() => import('./invite-page.tsx'), 'InvitePage'),
  ...withTexts('start'),
})
const sso = createRoute({
  getParentRoute: () => root,
  path: '/login/sso/$connection',
  component: lazyRouteComponent(() => import('./sso-page.tsx'), 'SsoPage'),
  ...withTexts('start'),
})
const mfaSetup = createRoute({
  getParentRoute: () => root,
  path: '/mfa/setup',
  beforeLoad: ({ location }) => requireMe(location.pathname, location.href),
  component: lazyRouteComponent(() => import('./mfa-setup-page.tsx'), 'MfaSetupPage'),
  ...withTexts('start', 'proof'),
})

const entryRefused = createRoute({
  getParentRoute: () => signedIn,
  path: '/not-entered/$organisation',
  component: lazyRouteComponent(() => import('./entry-refused-page.tsx'), 'EntryRefusedPage'),
  ...withTexts('start'),
})

/** What one sees instead of an organisation that may not be entered like this. */
export const entryRoutes = [entryRefused] as const

/** What one sees without a session, or before it may do anything. */
export const startRoutes = [
  setup,
  login,
  register,
  registerConfirm,
  password,
  forgot,
  reset,
  verify,
  invite,
  sso,
  mfaSetup,
] as const
