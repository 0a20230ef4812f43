// The English texts are the type of every key: one line per namespace.

import type announcements from './en/announcements.json'
import type apiKeys from './en/api-keys.json'
import type approvals from './en/approvals.json'
import type apps from './en/apps.json'
import type audit from './en/audit.json'
import type begin from './en/begin.json'
import type billing from './en/billing.json'
import type branding from './en/branding.json'
import type builder from './en/builder.json'
import type catalogue from './en/catalogue.json'
import type chat from './en/chat.json'
import type cost from './en/cost.json'
import type executions from './en/executions.json'
import type home from './en/home.json'
import type imports from './en/imports.json'
import type mail from './en/mail.json'
import type me from './en/me.json'
import type people from './en/people.json'
import type platform from './en/platform.json'
import type policies from './en/policies.json'
import type projects from './en/projects.json'
import type proof from './en/proof.json'
import type providers from './en/providers.json'
import type quotas from './en/quotas.json'
import type roles from './en/roles.json'
import type runs from './en/runs.json'
import type schedules from './en/schedules.json'
import type security from './en/security.json'
import type settings from './en/settings.json'
import type setup from './en/setup.json'
import type shell from './en/shell.json'
import type sso from './en/sso.json'
import type start from './en/start.json'
import type supervision from './en/supervision.json'
import type tasks from './en/tasks.json'
import type teams from './en/teams.json'
import type usage from './en/usage.json'
import type views from './en/views.json'
import type wallet from './en/wallet.json'
import type words from './en/words.json'
import type workspaces from './en/workspaces.json'

export type Resources = {
  readonly announcements: typeof announcements
  readonly 'api-keys': typeof apiKeys
  readonly approvals: typeof approvals
  readonly apps: typeof apps
  readonly audit: typeof audit
  readonly begin: typeof begin
  readonly billing: typeof billing
  readonly branding: typeof branding
  readonly builder: typeof builder
  readonly catalogue: typeof catalogue
  readonly chat: typeof chat
  readonly cost: typeof cost
  readonly executions: typeof executions
  readonly home: typeof home
  readonly imports: typeof imports
  readonly mail: typeof mail
  readonly me: typeof me
  readonly people: typeof people
  readonly platform: typeof platform
  readonly policies: typeof policies
  readonly projects: typeof projects
  readonly proof: typeof proof
  readonly providers: typeof providers
  readonly quotas: typeof quotas
  readonly roles: typeof roles
  readonly runs: typeof runs
  readonly schedules: typeof schedules
  readonly security: typeof security
  readonly settings: typeof settings
  readonly setup: typeof setup
  readonly shell: typeof shell
  readonly sso: typeof sso
  readonly start: typeof start
  readonly supervision: typeof supervision
  readonly tasks: typeof tasks
  readonly teams: typeof teams
  readonly usage: typeof usage
  readonly views: typeof views
  readonly wallet: typeof wallet
  readonly words: typeof words
  readonly workspaces: typeof workspaces
}
