// Lists are read page by page with the server's cursor. What is on the screen stays while it is read again.

import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'

export type PageOf<Row> = { readonly items: readonly Row[]; readonly next_cursor: string | null }

/** Reads one page of a list. */
export type ReadPage<Row> = (page: { readonly cursor?: string; readonly limit: number }) => Promise<PageOf<Row>>

const PAGE_SIZE = 50

/** A query for a list; `read` gets the cursor of the page to read. */
export const listQuery = <Row>(queryKey: readonly unknown[], read: ReadPage<Row>) =>
  infiniteQueryOptions({
    queryKey: [...queryKey, 'list'],
    queryFn: ({ pageParam }) => read({ limit: PAGE_SIZE, ...(pageParam !== null && { cursor: pageParam }) }),
    initialPageParam: readFirst(),
    getNextPageParam: (page: PageOf<Row>) => page.next_cursor,
    placeholderData: keepPreviousData,
  })

const readFirst = (): string | null => null

export type List<Row> = {
  /** null while the first page is not there. */
  readonly rows: readonly Row[] | null
  readonly error: Error | null
  /** The next page could not be read; the rows before it stand. It is read again when somebody asks, never by itself. */
  readonly moreError: Error | null
  readonly hasMore: boolean
  readonly isLoadingMore: boolean
  /** Other filters are being read; the rows are still those of before. */
  readonly isStale: boolean
  readonly loadMore: () => void
  readonly reload: () => void
}

/** Reads a list and keeps reading it; see `listQuery`. */
export function useList<Row>(query: ReturnType<typeof listQuery<Row>>): List<Row> {
  const result = useInfiniteQuery(query)
  return {
    rows: result.data?.pages.flatMap((page) => page.items) ?? null,
    error: result.data === undefined ? result.error : null,
    moreError: result.isFetchNextPageError ? result.error : null,
    hasMore: result.hasNextPage,
    isLoadingMore: result.isFetchingNextPage,
    isStale: result.isPlaceholderData,
    loadMore: () => void (result.isFetchingNextPage ? undefined : result.fetchNextPage()),
    reload: () => void result.refetch(),
  }
}

/** Something that is read whole, for the tables that show lists. */
export const wholeList = <Row>(
  rows: readonly Row[] | undefined,
  query: { readonly error: Error | null; readonly refetch: () => unknown },
): List<Row> => ({
  rows: rows ?? null,
  error: rows === undefined ? query.error : null,
  moreError: null,
  hasMore: false,
  isLoadingMore: false,
  isStale: false,
  loadMore: () => undefined,
  reload: () => void query.refetch(),
})
