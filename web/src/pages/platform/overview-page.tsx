import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Building2, Plus } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useRouter } from '@tanstack/react-router'
import { answerOf, api } from '../../api/client.ts'
import { type Overview, overviewQuery } from '../../api/platform.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { Kpi, KpiRow } from '../../components/figures.tsx'
import { useFormat } from '../../components/format.ts'
import { Card, Columns, Page, PageHeader } from '../../components/page.tsx'
import { StackedBars } from '../../components/stacked-bars.tsx'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { usePageActions } from '../../shell/page-actions.ts'
import { Badge } from '../../ui/badge.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { Checklist } from './checklist.tsx'
import { Health } from './health.tsx'
import { OrganisationStates } from './organisation-states.tsx'
import { RecentLog } from './recent-log.tsx'

const DAY_MS = 86_400_000
const DAYS = 30

/** How the deployment stands, and what is left to set up. */
export function OverviewPage() {
  const { t } = useTranslation('platform')
  const router = useRouter()
  const { data: overview } = useSuspenseQuery(overviewQuery)
  usePageActions(
    useMemo(
      () => [
        {
          id: 'create-organisation',
          label: t('create'),
          keywords: ['new', 'tenant'],
          icon: <Building2 size={15} aria-hidden />,
          run: () => router.history.push('/platform/organisations?new=yes'),
        },
      ],
      [t, router],
    ),
  )
  return (
    <Page kind="list">
      <PageHeader
        title={t('overview.title')}
        purpose={t('overview.purpose')}
        badge={<Badge>{t('overview.version', { version: overview.version })}</Badge>}
        actions={
          <>
            <CopyAsCurl path="/api/platform/overview" />
            <ButtonLink to="/platform/organisations" search={{ new: 'yes' }} variant="primary">
              <Plus size={15} aria-hidden />
              {t('create')}
            </ButtonLink>
          </>
        }
      />
      <Figures overview={overview} />
      <Checklist overview={overview} />
      <Columns
        side={
          <>
            <OrganisationStates counts={overview.organisations} />
            <Health overview={overview} />
          </>
        }
      >
        <SignIns />
        <RecentLog />
      </Columns>
    </Page>
  )
}

function Figures({ overview }: { readonly overview: Overview }) {
  const { t } = useTranslation('platform')
  const format = useFormat()
  const { organisations, people, models, health } = overview
  const failing = health.mails_failed + (health.secrets_failure === null ? 0 : 1)
  return (
    <KpiRow>
      <Kpi
        label={t('overview.active')}
        value={format.number(organisations.active)}
        note={t('overview.new', { count: organisations.new })}
      />
      <Kpi
        label={t('overview.seen')}
        value={format.number(people.seen)}
        note={t('overview.ofAccounts', { count: people.active })}
      />
      <Kpi
        label={t('overview.callable')}
        value={format.number(models.callable)}
        note={t('overview.ofProviders', { count: models.providers })}
      />
      <Kpi
        label={t('overview.failing')}
        value={format.number(failing)}
        note={t('overview.waiting', { count: health.mails_waiting })}
        tone={failing > 0 ? 'bad' : 'plain'}
      />
    </KpiRow>
  )
}

const signInsQuery = (from: string) => ({
  queryKey: ['platform', 'audit', 'sign-ins', from],
  queryFn: async () => {
    const [done, failed] = await Promise.all(
      (['user.login', 'user.login_failed'] as const).map((event) =>
        answerOf(api.GET('/api/platform/audit/histogram', { params: { query: { from, event, bucket: 'day' } } })),
      ),
    )
    return { done: done?.items ?? [], failed: failed?.items ?? [] }
  },
})

const sumOf = (item: { readonly succeeded: number; readonly refused: number; readonly failed: number } | undefined) =>
  item === undefined ? 0 : item.succeeded + item.refused + item.failed

/** Who came in, day by day. What organisations use is in their own databases and not asked here. */
function SignIns() {
  const { t } = useTranslation('platform')
  const format = useFormat()
  const from = new Date((Math.floor(Date.now() / DAY_MS) - DAYS + 1) * DAY_MS).toISOString()
  const { data, error, refetch } = useQuery(signInsQuery(from))
  if (data === undefined) {
    return (
      <Card>
        {error === null ? <Skeleton lines={5} /> : <ErrorState error={error} onRetry={() => void refetch()} />}
      </Card>
    )
  }
  return (
    <Card>
      <StackedBars
        label={t('overview.signIns')}
        height_px={150}
        write={format.compact}
        series={[
          { id: 'done', label: t('overview.signedIn'), colour: 'var(--chart-1)' },
          { id: 'failed', label: t('overview.signInFailed'), colour: 'var(--chart-4)' },
        ]}
        bars={data.done.map((item, index) => ({
          id: item.starts_at,
          label: format.day(item.starts_at),
          tick: format.tick(item.starts_at, false),
          values: [sumOf(item), sumOf(data.failed[index])],
        }))}
      />
    </Card>
  )
}
