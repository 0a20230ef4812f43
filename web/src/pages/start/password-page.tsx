import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { Form, type Mistakes, useForm } from '../../components/form.tsx'
import { useUrlState } from '../../components/url-state.ts'
import { MIN_LENGTH_WITH_FACTOR } from '../../session/password-length.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { useEnter } from './enter.ts'
import { NewPasswordField, newPasswordMistake } from './password-fields.tsx'
import { StartLayout } from './start-layout.tsx'

const EMPTY = { current_password: '', new_password: '' }

/** A password for a single use is changed before anything else. */
export function PasswordPage() {
  const { t } = useTranslation('start')
  const enter = useEnter()
  const url = useUrlState(['next'])
  const form = useForm({
    initial: EMPTY,
    check(values): Mistakes<typeof EMPTY> {
      // Enough for whoever has a second factor; of others the server asks for more.
      const weak = newPasswordMistake(t, values.new_password, MIN_LENGTH_WITH_FACTOR)
      return {
        ...(values.current_password === '' && { current_password: t('passwordMissing') }),
        ...(weak !== null && { new_password: weak }),
      }
    },
    send: (body) => answerOf(api.POST('/api/me/password', { body })),
    onDone: () => void enter(url.values.next),
  })
  return (
    <StartLayout title={t('choosePassword')} purpose={t('choosePasswordPurpose')}>
      <Form form={form}>
        <TextField
          label={t('passwordSignedInWith')}
          type="password"
          autoComplete="current-password"
          autoFocus
          value={form.values.current_password}
          onChange={(value) => form.set('current_password', value)}
          error={form.errorOf('current_password')}
        />
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
