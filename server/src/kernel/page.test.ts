import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newId } from './id.ts'
import { DEFAULT_PAGE_SIZE, pageOf, type PageQuery, parseCursor } from './page.ts'

/** Reads a list as a module does: rows after the cursor, newest first, one more than the limit. */
function readPage(ids: readonly string[], query: PageQuery) {
  const after = parseCursor(query)
  const limit = query.limit ?? DEFAULT_PAGE_SIZE
  const rows = ids
    .toSorted()
    .toReversed()
    .filter((id) => after === null || id < after)
    .slice(0, limit + 1)
  return pageOf(
    rows.map((id) => ({ id })),
    query,
  )
}

test('the pages of a list give every row once, and the last one says that it is the last', () => {
  fc.assert(
    fc.property(fc.nat(60), fc.integer({ min: 1, max: 20 }), (count, limit) => {
      const ids = Array.from({ length: count }, newId)
      const seen: string[] = []
      let cursor: string | null = null
      do {
        const page: ReturnType<typeof readPage> = readPage(ids, cursor === null ? { limit } : { limit, cursor })
        expect(page.items.length).toBeLessThanOrEqual(limit)
        seen.push(...page.items.map((item) => item.id))
        cursor = page.next_cursor
      } while (cursor !== null)
      expect(seen).toEqual(ids.toReversed())
    }),
  )
})

test('a row added while the pages are read neither repeats nor hides another', () => {
  const ids = Array.from({ length: 10 }, newId)
  const first = readPage(ids, { limit: 5 })
  ids.push(newId())
  const second = readPage(ids, { limit: 5, cursor: first.next_cursor ?? '' })
  expect([...first.items, ...second.items].map((item) => item.id)).toEqual(ids.slice(0, 10).toReversed())
})

test('without a limit a page has fifty rows', () => {
  const page = readPage(Array.from({ length: 51 }, newId), {})
  expect(page.items).toHaveLength(50)
  expect(page.next_cursor).not.toBeNull()
})

test.each(['', 'x', "' or true --", '00000000-0000-0000-0000-00000000000G'])('%j is no page token', (cursor) => {
  expect(() => parseCursor({ cursor })).toThrow(expect.objectContaining({ code: 'bad_cursor', status: 400 }))
})
