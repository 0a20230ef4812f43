import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../../api/client.ts'
import { settingsQuery } from '../../../api/platform.ts'
import { Form, useForm } from '../../../components/form.tsx'
import { TextField } from '../../../ui/field.tsx'
import { StepCard } from './step-card.tsx'
import type { StepProps } from './steps.ts'

/** What the deployment is called, and where people find help. */
export function NameStep(props: StepProps) {
  const { t } = useTranslation('setup')
  const client = useQueryClient()
  const id = useId()
  const { data: settings } = useSuspenseQuery(settingsQuery)
  const form = useForm({
    initial: { deployment_name: settings.deployment_name, support_address: settings.support_address ?? '' },
    check: ({ deployment_name, support_address }) => ({
      ...(deployment_name.trim() === '' && { deployment_name: t('nameMissing') }),
      ...(support_address.trim() !== '' && !support_address.includes('@') && { support_address: t('addressWrong') }),
    }),
    send: ({ deployment_name, support_address }) => {
      const address = support_address.trim()
      const body = { deployment_name: deployment_name.trim(), support_address: address === '' ? null : address }
      return answerOf(api.PATCH('/api/platform/settings', { body }))
    },
    onDone() {
      for (const topic of ['settings', 'overview']) void client.invalidateQueries({ queryKey: ['platform', topic] })
      props.onNext()
    },
  })
  return (
    <StepCard {...props} id="name" form={{ id, label: t('saveName'), isBusy: form.isBusy }}>
      <Form form={form} id={id}>
        <TextField
          label={t('deploymentName')}
          hint={t('deploymentNameHint')}
          maxLength={60}
          value={form.values.deployment_name}
          onChange={(value) => form.set('deployment_name', value)}
          error={form.errorOf('deployment_name')}
        />
        <TextField
          label={t('supportAddress')}
          note={t('optional')}
          hint={t('supportAddressHint')}
          type="email"
          value={form.values.support_address}
          onChange={(value) => form.set('support_address', value)}
          error={form.errorOf('support_address')}
        />
      </Form>
    </StepCard>
  )
}
