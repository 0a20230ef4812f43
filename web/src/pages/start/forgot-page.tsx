import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { Form, useForm } from '../../components/form.tsx'
import { useUrlState } from '../../components/url-state.ts'
import { Button, TextLink } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { StartLayout } from './start-layout.tsx'

/** Asks for a link that sets a new password. The answer is the same whether there is an account or not. */
export function ForgotPage() {
  const { t } = useTranslation('start')
  const url = useUrlState(['email'])
  const [sentTo, setSentTo] = useState<string | null>(null)
  const form = useForm({
    initial: { email: url.values.email ?? '' },
    check: ({ email }) => (email.includes('@') ? {} : { email: t('emailMissing') }),
    send: ({ email }) => answerOf(api.POST('/api/password-resets', { body: { email: email.trim() } })),
    onDone: (_, { email }) => setSentTo(email.trim()),
  })
  const back = <TextLink to="/login">{t('backToSignIn')}</TextLink>
  if (sentTo !== null) {
    return (
      <StartLayout title={t('linkSent')} purpose={t('resetSentPurpose', { email: sentTo })} footer={back}>
        <p className="text-fg2">{t('linkSentHint')}</p>
      </StartLayout>
    )
  }
  return (
    <StartLayout title={t('forgotTitle')} purpose={t('forgotPurpose')} footer={back}>
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
        <Button variant="primary" size="large" type="submit" isBusy={form.isBusy}>
          {t('sendResetLink')}
        </Button>
      </Form>
    </StartLayout>
  )
}
