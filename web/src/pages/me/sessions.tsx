import { useQuery, useQueryClient } from '@tanstack/react-query'
import { MonitorSmartphone } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { Card } from '../../components/page.tsx'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { forgetVisits } from '../../shell/visits.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { toastDone } from '../../ui/toast.tsx'

const SESSIONS = ['me', 'sessions'] as const

/** The places where one is signed in, and their end. */
export function Sessions() {
  const { t } = useTranslation('me')
  const client = useQueryClient()
  const [asking, setAsking] = useState<'others' | 'all' | null>(null)
  const { data, error, refetch } = useQuery({
    queryKey: SESSIONS,
    queryFn: () => answerOf(api.GET('/api/me/sessions')),
  })
  const reread = () => client.invalidateQueries({ queryKey: SESSIONS })
  const end = async (session: string) => {
    await api.DELETE('/api/me/sessions/{session}', { params: { path: { session } } })
    await reread()
    toastDone(t('sessionEnded'))
  }
  const others = (
    <Button size="compact" onClick={() => setAsking('others')}>
      {t('endOthers')}
    </Button>
  )
  return (
    <Card
      title={t('sessions')}
      purpose={t('sessionsPurpose')}
      actions={
        <div className="flex flex-wrap gap-2">
          {(data?.items.length ?? 0) > 1 && others}
          <Button size="compact" onClick={() => setAsking('all')}>
            {t('endAll')}
          </Button>
        </div>
      }
    >
      {data === undefined ? (
        error === null ? (
          <Skeleton />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <ul className="divide-y">
          {data.items.map((session) => (
            <li key={session.id} className="flex items-center gap-3 py-2.5 first:pt-0 last:pb-0">
              <MonitorSmartphone size={16} className="shrink-0 text-fg3" aria-hidden />
              <div className="min-w-0 flex-1">
                <p className="truncate" title={session.user_agent}>
                  {session.device ?? t('unknownBrowser')}
                </p>
                <p className="meta text-fg3">
                  {session.address} · {t('lastSeen')} <TimeAgo at={session.last_seen_at} />
                </p>
              </div>
              {session.is_current ? (
                <Badge tone="ok">{t('thisSession')}</Badge>
              ) : (
                <Button size="compact" onClick={() => void end(session.id)}>
                  {t('endSession')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <ConfirmDialog
        isOpen={asking === 'others'}
        onClose={() => setAsking(null)}
        title={t('endOthersTitle')}
        confirmLabel={t('endOthers')}
        onConfirm={async () => {
          await api.DELETE('/api/me/sessions')
          await reread()
        }}
      >
        {t('endOthersText')}
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={asking === 'all'}
        onClose={() => setAsking(null)}
        title={t('endAllTitle')}
        confirmLabel={t('endAll')}
        onConfirm={async () => {
          await api.POST('/api/me/sign-out-everywhere')
          forgetVisits()
          location.assign('/login')
        }}
      >
        {t('endAllText')}
      </ConfirmDialog>
    </Card>
  )
}
