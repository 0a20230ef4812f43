import { queryOptions, useQuery } from '@tanstack/react-query'
import { useOrg } from '../session/facts.ts'
import { answerOf, api } from './client.ts'

const PAGE = 200
const MOST = 2000

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
