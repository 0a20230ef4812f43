// What a decision about a member's run rests on, remembered as a key's facts are: with the versions it was read at, so
// that `admit` refuses what has grown stale. A run's model calls are decided on the same facts as the run itself.

import type { UserActor } from '../access/actor.ts'
import { PROJECT_ROLES, type ProjectRole, projectRoleOf } from '../access/scope-role.ts'
import type { ControlDatabase, OrganisationDatabase, OrganisationTx } from '../kernel/database.ts'
import { type CallableModel, listOwnModels, mergeModels } from '../models/assignment.ts'
import type { Facts } from '../policy/decide.ts'
import { readEntry } from '../tenancy/entry.ts'
import { listUseCases, type PlatformFacts, policyUnder, readPlatformFacts } from './facts.ts'
import { type Memory, remember } from './internal/memory.ts'
import { memberInactive } from './problems.ts'

/** A member in one project, with everything that is decided about what they run there. */
export type MemberFacts = Facts<CallableModel> & {
  /** The member as such: what a key narrows is judged where the key is used. */
  readonly actor: UserActor
  readonly actor_role: string
  readonly member_id: string
  readonly user_id: string
  readonly team_id: string | null
  readonly project_id: string
  readonly project_role: ProjectRole | null
  readonly use_cases: ReadonlySet<string>
  readonly policy_version: number
  /** The account tier whose maxima are in the policy. */
  readonly tier: string | null
}

export type MemberFactsMemory = {
  readonly get: (database: OrganisationDatabase, who: MemberInProject) => Promise<MemberFacts>
  /** These facts have proved stale, by the organisation's version or by the platform's. What is newer stays. */
  readonly forget: (who: MemberInProject, facts: MemberFacts, whose: 'organisation' | 'platform') => void
}

export type MemberInProject = {
  readonly organisation_id: string
  readonly member_id: string
  readonly project_id: string
}

/** A bounded memory of members' facts. Refuses a member who is not active with `member_inactive`. */
export function createMemberFacts(control: ControlDatabase): MemberFactsMemory {
  const platforms: Memory<PlatformFacts> = new Map()
  const members: Memory<MemberFacts> = new Map()
  const nameOf = (who: MemberInProject): string => `${who.organisation_id}|${who.member_id}|${who.project_id}`
  return {
    get: (database, who) =>
      remember(members, nameOf(who), async () => {
        const { organisation_id } = who
        const platform = await remember(platforms, organisation_id, () => readPlatformFacts(control, organisation_id))
        return database.transaction((tx) => readMemberFacts(tx, who, platform))
      }),
    forget(who, facts, whose) {
      if (members.get(nameOf(who))?.value === facts) members.delete(nameOf(who))
      const platform = platforms.get(who.organisation_id)?.value
      if (whose === 'platform' && platform?.platform_version === facts.platform_version) {
        platforms.delete(who.organisation_id)
      }
    },
  }
}

async function readMemberFacts(
  tx: OrganisationTx,
  { organisation_id, member_id, project_id }: MemberInProject,
  platform: PlatformFacts,
): Promise<MemberFacts> {
  // The version first: what is read after it is at least as new.
  const { access_version } = await tx.selectFrom('ledger.gate').select('access_version').executeTakeFirstOrThrow()
  const member = await findMember(tx, member_id, project_id)
  if (member === null) throw memberInactive()
  const use = { via: 'session', session_id: member_id, aal: 1 } as const
  const { user_id, membership } = member
  const actor: UserActor = { kind: 'user', organisation_id, user_id, is_superadmin: false, membership, use }
  const policy = await tx
    .selectFrom('policy.document')
    .select(['version', 'content'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  const useCases = await listUseCases(tx, project_id)
  return {
    access_version,
    platform_version: platform.platform_version,
    actor,
    actor_role: membership.base_role,
    policy: policyUnder(platform, policy?.content),
    tier: platform.tier?.name ?? null,
    policy_version: policy?.version ?? 0,
    models: mergeModels(platform.models, await listOwnModels(tx)),
    has_use_case_quota: useCases.some((each) => each.has_quota),
    // What a member runs is an app: there is nothing to point to instead.
    apps: [],
    member_id,
    user_id,
    team_id: member.team_id,
    project_id,
    project_role: member.project_role(actor),
    use_cases: new Set(useCases.map(({ id }) => id)),
  }
}

async function findMember(tx: OrganisationTx, member_id: string, project_id: string) {
  const row = await tx
    .selectFrom('tenancy.member as m')
    .leftJoin('tenancy.project as p', (join) => join.on('p.id', '=', project_id).on('p.archived_at', 'is', null))
    .leftJoin('tenancy.project_member as pm', (join) =>
      join.onRef('pm.member_id', '=', 'm.id').on('pm.project_id', '=', project_id),
    )
    .select(['m.user_id', 'm.primary_team_id', 'p.kind', 'pm.role as explicit_role'])
    .where('m.id', '=', member_id)
    .executeTakeFirst()
  if (row === undefined) return null
  const { membership } = await readEntry(tx, row.user_id)
  if (membership === null) return null
  const explicit_role = PROJECT_ROLES.find((role) => role === row.explicit_role) ?? null
  const kind = row.kind === 'default' ? 'default' : 'team'
  return {
    user_id: row.user_id,
    team_id: row.primary_team_id,
    membership,
    project_role: (actor: UserActor) =>
      row.kind === null ? null : projectRoleOf(actor, { id: project_id, kind, explicit_role }),
  }
}
