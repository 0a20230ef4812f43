import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Card } from '../../components/page.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { Moment } from '../../components/time-ago.tsx'
import { TextLink } from '../../ui/button.tsx'
import { storyQuery } from './queries.ts'

/** What the audit log tells of one execution, oldest first. */
export function Story({ org, execution_id }: { readonly org: string; readonly execution_id: string }) {
  const { t } = useTranslation('executions')
  const { data, error, refetch } = useQuery(storyQuery(org, execution_id))
  return (
    <Card title={t('story')}>
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton />}
      {data?.items.length === 0 && <p className="text-fg2">{t('noStory')}</p>}
      <ol className="flex flex-col divide-y">
        {data?.items.toReversed().map((entry) => (
          <li key={entry.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
            <TextLink
              to="/o/$org/audit"
              params={{ org }}
              search={{ entry: entry.id, find: `run:${execution_id}`, range: '90d' }}
              className="min-w-0 flex-1 truncate"
            >
              {entry.event}
            </TextLink>
            <StateBadge state={entry.outcome} />
            <span className="text-fg3">
              <Moment at={entry.at} />
            </span>
          </li>
        ))}
      </ol>
    </Card>
  )
}
