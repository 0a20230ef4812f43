import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../api/client.ts'
import { Form, useForm } from '../components/form.tsx'
import { Button } from '../ui/button.tsx'
import { AlertDialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { meQuery } from './facts.ts'
import { onSessionEnd } from './session-events.ts'

/** A session that ended while a page is open: the page and its forms stay, and go on after signing in again. */
export function SignInAgain() {
  const client = useQueryClient()
  const [email, setEmail] = useState<string | null>(null)
  useEffect(() => onSessionEnd(() => setEmail(client.getQueryData(meQuery.queryKey)?.email ?? null)), [client])
  return email === null ? null : <Question key={email} email={email} onDone={() => setEmail(null)} />
}

function Question({ email, onDone }: { readonly email: string; readonly onDone: () => void }) {
  const { t } = useTranslation('shell')
  const client = useQueryClient()
  const form = useForm({
    initial: { password: '' },
    send: ({ password }) => answerOf(api.POST('/api/sessions', { body: { email, password } })),
    onDone: () => {
      onDone()
      void client.invalidateQueries()
    },
  })
  return (
    <AlertDialog isOpen onClose={() => undefined} title={t('signInAgain')} description={t('signInAgainText')}>
      <Form form={form}>
        <TextField
          label={t('email')}
          value={email}
          onChange={() => undefined}
          isReadOnly
          autoComplete="username"
          type="email"
        />
        <TextField
          label={t('password')}
          type="password"
          autoComplete="current-password"
          value={form.values.password}
          onChange={(value) => form.set('password', value)}
          error={form.errorOf('password')}
        />
        <div className="flex justify-between gap-2">
          <Button variant="ghost" onClick={() => location.assign('/login')}>
            {t('someoneElse')}
          </Button>
          <Button variant="primary" type="submit" isBusy={form.isBusy}>
            {t('signIn')}
          </Button>
        </div>
      </Form>
    </AlertDialog>
  )
}
