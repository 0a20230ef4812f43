// Whose limits somebody may see: their own and the organisation's, those of projects they have a role in, of teams they
// manage with their members, or everybody's.

import { type Actor, memberIdOf } from '../access/actor.ts'
import { hasPermission, requirePermission } from '../access/require.ts'
import type { OrganisationTx } from '../kernel/database.ts'
import { notFound } from '../kernel/problem.ts'
import { type LimitWindow, readLimits, type Scope, type ScopeKind, type ScopeLimits } from './limit.ts'
import { listKnownProjectIds, listManagedTeamIds, seesCosts } from './usage-reach.ts'

type VisibleLimits = Omit<ScopeLimits, 'micros'> & { readonly micros?: readonly LimitWindow[] }

/**
 * Where the asked scope stands, or without one all that a call of the actor draws on. Money is left out for readers
 * from whom costs are kept. Throws `not_found` for a scope that is not there or that the actor may not know of,
 * `forbidden` for another person's or team's.
 */
export async function listVisibleLimits(
  tx: OrganisationTx,
  actor: Actor,
  asked: { readonly scope_kind?: ScopeKind; readonly scope_id?: string },
): Promise<readonly VisibleLimits[]> {
  const { scope_kind, scope_id = null } = asked
  const scopes = scope_kind === undefined ? await ownScopesOf(tx, actor) : [{ scope_kind, scope_id }]
  const limits = await readLimits(tx, scopes)
  if (scope_kind !== undefined) {
    if (limits[0]?.scope_kind !== scope_kind) throw notFound()
    await requireReach(tx, actor, { scope_kind, scope_id })
  }
  return seesCosts(actor) ? limits : limits.map(({ micros: _micros, ...rest }) => rest)
}

/** The scopes that a call of the actor would draw on. */
async function ownScopesOf(tx: OrganisationTx, actor: Actor): Promise<readonly Scope[]> {
  const member_id = memberIdOf(actor)
  const member = await tx
    .selectFrom('tenancy.member')
    .select('primary_team_id')
    .where('id', '=', member_id)
    .executeTakeFirst()
  const key = actor.use.via === 'api_key' ? actor.use : null
  const scopes: readonly Scope[] = [
    { scope_kind: 'user', scope_id: member_id },
    { scope_kind: 'team', scope_id: member?.primary_team_id ?? null },
    { scope_kind: 'project', scope_id: key?.project_id ?? null },
    { scope_kind: 'use_case', scope_id: key?.use_case_id ?? null },
  ]
  return [{ scope_kind: 'organisation', scope_id: null }, ...scopes.filter(({ scope_id }) => scope_id !== null)]
}

async function requireReach(tx: OrganisationTx, actor: Actor, { scope_kind, scope_id }: Scope): Promise<void> {
  if (scope_kind === 'organisation' || hasPermission(actor, 'usage.view_org')) return
  if (scope_kind === 'user') {
    if (scope_id === memberIdOf(actor) || (await isInManagedTeam(tx, actor, scope_id))) return
    requirePermission(actor, 'usage.view_org')
  } else if (scope_kind === 'team') {
    const managed = await listManagedTeamIds(tx, actor, 'usage.view_team')
    if (managed.some((id) => id === scope_id)) return
    requirePermission(actor, 'usage.view_org')
  } else {
    const project_id = scope_kind === 'project' ? scope_id : await findProjectOf(tx, scope_id)
    const known = await listKnownProjectIds(tx, actor)
    if (!known.some((id) => id === project_id)) throw notFound()
  }
}

async function isInManagedTeam(tx: OrganisationTx, actor: Actor, member_id: string | null): Promise<boolean> {
  const managed = await listManagedTeamIds(tx, actor, 'usage.view_team')
  if (managed.length === 0) return false
  const row = await tx
    .selectFrom('tenancy.team_member')
    .select('team_id')
    .where('member_id', '=', member_id)
    .where('team_id', 'in', [...managed])
    .executeTakeFirst()
  return row !== undefined
}

async function findProjectOf(tx: OrganisationTx, use_case_id: string | null): Promise<string | null> {
  const row = await tx
    .selectFrom('tenancy.use_case')
    .select('project_id')
    .where('id', '=', use_case_id)
    .executeTakeFirst()
  return row?.project_id ?? null
}
