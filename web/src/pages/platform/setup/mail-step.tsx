import { useSuspenseQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { mailServerQuery } from '../../../api/mail.ts'
import { Form } from '../../../components/form.tsx'
import { MailServerFields, useMailServerForm } from '../../../components/mail-server-fields.tsx'
import { StepDone, type StepProps } from '../../../components/step-card.tsx'
import { Banner } from '../../../ui/banner.tsx'
import { TextLink } from '../../../ui/button.tsx'
import { StepCard } from './step-card.tsx'

/** The server that mail is handed to. Without one, links are copied from the outbox. */
export function MailStep(props: StepProps) {
  const { t } = useTranslation('setup')
  const id = useId()
  const server = useSuspenseQuery(mailServerQuery).data.server
  const form = useMailServerForm(null, () => undefined)
  if (server !== null) {
    return (
      <StepCard {...props} id="mail">
        <StepDone>
          <p>
            {server.host}:{server.port} · {server.from_address}
          </p>
          <TextLink to="/platform/mail">{t('mailNext')}</TextLink>
        </StepDone>
      </StepCard>
    )
  }
  return (
    <StepCard {...props} id="mail" form={{ id, label: t('saveMail'), isBusy: form.isBusy }}>
      <Banner tone="info" title={t('noMailTitle')}>
        {t('noMailText')}
      </Banner>
      <Form form={form} id={id}>
        <MailServerFields form={form} />
      </Form>
    </StepCard>
  )
}
