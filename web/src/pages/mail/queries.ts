import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'
import { given } from '../../api/given.ts'
import { listQuery } from '../../api/list.ts'

export const MAIL_STATES = ['queued', 'sending', 'sent', 'failed', 'expired'] as const

export type Message = Answer<'/api/platform/outbox', 'get'>['items'][number]
export type OpenMessage = Answer<'/api/platform/outbox/{message}/open', 'post'>

export const outboxKey = ['platform', 'outbox'] as const

type Filter = {
  readonly search?: string | undefined
  readonly state?: (typeof MAIL_STATES)[number] | undefined
}

/** What was to be mailed, and what became of it. */
export const outboxQuery = (filter: Filter) =>
  listQuery([...outboxKey, filter], (page) =>
    answerOf(api.GET('/api/platform/outbox', { params: { query: { ...page, ...given(filter) } } })),
  )
