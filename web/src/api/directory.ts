// Names of people. The directory is what everybody in the organisation may see of the others.

import { keepPreviousData, queryOptions, useQueries, useQuery } from '@tanstack/react-query'
import { useOrg } from '../session/facts.ts'
import { answerOf, api } from './client.ts'

const PAGE = 200
const MOST = 2000
/** What the directory is asked for at once; see the route. */
const MAX_IDS = 100
const PICKED = 20

/** The names of the organisation's people; beyond the first 2,000 ids stand for themselves. */
const namesQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'directory', 'names'],
    staleTime: 60_000,
    queryFn: async () => {
      const names = new Map<string, string>()
      let cursor: string | null = null
      do {
        const query = { limit: PAGE, ...(cursor !== null && { cursor }) }
        const page: { items: { id: string; name: string }[]; next_cursor: string | null } = await answerOf(
          api.GET('/api/orgs/{org}/directory', { params: { path: { org }, query } }),
        )
        for (const { id, name } of page.items) names.set(id, name)
        cursor = page.next_cursor
      } while (cursor !== null && names.size < MOST)
      return names
    },
  })

/** How to call a member: the name, or the end of the id while nobody knows it. */
export function useMemberName(): (member_id: string | null | undefined) => string | null {
  const { data } = useQuery(namesQuery(useOrg()))
  return (member_id) => (member_id == null ? null : (data?.get(member_id) ?? `…${member_id.slice(-8)}`))
}

/** The people of the organisation, as choices. */
export function useMemberOptions(): readonly { readonly value: string; readonly label: string }[] {
  const { data } = useQuery(namesQuery(useOrg()))
  return [...(data ?? [])].map(([value, label]) => ({ value, label })).sort((a, b) => a.label.localeCompare(b.label))
}

const namesOfQuery = (org: string, ids: readonly string[]) =>
  queryOptions({
    queryKey: ['org', org, 'directory', 'names of', ids],
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
  const results = useQueries({ queries: parts.map((part) => namesOfQuery(org, part)) })
  return (id) => {
    if (id === null) return null
    for (const { data } of results) {
      const name = data?.get(id)
      if (name !== undefined) return name
    }
    return null
  }
}
