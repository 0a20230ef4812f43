import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { limitsQuery } from '../../api/usage.ts'
import { walletQuery } from '../../api/wallet.ts'
import { useFormat } from '../../components/format.ts'
import { Kpi, KpiRow } from '../../components/figures.tsx'
import { Card, Columns, Page, PageHeader } from '../../components/page.tsx'
import { QuotaLadder } from '../../components/quota-ladder.tsx'
import { Sparkline } from '../../components/sparkline.tsx'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { useAccess, useMe, useOrg } from '../../session/facts.ts'
import { BillingStatus, Team } from './admin-cards.tsx'
import { Checklist } from './checklist.tsx'
import { Apps, Recent, WaitingForYou } from './work-cards.tsx'

/** What matters to this person now: own use, own limits, and for those who run the organisation its state. */
export function HomePage() {
  const { t } = useTranslation('home')
  const me = useMe()
  const { organisation, can } = useAccess()
  const member = organisation.membership?.member_id
  return (
    <Page kind="list">
      <PageHeader title={t('hello', { name: me.display_name })} purpose={organisation.name} />
      {can('usage.view_own') && <OwnUse />}
      <Columns
        side={
          <>
            <Checklist />
            {can('user.invite') && <Team />}
            {can('billing.manage') && <BillingStatus />}
            {can('usage.view_own') && <OwnLimits />}
          </>
        }
      >
        {can('run.view_own') && <WaitingForYou />}
        {can('app.view') && <Apps />}
        {can('run.view_own') && member !== undefined && <Recent member={member} />}
      </Columns>
    </Page>
  )
}

function OwnUse() {
  const { t } = useTranslation('home')
  const org = useOrg()
  const format = useFormat()
  const { data, error, refetch } = useQuery({
    queryKey: ['org', org, 'usage', 'own'],
    queryFn: () => answerOf(api.GET('/api/orgs/{org}/usage/own', { params: { path: { org } } })),
  })
  const { data: wallet } = useQuery({ ...walletQuery(org), enabled: useAccess().can('billing.view') })
  if (error !== null && data === undefined) {
    return (
      <Card>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Card>
    )
  }
  const total = data?.total
  const tokens = data?.periods.map((period) => period.total_tokens) ?? []
  return (
    <KpiRow>
      <Kpi label={t('ownCalls')} value={total === undefined ? '–' : format.number(total.calls)} note={t('last30')} />
      <Kpi
        label={t('ownTokens')}
        value={total === undefined ? '–' : format.compact(total.total_tokens)}
        note={t('last30')}
        chart={<Sparkline values={tokens} label={t('tokensOverTime')} />}
      />
      {total?.charge_micros !== undefined && wallet !== undefined && (
        <Kpi label={t('ownCosts')} value={format.money(total.charge_micros, wallet.currency)} note={t('last30')} />
      )}
      <Kpi
        label={t('failedCalls')}
        value={total === undefined ? '–' : format.percent(total.calls === 0 ? 0 : total.failed_calls / total.calls)}
        note={total === undefined ? undefined : t('failedOf', { count: total.failed_calls })}
      />
    </KpiRow>
  )
}

function OwnLimits() {
  const { t } = useTranslation('home')
  const org = useOrg()
  const { data, error, refetch } = useQuery(limitsQuery(org))
  return (
    <Card title={t('limits')} purpose={t('limitsPurpose')}>
      {data === undefined ? (
        error === null ? (
          <Skeleton />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <QuotaLadder scopes={data.items} empty={t('noLimits')} />
      )}
    </Card>
  )
}
