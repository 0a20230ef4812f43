import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client.ts'
import { Form, useForm } from '../../components/form.tsx'
import { MIN_LENGTH_WITH_FACTOR } from '../../session/password-length.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { DeadLink } from './dead-link.tsx'
import { useLinkToken } from './link-token.ts'
import { NewPasswordField, newPasswordMistake } from './password-fields.tsx'
import { StartLayout } from './start-layout.tsx'

/** Sets a new password with the link of a mail. */
export function ResetPage() {
  const { t } = useTranslation('start')
  const token = useLinkToken()
  const [isDone, setDone] = useState(false)
  const form = useForm({
    initial: { new_password: '' },
    check({ new_password }) {
      // Enough for whoever has a second factor; of others the server asks for more.
      const weak = newPasswordMistake(t, new_password, MIN_LENGTH_WITH_FACTOR)
      return weak === null ? {} : { new_password: weak }
    },
    send: ({ new_password }) => api.POST('/api/password-resets/confirm', { body: { token, new_password } }),
    onDone: () => setDone(true),
  })
  if (token === '' || form.problem?.code === 'link_invalid') {
    return (
      <DeadLink>
        <ButtonLink to="/forgot" variant="primary" size="large">
          {t('askNewLink')}
        </ButtonLink>
      </DeadLink>
    )
  }
  if (isDone) {
    return (
      <StartLayout title={t('resetDone')} purpose={t('resetDonePurpose')}>
        <ButtonLink to="/login" variant="primary" size="large" className="w-full">
          {t('signIn')}
        </ButtonLink>
      </StartLayout>
    )
  }
  return (
    <StartLayout title={t('choosePassword')} purpose={t('resetPurpose')}>
      <Form form={form}>
        <NewPasswordField
          hint={t('passwordHintEither')}
          value={form.values.new_password}
          onChange={(value) => form.set('new_password', value)}
          error={form.errorOf('new_password')}
        />
        <Button variant="primary" size="large" type="submit" isBusy={form.isBusy}>
          {t('setPassword')}
        </Button>
      </Form>
    </StartLayout>
  )
}
