import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from './client.ts'
import type { Answer } from './answer.ts'
import { given } from './given.ts'
import { listQuery } from './list.ts'

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

/** Whether anybody has been asked to join, or has joined, beside whoever registered. */
export const hasCompanyQuery = (org: string) =>
  queryOptions({
    queryKey: [...invitationsKey(org), 'any'],
    async queryFn() {
      const path = { org }
      const [invitations, members] = await Promise.all([
        answerOf(api.GET('/api/orgs/{org}/invitations', { params: { path, query: { limit: 1 } } })),
        answerOf(api.GET('/api/orgs/{org}/members', { params: { path, query: { limit: 2 } } })),
      ])
      return invitations.items.length > 0 || members.items.length > 1
    },
  })

const PASTED = /[\s,;<>"]+/

/** The addresses in a pasted list, each once, in the order in which they stand; names around them are left out. */
export function addressesIn(text: string): readonly string[] {
  const found = new Map<string, string>()
  for (const word of text.split(PASTED)) if (word.includes('@')) found.set(word.toLowerCase(), word)
  return [...found.values()]
}
