import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { Form, type Mistakes, useForm } from '../../components/form.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Skeleton } from '../../components/states.tsx'
import { useEnter } from './enter.ts'
import { setupQuery } from './login-page.tsx'
import { NewPasswordField, newPasswordMistake } from './password-fields.tsx'
import { StartLayout } from './start-layout.tsx'

const EMPTY = { token: '', display_name: '', email: '', password: '' }

/** The first run: whoever has the token that the server printed becomes the super-admin. */
export function SetupPage() {
  const { t } = useTranslation('start')
  const { data: setup } = useQuery(setupQuery)
  if (setup === undefined) {
    return (
      <StartLayout title={t('setupTitle')}>
        <Skeleton lines={4} />
      </StartLayout>
    )
  }
  if (setup.is_needed) return <Account />
  return (
    <StartLayout title={t('setupDone')} purpose={t('setupDonePurpose')}>
      <ButtonLink to="/login" variant="primary" size="large" className="w-full">
        {t('signIn')}
      </ButtonLink>
    </StartLayout>
  )
}

function Account() {
  const { t } = useTranslation('start')
  const enter = useEnter()
  const form = useForm({
    initial: EMPTY,
    check(values): Mistakes<typeof EMPTY> {
      const weak = newPasswordMistake(t, values.password)
      return {
        ...(values.token.trim() === '' && { token: t('tokenMissing') }),
        ...(values.display_name.trim() === '' && { display_name: t('nameMissing') }),
        ...(!values.email.includes('@') && { email: t('emailMissing') }),
        ...(weak !== null && { password: weak }),
      }
    },
    send: (values) => answerOf(api.POST('/api/setup', { body: { ...values, token: values.token.trim() } })),
    onDone: () => void enter('/platform/setup'),
  })
  const field = (name: keyof typeof EMPTY) => ({
    value: form.values[name],
    onChange: (value: string) => form.set(name, value),
    error: form.errorOf(name),
  })
  return (
    <StartLayout title={t('setupTitle')} purpose={t('setupPurpose')}>
      <Form form={form}>
        <TextField label={t('token')} hint={t('tokenHint')} isMono autoFocus {...field('token')} />
        <TextField label={t('yourName')} autoComplete="name" {...field('display_name')} />
        <TextField label={t('email')} type="email" inputMode="email" autoComplete="username" {...field('email')} />
        <NewPasswordField {...field('password')} />
        <Button variant="primary" size="large" type="submit" isBusy={form.isBusy}>
          {t('createPlatform')}
        </Button>
      </Form>
    </StartLayout>
  )
}
