// What may be done to the whole deployment. Inside an organisation `permission.ts` decides.

type PlatformPermissionRow = {
  readonly allows: string
  /** The operator is whoever runs Reeve's command line on its machine. */
  readonly held_by: readonly ('superadmin' | 'operator')[]
}

const BOTH = ['superadmin', 'operator'] as const

const TABLE = {
  'platform.organisation.view': { allows: 'see every organisation', held_by: BOTH },
  'platform.organisation.create': { allows: 'create organisations and invite their owners', held_by: BOTH },
  'platform.organisation.manage': { allows: 'change, suspend, archive and restore organisations', held_by: BOTH },
  'platform.user.view': { allows: 'see every person and where they are members', held_by: BOTH },
  'platform.user.manage': { allows: 'invite, import, disable and enable people', held_by: BOTH },
  'platform.provider.manage': { allows: 'manage platform providers, models and prices', held_by: BOTH },
  'platform.model.assign': { allows: 'assign models to organisations', held_by: BOTH },
  'platform.policy.manage': { allows: 'change the platform policy', held_by: BOTH },
  'platform.app.manage': { allows: 'draft, publish and suspend public apps', held_by: ['superadmin'] },
  'platform.app.review': { allows: 'review public apps of other authors', held_by: ['superadmin'] },
  'platform.wallet.credit': { allows: 'post credit and adjustments to a wallet', held_by: BOTH },
  'platform.quota.manage': { allows: 'set and top up the quotas of organisations', held_by: BOTH },
  'platform.usage.view': { allows: 'see usage over all organisations', held_by: BOTH },
  'platform.audit.view': { allows: 'see and export the platform log', held_by: BOTH },
  'platform.settings.manage': { allows: 'change platform settings', held_by: BOTH },
  'platform.superadmin.change': { allows: 'make and unmake super-admins', held_by: ['operator'] },
} as const satisfies Record<string, PlatformPermissionRow>

export type PlatformPermission = keyof typeof TABLE

/** The platform's part of the matrix: no role of an organisation holds any of it, and no API key carries it. */
export const PLATFORM_PERMISSIONS: Readonly<Record<PlatformPermission, PlatformPermissionRow>> = Object.freeze(TABLE)
