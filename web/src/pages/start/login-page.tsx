import { useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { Form, useForm } from '../../components/form.tsx'
import { useUrlState } from '../../components/url-state.ts'
import { Button, TextLink } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { useEnter } from './enter.ts'
import { StartLayout } from './start-layout.tsx'

export const setupQuery = {
  queryKey: ['setup'],
  queryFn: () => answerOf(api.GET('/api/setup')),
}

export function LoginPage() {
  const { t } = useTranslation('start')
  const url = useUrlState(['next'])
  const enter = useEnter()
  const { data: setup } = useQuery(setupQuery)
  const form = useForm({
    initial: { email: '', password: '' },
    check: ({ email, password }) => ({
      ...(email.trim() === '' && { email: t('emailMissing') }),
      ...(password === '' && { password: t('passwordMissing') }),
    }),
    send: ({ email, password }) => answerOf(api.POST('/api/sessions', { body: { email: email.trim(), password } })),
    onDone: () => void enter(url.values.next),
  })
  if (setup?.is_needed === true) return <Navigate to="/setup" replace />
  return (
    <StartLayout
      title={t('loginTitle')}
      purpose={t('loginPurpose')}
      footer={
        <>
          {t('noAccount')} <TextLink to="/register">{t('registerLink')}</TextLink>
        </>
      }
    >
      <Form form={form}>
        <TextField
          label={t('email')}
          type="email"
          inputMode="email"
          autoComplete="username"
          autoFocus
          value={form.values.email}
          onChange={(value) => form.set('email', value)}
          error={form.errorOf('email')}
        />
        <TextField
          label={t('password')}
          type="password"
          autoComplete="current-password"
          value={form.values.password}
          onChange={(value) => form.set('password', value)}
          error={form.errorOf('password')}
        />
        <Button variant="primary" size="large" type="submit" isBusy={form.isBusy}>
          {t('signIn')}
        </Button>
      </Form>
    </StartLayout>
  )
}
