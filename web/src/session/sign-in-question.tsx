import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../api/client.ts'
import { Form, useForm } from '../components/form.tsx'
import { Button } from '../ui/button.tsx'
import { AlertDialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'

/** Asks for the password of whoever was signed in. */
export function SignInQuestion({ email, onDone }: { readonly email: string; readonly onDone: () => void }) {
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
