import { useTranslation } from 'react-i18next'
import { Form, useForm } from '../../components/form.tsx'
import { Card } from '../../components/page.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { type StepProps, useReread } from './step.ts'

/** The client secret: taken, and never shown again. */
export function SecretStep({ desk, connection, onNext }: StepProps) {
  const { t } = useTranslation('sso')
  const reread = useReread(desk)
  const form = useForm({
    initial: { client_secret: '' },
    check: ({ client_secret }) => (client_secret.trim() === '' ? { client_secret: t('secretMissing') } : {}),
    send: ({ client_secret }) => desk.setSecret(connection.id, client_secret.trim()),
    onDone() {
      toastDone(t('secretSet'))
      form.reset({ client_secret: '' })
      void reread().then(onNext)
    },
  })
  const { secret_mask } = connection
  return (
    <Card title={t('step.secret')} purpose={t('secretText')}>
      <Form form={form}>
        <TextField
          label={t('clientSecret')}
          hint={secret_mask === null ? t('secretNone') : t('secretIs', { mask: secret_mask })}
          type="password"
          autoComplete="off"
          value={form.values.client_secret}
          onChange={(value) => form.set('client_secret', value)}
          error={form.errorOf('client_secret')}
        />
        <div className="flex justify-end gap-2">
          {secret_mask !== null && <Button onClick={onNext}>{t('next')}</Button>}
          <Button variant={secret_mask === null ? 'primary' : 'secondary'} type="submit" isBusy={form.isBusy}>
            {t(secret_mask === null ? 'setSecret' : 'replaceSecret')}
          </Button>
        </div>
      </Form>
    </Card>
  )
}
