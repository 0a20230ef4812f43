import { answerOf, api } from '../../api/client.ts'
import type { Answer } from '../../api/answer.ts'
import { given } from '../../api/given.ts'
import { listQuery } from '../../api/list.ts'

export const INVITATION_STATES = ['invited', 'resent', 'accepted', 'expired', 'revoked'] as const

export type Invitation = Answer<'/api/orgs/{org}/invitations', 'get'>['items'][number]
export type InviteOutcome = Answer<'/api/orgs/{org}/invitations', 'post'>['items'][number]

type Filter = {
  readonly search?: string | undefined
  readonly state?: (typeof INVITATION_STATES)[number] | undefined
}

export const invitationsKey = (org: string) => ['org', org, 'invitations'] as const

/** Who was invited and what became of it. */
export const invitationsQuery = (org: string, filter: Filter) =>
  listQuery([...invitationsKey(org), filter], (page) =>
    answerOf(
      api.GET('/api/orgs/{org}/invitations', { params: { path: { org }, query: { ...page, ...given(filter) } } }),
    ),
  )

const PASTED = /[\s,;<>"]+/

/** The addresses in a pasted list, each once, in the order in which they stand; names around them are left out. */
export function addressesIn(text: string): readonly string[] {
  const found = new Map<string, string>()
  for (const word of text.split(PASTED)) if (word.includes('@')) found.set(word.toLowerCase(), word)
  return [...found.values()]
}
