// Whether a run has what it needs, and if not, which level is open. Pure: decided from the levels and the decisions alone,
// at every transition anew.

import { type Level, neededLevels, type RunLevels } from './levels.ts'

/** A level that was given. `member_id` null: the platform acknowledged by policy. */
export type Given = {
  readonly level: Level
  readonly member_id: string | null
  readonly revision: number
  readonly bound_hash: Buffer
}

export type OpenLevel = {
  readonly level: Level
  readonly quorum: number
  /** Those who count for it already. */
  readonly given_by: readonly string[]
}

type Draft = { readonly requester_id: string; readonly revision: number; readonly bound_hash: Buffer }

/**
 * The lowest level that is still open, or null when everything was given. A decision counts only for the draft that it
 * binds; at levels 2 and 3 never from the requester; one person counts once per level, and where persons must differ, once
 * in all, at the lowest level that they gave.
 */
export function findOpenLevel(levels: RunLevels, draft: Draft, decisions: readonly Given[]): OpenLevel | null {
  const valid = decisions.filter(
    ({ revision, bound_hash }) => revision === draft.revision && bound_hash.equals(draft.bound_hash),
  )
  const spent = new Set<string>()
  for (const { level, quorum } of neededLevels(levels)) {
    const given = valid.filter((each) => each.level === level)
    // The platform's own acknowledgement stands where no level is needed; once one is, a person gives it.
    const persons = given.flatMap(({ member_id }) => (member_id === null ? [] : [member_id]))
    const counted = [...new Set(persons)].filter(
      (id) => (level === 1 || id !== draft.requester_id) && !(levels.distinct_approvers && spent.has(id)),
    )
    for (const id of counted) spent.add(id)
    if (counted.length < quorum) return { level, quorum, given_by: counted }
  }
  return null
}
