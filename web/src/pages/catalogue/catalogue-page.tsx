import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { Page, PageHeader } from '../../components/page.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { useAccess, useOrg } from '../../session/facts.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useDesk } from './desk.ts'
import { HealthTable } from './health-table.tsx'
import { InternalApps } from './internal-apps.tsx'
import { PublicApps } from './public-apps.tsx'
import { submissionsQuery } from './queries.ts'
import { Submissions } from './submissions.tsx'

const TABS = ['public', 'internal', 'health', 'review'] as const
const READ_BY = { public: 'catalog', internal: 'catalog', health: 'app-health', review: 'app-submissions' } as const

/** Which apps people find here: the public ones, the organisation's own, and those that wait for a reviewer. */
export function CataloguePage() {
  const { t } = useTranslation('catalogue')
  const org = useOrg()
  const { can } = useAccess()
  const url = useUrlState(['tab'])
  const { desk } = useDesk()
  const tab = oneOf(url.values.tab, TABS) ?? 'public'
  const { data: waiting } = useQuery({ ...submissionsQuery(desk), enabled: can('app.review') })
  return (
    <Page kind="list">
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        actions={
          <>
            <CopyAsCurl path={`/api/orgs/${org}/${READ_BY[tab]}`} />
            {can('app.publish') && (
              <ButtonLink to="/o/$org/builder" params={{ org }}>
                {t('openBuilder')}
              </ButtonLink>
            )}
          </>
        }
      />
      <Tabs
        label={t('title')}
        value={tab}
        onChange={(next) => url.set({ tab: next === 'public' ? undefined : next })}
        tabs={[
          { value: 'public', label: t('tabs.public'), content: <PublicApps org={org} /> },
          { value: 'internal', label: t('tabs.internal'), content: <InternalApps org={org} /> },
          ...(can('insights.view')
            ? [{ value: 'health' as const, label: t('tabs.health'), content: <HealthTable org={org} /> }]
            : []),
          ...(can('app.review')
            ? [
                {
                  value: 'review' as const,
                  label: t('tabs.review'),
                  count: waiting?.items.length,
                  content: <Submissions />,
                },
              ]
            : []),
        ]}
      />
    </Page>
  )
}
