import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { Form, type Mistakes, useForm } from '../../components/form.tsx'
import { Button, TextLink } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { useEnter } from './enter.ts'
import { NewPasswordField, newPasswordMistake } from './password-fields.tsx'
import { StartLayout } from './start-layout.tsx'

const EMPTY = { organisation_name: '', display_name: '', email: '', password: '' }

/** Makes an account and its organisation; whoever registers becomes its owner. */
export function RegisterPage() {
  const { t } = useTranslation('start')
  const enter = useEnter()
  const [sentTo, setSentTo] = useState<string | null>(null)
  const form = useForm({
    initial: EMPTY,
    check(values): Mistakes<typeof EMPTY> {
      const weak = newPasswordMistake(t, values.password)
      return {
        ...(values.organisation_name.trim() === '' && { organisation_name: t('organisationMissing') }),
        ...(values.display_name.trim() === '' && { display_name: t('nameMissing') }),
        ...(!values.email.includes('@') && { email: t('emailMissing') }),
        ...(weak !== null && { password: weak }),
      }
    },
    send: (values) => answerOf(api.POST('/api/registrations', { body: values })),
    onDone({ organisation }, sent) {
      if (organisation === null) setSentTo(sent.email)
      else void enter(`/o/${organisation.id}/home`)
    },
  })
  if (sentTo !== null) {
    return (
      <StartLayout title={t('linkSent')} purpose={t('linkSentPurpose', { email: sentTo })}>
        <p className="text-fg2">{t('linkSentHint')}</p>
      </StartLayout>
    )
  }
  const field = (name: keyof typeof EMPTY) => ({
    value: form.values[name],
    onChange: (value: string) => form.set(name, value),
    error: form.errorOf(name),
  })
  return (
    <StartLayout
      title={t('registerTitle')}
      purpose={t('registerPurpose')}
      footer={
        <>
          {t('haveAccount')} <TextLink to="/login">{t('signIn')}</TextLink>
        </>
      }
    >
      <Form form={form}>
        <TextField
          label={t('organisationName')}
          autoComplete="organization"
          autoFocus
          {...field('organisation_name')}
        />
        <TextField label={t('yourName')} autoComplete="name" {...field('display_name')} />
        <TextField label={t('email')} type="email" inputMode="email" autoComplete="username" {...field('email')} />
        <NewPasswordField {...field('password')} />
        <Button variant="primary" size="large" type="submit" isBusy={form.isBusy}>
          {t('createOrganisation')}
        </Button>
      </Form>
    </StartLayout>
  )
}
