import type { Answer } from './answer.ts'
import { answerOf, api } from './client.ts'
import { listQuery } from './list.ts'

export type ApiKey = Answer<'/api/orgs/{org}/me/api-keys', 'get'>['items'][number]
/** Own keys, those that belong to the organisation itself, and all there are. */
export const WHOSE = ['own', 'organisation', 'anybody'] as const
export type Whose = (typeof WHOSE)[number]

export const apiKeysQuery = (org: string, whose: Whose, revoked: boolean) =>
  listQuery(['org', org, 'api-keys', whose, revoked], (page) => {
    const query = { ...page, ...(revoked && { revoked }) }
    const path = { org }
    if (whose === 'own') return answerOf(api.GET('/api/orgs/{org}/me/api-keys', { params: { path, query } }))
    return answerOf(api.GET('/api/orgs/{org}/api-keys', { params: { path, query: { ...query, owner: whose } } }))
  })

/** The keys of one service account. */
export const accountKeysQuery = (org: string, service_account_id: string, revoked: boolean) =>
  listQuery(['org', org, 'api-keys', 'of account', service_account_id, revoked], (page) => {
    const query = { ...page, service_account_id, ...(revoked && { revoked }) }
    return answerOf(api.GET('/api/orgs/{org}/api-keys', { params: { path: { org }, query } }))
  })

/** The entries of a list of addresses, one per line or between commas. */
export const addressesIn = (text: string): string[] =>
  text
    .split(/[\n,;]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
