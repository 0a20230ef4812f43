import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../api/client.ts'
import { useOrg } from '../session/facts.ts'
import { Card } from './page.tsx'
import { QuotaLadder } from './quota-ladder.tsx'
import { ErrorState, Skeleton } from './states.tsx'

/** What a team or a project may use, and what it has used of it. */
export function ScopeLimits(props: { readonly scope_kind: 'team' | 'project'; readonly scope_id: string }) {
  const { t } = useTranslation('words')
  const org = useOrg()
  const { scope_kind, scope_id } = props
  const { data, error, refetch } = useQuery({
    queryKey: ['org', org, 'limits', scope_kind, scope_id],
    queryFn: () => {
      const params = { path: { org }, query: { scope_kind, scope_id } }
      return answerOf(api.GET('/api/orgs/{org}/limits', { params }))
    },
  })
  return (
    <Card title={t('limits')}>
      {data === undefined ? (
        error === null ? (
          <Skeleton />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <QuotaLadder scopes={data.items} empty={t('noLimits')} />
      )}
    </Card>
  )
}
