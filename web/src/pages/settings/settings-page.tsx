import { useTranslation } from 'react-i18next'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { CopyId } from '../../components/copy-id.tsx'
import { Card, Facts, Page, PageHeader } from '../../components/page.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { Moment } from '../../components/time-ago.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { AccessKeys, ProviderKeys } from './key-cards.tsx'
import { OwnOrganisation } from './own-organisation.tsx'
import { WorkerKey } from './worker-key.tsx'

/** The organisation's name, its keys in both senses, and the public key of its workers. */
export function SettingsPage() {
  const { t } = useTranslation('settings')
  const org = useOrg()
  const { can, organisation } = useAccess()
  return (
    <Page kind="form">
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        actions={
          can('org.settings') && (
            <CopyAsCurl method="PATCH" path={`/api/orgs/${org}`} body={{ name: organisation.name }} />
          )
        }
      />
      {can('org.settings') && <OwnOrganisation key={organisation.id} organisation={organisation} />}
      <Card title={t('about')}>
        <Facts
          facts={[
            { label: t('status'), value: <StateBadge state={organisation.status} /> },
            { label: t('created'), value: <Moment at={organisation.created_at} /> },
            { label: t('id'), value: <CopyId id={organisation.id} isWhole /> },
          ]}
        />
      </Card>
      {can('secrets.manage') && <ProviderKeys />}
      {can('api_key.manage') && <AccessKeys />}
      {can('worker_key.view') && <WorkerKey />}
      {can('org.delete') && (
        <Card title={t('danger')} purpose={t('dangerText')}>
          <ButtonLink to="/o/$org/danger" params={{ org }}>
            {t('deleteMore')}
          </ButtonLink>
        </Card>
      )}
    </Page>
  )
}
