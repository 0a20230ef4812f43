// What organisations and accounts are called, for the screens of the platform.

import { keepPreviousData, queryOptions, useQueries } from '@tanstack/react-query'
import { answerOf, api } from './client.ts'

/** What the names are asked for at once; see the route. */
const MAX_IDS = 100

const namesQuery = (ids: readonly string[]) =>
  queryOptions({
    queryKey: ['platform', 'names', ids],
    queryFn: async () => {
      const { items } = await answerOf(api.GET('/api/platform/names', { params: { query: { ids: ids.join(',') } } }))
      return new Map(items.map(({ id, name }) => [id, name]))
    },
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })

/** Names of organisations and accounts by their ids; the end of the id while, or where, there is none. */
export function usePlatformNames(ids: readonly (string | null)[]): (id: string | null) => string | null {
  const wanted = [...new Set(ids)].filter((id) => id !== null).sort()
  const parts = Array.from({ length: Math.ceil(wanted.length / MAX_IDS) }, (_, index) =>
    wanted.slice(index * MAX_IDS, (index + 1) * MAX_IDS),
  )
  const results = useQueries({ queries: parts.map(namesQuery) })
  return (id) => {
    if (id === null) return null
    for (const { data } of results) {
      const name = data?.get(id)
      if (name !== undefined) return name
    }
    return `…${id.slice(-8)}`
  }
}
