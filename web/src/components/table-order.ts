// The order of a table's rows, in the address like its filters. Lists are read page by page in the server's order; another
// order needs all of them, so the rest is read first. Lists that may be endless (log, executions, ledger) have no such columns.

import { useEffect, useMemo } from 'react'
import type { List } from '../api/list.ts'
import type { Column } from './data-table-props.ts'
import { useFormat } from './format.ts'
import { useUrlState } from './url-state.ts'

export type Order = { readonly id: string; readonly isDescending: boolean }

export type Ordered<Row> = {
  readonly list: List<Row>
  readonly order: Order | null
  /** Upwards, downwards, as the server gives them. */
  readonly toggle: (id: string) => void
}

const DOWN = '-'

function parseOrder(word: string | undefined): Order | null {
  if (word === undefined) return null
  return word.startsWith(DOWN) ? { id: word.slice(1), isDescending: true } : { id: word, isDescending: false }
}

const next = (order: Order | null, id: string): string | undefined => {
  if (order?.id !== id) return id
  return order.isDescending ? undefined : `${DOWN}${id}`
}

/** The list in the order that the address names; what has no value stands last either way. */
export function useOrder<Row>(list: List<Row>, columns: readonly Column<Row>[]): Ordered<Row> {
  const url = useUrlState(['sort'])
  const { language } = useFormat()
  const asked = parseOrder(url.values.sort)
  const keyOf = columns.find(({ id }) => id === asked?.id)?.orderBy
  const order = keyOf === undefined ? null : asked
  const isDescending = order?.isDescending === true
  const { rows, hasMore, moreError, isLoadingMore, loadMore } = list
  useEffect(() => {
    if (keyOf !== undefined && hasMore && moreError === null && !isLoadingMore) loadMore()
  }, [keyOf, hasMore, moreError, isLoadingMore, loadMore])
  const sorted = useMemo(() => {
    if (keyOf === undefined || rows === null) return rows
    const collator = new Intl.Collator(language, { numeric: true, sensitivity: 'base' })
    return rows.toSorted((a, b) => {
      const [one, other] = [keyOf(a), keyOf(b)]
      if (one === null || other === null) return Number(one === null) - Number(other === null)
      const by =
        typeof one === 'number' && typeof other === 'number' ? one - other : collator.compare(`${one}`, `${other}`)
      return isDescending ? -by : by
    })
  }, [keyOf, rows, language, isDescending])
  return { list: { ...list, rows: sorted }, order, toggle: (id) => url.set({ sort: next(order, id) }) }
}
