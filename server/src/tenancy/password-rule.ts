// What an organisation demands of its people's passwords beyond the platform's rule. A person has one password for all of
// their organisations, so it must be what the strictest of them demands when it is chosen; one that was chosen before is
// looked at when its owner next signs in with it, for only then is it seen. So is a short one whose owner has given up the
// second factor that allowed it.

import { sql } from 'kysely'
import { MAX_PASSWORD_LENGTH, type PasswordRule, strictestRule } from '../identity/password-rule.ts'
import { hasFactor } from '../identity/factor.ts'
import type { ControlDatabase, OrganisationTx } from '../kernel/database.ts'
import type { OrganisationDatabases } from '../kernel/organisation-databases.ts'
import { Problem } from '../kernel/problem.ts'

export type OrganisationPasswordRule = {
  /** Null: what the platform demands. */
  readonly min_length: number | null
  readonly needs_letters: boolean
  readonly needs_digits: boolean
  readonly needs_symbols: boolean
}

const NO_RULE: OrganisationPasswordRule = Object.freeze({
  min_length: null,
  needs_letters: false,
  needs_digits: false,
  needs_symbols: false,
})

/** The limits between which an organisation chooses; where the platform asks for more its number changes nothing. */
export const PASSWORD_RULE_BOUNDS = { least: 8, most: Math.min(64, MAX_PASSWORD_LENGTH) } as const

/** The rule of this organisation. */
export async function getPasswordRule(tx: OrganisationTx): Promise<OrganisationPasswordRule> {
  const row = await tx
    .selectFrom('tenancy.password_rule')
    .select(['min_length', 'needs_letters', 'needs_digits', 'needs_symbols'])
    .executeTakeFirst()
  return row ?? NO_RULE
}

/** Replaces the rule; it holds for every password that is chosen from now on, and for older ones at the next sign-in. Returns what was before. */
export async function setPasswordRule(
  tx: OrganisationTx,
  rule: OrganisationPasswordRule,
): Promise<OrganisationPasswordRule & { readonly before: OrganisationPasswordRule }> {
  const before = await getPasswordRule(tx)
  const values = { ...rule, changed_at: sql<Date>`now()` }
  await tx
    .insertInto('tenancy.password_rule')
    .values(values)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .execute()
  return { ...rule, before }
}

const demandOf = (rule: OrganisationPasswordRule): PasswordRule => ({
  ...rule,
  min_length: rule.min_length ?? 0,
})

/** What one organisation and the platform demand together of somebody new, who has no second factor. */
export async function getDemand(tx: OrganisationTx): Promise<PasswordRule> {
  return strictestRule([demandOf(await getPasswordRule(tx))], false)
}

/**
 * The strictest of what the organisations of a person demand. Each is asked in turn; one that cannot be reached refuses with
 * `organisation_unavailable`, for its rule is not waived.
 */
export async function findPasswordRule(
  control: ControlDatabase,
  databases: OrganisationDatabases,
  user_id: string,
): Promise<PasswordRule> {
  return strictest(control, user_id, (id) => demandOn(databases, id, user_id))
}

/** The same of those that can be reached now, for whoever signs in: an organisation that is away keeps nobody out. */
export async function findReachableRule(
  control: ControlDatabase,
  databases: OrganisationDatabases,
  user_id: string,
): Promise<PasswordRule> {
  return strictest(control, user_id, async (id) => {
    try {
      return await demandOn(databases, id, user_id)
    } catch (error) {
      if (error instanceof Problem) return demandOf(NO_RULE)
      throw error
    }
  })
}

async function strictest(
  control: ControlDatabase,
  user_id: string,
  ask: (organisation_id: string) => Promise<PasswordRule>,
): Promise<PasswordRule> {
  const { organisations, has_factor } = await control.transaction(async (tx) => ({
    organisations: await tx
      .selectFrom('tenancy.member_directory as d')
      .innerJoin('tenancy.organisation as o', 'o.id', 'd.organisation_id')
      .select('o.id')
      .where('d.user_id', '=', user_id)
      .where('o.status', 'in', ['active', 'suspended', 'archived'])
      .execute(),
    has_factor: await hasFactor(tx, user_id),
  }))
  const rules: PasswordRule[] = []
  for (const { id } of organisations) rules.push(await ask(id))
  return strictestRule(rules, has_factor)
}

/** What one organisation demands of one person: nothing of somebody who is not its member. */
async function demandOn(
  databases: OrganisationDatabases,
  organisation_id: string,
  user_id: string,
): Promise<PasswordRule> {
  const database = await databases.of(organisation_id)
  return database.transaction(async (tx) => {
    const member = await tx
      .selectFrom('tenancy.member')
      .select('id')
      .where('user_id', '=', user_id)
      .where('status', '<>', 'removed')
      .executeTakeFirst()
    return demandOf(member === undefined ? NO_RULE : await getPasswordRule(tx))
  })
}
