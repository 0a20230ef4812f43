import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { listQuery } from '../../api/list.ts'
import type { PolicyDocument } from './fields.ts'

export type Policy = Answer<'/api/orgs/{org}/policy', 'get'>
export type FieldInForce = Policy['fields'][number]
export type Version = Answer<'/api/orgs/{org}/policy/versions', 'get'>['items'][number]

export const policyQuery = (org: string) =>
  queryOptions({
    queryKey: ['org', org, 'policy'],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/policy', { params: { path: { org } } })),
  })

export const versionsQuery = (org: string) =>
  listQuery(['org', org, 'policy', 'versions'], (page) =>
    answerOf(api.GET('/api/orgs/{org}/policy/versions', { params: { path: { org }, query: page } })),
  )

export type PolicyEffect = Answer<'/api/orgs/{org}/policy/effect', 'get'>

/** What a document would have made of the last 30 days; `document` is its JSON. */
export const effectQuery = (org: string, document: string) =>
  queryOptions({
    queryKey: ['org', org, 'policy', 'effect', document],
    queryFn: () =>
      answerOf(api.GET('/api/orgs/{org}/policy/effect', { params: { path: { org }, query: { document } } })),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })

/** Puts a new version in the place of the one that was read; refuses when another has come between. */
export const putPolicy = (org: string, replaces: number, body: PolicyDocument) =>
  answerOf(api.PUT('/api/orgs/{org}/policy', { params: { path: { org }, query: { replaces } }, body }))
