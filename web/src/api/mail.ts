import { queryOptions } from '@tanstack/react-query'
import type { Answer } from './answer.ts'
import { answerOf, api } from './client.ts'

export type MailServer = NonNullable<Answer<'/api/platform/mail-server', 'get'>['server']>

export const mailServerKey = ['platform', 'mail-server'] as const

/** The server that mail is handed to; null while there is none. */
export const mailServerQuery = queryOptions({
  queryKey: mailServerKey,
  queryFn: () => answerOf(api.GET('/api/platform/mail-server')),
})
