// What the routes of every module hang on: the root, the shell of who is signed in, an organisation, the platform. A module
// lists its own screens in `pages/<module>/routes.ts`.

import { createRootRoute, createRoute, lazyRouteComponent, notFound, redirect } from '@tanstack/react-router'
import { overviewQuery } from './api/platform.ts'
import { ApiProblem } from './api/problem.ts'
import { queryClient } from './api/query-client.ts'
import { loadTexts, type Namespace } from './i18n.ts'
import { entryOf, openedBy, type PageId } from './navigation.ts'
import { accessOf, meQuery, organisationQuery } from './session/facts.ts'
import { store } from './session/preferences.ts'
import { RootLayout } from './shell/root-layout.tsx'
import { ErrorPage, NotFoundPage } from './shell/route-states.tsx'
import { Shell } from './shell/shell.tsx'

export type Search = Readonly<Record<string, string | undefined>>

export const LAST_ORGANISATION = 'organisation'

/** One belongs to the organisation, but it is not entered like this. */
const ENTRY_REFUSALS = new Set(['sso_required', 'address_not_allowed'])

/** The texts that a page needs, fetched beside its script. */
export const withTexts = (...namespaces: readonly Namespace[]) => ({ loader: () => loadTexts(namespaces) })

/** The page of the registry that this is, or that this belongs to: the breadcrumb and the sidebar show it. */
export const below = (page: PageId) => ({ staticData: { page } })

/** Ends the way to a page: by another address, or by there being none. */
export function stop(away: unknown): never {
  throw away
}

/** Sends whoever the registry does not let into a page (or the page at `rest` below it) to Home, with a notice why. */
export async function requireOpen(org: string, page: PageId, rest = ''): Promise<void> {
  const permissions = openedBy(entryOf(page), rest)
  const [first] = permissions
  if (first === undefined) return
  const organisation = await queryClient.ensureQueryData(organisationQuery(org))
  if (permissions.some(accessOf(organisation).can)) return
  stop(redirect({ to: '/o/$org/home', params: { org }, search: { denied: first }, replace: true }))
}

export async function requireMe(pathname: string, href: string) {
  try {
    const me = await queryClient.ensureQueryData(meQuery)
    if (me.must_change_password && pathname !== '/password') stop(redirect({ to: '/password', search: { next: href } }))
    return me
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 401) throw error
    stop(redirect({ to: '/login', search: href === '/' ? {} : { next: href } }))
  }
}

export const root = createRootRoute({
  validateSearch: (search: Record<string, unknown>): Search =>
    Object.fromEntries(
      Object.entries(search).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    ),
  component: RootLayout,
  notFoundComponent: NotFoundPage,
  errorComponent: ErrorPage,
})

/** Below it one is signed in and sees the shell. */
export const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: ({ location }) => requireMe(location.pathname, location.href),
  component: Shell,
})

/** Below it one is in an organisation whose facts are there. */
export const organisation = createRoute({
  getParentRoute: () => signedIn,
  path: '/o/$org',
  beforeLoad: async ({ params, location }) => {
    const known = await queryClient.ensureQueryData(organisationQuery(params.org)).catch((error: unknown) => {
      if (!(error instanceof ApiProblem)) throw error
      if (error.status === 404 || error.status === 422) stop(notFound())
      if (error.code === 'factor_required') stop(redirect({ to: '/mfa/setup', search: { next: location.href } }))
      if (ENTRY_REFUSALS.has(error.code)) {
        const away = { params: { organisation: params.org }, search: { why: error.code }, replace: true }
        stop(redirect({ to: '/not-entered/$organisation', ...away }))
      }
      if (error.code === 'organisation_not_active') {
        const { status } = error.params
        stop(redirect({ to: '/closed', search: { org: params.org, ...(typeof status === 'string' && { status }) } }))
      }
      // A super-admin who does not belong to it, where the platform demands a reason.
      if (error.code === 'access_reason_required') {
        const to = { params: { organisation: params.org }, search: { enter: 'yes' } }
        stop(redirect({ to: '/platform/organisations/$organisation', ...to }))
      }
      throw error
    })
    store(LAST_ORGANISATION, known.id)
  },
})

/** Below it one is a super-admin. */
export const platform = createRoute({
  getParentRoute: () => signedIn,
  path: '/platform',
  // Whoever is not a super-admin is refused by the page, in words.
  beforeLoad: async ({ location }) => {
    const { is_superadmin } = await queryClient.ensureQueryData(meQuery)
    if (!is_superadmin) return
    await queryClient.ensureQueryData(overviewQuery).catch((error: unknown) => {
      if (!(error instanceof ApiProblem) || error.code !== 'factor_required') return
      stop(redirect({ to: '/mfa/setup', search: { next: location.href } }))
    })
  },
  component: lazyRouteComponent(() => import('./pages/platform/platform-gate.tsx'), 'PlatformGate'),
  ...withTexts('platform'),
})
