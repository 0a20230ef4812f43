import { useTranslation } from 'react-i18next'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { Outbox } from './outbox.tsx'
import { ServerCard } from './server-card.tsx'

/** How mail leaves, and what was sent. */
export function MailPage() {
  const { t } = useTranslation('mail')
  return (
    <Page kind="detail">
      <PageHeader title={t('title')} purpose={t('purpose')} actions={<CopyAsCurl path="/api/platform/outbox" />} />
      <ServerCard />
      <Outbox />
    </Page>
  )
}
