import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { Form, type Mistakes, useForm } from '../../components/form.tsx'
import { Card } from '../../components/page.tsx'
import { factorsQuery } from '../../session/factors.ts'
import { MIN_LENGTH_WITH_FACTOR, MIN_PASSWORD_LENGTH } from '../../session/password-length.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { toastDone } from '../../ui/toast.tsx'

const EMPTY = { current_password: '', new_password: '' }

/** A new password, by whoever knows the old one. */
export function ChangePassword() {
  const { t } = useTranslation('me')
  const { data: factors } = useQuery(factorsQuery)
  const hasFactor = factors !== undefined && (factors.totp !== null || factors.passkeys.length > 0)
  const count = hasFactor ? MIN_LENGTH_WITH_FACTOR : MIN_PASSWORD_LENGTH
  const form = useForm({
    initial: EMPTY,
    check: (values): Mistakes<typeof EMPTY> => ({
      ...(values.current_password === '' && { current_password: t('currentMissing') }),
      ...(Array.from(values.new_password).length < count && { new_password: t('passwordShort', { count }) }),
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
          hint={t('passwordHint', { count })}
          {...field('new_password')}
        />
        <Button type="submit" isBusy={form.isBusy} className="self-start">
          {t('changePassword')}
        </Button>
      </Form>
    </Card>
  )
}
