import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { Form, useForm } from '../../components/form.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { DeadLink } from './dead-link.tsx'
import { useEnter } from './enter.ts'
import { useLinkToken } from './link-token.ts'
import { RegisterWay } from './register-way.tsx'
import { StartLayout } from './start-layout.tsx'

/** Finishes a registration with the link of a mail and the password chosen when registering. */
export function RegisterConfirmPage() {
  const { t } = useTranslation('start')
  const token = useLinkToken()
  const enter = useEnter()
  const form = useForm({
    initial: { password: '' },
    check: ({ password }) => (password === '' ? { password: t('passwordMissing') } : {}),
    send: ({ password }) => answerOf(api.POST('/api/registrations/confirm', { body: { token, password } })),
    onDone: ({ organisation }) => void enter(`/o/${organisation.id}/begin`),
  })
  if (token === '' || form.problem?.code === 'link_invalid') {
    return (
      <DeadLink>
        <ButtonLink to="/register" variant="primary" size="large">
          {t('registerLink')}
        </ButtonLink>
      </DeadLink>
    )
  }
  return (
    <StartLayout title={t('finishTitle')} purpose={t('finishPurpose')} aside={<RegisterWay />}>
      <Form form={form}>
        <TextField
          label={t('password')}
          hint={t('finishPasswordHint')}
          type="password"
          autoComplete="current-password"
          autoFocus
          value={form.values.password}
          onChange={(value) => form.set('password', value)}
          error={form.errorOf('password')}
        />
        <Button variant="primary" size="large" type="submit" isBusy={form.isBusy}>
          {t('createOrganisation')}
        </Button>
      </Form>
    </StartLayout>
  )
}
