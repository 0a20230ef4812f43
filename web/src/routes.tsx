// Every address of the portal. A page is a lazy chunk with its texts beside it; `page` names both.

import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  redirect,
} from '@tanstack/react-router'
import { queryClient } from './api/query-client.ts'
import { ApiProblem } from './api/problem.ts'
import { loadTexts, type Namespace } from './i18n.ts'
import type { PageId } from './navigation.ts'
import { accessOf, meQuery, organisationQuery, type Permission } from './session/facts.ts'
import { readStored, store } from './session/preferences.ts'
import { RootLayout } from './shell/root-layout.tsx'
import { ErrorPage, NotFoundPage, PendingPage } from './shell/route-states.tsx'
import { Shell } from './shell/shell.tsx'

type Search = Readonly<Record<string, string | undefined>>

const LAST_ORGANISATION = 'organisation'

/** The texts that a page needs, fetched beside its script. */
const withTexts = (...namespaces: readonly Namespace[]) => ({ loader: () => loadTexts(namespaces) })

/** The page that the registry knows by this id stands above this one in the breadcrumb. */
const below = (page: PageId) => ({ staticData: { page } })

/** Ends the way to a page: by another address, or by there being none. */
function stop(away: unknown): never {
  throw away
}

/** Sends whoever lacks the permission to Home, with a notice that names it. */
async function needs(org: string, permission: Permission): Promise<void> {
  const organisation = await queryClient.ensureQueryData(organisationQuery(org))
  if (accessOf(organisation).can(permission)) return
  stop(redirect({ to: '/o/$org/home', params: { org }, search: { denied: permission }, replace: true }))
}

async function requireMe(pathname: string, href: string) {
  try {
    const me = await queryClient.ensureQueryData(meQuery)
    if (me.must_change_password && pathname !== '/password') stop(redirect({ to: '/password', search: { next: href } }))
    return me
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 401) throw error
    stop(redirect({ to: '/login', search: href === '/' ? {} : { next: href } }))
  }
}

const root = createRootRoute({
  validateSearch: (search: Record<string, unknown>): Search =>
    Object.fromEntries(
      Object.entries(search).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    ),
  component: RootLayout,
  notFoundComponent: NotFoundPage,
  errorComponent: ErrorPage,
})

// Without a session

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('./pages/start/setup-page.tsx'), 'SetupPage'),
  ...withTexts('start'),
})
const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  component: lazyRouteComponent(() => import('./pages/start/login-page.tsx'), 'LoginPage'),
  ...withTexts('start'),
})
const register = createRoute({
  getParentRoute: () => root,
  path: '/register',
  component: lazyRouteComponent(() => import('./pages/start/register-page.tsx'), 'RegisterPage'),
  ...withTexts('start'),
})
const password = createRoute({
  getParentRoute: () => root,
  path: '/password',
  beforeLoad: ({ location }) => requireMe(location.pathname, '/'),
  component: lazyRouteComponent(() => import('./pages/start/password-page.tsx'), 'PasswordPage'),
  ...withTexts('start'),
})

// Signed in

const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: ({ location }) => requireMe(location.pathname, location.href),
  component: Shell,
})

/** The organisation one was in last, if one still belongs to it. */
async function lastOrganisation(): Promise<string | null> {
  const { organisations } = await queryClient.ensureQueryData(meQuery)
  const last = readStored(LAST_ORGANISATION)
  return organisations.find(({ id }) => id === last)?.id ?? organisations[0]?.id ?? null
}

async function enter(page: string): Promise<void> {
  const org = await lastOrganisation()
  if (org !== null) stop(redirect({ href: `/o/${org}/${page}`, replace: true }))
  const { is_superadmin } = await queryClient.ensureQueryData(meQuery)
  stop(redirect({ to: is_superadmin ? '/platform/organisations' : '/me', replace: true }))
}

const start = createRoute({ getParentRoute: () => signedIn, path: '/', beforeLoad: () => enter('home') })
// Short paths that lead into the organisation one was in last.
const settings = createRoute({ getParentRoute: () => signedIn, path: '/settings', beforeLoad: () => enter('settings') })
const auditLog = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/audit-log',
  beforeLoad: () => enter('audit'),
})
const billing = createRoute({ getParentRoute: () => signedIn, path: '/billing', beforeLoad: () => enter('billing') })
const users = createRoute({
  getParentRoute: () => signedIn,
  path: '/organisation/users',
  beforeLoad: () => enter('people'),
})

const organisation = createRoute({
  getParentRoute: () => signedIn,
  path: '/o/$org',
  beforeLoad: async ({ params }) => {
    const known = await queryClient.ensureQueryData(organisationQuery(params.org)).catch((error: unknown) => {
      if (error instanceof ApiProblem && (error.status === 404 || error.status === 422)) stop(notFound())
      throw error
    })
    store(LAST_ORGANISATION, known.id)
  },
})

const organisationStart = createRoute({
  getParentRoute: () => organisation,
  path: '/',
  beforeLoad: ({ params }) => {
    stop(redirect({ to: '/o/$org/home', params: { org: params.org }, replace: true }))
  },
})
const home = createRoute({
  getParentRoute: () => organisation,
  path: '/home',
  component: lazyRouteComponent(() => import('./pages/home/home-page.tsx'), 'HomePage'),
  ...withTexts('home'),
  ...below('home'),
})
const people = createRoute({
  getParentRoute: () => organisation,
  path: '/people',
  component: lazyRouteComponent(() => import('./pages/people/people-page.tsx'), 'PeoplePage'),
  beforeLoad: ({ params }) => needs(params.org, 'user.view'),
  ...withTexts('people'),
  ...below('people'),
})
const person = createRoute({
  getParentRoute: () => organisation,
  path: '/people/$person',
  component: lazyRouteComponent(() => import('./pages/people/person-page.tsx'), 'PersonPage'),
  beforeLoad: ({ params }) => needs(params.org, 'user.view'),
  ...withTexts('people'),
  ...below('people'),
})

const platform = createRoute({
  getParentRoute: () => signedIn,
  path: '/platform',
  component: lazyRouteComponent(() => import('./pages/platform/platform-gate.tsx'), 'PlatformGate'),
  ...withTexts('platform'),
})
const platformStart = createRoute({
  getParentRoute: () => platform,
  path: '/',
  beforeLoad: () => {
    stop(redirect({ to: '/platform/organisations', replace: true }))
  },
})
const platformOrganisations = createRoute({
  getParentRoute: () => platform,
  path: '/organisations',
  component: lazyRouteComponent(() => import('./pages/platform/organisations-page.tsx'), 'OrganisationsPage'),
  ...withTexts('platform'),
  ...below('platform_organisations'),
})

const me = createRoute({
  getParentRoute: () => signedIn,
  path: '/me',
  component: lazyRouteComponent(() => import('./pages/me/me-page.tsx'), 'MePage'),
  ...withTexts('me'),
  ...below('me'),
})

const tree = root.addChildren([
  setup,
  login,
  register,
  password,
  signedIn.addChildren([
    start,
    settings,
    auditLog,
    billing,
    users,
    organisation.addChildren([organisationStart, home, people, person]),
    platform.addChildren([platformStart, platformOrganisations]),
    me,
  ]),
])

const parseSearch = (search: string): Search => Object.fromEntries(new URLSearchParams(search))

function stringifySearch(search: Record<string, unknown>): string {
  const given = Object.entries(search).flatMap(([name, value]) =>
    typeof value === 'string' && value !== '' ? [[name, value]] : [],
  )
  const text = new URLSearchParams(given).toString()
  return text === '' ? '' : `?${text}`
}

export const router = createRouter({
  routeTree: tree,
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  // What is preloaded are scripts and texts; data are cached by their queries.
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  scrollToTopSelectors: ['#main'],
  defaultPendingComponent: PendingPage,
  defaultErrorComponent: ErrorPage,
  defaultNotFoundComponent: NotFoundPage,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
  interface StaticDataRouteOption {
    readonly page?: PageId
  }
}
