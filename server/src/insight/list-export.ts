// A list that is saved as a file leaves the platform: the log tells who took what, and a fresh proof of who they are is asked
// for first. The rows themselves are then read page by page, with the reader's own rights.

import type { Actor } from '../access/actor.ts'
import type { Permission } from '../access/permission.ts'
import { requirePermission } from '../access/require.ts'

/** The lists that can be saved as a file, each with what one needs for it. */
export const EXPORTED_LISTS = {
  executions: 'run.view_own',
  people: 'user.view',
  ledger: 'billing.view',
  audit: 'audit.export',
} as const satisfies Readonly<Record<string, Permission>>
export type ExportedList = keyof typeof EXPORTED_LISTS

/** Refuses with `forbidden` whoever may not take the list with them. */
export function requireExport(actor: Actor, list: ExportedList): void {
  requirePermission(actor, EXPORTED_LISTS[list])
}
