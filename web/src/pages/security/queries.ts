import { queryOptions } from '@tanstack/react-query'
import type { Answer } from '../../api/answer.ts'
import { answerOf, api } from '../../api/client.ts'

export type SecurityRules = Answer<'/api/orgs/{org}/security', 'get'>

export const securityKey = (org: string) => ['org', org, 'security'] as const

/** How one gets into the organisation, and how long a session lasts in it. */
export const securityQuery = (org: string) =>
  queryOptions({
    queryKey: securityKey(org),
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/security', { params: { path: { org } } })),
  })

export type PasswordRule = Answer<'/api/orgs/{org}/password-rule', 'get'>

/** What the organisation demands of passwords. */
export const passwordRuleQuery = (org: string) =>
  queryOptions({
    queryKey: [...securityKey(org), 'passwords'],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/password-rule', { params: { path: { org } } })),
  })

const SHOWN = 50

/** Who has a second factor already, those without one first. */
export const coverageQuery = (org: string) =>
  queryOptions({
    queryKey: [...securityKey(org), 'coverage'],
    queryFn: () =>
      answerOf(
        api.GET('/api/orgs/{org}/security/mfa-coverage', { params: { path: { org }, query: { limit: SHOWN } } }),
      ),
  })

/** Whether an address would get in with a list, and whom the list would shut out who is here now. */
export const tryAddress = (org: string, address: string, proposed: readonly string[]) =>
  answerOf(
    api.GET('/api/orgs/{org}/security/addresses/try', {
      params: { path: { org }, query: { address, proposed: proposed.join(',') } },
    }),
  )
