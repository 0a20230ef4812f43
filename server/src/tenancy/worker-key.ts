// The key pair with which the organisation's workers show themselves to its git hosts: the public half here, the
// private half in the secret store (issue 2). Administrators register the public half at their git host.

import type { OrganisationTx } from '../kernel/database.ts'

export type WorkerKey = {
  readonly version: number
  /** In OpenSSH form, with its comment. */
  readonly public_key: string
  /** `SHA256:…`, as `ssh-keygen -l` and git hosts show it. */
  readonly fingerprint: string
  readonly created_at: Date
}

/** Where the private half of an organisation's worker key lies in the secret store. */
export function workerKeyPath(organisation_id: string): string {
  return `orgs/${organisation_id}/worker-key`
}

/** The public half in use, the newest version; every organisation has had one since it was made. */
export async function getWorkerKey(tx: OrganisationTx): Promise<WorkerKey> {
  return tx
    .selectFrom('tenancy.worker_key')
    .select(['version', 'public_key', 'fingerprint', 'created_at'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
}
