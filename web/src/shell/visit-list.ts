// The list of visits as the browser keeps it: addresses and names of pages, of one account only.

import { NAVIGATION, type PageId } from '../navigation.ts'

/** The thing that a page shows: what it is called, and where. */
export type Visit = {
  readonly name: string
  readonly path: string
  /** The entry of the registry that the page belongs to. */
  readonly page: PageId
}

/** So many are offered in an organisation, and as many on the platform. */
const OF_EACH = 8
/** A super-admin passes through many organisations. */
const OF_ALL = 80

/** Where a path is: `/o/<organisation>`, or `/platform`. */
export const placeOf = (path: string): string => /^\/(?:o\/[^/]+|platform)(?=\/)/.exec(path)?.[0] ?? ''

function parseVisit(value: unknown): readonly Visit[] {
  if (typeof value !== 'object' || value === null || !('name' in value && 'path' in value && 'page' in value)) return []
  const { name, path } = value
  const page: PageId | undefined = NAVIGATION.find(({ id }) => id === value.page)?.id
  if (typeof name !== 'string' || typeof path !== 'string' || page === undefined || placeOf(path) === '') return []
  return [{ name, path, page }]
}

/** What `text` holds for the account, newest first; nothing where it is another's or was not written here. */
export function parseVisits(text: string | null, account_id: string): readonly Visit[] {
  try {
    const kept: unknown = JSON.parse(text ?? 'null')
    if (typeof kept !== 'object' || kept === null || !('account_id' in kept && 'visits' in kept)) return []
    return kept.account_id === account_id && Array.isArray(kept.visits) ? kept.visits.flatMap(parseVisit) : []
  } catch {
    return []
  }
}

/** The visits after one more: each address once, the newest first, and not without end. */
export function withVisit(visits: readonly Visit[], visit: Visit): readonly Visit[] {
  const counts = new Map<string, number>()
  const isKept = ({ path }: Visit) => {
    const count = (counts.get(placeOf(path)) ?? 0) + 1
    counts.set(placeOf(path), count)
    return count <= OF_EACH
  }
  return [visit, ...visits.filter(({ path }) => path !== visit.path)].filter(isKept).slice(0, OF_ALL)
}
