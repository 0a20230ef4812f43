import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { PlatformOrganisation } from '../../../api/platform.ts'
import { ActsMenu } from '../../../components/acts-menu.tsx'
import { CopyAsCurl } from '../../../components/copy-as-curl.tsx'
import { CopyId } from '../../../components/copy-id.tsx'
import { Card, Columns, Facts, Page, PageHeader } from '../../../components/page.tsx'
import { StateBadge } from '../../../components/state-badge.tsx'
import { Day, Moment } from '../../../components/time-ago.tsx'
import { oneOf, useUrlState } from '../../../components/url-state.ts'
import { usePageName } from '../../../shell/page-name.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Tabs } from '../../../ui/tabs.tsx'
import { RecentLog } from '../recent-log.tsx'
import { AccessTab } from './access-tab.tsx'
import { Enter } from './enter.tsx'
import { LimitsTab } from './limits-tab.tsx'
import { ModelsTab } from './models-tab.tsx'
import { MoneyTab } from './money-tab.tsx'
import { PlatformOrganisationForm } from './organisation-form.tsx'
import { organisationQuery, tierQuery, walletQuery } from './queries.ts'
import { useStatusActs } from './status-acts.tsx'

const TABS = ['settings', 'money', 'limits', 'models', 'access', 'log'] as const

/** One organisation as the platform keeps it: its state, money, limits, models, and who looked into it. */
export function OrganisationPage() {
  const { t } = useTranslation('platform')
  const { organisation: id = '' } = useParams({ strict: false })
  const { data: organisation } = useSuspenseQuery(organisationQuery(id))
  const url = useUrlState(['tab'])
  const tab = oneOf(url.values.tab, TABS) ?? 'settings'
  const acts = useStatusActs(organisation)
  usePageName(organisation.name)
  const content = {
    settings: <PlatformOrganisationForm key={organisation.name} organisation={organisation} />,
    money: <MoneyTab organisation={organisation} />,
    limits: <LimitsTab organisation={organisation} />,
    models: <ModelsTab organisation={organisation} />,
    access: <AccessTab organisation={organisation} />,
    log: <RecentLog organisation={id} />,
  } as const
  return (
    <Page kind="detail">
      <PageHeader
        title={organisation.name}
        badge={<StateBadge state={organisation.status} />}
        actions={
          <>
            <CopyAsCurl path={`/api/platform/organisations/${id}`} />
            <ActsMenu name={organisation.name} acts={acts.items} />
            <Enter organisation={organisation} />
          </>
        }
      />
      <StatusNote organisation={organisation} />
      <Columns side={<Summary organisation={organisation} />}>
        <Tabs
          label={organisation.name}
          value={tab}
          onChange={(next) => url.set({ tab: next === 'settings' ? undefined : next })}
          tabs={TABS.map((value) => ({ value, label: t(`tabs.${value}`), content: content[value] }))}
        />
      </Columns>
      {acts.dialogs}
    </Page>
  )
}

/** What its state means for its people, where it is not active. */
function StatusNote({ organisation }: { readonly organisation: PlatformOrganisation }) {
  const { t } = useTranslation('platform')
  const { status, purge_after } = organisation
  if (status === 'active') return null
  return (
    <Banner tone={status === 'pending_purge' ? 'bad' : 'warn'} title={t(`note.${status}`)}>
      {purge_after !== null && (
        <>
          {t('note.until')} <Day at={purge_after} />
        </>
      )}
    </Banner>
  )
}

function Summary({ organisation }: { readonly organisation: PlatformOrganisation }) {
  const { t } = useTranslation('platform')
  const { data: wallet } = useQuery(walletQuery(organisation.id))
  const { data: tier } = useQuery(tierQuery(organisation.id))
  return (
    <Card title={t('summary')}>
      <Facts
        facts={[
          { label: t('status'), value: <StateBadge state={organisation.status} /> },
          { label: t('billingMode'), value: wallet === undefined ? '–' : t(`mode.${wallet.billing_mode}`, '–') },
          { label: t('tier'), value: tier?.tier?.name ?? '–' },
          { label: t('created'), value: <Moment at={organisation.created_at} /> },
          { label: t('id'), value: <CopyId id={organisation.id} /> },
        ]}
      />
    </Card>
  )
}
