// The one registry of screens. The sidebar, the palette, the breadcrumbs and the short paths read it; a screen that is not
// here is not found. What a person may not open is not shown; the server decides all the same.

import {
  Activity,
  BadgeCheck,
  Building2,
  CalendarClock,
  ChartColumn,
  ChartLine,
  FileUp,
  Fingerprint,
  ClipboardCheck,
  FolderKanban,
  Blocks,
  Gauge,
  Inbox,
  Library,
  House,
  KeyRound,
  Layers,
  LayoutDashboard,
  LayoutGrid,
  ListChecks,
  type LucideIcon,
  Plug,
  ReceiptText,
  Play,
  Route,
  LockKeyhole,
  Mail,
  Megaphone,
  Palette,
  MailPlus,
  MessagesSquare,
  ScrollText,
  Settings,
  ShieldCheck,
  Trash2,
  UserRound,
  Users,
  UsersRound,
  Wallet,
} from 'lucide-react'
import type { Permission } from './session/facts.ts'

export type NavigationGroup = 'work' | 'govern' | 'manage' | 'money' | 'organisation' | 'platform' | 'me'

export type NavigationEntry = {
  readonly id: PageId
  /** As in `routes.tsx`; `$org` is the organisation one is in. */
  readonly path: string
  /** Its name is the text `nav.<id>` of the namespace `shell`. */
  readonly group: NavigationGroup
  readonly icon: LucideIcon
  /** What one needs to see it listed; null when everybody may. The platform's screens need a super-admin. */
  readonly permission: Permission | null
  /** Another one with which it is listed too. */
  readonly orPermission?: Permission
  /** What opens the page, any of them, where that is another than what lists it. */
  readonly opens?: readonly Permission[]
  /** What opens a page below it, by the rest of its path, where that is another than what opens the page itself. */
  readonly below?: Readonly<Record<string, Permission>>
  /** What else it is called, in English; it is found by these as well. */
  readonly keywords: readonly string[]
  /** Found by the palette only. */
  readonly isUnlisted?: boolean
  /** The second key after `g`. */
  readonly key?: string
}

export type PageId =
  | 'home'
  | 'audit'
  | 'executions'
  | 'policies'
  | 'apps'
  | 'runs'
  | 'tasks'
  | 'chat'
  | 'schedules'
  | 'usage'
  | 'wallet'
  | 'cost'
  | 'quotas'
  | 'people'
  | 'security'
  | 'platform_mail'
  | 'invitations'
  | 'people_import'
  | 'platform_import'
  | 'sso'
  | 'platform_sso'
  | 'platform_overview'
  | 'platform_setup'
  | 'platform_organisations'
  | 'platform_people'
  | 'platform_providers'
  | 'platform_tiers'
  | 'platform_policy'
  | 'platform_audit'
  | 'platform_settings'
  | 'platform_branding'
  | 'platform_announcements'
  | 'me'
  | 'approvals'
  | 'supervision'
  | 'catalogue'
  | 'builder'
  | 'platform_apps'
  | 'teams'
  | 'workspaces'
  | 'projects'
  | 'roles'
  | 'api_keys'
  | 'providers'
  | 'settings'
  | 'billing'
  | 'danger'
  | 'begin'

// One line group per group of the sidebar, in the order in which they are shown.
export const NAVIGATION: readonly NavigationEntry[] = [
  // work
  {
    id: 'home',
    path: '/o/$org/home',
    group: 'work',
    icon: House,
    permission: null,
    keywords: ['dashboard', 'start'],
    key: 'h',
  },
  {
    id: 'apps',
    path: '/o/$org/apps',
    group: 'work',
    icon: LayoutGrid,
    permission: 'app.view',
    keywords: ['run', 'catalogue', 'start'],
    key: 'a',
  },
  {
    id: 'runs',
    path: '/o/$org/runs',
    group: 'work',
    icon: Play,
    permission: 'run.view_own',
    keywords: ['drafts', 'results', 'mine'],
    key: 'r',
  },
  {
    id: 'approvals',
    path: '/o/$org/approvals',
    group: 'work',
    icon: Inbox,
    permission: 'run.view_own',
    keywords: ['inbox', 'review', 'acknowledge', 'approve', 'sign off', 'drafts', 'deputy'],
    key: 'i',
  },
  {
    id: 'tasks',
    path: '/o/$org/tasks',
    group: 'work',
    icon: ClipboardCheck,
    permission: 'run.view_own',
    keywords: ['human tasks', 'to do', 'answer', 'questions'],
    key: 't',
  },
  {
    id: 'chat',
    path: '/o/$org/chat',
    group: 'work',
    icon: MessagesSquare,
    permission: 'run.execute',
    keywords: ['threads', 'conversation', 'messages'],
    key: 'c',
    // What was said before can be read by whoever may not say more.
    opens: ['run.view_own'],
  },
  {
    id: 'schedules',
    path: '/o/$org/schedules',
    group: 'work',
    icon: CalendarClock,
    permission: 'run.view_own',
    keywords: ['cron', 'timer', 'recurring', 'automation'],
  },
  {
    id: 'usage',
    path: '/o/$org/usage',
    group: 'work',
    icon: ChartLine,
    permission: 'usage.view_own',
    keywords: ['tokens', 'limits', 'quota', 'mine'],
    key: 'u',
  },
  // govern
  {
    id: 'executions',
    path: '/o/$org/executions',
    group: 'govern',
    icon: Activity,
    permission: 'run.view_own',
    keywords: ['runs', 'calls', 'history', 'usage'],
    key: 'e',
  },
  {
    id: 'policies',
    path: '/o/$org/policies',
    group: 'govern',
    icon: ShieldCheck,
    permission: 'policy.view',
    keywords: ['governance', 'rules', 'supervision', 'limits', 'risk'],
  },
  {
    id: 'supervision',
    path: '/o/$org/supervision',
    group: 'govern',
    icon: Route,
    permission: 'policy.view',
    keywords: ['workflows', 'levels', 'quorum', 'deadline', 'escalation', 'deputies'],
  },
  // manage
  {
    id: 'people',
    path: '/o/$org/people',
    group: 'manage',
    icon: Users,
    permission: 'user.view',
    keywords: ['members', 'users', 'team', 'invite'],
    key: 'p',
    below: { '/service-accounts/$account': 'api_key.manage' },
  },
  {
    id: 'roles',
    path: '/o/$org/roles',
    group: 'manage',
    icon: BadgeCheck,
    permission: 'user.view',
    keywords: ['permissions', 'matrix', 'designations', 'view as'],
  },
  {
    id: 'teams',
    path: '/o/$org/teams',
    group: 'manage',
    icon: UsersRound,
    permission: 'directory.view',
    keywords: ['groups', 'managers'],
  },
  {
    id: 'workspaces',
    path: '/o/$org/workspaces',
    group: 'manage',
    icon: LayoutGrid,
    permission: 'workspace.view',
    keywords: ['spaces', 'areas'],
  },
  {
    id: 'projects',
    path: '/o/$org/projects',
    group: 'manage',
    icon: FolderKanban,
    permission: 'project.view',
    keywords: ['use cases'],
  },
  {
    id: 'providers',
    path: '/o/$org/providers',
    group: 'manage',
    icon: Plug,
    permission: 'model.view',
    keywords: ['models', 'prices', 'openai', 'anthropic', 'assignments'],
  },
  {
    id: 'api_keys',
    path: '/o/$org/api-keys',
    group: 'manage',
    icon: KeyRound,
    permission: 'api_key.own',
    keywords: ['tokens', 'secrets', 'access keys'],
  },
  {
    id: 'catalogue',
    path: '/o/$org/catalogue',
    group: 'manage',
    icon: Library,
    permission: 'catalog.manage',
    keywords: ['apps', 'allowlist', 'blocklist', 'promote', 'review', 'submissions'],
    below: { '/versions/$version': 'app.view' },
  },
  {
    id: 'builder',
    path: '/o/$org/builder',
    group: 'manage',
    icon: Blocks,
    permission: 'app.publish',
    keywords: ['apps', 'write', 'contract', 'pipeline', 'publish', 'expert'],
  },
  {
    id: 'invitations',
    path: '/o/$org/people/invitations',
    group: 'manage',
    icon: MailPlus,
    permission: 'user.invite',
    keywords: ['invite', 'resend', 'onboarding', 'add people'],
    isUnlisted: true,
  },
  {
    id: 'people_import',
    path: '/o/$org/people/import',
    group: 'manage',
    icon: FileUp,
    permission: 'role.change',
    keywords: ['bulk', 'excel', 'csv', 'spreadsheet', 'invite', 'add people'],
    isUnlisted: true,
  },
  // money
  {
    id: 'wallet',
    path: '/o/$org/wallet',
    group: 'money',
    icon: Wallet,
    permission: 'billing.view',
    keywords: ['balance', 'credit', 'ledger', 'transactions', 'top up'],
    key: 'w',
  },
  {
    id: 'cost',
    path: '/o/$org/cost',
    group: 'money',
    icon: ChartColumn,
    permission: 'insights.view',
    keywords: ['usage', 'spend', 'insights', 'report', 'ranking'],
  },
  {
    id: 'quotas',
    path: '/o/$org/quotas',
    group: 'money',
    icon: Gauge,
    permission: 'spend_limit.manage',
    orPermission: 'quota.manage',
    keywords: ['limits', 'budget', 'tokens', 'spend'],
  },
  // organisation: its section keeps these three items (the administration overview, "Sidebar")
  {
    id: 'settings',
    path: '/o/$org/settings',
    group: 'organisation',
    icon: Settings,
    permission: 'org.settings',
    keywords: ['organisation settings', 'name', 'worker ssh key', 'provider keys'],
    opens: ['org.settings', 'worker_key.view'],
  },
  {
    id: 'billing',
    path: '/o/$org/billing',
    group: 'organisation',
    icon: ReceiptText,
    permission: 'billing.manage',
    keywords: ['wallet', 'payment', 'invoices', 'subscription', 'plan'],
    // Members read it; what lists it is what its acts need (rulings, point 2).
    opens: ['billing.view'],
  },
  {
    id: 'security',
    path: '/o/$org/security',
    group: 'manage',
    icon: LockKeyhole,
    permission: 'security.manage',
    keywords: ['mfa', 'two-factor', 'ip', 'allowlist', 'sessions', 'time-out'],
  },
  {
    id: 'sso',
    path: '/o/$org/sso',
    group: 'manage',
    icon: Fingerprint,
    permission: 'sso.manage',
    keywords: ['single sign-on', 'oidc', 'entra', 'google', 'oracle', 'scim', 'identity provider', 'break glass'],
  },
  {
    id: 'audit',
    path: '/o/$org/audit',
    group: 'organisation',
    icon: ScrollText,
    permission: 'audit.view',
    keywords: ['log', 'history', 'events', 'compliance', 'evidence'],
  },
  {
    id: 'danger',
    path: '/o/$org/danger',
    group: 'organisation',
    icon: Trash2,
    permission: 'org.delete',
    keywords: ['delete organisation', 'close'],
    isUnlisted: true,
  },
  {
    id: 'begin',
    path: '/o/$org/begin',
    group: 'organisation',
    icon: ListChecks,
    permission: 'policy.manage',
    orPermission: 'user.invite',
    keywords: ['wizard', 'first steps', 'onboarding', 'template', 'start'],
    isUnlisted: true,
  },
  // platform
  {
    id: 'platform_overview',
    path: '/platform/overview',
    group: 'platform',
    icon: LayoutDashboard,
    permission: null,
    keywords: ['dashboard', 'home', 'health', 'version'],
  },
  {
    id: 'platform_setup',
    path: '/platform/setup',
    group: 'platform',
    icon: ListChecks,
    permission: null,
    keywords: ['wizard', 'first run', 'onboarding', 'start'],
    isUnlisted: true,
  },
  {
    id: 'platform_organisations',
    path: '/platform/organisations',
    group: 'platform',
    icon: Building2,
    permission: null,
    keywords: ['tenants', 'customers'],
  },
  {
    id: 'platform_people',
    path: '/platform/people',
    group: 'platform',
    icon: Users,
    permission: null,
    keywords: ['accounts', 'users', 'sessions', 'superadmins'],
  },
  {
    id: 'platform_providers',
    path: '/platform/providers',
    group: 'platform',
    icon: Plug,
    permission: null,
    keywords: ['models', 'prices', 'openai', 'assignments', 'test call'],
  },
  {
    id: 'platform_tiers',
    path: '/platform/tiers',
    group: 'platform',
    icon: Layers,
    permission: null,
    keywords: ['account tiers', 'maxima', 'plans'],
  },
  {
    id: 'platform_policy',
    path: '/platform/policy',
    group: 'platform',
    icon: ShieldCheck,
    permission: null,
    keywords: ['baseline', 'governance', 'rules'],
  },
  {
    id: 'platform_apps',
    path: '/platform/catalogue',
    group: 'platform',
    icon: Library,
    permission: null,
    keywords: ['appstream', 'public apps', 'review', 'publish'],
  },
  {
    id: 'platform_mail',
    path: '/platform/mail',
    group: 'platform',
    icon: Mail,
    permission: null,
    keywords: ['smtp', 'outbox', 'e-mail', 'links'],
  },
  {
    id: 'platform_import',
    path: '/platform/people/import',
    group: 'platform',
    icon: FileUp,
    permission: null,
    keywords: ['bulk', 'excel', 'csv', 'spreadsheet', 'add people'],
    isUnlisted: true,
  },
  {
    id: 'platform_sso',
    path: '/platform/sso',
    group: 'platform',
    icon: Fingerprint,
    permission: null,
    keywords: ['single sign-on', 'oidc', 'identity provider', 'domains'],
  },
  {
    id: 'platform_audit',
    path: '/platform/audit',
    group: 'platform',
    icon: ScrollText,
    permission: null,
    keywords: ['audit', 'log', 'events', 'history'],
  },
  {
    id: 'platform_announcements',
    path: '/platform/announcements',
    group: 'platform',
    icon: Megaphone,
    permission: null,
    keywords: ['maintenance', 'banner', 'message', 'notice', 'tell everybody'],
  },
  {
    id: 'platform_branding',
    path: '/platform/branding',
    group: 'platform',
    icon: Palette,
    permission: null,
    keywords: ['logo', 'favicon', 'accent colour', 'whitelabel', 'login page', 'name'],
  },
  {
    id: 'platform_settings',
    path: '/platform/settings',
    group: 'platform',
    icon: Settings,
    permission: null,
    keywords: ['authentication', 'registration', 'e-mail verification', 'sessions'],
  },
  // me
  {
    id: 'me',
    path: '/me',
    group: 'me',
    icon: UserRound,
    permission: null,
    keywords: ['profile', 'password', 'sessions', 'theme', 'language'],
  },
]

export const PLATFORM_ICON = Gauge

/** The entry of a page. */
export function entryOf(id: PageId): NavigationEntry {
  const entry = NAVIGATION.find((each) => each.id === id)
  if (entry === undefined) throw new Error(`The page ${id} has no entry`)
  return entry
}

/** What opens a page, or a page below it: any of these; nothing is needed where there are none. */
export function openedBy(
  { permission, orPermission, opens, below }: NavigationEntry,
  rest = '',
): readonly Permission[] {
  const own = below?.[rest]
  if (own !== undefined) return [own]
  return opens ?? [permission, orPermission].filter((each) => each !== undefined && each !== null)
}

/** Where a page is, for whoever is in `org`. */
export const pathOf = (entry: NavigationEntry, org: string | null): string => entry.path.replace('$org', org ?? '')

/** The entries of an organisation that somebody may open. */
export const listOpen = (can: (permission: Permission) => boolean): readonly NavigationEntry[] =>
  NAVIGATION.filter((entry) => entry.path.includes('$org') && isOpen(entry, can))

/** Whether what somebody holds is enough for a page of an organisation. */
export const isOpen = (
  { permission, orPermission }: NavigationEntry,
  can: (permission: Permission) => boolean,
): boolean => permission === null || can(permission) || (orPermission !== undefined && can(orPermission))
