import { queryOptions } from '@tanstack/react-query'
import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { listQuery } from '../../api/list.ts'
import { ApiProblem } from '../../api/problem.ts'

export type ServiceAccount = Answer<'/api/orgs/{org}/service-accounts', 'get'>['items'][number]

const PAGE = 200

export const serviceAccountsKey = (org: string) => ['org', org, 'service-accounts'] as const

/** Programs with rights of their own. */
export const serviceAccountsQuery = (org: string) =>
  listQuery(serviceAccountsKey(org), (query) =>
    answerOf(api.GET('/api/orgs/{org}/service-accounts', { params: { path: { org }, query } })),
  )

/** One of them, found in the list: the API shows them there only. */
export const serviceAccountQuery = (org: string, id: string) =>
  queryOptions({
    queryKey: [...serviceAccountsKey(org), id],
    async queryFn() {
      let cursor: string | null = null
      do {
        const query = { limit: PAGE, ...(cursor !== null && { cursor }) }
        const page: Answer<'/api/orgs/{org}/service-accounts', 'get'> = await answerOf(
          api.GET('/api/orgs/{org}/service-accounts', { params: { path: { org }, query } }),
        )
        const found = page.items.find((each) => each.id === id)
        if (found !== undefined) return found
        cursor = page.next_cursor
      } while (cursor !== null)
      throw new ApiProblem({ status: 404, code: 'not_found', title: 'There is no such service account' })
    },
  })
