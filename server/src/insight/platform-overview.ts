// How the deployment stands, as control knows it: no organisation's database is opened for it.

import { sql } from 'kysely'
import type { ControlTx } from '../kernel/database.ts'

/** Counts of what there is. */
export type PlatformOverview = {
  readonly currency: string
  /** Somebody chose what the deployment is called. */
  readonly is_named: boolean
  readonly organisations: {
    readonly awaiting_owner: number
    readonly active: number
    readonly suspended: number
    readonly archived: number
    readonly pending_purge: number
    /** Made in the last 30 days, whatever became of them. */
    readonly new: number
  }
  readonly people: {
    readonly active: number
    readonly disabled: number
    readonly superadmins: number
    /** Super-admins without a second factor. */
    readonly unprotected_superadmins: number
    /** Whose session was used in the last 30 days. */
    readonly seen: number
  }
  readonly models: {
    readonly providers: number
    /** Enabled ones that no key was set for. */
    readonly keyless_providers: number
    readonly models: number
    /** Enabled ones that at least one organisation may call. */
    readonly callable: number
  }
  readonly health: {
    readonly nodes: number
    /** Databases made ahead for the next organisations. */
    readonly spare_databases: number
    readonly has_mail_server: boolean
    readonly mails_waiting: number
    readonly mails_failed: number
    readonly imports_running: number
  }
}

const WINDOW = sql`interval '30 days'`

/** Reads the counts in one statement. */
export async function readOverview(tx: ControlTx): Promise<PlatformOverview> {
  const { rows } = await sql<PlatformOverview>`
    select
      (select currency from kernel.platform) as currency,
      exists (select from kernel.platform_setting where name = 'deployment_name') as is_named,
      (select json_build_object(
        'awaiting_owner', count(*) filter (where status = 'awaiting_owner'),
        'active', count(*) filter (where status = 'active'),
        'suspended', count(*) filter (where status = 'suspended'),
        'archived', count(*) filter (where status = 'archived'),
        'pending_purge', count(*) filter (where status = 'pending_purge'),
        'new', count(*) filter (where created_at > now() - ${WINDOW}))
        from tenancy.organisation where status <> 'creating') as organisations,
      (select json_build_object(
        'active', count(*) filter (where status = 'active'),
        'disabled', count(*) filter (where status = 'disabled'),
        'superadmins', count(*) filter (where is_superadmin and status = 'active'),
        'unprotected_superadmins',
          count(*) filter (where is_superadmin and status = 'active' and cardinality(factors) = 0),
        'seen', (select count(distinct user_id) from identity.session where last_seen_at > now() - ${WINDOW}))
        from identity.user) as people,
      json_build_object(
        'providers', (select count(*) from models.provider),
        'keyless_providers',
          (select count(*) from models.provider where status = 'enabled' and secret_path is null),
        'models', (select count(*) from models.model),
        'callable', (select count(*) from models.model m join models.provider p on p.id = m.provider_id
          where m.status = 'enabled' and p.status = 'enabled'
            and (m.is_global or exists (select from models.assignment a where a.model_id = m.id)))) as models,
      json_build_object(
        'nodes', (select count(*) from kernel.node where expires_at > now()),
        'spare_databases', (select count(*) from kernel.placement where state = 'spare'),
        'has_mail_server', exists (select from mail.server),
        'mails_waiting', (select count(*) from mail.message where state in ('queued', 'sending')),
        'mails_failed', (select count(*) from mail.message where state = 'failed'),
        'imports_running', (select count(*) from tenancy.import where state = 'running')) as health`.execute(tx)
  const [overview] = rows
  if (overview === undefined) throw new Error('A select without a table has one row')
  return overview
}
