import { useTranslation } from 'react-i18next'
import { Page, PageHeader } from '../../components/page.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { Submissions } from './submissions.tsx'

/** The public apps that wait for the platform's review. */
export function AppstreamPage() {
  const { t } = useTranslation('catalogue')
  return (
    <Page kind="list">
      <PageHeader
        title={t('appstream')}
        purpose={t('appstreamText')}
        actions={<ButtonLink to="/platform/builder">{t('openPublicApps')}</ButtonLink>}
      />
      <Submissions />
    </Page>
  )
}
