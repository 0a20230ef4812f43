import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { given } from '../../api/given.ts'
import { listQuery, type ReadPage } from '../../api/list.ts'

export const KINDS = ['top_up', 'charge', 'late_charge', 'lot_expired', 'adjustment'] as const

export type TransferFilter = {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly kind?: (typeof KINDS)[number] | undefined
}

export type Transfer = Answer<'/api/orgs/{org}/wallet/transfers', 'get'>['items'][number]

export const readTransfers =
  (org: string, filter: TransferFilter): ReadPage<Transfer> =>
  (page) =>
    answerOf(
      api.GET('/api/orgs/{org}/wallet/transfers', { params: { path: { org }, query: { ...page, ...given(filter) } } }),
    )

export const transfersQuery = (org: string, filter: TransferFilter) =>
  listQuery(['org', org, 'wallet', 'transfers', filter], readTransfers(org, filter))
