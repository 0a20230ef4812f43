import { queryOptions } from '@tanstack/react-query'
import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { listQuery } from '../../api/list.ts'
import type { Quoted } from '../../components/quote-dialog.tsx'

export type Thread = Answer<'/api/orgs/{org}/threads', 'get'>['items'][number]
export type ThreadDetail = Answer<'/api/orgs/{org}/threads/{thread}', 'get'>
export type Message = ThreadDetail['messages'][number]

export const threadsKey = (org: string) => ['org', org, 'threads'] as const

export const threadsQuery = (org: string) =>
  listQuery(threadsKey(org), (page) =>
    answerOf(api.GET('/api/orgs/{org}/threads', { params: { path: { org }, query: page } })),
  )

export const threadQuery = (org: string, thread: string) =>
  queryOptions({
    queryKey: [...threadsKey(org), 'one', thread],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/threads/{thread}', { params: { path: { org, thread } } })),
  })

/** Opens a thread in a project; all that is run from it belongs there. */
export const openThread = (org: string, title: string, project_id: string | undefined) => {
  const body = { title, ...(project_id !== undefined && { project_id }) }
  return answerOf(api.POST('/api/orgs/{org}/threads', { params: { path: { org } }, body }))
}

/** Writes into a thread, and with a quote runs the app that was quoted. */
export const say = (org: string, thread: string, content: string, run: (Quoted & { readonly app: string }) | null) =>
  answerOf(
    api.POST('/api/orgs/{org}/threads/{thread}/messages', {
      params: { path: { org, thread } },
      body: { content, ...(run !== null && runOf(run)) },
    }),
  )

/** The run that a message starts; its project is the thread's. */
function runOf({ app, input, quote, place }: Quoted & { readonly app: string }) {
  const { project_id: _, ...rest } = place
  return { app_id: app, input, quote_id: quote.id, ...rest }
}
