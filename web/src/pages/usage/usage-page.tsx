import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { limitsQuery, ownUsageQuery } from '../../api/usage.ts'
import { walletQuery } from '../../api/wallet.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { Kpi, KpiRow, Money, Tokens } from '../../components/figures.tsx'
import { FilterBar } from '../../components/filter-bar.tsx'
import { useFormat } from '../../components/format.ts'
import { Card, Columns, Page, PageHeader } from '../../components/page.tsx'
import { QuotaLadder } from '../../components/quota-ladder.tsx'
import { RankedBars } from '../../components/ranked-bars.tsx'
import { StackedBars } from '../../components/stacked-bars.tsx'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { TimeRangePicker, useTimeRange } from '../../components/time-range.tsx'
import { useUrlState } from '../../components/url-state.ts'
import { useAccess, useOrg } from '../../session/facts.ts'

/** What the reader used, and which limit would stop them first. */
export function UsagePage() {
  const { t } = useTranslation('usage')
  const org = useOrg()
  const format = useFormat()
  const { can } = useAccess()
  const url = useUrlState(['range', 'from', 'to'])
  const range = useTimeRange(url, '30d')
  const { data, error, refetch } = useQuery(ownUsageQuery(org, range.from, range.to, range.bucket))
  const { data: wallet } = useQuery({ ...walletQuery(org), enabled: can('billing.view') })
  const labelOf = (at: string) => (range.bucket === 'hour' ? format.moment(at) : format.day(at))
  return (
    <Page kind="list">
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        actions={<CopyAsCurl path={`/api/orgs/${org}/usage/own`} query={{ from: range.from, to: range.to }} />}
      />
      <FilterBar isSet={url.isSet} onClear={url.clear} views={<TimeRangePicker url={url} range={range} />}>
        {null}
      </FilterBar>
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      <KpiRow>
        <Kpi label={t('calls')} value={data === undefined ? '–' : format.number(data.total.calls)} />
        <Kpi label={t('tokens')} value={data === undefined ? '–' : <Tokens count={data.total.total_tokens} />} />
        <Kpi label={t('failed')} value={data === undefined ? '–' : format.number(data.total.failed_calls)} />
        {wallet !== undefined && data?.total.charge_micros !== undefined && (
          <Kpi label={t('charged')} value={<Money micros={data.total.charge_micros} currency={wallet.currency} />} />
        )}
      </KpiRow>
      <Columns side={<Limits org={org} />}>
        <Card>
          <StackedBars
            label={t('overTime')}
            write={format.compact}
            series={[
              { id: 'input', label: t('input'), colour: 'var(--chart-1)' },
              { id: 'output', label: t('output'), colour: 'var(--chart-2)' },
            ]}
            bars={(data?.periods ?? []).map((period) => ({
              id: period.starts_at,
              label: labelOf(period.starts_at),
              tick: format.tick(period.starts_at, range.bucket === 'hour'),
              values: [period.input_tokens, period.output_tokens],
            }))}
          />
        </Card>
        <Card title={t('models')}>
          {data === undefined && error === null && <Skeleton />}
          {data?.models.length === 0 && <p className="text-fg2">{t('noUse')}</p>}
          {data !== undefined && (
            <RankedBars
              label={t('models')}
              rows={data.models.map((model) => ({
                id: model.key ?? 'none',
                name: model.name ?? model.key ?? '–',
                value: model.total_tokens,
                text: format.compact(model.total_tokens),
                note: t('callsNote', { count: model.calls, text: format.number(model.calls) }),
              }))}
            />
          )}
        </Card>
      </Columns>
    </Page>
  )
}

function Limits({ org }: { readonly org: string }) {
  const { t } = useTranslation('usage')
  const { data, error, refetch } = useQuery(limitsQuery(org))
  return (
    <Card title={t('limits')} purpose={t('limitsPurpose')}>
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton />}
      {data !== undefined && <QuotaLadder scopes={data.items} empty={t('noLimits')} />}
    </Card>
  )
}
