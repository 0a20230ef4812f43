import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../../api/client.ts'
import { settingsQuery } from '../../../api/platform.ts'
import { BrandPreview } from '../../../components/brand-preview.tsx'
import { ColourField, isColour } from '../../../components/colour-field.tsx'
import { Form, useForm } from '../../../components/form.tsx'
import { PictureField } from '../../../components/picture-field.tsx'
import type { StepProps } from '../../../components/step-card.tsx'
import { TextField } from '../../../ui/field.tsx'
import { StepCard } from './step-card.tsx'

/** What the deployment is called, how it looks, and where people find help. */
export function NameStep(props: StepProps) {
  const { t } = useTranslation('setup')
  const { t: words } = useTranslation('words')
  const client = useQueryClient()
  const { t: start } = useTranslation('start')
  const id = useId()
  const { data: settings } = useSuspenseQuery(settingsQuery)
  const form = useForm({
    initial: {
      deployment_name: settings.deployment_name,
      support_address: settings.support_address ?? '',
      accent_color: settings.accent_color,
      logo: settings.logo,
    },
    check: ({ deployment_name, support_address, accent_color }) => ({
      ...(deployment_name.trim() === '' && { deployment_name: t('nameMissing') }),
      ...(support_address.trim() !== '' && !support_address.includes('@') && { support_address: t('addressWrong') }),
      ...(!isColour(accent_color) && { accent_color: t('colourWrong', { ns: 'branding' }) }),
    }),
    send: ({ deployment_name, support_address, accent_color, logo }) => {
      const body = {
        deployment_name: deployment_name.trim(),
        support_address: support_address.trim() || null,
        accent_color: accent_color.toLowerCase(),
        logo,
      }
      return answerOf(api.PATCH('/api/platform/settings', { body }))
    },
    onDone() {
      for (const topic of ['settings', 'overview']) void client.invalidateQueries({ queryKey: ['platform', topic] })
      void client.invalidateQueries({ queryKey: ['deployment'] })
      props.onNext()
    },
  })
  const look = {
    name: form.values.deployment_name.trim(),
    logo: form.values.logo,
    logo_inverse: settings.logo_inverse,
    accent: form.values.accent_color,
    headline: start('loginTitle'),
    tagline: start('loginPurpose'),
  }
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
          note={words('steps.optional')}
          hint={t('supportAddressHint')}
          type="email"
          value={form.values.support_address}
          onChange={(value) => form.set('support_address', value)}
          error={form.errorOf('support_address')}
        />
        <ColourField
          value={form.values.accent_color}
          onChange={(value) => form.set('accent_color', value)}
          error={form.errorOf('accent_color')}
        />
        <PictureField
          use="logo"
          value={form.values.logo}
          onChange={(logo) => form.set('logo', logo)}
          error={form.errorOf('logo')}
        />
        <BrandPreview look={look} />
      </Form>
    </StepCard>
  )
}
