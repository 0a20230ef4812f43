import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { Card } from '../../components/page.tsx'
import { SessionList } from '../../components/session-list.tsx'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { forgetVisits } from '../../shell/visits.ts'
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
        <SessionList
          label={t('sessions')}
          sessions={data.items}
          aboutOf={({ address, last_seen_at }) => (
            <>
              {address} · {t('lastSeen')} <TimeAgo at={last_seen_at} />
            </>
          )}
          onEnd={end}
        />
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
