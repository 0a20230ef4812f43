// The permission matrix: one pure table that the server decides by, the portal renders and the tests compare
// (`permission-matrix.txt` shows it evaluated). Sources: requirements 4.3 and 4.4 as corrected by the rulings.

export const BASE_ROLES = ['owner', 'admin', 'member'] as const
export type BaseRole = (typeof BASE_ROLES)[number]

export const DESIGNATIONS = ['manager', 'reviewer', 'compliance_officer', 'expert'] as const
export type Designation = (typeof DESIGNATIONS)[number]

export const SURFACES = ['studio', 'hub'] as const
export type Surface = (typeof SURFACES)[number]

export type PermissionRow = {
  /** What the holder may do, as the portal and a refusal say it. */
  readonly allows: string
  /** Base roles that hold it. */
  readonly roles: readonly BaseRole[]
  /** Designations that add it, whatever the base role. */
  readonly designations: readonly Designation[]
  /** Whether it may be granted to one member. What may not belongs to its roles for good, and no owner is denied it. */
  readonly single: boolean
  /** Only members of this surface hold it, however it was given. */
  readonly surface: Surface | null
  /** Another permission without which this one is worth nothing, so that a deny of that one removes both. */
  readonly needs: 'billing.view' | 'audit.view' | null
  /** The super-admin holds it only as a member: acts that a person of the organisation answers for. */
  readonly as_member: boolean
  /** Which API keys may carry it as a scope: none, a person's own, or also the organisation's. */
  readonly key: 'none' | 'person' | 'any'
}

const EVERYONE: readonly BaseRole[] = ['owner', 'admin', 'member']
const ADMINS: readonly BaseRole[] = ['owner', 'admin']
const OWNERS: readonly BaseRole[] = ['owner']
const NOBODY: readonly BaseRole[] = []

const PLAIN = { designations: [], single: true, surface: null, needs: null, as_member: false, key: 'any' } as const

type Exception = Partial<Omit<PermissionRow, 'allows' | 'roles'>>

/** A row: what it allows, who holds it by base role, and in what it departs from a plain permission. */
const row = (allows: string, roles: readonly BaseRole[], exception: Exception = {}): PermissionRow =>
  Object.freeze({ ...PLAIN, ...exception, allows, roles })

// What belongs to its roles: it can be neither granted singly nor put into a custom role.
const OF_THE_ROLE = { single: false } as const
// What would let a leaked key outlive or outgrow itself: no key carries it.
const SIGNED_IN = { single: false, key: 'none' } as const
// What a named person answers for: no organisation key carries it, and the super-admin does it only as a member.
const IN_PERSON = { as_member: true, key: 'person' } as const
const STUDIO = { single: false, surface: 'studio', key: 'person' } as const

const TABLE = {
  'run.execute': row('start executions and call models', EVERYONE, { as_member: true }),
  'run.acknowledge': row('acknowledge the outputs of own runs', EVERYONE, IN_PERSON),
  'run.acknowledge_others': row('acknowledge for a requester who cannot, or who delegated it', NOBODY, {
    ...IN_PERSON,
    designations: ['reviewer'],
  }),
  'run.approve_manager': row('approve at level 2', NOBODY, { ...IN_PERSON, designations: ['manager', 'reviewer'] }),
  'run.approve_compliance': row('sign off at level 3', NOBODY, { ...IN_PERSON, designations: ['compliance_officer'] }),
  'run.view_own': row('see own executions', EVERYONE),
  'run.view_team': row('see the executions of teams one manages', ADMINS, { designations: ['manager'] }),
  'run.view_org': row('see the record of every execution', ADMINS, { designations: ['compliance_officer'] }),

  'app.view': row('see the apps there are to run', EVERYONE),
  'app.publish': row('submit internal apps and publish them to the catalogue', NOBODY, {
    designations: ['expert'],
    key: 'person',
  }),
  'app.review': row('review internal apps of other authors', ADMINS, { key: 'person' }),
  'catalog.manage': row('allow, block and promote apps', ADMINS),

  'studio.discover': row('use Discover', EVERYONE, STUDIO),
  'studio.define': row('use Define', EVERYONE, STUDIO),
  'studio.design': row('use Design', EVERYONE, STUDIO),
  'studio.build': row('use Build', EVERYONE, STUDIO),

  'model.view': row('see the models one may call', EVERYONE),
  'model.assign': row("enable and disable the organisation's own models", ADMINS),
  'provider.view': row("see the organisation's providers, without their keys", ADMINS),
  'provider.manage': row("manage the organisation's providers, models and prices", OWNERS, SIGNED_IN),
  'secrets.manage': row("set the organisation's provider keys and see their masks", OWNERS, SIGNED_IN),
  'tool_credential.manage': row('manage OAuth and tool credentials', OWNERS, SIGNED_IN),
  'mcp_external.manage': row('manage external MCP servers', OWNERS, SIGNED_IN),

  'billing.view': row('see the wallet, charges and transactions', EVERYONE),
  'billing.manage': row('manage the subscription and billing details', OWNERS, { ...SIGNED_IN, needs: 'billing.view' }),
  'wallet.topup': row('pay credit into the wallet', OWNERS, { ...SIGNED_IN, needs: 'billing.view' }),
  'costs.view': row('see costs', EVERYONE, { needs: 'billing.view' }),
  'invoice.view': row('see invoices', EVERYONE, { needs: 'billing.view' }),
  'insights.view': row('see insights as totals', EVERYONE),

  'usage.view_own': row('see own usage and limits', EVERYONE),
  'usage.view_team': row('see the usage of teams one manages', ADMINS, { designations: ['manager'] }),
  'usage.view_org': row('see usage and limits per person, for everybody', ADMINS),
  'spend_limit.manage': row('set spend limits', ADMINS),
  'quota.manage': row('set token quotas below the organisation', ADMINS),
  'quota.topup': row('top up token quotas below the organisation', ADMINS),
  'quota.decide': row('decide requests for more tokens', ADMINS),
  'quota.request': row('ask for more tokens', EVERYONE, IN_PERSON),

  'audit.view': row('see the audit log', ADMINS, { designations: ['compliance_officer'] }),
  'audit.view_content': row('open stored inputs and outputs from an audit entry', ADMINS, {
    designations: ['compliance_officer'],
    needs: 'audit.view',
    key: 'person',
  }),
  'audit.export': row('export the audit log', ADMINS, { designations: ['compliance_officer'], needs: 'audit.view' }),

  'directory.view': row('see the names of members and teams', EVERYONE),
  'user.view': row('see members with their roles and permissions', ADMINS, OF_THE_ROLE),
  'user.invite': row('add and invite members', ADMINS, OF_THE_ROLE),
  'user.change': row('change, suspend and reactivate members', ADMINS, OF_THE_ROLE),
  'user.remove': row('remove members', ADMINS, OF_THE_ROLE),
  'role.change': row('change roles, designations and permissions', ADMINS, SIGNED_IN),
  'session.revoke_any': row('sign members out', ADMINS),
  'team.manage': row('manage teams and who is in them', ADMINS),

  'policy.view': row('see the governance policy in force', EVERYONE),
  'policy.manage': row('change the governance policy', ADMINS, { ...OF_THE_ROLE, key: 'person' }),
  'security.manage': row('change the rules for MFA, addresses and sessions', ADMINS, SIGNED_IN),
  'sso.manage': row('manage single sign-on', OWNERS, SIGNED_IN),
  'api_key.own': row('create and revoke own API keys', EVERYONE, { as_member: true, key: 'none' }),
  'api_key.manage': row("manage the organisation's keys and revoke those of members", ADMINS, { key: 'none' }),
  'worker_key.view': row("see the worker's public key", ADMINS),

  'org.view': row('see the organisation', EVERYONE),
  'org.settings': row('change organisation settings', ADMINS),
  'org.delete': row('delete the organisation', OWNERS, SIGNED_IN),
  'workspace.view': row('see the workspaces one belongs to', EVERYONE),
  'workspace.create': row('create workspaces', ADMINS),
  'workspace.delete': row('delete workspaces', ADMINS),
  'project.view': row('see the projects one has a role in', EVERYONE),
  'project.create': row('create projects', ADMINS),
  'project.list_all': row('list every project, without its contents', ADMINS),
  'project.set_members': row('set the members of every project', ADMINS),
  'project.delete': row('delete projects', ADMINS),
} satisfies Record<string, PermissionRow>

export type Permission = keyof typeof TABLE

/** The matrix. A permission that is not in it does not exist; what it does not give, nobody has. */
export const PERMISSIONS: Readonly<Record<Permission, PermissionRow>> = Object.freeze(TABLE)

/** Whether a stored or received word names a permission. */
export function isPermission(word: string): word is Permission {
  return Object.hasOwn(PERMISSIONS, word)
}

/** Every permission, in the order of the table. */
export const ALL_PERMISSIONS: readonly Permission[] = Object.freeze(Object.keys(PERMISSIONS).filter(isPermission))
