// What a decision about a call rests on. A node may remember it together with the versions it was read at: `admit`
// compares the organisation's version under its lock, the control question the platform's, so a remembered fact alone
// never admits.

import { sql } from 'kysely'
import type { KeyUse, Membership, OrganisationKeyActor, UserActor } from '../access/actor.ts'
import { mayInProject, PROJECT_ROLES, type ProjectRole, projectRoleOf } from '../access/scope-role.ts'
import type { ControlDatabase, OrganisationDatabase, OrganisationTx } from '../kernel/database.ts'
import { type CallableModel, listOwnModels, listPlatformModelsOf, mergeModels } from '../models/assignment.ts'
import type { Facts } from '../policy/decide.ts'
import { parsePolicyDocument, type PolicyDocument } from '../policy/document.ts'
import { type EffectivePolicy, effectivePolicy } from '../policy/effective.ts'
import { findTierPolicy, type TierPolicy } from '../policy/tier.ts'
import { liveScopesOf, type ParsedKey } from '../tenancy/api-key-format.ts'
import { type EntryRule, findAddressRefusal, findKeyOwnerRefusal, readEntry } from '../tenancy/entry.ts'
import { projectRoleMissing } from '../access/problems.ts'
import type { Problem } from '../kernel/problem.ts'
import { type Memory, remember } from './internal/memory.ts'
import { invalidApiKey } from './problems.ts'

/** What the platform grants one organisation. */
export type PlatformFacts = {
  readonly platform_version: number
  readonly policy: PolicyDocument
  /** The organisation's account tier. */
  readonly tier: TierPolicy | null
  readonly models: readonly CallableModel[]
}

/** One key in one organisation, with everything that is decided about its calls. */
export type KeyFacts = Facts<CallableModel> & {
  readonly actor: UserActor | OrganisationKeyActor
  readonly actor_role: string | null
  readonly api_key_id: string
  readonly user_id: string | null
  readonly member_id: string | null
  readonly team_id: string | null
  readonly project_id: string
  /** What the owner of the key is in its project; null for nothing. */
  readonly project_role: ProjectRole | null
  readonly use_case_id: string | null
  readonly use_cases: ReadonlyMap<string, string>
  readonly policy_version: number
  /** The organisation's rules of entry, and where else the key itself may be used from. */
  readonly entry: EntryRule
  readonly key_addresses: readonly string[]
}

/** Reads what the platform grants. The version is read first: what is read after it is at least as new. */
export async function readPlatformFacts(control: ControlDatabase, organisation_id: string): Promise<PlatformFacts> {
  return control.transaction(async (tx) => {
    const { version } = await tx.selectFrom('kernel.platform').select('version').executeTakeFirstOrThrow()
    const policy = await tx
      .selectFrom('policy.document')
      .select('content')
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst()
    const models = await listPlatformModelsOf(tx, organisation_id)
    const tier = await findTierPolicy(tx, organisation_id)
    return { platform_version: version, policy: parsePolicyDocument(policy?.content ?? {}), tier, models }
  })
}

/** The policy in force of an organisation whose own document is as stored. */
export function policyUnder({ policy, tier }: PlatformFacts, own: unknown): EffectivePolicy {
  return effectivePolicy(policy, parsePolicyDocument(own ?? {}), tier?.document)
}

type KeyRow = {
  readonly member_id: string | null
  readonly created_by: string
  readonly user_id: string | null
  readonly primary_team_id: string | null
  readonly project_id: string
  readonly project_kind: 'default' | 'team'
  readonly use_case_id: string | null
  readonly scopes: string[]
  readonly account_permissions: string[] | null
  readonly addresses: string[]
  readonly explicit_role: string | null
}

async function findKeyRow(tx: OrganisationTx, key: ParsedKey): Promise<KeyRow | null> {
  const { rows } = await sql<KeyRow>`
    select k.member_id, k.created_by, m.user_id, m.primary_team_id, k.project_id, p.kind as project_kind, k.use_case_id,
      k.scopes, k.addresses, a.permissions as account_permissions, pm.role as explicit_role
    from tenancy.api_key k
      join tenancy.project p on p.id = k.project_id and p.archived_at is null
      left join tenancy.member m on m.id = k.member_id
      left join tenancy.service_account a on a.id = k.service_account_id
      left join tenancy.project_member pm on pm.project_id = k.project_id and pm.member_id = k.member_id
    where k.id = ${key.api_key_id} and k.revoked_at is null and k.disabled_at is null and k.expires_at > now()
      and (k.secret_hash = ${key.secret_hash}
        or k.previous_secret_hash = ${key.secret_hash} and k.previous_valid_until > now())`.execute(tx)
  return rows[0] ?? null
}

const roleOf = (word: string | null): ProjectRole | null => PROJECT_ROLES.find((role) => role === word) ?? null

function actorOf(key: ParsedKey, row: KeyRow, membership: Membership | null): UserActor | OrganisationKeyActor {
  const use: KeyUse = {
    via: 'api_key',
    api_key_id: key.api_key_id,
    scopes: liveScopesOf(row),
    project_id: row.project_id,
    use_case_id: row.use_case_id,
  }
  const { organisation_id } = key
  if (row.user_id === null) return { kind: 'api_key', organisation_id, responsible_member_id: row.created_by, use }
  // A key never carries the super-admin's bypass: it is worth its owner's membership.
  return { kind: 'user', organisation_id, user_id: row.user_id, is_superadmin: false, membership, use }
}

/** Reads what is decided about a key's calls. Refuses a key that is not valid with `invalid_api_key`. */
async function readKeyFacts(
  database: OrganisationDatabase,
  key: ParsedKey,
  platform: PlatformFacts,
): Promise<KeyFacts> {
  return database.transaction(async (tx) => {
    const { access_version } = await tx.selectFrom('ledger.gate').select('access_version').executeTakeFirstOrThrow()
    const row = await findKeyRow(tx, key)
    if (row === null) throw invalidApiKey()
    const { membership, rule } = await readEntry(tx, row.user_id)
    if (row.user_id !== null && membership === null) throw invalidApiKey()
    const actor = actorOf(key, row, membership)
    const policy = await tx
      .selectFrom('policy.document')
      .select(['version', 'content'])
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst()
    const useCases = await listUseCases(tx, row.project_id)
    return {
      access_version,
      platform_version: platform.platform_version,
      actor,
      actor_role: membership?.base_role ?? null,
      policy: policyUnder(platform, policy?.content),
      policy_version: policy?.version ?? 0,
      models: mergeModels(platform.models, await listOwnModels(tx)),
      has_use_case_quota: useCases.some((each) => each.has_quota),
      // Read when a refusal names them (`apps-instead.ts`).
      apps: [],
      api_key_id: key.api_key_id,
      user_id: row.user_id,
      member_id: row.member_id,
      team_id: row.primary_team_id,
      project_id: row.project_id,
      project_role: projectRoleOf(actor, {
        id: row.project_id,
        kind: row.project_kind,
        explicit_role: roleOf(row.explicit_role),
      }),
      use_case_id: row.use_case_id,
      use_cases: new Map(useCases.map((each) => [each.name, each.id])),
      entry: rule,
      key_addresses: row.addresses,
    }
  })
}

/** The refusal of a key whose owner may not run anything in its project (`project_role_missing`), or null. */
export function findProjectRefusal({ project_role, project_id }: KeyFacts): Problem | null {
  if (mayInProject(project_role, 'run')) return null
  return projectRoleMissing(
    { act: 'run', role: project_role, project_id },
    { detail: 'Your role in the project of this key does not let you run anything there.' },
  )
}

/**
 * The refusal of a call from an address that organisation or key does not allow (`address_not_allowed`), or for a person
 * without the factor that is demanded (`factor_required`), or null.
 */
export function findEntryRefusal(
  { entry, key_addresses }: Pick<KeyFacts, 'entry' | 'key_addresses'>,
  address: string,
  has_factor: boolean,
): Problem | null {
  return findAddressRefusal(entry, key_addresses, address) ?? findKeyOwnerRefusal(entry, has_factor)
}

/** The use cases of a project, and whether each has a quota of its own. */
export async function listUseCases(tx: OrganisationTx, project_id: string) {
  const { rows } = await sql<{ id: string; name: string; has_quota: boolean }>`
    select u.id, u.name, exists (
      select from ledger.budget b where b.scope_kind = 'use_case' and b.unit = 'tokens'
        and (b.scope_id = u.id or b.scope_id is null)) as has_quota
    from tenancy.use_case u where u.project_id = ${project_id} and u.archived_at is null`.execute(tx)
  return rows
}

export type FactsMemory = {
  /** The facts about a key's calls, remembered or read. */
  readonly get: (key: ParsedKey, database: OrganisationDatabase) => Promise<KeyFacts>
  /** The facts as they are now, past the memory. */
  readonly read: (key: ParsedKey, database: OrganisationDatabase) => Promise<KeyFacts>
  /** These facts have proved stale, by the organisation's version or by the platform's. What is newer stays. */
  readonly forget: (key: ParsedKey, facts: KeyFacts, whose: 'organisation' | 'platform') => void
}

/** A bounded memory of facts; several callers of one key share one reading. */
export function createFactsMemory(control: ControlDatabase): FactsMemory {
  const platforms: Memory<PlatformFacts> = new Map()
  const keys: Memory<KeyFacts> = new Map()
  // The secret is part of the name: a key with a wrong secret must never meet the facts of the right one.
  const nameOf = (key: ParsedKey): string =>
    `${key.organisation_id}|${key.api_key_id}|${key.secret_hash.toString('base64')}`
  return {
    get: (key, database) =>
      remember(keys, nameOf(key), async () => {
        const { organisation_id } = key
        const platform = await remember(platforms, organisation_id, () => readPlatformFacts(control, organisation_id))
        return readKeyFacts(database, key, platform)
      }),
    read: async (key, database) => readKeyFacts(database, key, await readPlatformFacts(control, key.organisation_id)),
    // Of many callers that learn it at once only the first forgets: the others find what it reads anew.
    forget(key, facts, whose) {
      if (keys.get(nameOf(key))?.value === facts) keys.delete(nameOf(key))
      const platform = platforms.get(key.organisation_id)?.value
      if (whose === 'platform' && platform?.platform_version === facts.platform_version) {
        platforms.delete(key.organisation_id)
      }
    },
  }
}
