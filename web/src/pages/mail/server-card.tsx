import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { type MailServer, mailServerKey, mailServerQuery } from '../../api/mail.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useForm } from '../../components/form.tsx'
import { Card, Facts } from '../../components/page.tsx'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { toastDone, toastProblem } from '../../ui/toast.tsx'
import { ServerForm } from './server-form.tsx'

type Asked = 'server' | 'test' | 'password' | 'remove'

/** The server that mail is handed to. */
export function ServerCard() {
  const { t } = useTranslation('mail')
  const client = useQueryClient()
  const { data, error, refetch } = useQuery(mailServerQuery)
  const [asked, setAsked] = useState<Asked | null>(null)
  const close = () => setAsked(null)
  const server = data?.server ?? null
  return (
    <Card
      title={t('server')}
      purpose={server === null ? t('serverNone') : undefined}
      actions={
        <div className="flex flex-wrap gap-2">
          {server !== null && (
            <>
              <Button onClick={() => setAsked('test')}>{t('testMore')}</Button>
              <Button onClick={() => setAsked('password')}>{t('passwordMore')}</Button>
              <Button onClick={() => setAsked('remove')}>{t('removeMore')}</Button>
            </>
          )}
          <Button variant={server === null ? 'primary' : 'secondary'} onClick={() => setAsked('server')}>
            {server === null ? t('addServer') : t('changeServer')}
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
        server !== null && <ServerFacts server={server} />
      )}
      {asked === 'server' && <ServerForm server={server} onClose={close} />}
      {asked === 'test' && <TestMail onClose={close} />}
      {asked === 'password' && <Password onClose={close} />}
      <ConfirmDialog
        isOpen={asked === 'remove'}
        onClose={close}
        title={t('removeTitle')}
        confirmLabel={t('removeServer')}
        onConfirm={async () => {
          await api.DELETE('/api/platform/mail-server')
          await client.invalidateQueries({ queryKey: mailServerKey })
        }}
      >
        {t('removeText')}
      </ConfirmDialog>
    </Card>
  )
}

function ServerFacts({ server }: { readonly server: MailServer }) {
  const { t } = useTranslation('mail')
  return (
    <Facts
      facts={[
        { label: t('host'), value: `${server.host}:${server.port}` },
        { label: t('security'), value: t(`securities.${server.security}`) },
        { label: t('from'), value: server.from_address },
        { label: t('userName'), value: server.user_name ?? '–' },
        { label: t('password'), value: server.password_mask ?? '–' },
      ]}
    />
  )
}

function TestMail({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('mail')
  const form = useForm({
    initial: { recipient: '' },
    check: ({ recipient }) => (recipient.includes('@') ? {} : { recipient: t('addressMissing') }),
    send: (body) => answerOf(api.POST('/api/platform/mail-server/test', { body })),
    onDone({ outcome, reply, recipient }) {
      onClose()
      if (outcome === 'sent') toastDone(t('testSent', { recipient }))
      else toastProblem(t(`testOutcome.${outcome}`), reply ?? undefined)
    },
  })
  return (
    <FormDialog form={form} isOpen onClose={onClose} title={t('test')} submitLabel={t('test')}>
      <TextField
        label={t('recipient')}
        type="email"
        value={form.values.recipient}
        onChange={(value) => form.set('recipient', value)}
        error={form.errorOf('recipient')}
      />
    </FormDialog>
  )
}

function Password({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('mail')
  const client = useQueryClient()
  const form = useForm({
    initial: { password: '' },
    check: ({ password }) => (password === '' ? { password: t('passwordMissing') } : {}),
    send: (body) => answerOf(api.PUT('/api/platform/mail-server/password', { body })),
    onDone() {
      onClose()
      toastDone(t('passwordSaved'))
      void client.invalidateQueries({ queryKey: mailServerKey })
    },
  })
  return (
    <FormDialog form={form} isOpen onClose={onClose} title={t('setPassword')} submitLabel={t('setPassword')}>
      <TextField
        label={t('password')}
        type="password"
        autoComplete="new-password"
        value={form.values.password}
        onChange={(value) => form.set('password', value)}
        error={form.errorOf('password')}
      />
    </FormDialog>
  )
}
