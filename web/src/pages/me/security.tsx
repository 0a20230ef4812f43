import { useQuery, useQueryClient } from '@tanstack/react-query'
import { MonitorSmartphone } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { Form, type Mistakes, useForm } from '../../components/form.tsx'
import { Card } from '../../components/page.tsx'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { toastDone } from '../../ui/toast.tsx'

const EMPTY = { current_password: '', new_password: '' }
const MIN_PASSWORD_LENGTH = 15

/** Password and the places where one is signed in. */
export function Security() {
  return (
    <div className="flex flex-col gap-5">
      <ChangePassword />
      <Sessions />
    </div>
  )
}

function ChangePassword() {
  const { t } = useTranslation('me')
  const form = useForm({
    initial: EMPTY,
    check: (values): Mistakes<typeof EMPTY> => ({
      ...(values.current_password === '' && { current_password: t('currentMissing') }),
      ...(Array.from(values.new_password).length < MIN_PASSWORD_LENGTH && {
        new_password: t('passwordShort', { count: MIN_PASSWORD_LENGTH }),
      }),
    }),
    send: (body) => answerOf(api.POST('/api/me/password', { body })),
    onDone() {
      form.reset(EMPTY)
      toastDone(t('passwordChanged'))
    },
  })
  const field = (name: keyof typeof EMPTY) => ({
    type: 'password',
    value: form.values[name],
    onChange: (value: string) => form.set(name, value),
    error: form.errorOf(name),
  })
  return (
    <Card title={t('password')} purpose={t('passwordPurpose')}>
      <Form form={form}>
        <TextField label={t('currentPassword')} autoComplete="current-password" {...field('current_password')} />
        <TextField
          label={t('newPassword')}
          autoComplete="new-password"
          hint={t('passwordHint', { count: MIN_PASSWORD_LENGTH })}
          {...field('new_password')}
        />
        <Button type="submit" isBusy={form.isBusy} className="self-start">
          {t('changePassword')}
        </Button>
      </Form>
    </Card>
  )
}

const SESSIONS = ['me', 'sessions'] as const

function Sessions() {
  const { t } = useTranslation('me')
  const client = useQueryClient()
  const [isAsking, setAsking] = useState(false)
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
    <Button size="compact" onClick={() => setAsking(true)}>
      {t('endOthers')}
    </Button>
  )
  return (
    <Card
      title={t('sessions')}
      purpose={t('sessionsPurpose')}
      actions={(data?.items.length ?? 0) > 1 ? others : undefined}
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
                <p className="truncate">{session.user_agent || t('unknownBrowser')}</p>
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
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('endOthersTitle')}
        confirmLabel={t('endOthers')}
        onConfirm={async () => {
          await api.DELETE('/api/me/sessions')
          await reread()
        }}
      >
        {t('endOthersText')}
      </ConfirmDialog>
    </Card>
  )
}
