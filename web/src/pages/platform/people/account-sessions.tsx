import { useQuery, useQueryClient } from '@tanstack/react-query'
import { MonitorSmartphone } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/client.ts'
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx'
import { Card } from '../../../components/page.tsx'
import { SessionList } from '../../../components/session-list.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../../components/states.tsx'
import { TimeAgo } from '../../../components/time-ago.tsx'
import { Button } from '../../../ui/button.tsx'
import { toastDone } from '../../../ui/toast.tsx'
import { type AccountDetail, sessionsQuery } from './queries.ts'

/** Where an account is signed in, and the end of it. */
export function AccountSessions({ account }: { readonly account: AccountDetail }) {
  const { t } = useTranslation('platform')
  const client = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const { data, error, refetch } = useQuery(sessionsQuery(account.id))
  const reread = () => client.invalidateQueries({ queryKey: sessionsQuery(account.id).queryKey })
  const end = async (session: string) => {
    const params = { path: { user: account.id, session } }
    await api.DELETE('/api/platform/users/{user}/sessions/{session}', { params })
    await reread()
    toastDone(t('sessions.ended'))
  }
  const endAll = (data?.items.length ?? 0) > 0 && (
    <Button size="compact" onClick={() => setAsking(true)}>
      {t('sessions.endAllMore')}
    </Button>
  )
  return (
    <Card title={t('sessions.title')} actions={endAll}>
      {error !== null && data === undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Skeleton />}
      {data?.items.length === 0 && <EmptyState icon={MonitorSmartphone} title={t('sessions.none')} />}
      <SessionList
        label={t('sessions.title')}
        sessions={data?.items ?? []}
        aboutOf={({ place, address, last_seen_at }) => (
          <>
            {place ?? address} · {t('sessions.seen')} <TimeAgo at={last_seen_at} />
          </>
        )}
        onEnd={end}
      />
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('sessions.endAllTitle', { name: account.display_name })}
        confirmLabel={t('sessions.endAll')}
        onConfirm={async () => {
          await api.DELETE('/api/platform/users/{user}/sessions', { params: { path: { user: account.id } } })
          await reread()
        }}
      >
        {t('sessions.endAllText')}
      </ConfirmDialog>
    </Card>
  )
}
