// The rows of an import while they are mended: all of them are read in the background, and a mended row is changed where it
// stands, so that nothing jumps away under the hands of whoever mends.

import { type InfiniteData, infiniteQueryOptions, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { PageOf } from '../../api/list.ts'
import { toProblem } from '../../api/problem.ts'
import { problemText } from '../../components/problem-text.ts'
import { toastProblem } from '../../ui/toast.tsx'
import { type Cell, type ImportDesk, type ImportRow, importQuery, rowsKey } from './desk.ts'

const PAGE = 200
export const VIEWS = ['error', 'all'] as const
export type View = (typeof VIEWS)[number]

type Pages = InfiniteData<PageOf<ImportRow>, string | null>

const firstPage = (): string | null => null

const rowsQuery = (desk: ImportDesk, id: string, view: View) =>
  infiniteQueryOptions({
    queryKey: [...rowsKey(desk, id), view],
    queryFn: ({ pageParam }) =>
      desk.rows(
        id,
        { limit: PAGE, ...(pageParam !== null && { cursor: pageParam }) },
        view === 'error' ? 'error' : undefined,
      ),
    initialPageParam: firstPage(),
    getNextPageParam: (page: PageOf<ImportRow>) => page.next_cursor,
    // Read once: what changes afterwards is changed in place.
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Every row of a view, page after page as they come. */
export function useRows(desk: ImportDesk, id: string, view: View) {
  const query = useInfiniteQuery(rowsQuery(desk, id, view))
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage, error } = query
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && error === null) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, error])
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items) ?? null, [data])
  return { rows, error: rows === null ? error : null, reload: () => void query.refetch() }
}

const replaced = (pages: Pages | undefined, fresh: ReadonlyMap<number, ImportRow>): Pages | undefined =>
  pages && {
    ...pages,
    pages: pages.pages.map((page) =>
      page.items.some(({ row_number }) => fresh.has(row_number))
        ? { ...page, items: page.items.map((row) => fresh.get(row.row_number) ?? row) }
        : page,
    ),
  }

export type Mending = {
  readonly mend: (row: ImportRow, cell: Cell, text: string) => Promise<boolean>
  readonly drop: (row: ImportRow) => Promise<boolean>
}

/** Mends cells and leaves rows out; a failure is told, and what was typed stays. */
export function useMending(desk: ImportDesk, id: string, view: View): Mending {
  const { t } = useTranslation('words')
  const client = useQueryClient()
  const reread = useCallback(
    async (fresh: readonly ImportRow[], emails: readonly string[]) => {
      const { queryKey } = rowsQuery(desk, id, view)
      const wanted = new Set(emails.map((email) => email.toLowerCase()))
      const done = new Map(fresh.map((row) => [row.row_number, row]))
      // Rows that said or now say the same are judged together.
      const known = client.getQueryData<Pages>(queryKey)?.pages.flatMap((page) => page.items) ?? []
      const twins = known.filter((row) => wanted.has(row.email.toLowerCase()) && !done.has(row.row_number))
      for (const { row_number } of twins) {
        const { items } = await desk.rows(id, { limit: 1, cursor: String(row_number - 1) }, undefined)
        for (const row of items) done.set(row.row_number, row)
      }
      client.setQueryData<Pages>(queryKey, (pages) => replaced(pages, done))
      await client.invalidateQueries({ ...importQuery(desk, id), exact: true })
    },
    [client, desk.path, id, view],
  )
  const attempt = useCallback(
    async (work: () => Promise<void>) => {
      try {
        await work()
        return true
      } catch (error) {
        toastProblem(problemText(t, toProblem(error)))
        return false
      }
    },
    [t],
  )
  const mend = useCallback(
    (row: ImportRow, cell: Cell, text: string) =>
      attempt(async () => {
        const changed = await desk.change(id, row.row_number, cell, text)
        await reread([changed], [row.email, changed.email])
      }),
    [attempt, reread, desk.path, id],
  )
  const drop = useCallback(
    (row: ImportRow) =>
      attempt(async () => {
        await desk.drop(id, row.row_number)
        await reread([{ ...row, state: 'dropped', errors: [] }], [row.email])
      }),
    [attempt, reread, desk.path, id],
  )
  return useMemo(() => ({ mend, drop }), [mend, drop])
}
