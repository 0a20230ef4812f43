// The second factors of whoever is signed in.

import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../api/client.ts'
import type { Answer } from '../api/answer.ts'

export type Factors = Answer<'/api/me/factors', 'get'>
export type Passkey = Factors['passkeys'][number]

export const factorsQuery = queryOptions({
  queryKey: ['me', 'factors'],
  queryFn: () => answerOf(api.GET('/api/me/factors')),
})

/** A new secret for the app. A mutation, not a query: asking again makes another secret. */
export const beginTotp = () => answerOf(api.POST('/api/me/totp'))

/** Turns the app on; answers with recovery codes when it is the first factor. */
export const confirmTotp = async (code: string): Promise<readonly string[] | null> => {
  const { recovery_codes } = await answerOf(
    api.POST('/api/me/totp/confirm', { body: { code: code.replaceAll(/\s/g, '') } }),
  )
  return recovery_codes
}
