import { useQuery, useQueryClient } from '@tanstack/react-query'
import { MonitorSmartphone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { toProblem } from '../../api/problem.ts'
import { Card } from '../../components/page.tsx'
import { problemText } from '../../components/problem-text.ts'
import { EmptyState, ErrorState, Skeleton } from '../../components/states.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { useOrg } from '../../session/facts.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { toastDone, toastProblem } from '../../ui/toast.tsx'
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
  const { t: words } = useTranslation('words')
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
  const tell = (problem: unknown) => toastProblem(problemText(words, toProblem(problem)))
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
      <ul aria-label={t('sessions.tab')} className="divide-y">
        {data.items.map((session) => (
          <Row key={session.id} session={session} onEnd={() => void end(session.id).catch(tell)} />
        ))}
      </ul>
    </Card>
  )
}

function Row({ session, onEnd }: { readonly session: MemberSession; readonly onEnd: () => void }) {
  const { t } = useTranslation('people')
  const { method } = session
  return (
    <li className="flex flex-wrap items-center gap-3 py-2.5 first:pt-0 last:pb-0">
      <MonitorSmartphone size={16} className="shrink-0 text-fg3" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="truncate">
          {session.device ?? t('sessions.unknown')} · {t(`sessions.methods.${method}`, { defaultValue: method })}
        </p>
        <p className="meta text-fg3">
          <span className="font-mono">{session.place ?? session.address ?? '–'}</span> · {t('sessions.since')}{' '}
          <TimeAgo at={session.first_seen_at} /> · {t('sessions.seen')} <TimeAgo at={session.last_seen_at} />
        </p>
      </div>
      {session.is_current ? (
        <Badge tone="ok">{t('sessions.this')}</Badge>
      ) : (
        <Button size="compact" onClick={onEnd}>
          {t('sessions.end')}
        </Button>
      )}
    </li>
  )
}
