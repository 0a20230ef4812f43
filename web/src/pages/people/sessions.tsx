import { useQuery, useQueryClient } from '@tanstack/react-query'
import { MonitorSmartphone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { Card } from '../../components/page.tsx'
import { SessionList } from '../../components/session-list.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../components/states.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useOrg } from '../../session/facts.ts'
import { Button } from '../../ui/button.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { type MemberSession, sessionsQuery } from './queries.ts'

type SessionsProps = {
  readonly person: string
  readonly name: string
  /** Asks before all of them are ended. */
  readonly onEndAll: () => void
}

/** Where somebody is signed in to this organisation, and the end of it. */
export function Sessions({ person, name, onEndAll }: SessionsProps) {
  const { t } = useTranslation('people')
  const org = useOrg()
  const client = useQueryClient()
  const query = sessionsQuery(org, person)
  const { data, error, refetch } = useQuery(query)
  if (data === undefined) {
    return error === null ? <Skeleton lines={4} /> : <ErrorState error={error} onRetry={() => void refetch()} />
  }
  const end = async (session: string) => {
    const path = { org, member: person, session }
    await api.DELETE('/api/orgs/{org}/members/{member}/sessions/{session}', { params: { path } })
    await client.invalidateQueries({ queryKey: query.queryKey })
    toastDone(t('sessions.ended'))
  }
  const about = ({ method, place, address, first_seen_at, last_seen_at }: MemberSession) => (
    <>
      {t(`sessions.methods.${method}`, { defaultValue: method })} ·{' '}
      <span className="font-mono">{place ?? address ?? '–'}</span> · {t('sessions.since')}{' '}
      <TimeAgo at={first_seen_at} /> · {t('sessions.seen')} <TimeAgo at={last_seen_at} />
    </>
  )
  const all = (
    <Button size="compact" onClick={onEndAll}>
      {t('sessions.endAll')}
    </Button>
  )
  return (
    <Card title={t('sessions.tab')} purpose={t('sessions.purpose', { name })} actions={all}>
      {data.items.length === 0 && (
        <EmptyState icon={MonitorSmartphone} title={t('sessions.none')}>
          {t('sessions.noneText')}
        </EmptyState>
      )}
      <SessionList label={t('sessions.tab')} sessions={data.items} aboutOf={about} onEnd={end} />
    </Card>
  )
}
