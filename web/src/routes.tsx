// Every address of the portal, from the lists of its modules.

import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { queryClient } from './api/query-client.ts'
import { LAST_ORGANISATION, organisation, platform, root, type Search, signedIn, stop } from './frame-routes.tsx'
import type { PageId } from './navigation.ts'
import { appRoutes } from './pages/apps/routes.ts'
import { approvalRoutes } from './pages/approvals/routes.ts'
import { auditRoutes, platformAuditRoutes } from './pages/audit/routes.ts'
import { announcementRoutes } from './pages/announcements/routes.ts'
import { beginRoutes } from './pages/begin/routes.ts'
import { brandingRoutes } from './pages/branding/routes.ts'
import { appstreamRoutes, catalogueRoutes } from './pages/catalogue/routes.ts'
import { chatRoutes } from './pages/chat/routes.ts'
import { costRoutes } from './pages/cost/routes.ts'
import { executionRoutes } from './pages/executions/routes.ts'
import { homeRoutes } from './pages/home/routes.ts'
import { importRoutes, platformImportRoutes } from './pages/imports/routes.ts'
import { mailRoutes } from './pages/mail/routes.ts'
import { meRoutes } from './pages/me/routes.ts'
import { peopleRoutes } from './pages/people/routes.ts'
import { platformRoutes } from './pages/platform/routes.ts'
import { baselineRoutes, policyRoutes } from './pages/policies/routes.ts'
import { quotaRoutes } from './pages/quotas/routes.ts'
import { taskRoutes } from './pages/tasks/routes.ts'
import { teamRoutes } from './pages/teams/routes.ts'
import { workspaceRoutes } from './pages/workspaces/routes.ts'
import { projectRoutes } from './pages/projects/routes.ts'
import { roleRoutes } from './pages/roles/routes.ts'
import { platformProviderRoutes, providerRoutes } from './pages/providers/routes.ts'
import { apiKeyRoutes } from './pages/api-keys/routes.ts'
import { settingsRoutes } from './pages/settings/routes.ts'
import { billingRoutes } from './pages/billing/routes.ts'
import { runRoutes } from './pages/runs/routes.ts'
import { scheduleRoutes } from './pages/schedules/routes.ts'
import { securityRoutes } from './pages/security/routes.ts'
import { platformSsoRoutes, ssoRoutes } from './pages/sso/routes.ts'
import { entryRoutes, startRoutes } from './pages/start/routes.ts'
import { supervisionRoutes } from './pages/supervision/routes.ts'
import { usageRoutes } from './pages/usage/routes.ts'
import { walletRoutes } from './pages/wallet/routes.ts'
import { meQuery } from './session/facts.ts'
import { readStored } from './session/preferences.ts'
import { ErrorPage, NotFoundPage, PendingPage } from './shell/route-states.tsx'

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
  stop(redirect({ to: is_superadmin ? '/platform/overview' : '/me', replace: true }))
}

/** Where one lands: super-admins on the platform, everybody else in the organisation they were in last. */
async function land(): Promise<void> {
  const { is_superadmin } = await queryClient.ensureQueryData(meQuery)
  if (is_superadmin) stop(redirect({ to: '/platform/overview', replace: true }))
  await enter('home')
}

const start = createRoute({ getParentRoute: () => signedIn, path: '/', beforeLoad: land })
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

const closed = createRoute({
  getParentRoute: () => signedIn,
  path: '/closed',
  component: lazyRouteComponent(() => import('./shell/closed-page.tsx'), 'ClosedPage'),
})

const organisationStart = createRoute({
  getParentRoute: () => organisation,
  path: '/',
  beforeLoad: ({ params }) => {
    stop(redirect({ to: '/o/$org/home', params: { org: params.org }, replace: true }))
  },
})
const platformStart = createRoute({
  getParentRoute: () => platform,
  path: '/',
  beforeLoad: () => {
    stop(redirect({ to: '/platform/overview', replace: true }))
  },
})
const tree = root.addChildren([
  ...startRoutes,
  signedIn.addChildren([
    start,
    closed,
    settings,
    auditLog,
    billing,
    users,
    ...meRoutes,
    ...entryRoutes,
    organisation.addChildren([
      organisationStart,
      ...beginRoutes,
      ...billingRoutes,
      ...settingsRoutes,
      ...apiKeyRoutes,
      ...providerRoutes,
      ...roleRoutes,
      ...projectRoutes,
      ...workspaceRoutes,
      ...teamRoutes,
      ...homeRoutes,
      ...appRoutes,
      ...runRoutes,
      ...importRoutes,
      ...taskRoutes,
      ...chatRoutes,
      ...scheduleRoutes,
      ...peopleRoutes,
      ...securityRoutes,
      ...ssoRoutes,
      ...executionRoutes,
      ...policyRoutes,
      ...approvalRoutes,
      ...supervisionRoutes,
      ...catalogueRoutes,
      ...auditRoutes,
      ...usageRoutes,
      ...walletRoutes,
      ...costRoutes,
      ...quotaRoutes,
    ]),
    platform.addChildren([
      platformStart,
      ...platformRoutes,
      ...platformProviderRoutes,
      ...baselineRoutes,
      ...platformAuditRoutes,
      ...appstreamRoutes,
      ...mailRoutes,
      ...brandingRoutes,
      ...announcementRoutes,
      ...platformImportRoutes,
      ...platformSsoRoutes,
    ]),
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
