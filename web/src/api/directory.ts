// Names of people. The directory is what everybody in the organisation may see of the others.

import { keepPreviousData, queryOptions, useQueries } from '@tanstack/react-query'
import { answerOf, api } from './client.ts'

/** What the directory is asked for at once; see the route. */
const MAX_IDS = 100
const PICKED = 20

const namesQuery = (org: string, ids: readonly string[]) =>
  queryOptions({
    queryKey: ['org', org, 'directory', 'names', ids],
    queryFn: async () => {
      const query = { ids: ids.join(','), limit: ids.length }
      const { items } = await answerOf(api.GET('/api/orgs/{org}/directory', { params: { path: { org }, query } }))
      return new Map(items.map(({ id, name }) => [id, name]))
    },
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })

/** The people whose names fit what was typed, for whoever picks one. */
export const directoryQuery = (org: string, search: string) =>
  queryOptions({
    queryKey: ['org', org, 'directory', search],
    queryFn: () => {
      const query = { limit: PICKED, ...(search !== '' && { search }) }
      return answerOf(api.GET('/api/orgs/{org}/directory', { params: { path: { org }, query } }))
    },
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })

/** Names of members by their ids, former members included; null while it is not known. */
export function useNames(org: string, ids: readonly (string | null)[]): (id: string | null) => string | null {
  const wanted = [...new Set(ids)].filter((id) => id !== null).sort()
  const parts = Array.from({ length: Math.ceil(wanted.length / MAX_IDS) }, (_, index) =>
    wanted.slice(index * MAX_IDS, (index + 1) * MAX_IDS),
  )
  const results = useQueries({ queries: parts.map((part) => namesQuery(org, part)) })
  return (id) => {
    if (id === null) return null
    for (const { data } of results) {
      const name = data?.get(id)
      if (name !== undefined) return name
    }
    return null
  }
}
