import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { given } from '../../api/given.ts'

export const SOURCES = ['internal', 'public'] as const

export type AppFilter = {
  readonly search?: string | undefined
  readonly category?: string | undefined
  readonly source?: (typeof SOURCES)[number] | undefined
}

export type ListedApp = Answer<'/api/orgs/{org}/apps', 'get'>['items'][number]
export type Quote = Answer<'/api/orgs/{org}/apps/{app}/quotes', 'post'>

export const appsQuery = (org: string, filter: AppFilter) =>
  queryOptions({
    queryKey: ['org', org, 'apps', filter],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/apps', { params: { path: { org }, query: given(filter) } })),
    placeholderData: keepPreviousData,
  })

export type RunInput = { readonly [name: string]: unknown }

/** What a run with this input would cost and need; it costs nothing to ask. */
export const quoteRun = (org: string, app: string, input: RunInput) =>
  answerOf(api.POST('/api/orgs/{org}/apps/{app}/quotes', { params: { path: { org, app } }, body: { input } }))

/** Starts the run that was quoted: the money is held from here on. */
export const startRun = (org: string, app: string, input: RunInput, quote_id: string) =>
  answerOf(api.POST('/api/orgs/{org}/apps/{app}/runs', { params: { path: { org, app } }, body: { input, quote_id } }))

/** Puts a file into the input vault and returns its id. */
export async function uploadFile(org: string, file: File): Promise<string> {
  const { id } = await answerOf(
    api.POST('/api/orgs/{org}/files', {
      params: { path: { org }, query: { name: file.name } },
      headers: { 'content-type': 'application/octet-stream' },
      // The contract says "string" of bytes; what is sent are the bytes themselves.
      body: '',
      bodySerializer: () => file,
    }),
  )
  return id
}
