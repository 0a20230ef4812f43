import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { usePlatformNames } from '../../api/accounts.ts'
import { answerOf, api } from '../../api/client.ts'
import { Card } from '../../components/page.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../components/states.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { ScrollText } from 'lucide-react'
import { ButtonLink, TextLink } from '../../ui/button.tsx'

const SHOWN = 8

/** The last entries of the platform's log, of all or of one organisation. */
export function RecentLog({ organisation }: { readonly organisation?: string }) {
  const { t } = useTranslation('platform')
  const of = organisation === undefined ? {} : { organisation }
  const query = { limit: SHOWN, ...(organisation !== undefined && { organisation_id: organisation }) }
  const { data, error, refetch } = useQuery({
    queryKey: ['platform', 'audit', 'recent', organisation],
    queryFn: () => answerOf(api.GET('/api/platform/audit/entries', { params: { query } })),
  })
  const entries = data?.items ?? []
  const nameOf = usePlatformNames(entries.flatMap((entry) => [entry.actor_id, entry.organisation_id]))
  return (
    <Card
      title={t('log.title')}
      isFlush
      actions={
        <ButtonLink to="/platform/audit" search={{ ...of, range: '90d' }} size="compact">
          {t('log.whole')}
        </ButtonLink>
      }
    >
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && (
        <div className="p-4">
          <Skeleton lines={6} />
        </div>
      )}
      {data?.items.length === 0 && <EmptyState icon={ScrollText} title={t('log.empty')} />}
      <ul className="mt-2 divide-y border-t">
        {entries.map((entry) => (
          <li key={entry.id} className="flex flex-wrap items-center gap-x-3 gap-y-0.5 px-4 py-2">
            <TextLink
              to="/platform/audit"
              search={{ ...of, entry: entry.id, range: '90d' }}
              className="min-w-0 flex-1 basis-52 truncate font-medium text-fg"
            >
              {entry.event}
            </TextLink>
            <span className="min-w-0 basis-40 truncate text-fg2">
              {nameOf(entry.actor_id) ?? t(`actor.${entry.actor_type}`, { defaultValue: entry.actor_type })}
              {organisation === undefined && entry.organisation_id !== null && ` · ${nameOf(entry.organisation_id)}`}
            </span>
            {entry.outcome !== 'succeeded' && <StateBadge state={entry.outcome} />}
            <span className="meta w-28 text-end text-fg3">
              <TimeAgo at={entry.at} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
