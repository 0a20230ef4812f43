// Lists are read by keyset: a cursor is the last id seen, so no page is skipped or repeated while rows are added.

import { isId } from './id.ts'
import { defineProblem } from './problem.ts'

export const badCursor = defineProblem('bad_cursor', 400, 'This page token is not one that Reeve gave out')

export type PageQuery = { readonly limit?: number; readonly cursor?: string }

export type Page<Item> = { readonly items: readonly Item[]; readonly next_cursor: string | null }

export const DEFAULT_PAGE_SIZE = 50

/** The id after which a page starts, or null for the first page; refuses a cursor that is no id (`bad_cursor`). */
export function parseCursor(query: PageQuery): string | null {
  if (query.cursor === undefined) return null
  if (!isId(query.cursor)) throw badCursor()
  return query.cursor
}

/** Cuts rows that were read with one more than the limit into a page; the cursor is the id of its last row. */
export function pageOf<Item extends { readonly id: string }>(rows: readonly Item[], query: PageQuery): Page<Item> {
  const limit = query.limit ?? DEFAULT_PAGE_SIZE
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next_cursor: rows.length > limit && last !== undefined ? last.id : null }
}
