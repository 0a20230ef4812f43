import { useQuery } from '@tanstack/react-query'
import { ChartColumn } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import {
  RANKED_BY,
  type RankedBy,
  rankingQuery,
  type UsageFilter,
  usageCourseQuery,
  usageQuery,
} from '../../api/usage.ts'
import { useNames } from '../../api/directory.ts'
import { walletQuery } from '../../api/wallet.ts'
import { CopyAsCurl } from '../../components/copy-as-curl.tsx'
import { Kpi, KpiRow, Money, Tokens } from '../../components/figures.tsx'
import { FilterBar } from '../../components/filter-bar.tsx'
import { FailedCard } from '../../components/failed-card.tsx'
import { useFormat } from '../../components/format.ts'
import { Card, Page, PageHeader } from '../../components/page.tsx'
import { RankedBars } from '../../components/ranked-bars.tsx'
import { StackedBars } from '../../components/stacked-bars.tsx'
import { EmptyState, ErrorState, failureOf, Skeleton } from '../../components/states.tsx'
import { TimeRangePicker, useTimeRange } from '../../components/time-range.tsx'
import { oneOf, useUrlState } from '../../components/url-state.ts'
import { useAccess, useOrg } from '../../session/facts.ts'
import { ToggleGroup } from '../../ui/toggle-group.tsx'

const UNITS = ['money', 'tokens'] as const

/** What was used and what it cost, by whom, over time. */
export function CostPage() {
  const { t } = useTranslation('cost')
  const org = useOrg()
  const { can } = useAccess()
  const url = useUrlState(['range', 'from', 'to', 'by', 'unit'])
  const range = useTimeRange(url, '30d')
  const filter: UsageFilter = { from: range.from, to: range.to }
  const usual = can('usage.view_org') ? 'user' : 'model'
  const by = oneOf(url.values.by, RANKED_BY) ?? usual
  const unit = can('costs.view') ? (oneOf(url.values.unit, UNITS) ?? 'money') : 'tokens'
  return (
    <Page kind="list">
      <PageHeader
        title={t('title')}
        purpose={t('purpose')}
        actions={<CopyAsCurl path={`/api/orgs/${org}/usage/ranking`} query={{ ...filter, by, rank_by: unit }} />}
      />
      <FilterBar isSet={url.isSet} onClear={url.clear} views={<TimeRangePicker url={url} range={range} />}>
        {can('costs.view') && (
          <ToggleGroup
            label={t('unit')}
            value={unit}
            options={UNITS.map((value) => ({ value, label: t(`units.${value}`) }))}
            onChange={(next) => url.set({ unit: next === 'money' ? undefined : next })}
          />
        )}
      </FilterBar>
      <Totals org={org} filter={filter} />
      <Course org={org} filter={filter} bucket={range.bucket} unit={unit} />
      <Ranking
        org={org}
        filter={filter}
        by={by}
        unit={unit}
        onChoose={(next) => url.set({ by: next === usual ? undefined : next })}
      />
    </Page>
  )
}

function Totals({ org, filter }: { readonly org: string; readonly filter: UsageFilter }) {
  const { t } = useTranslation('cost')
  const format = useFormat()
  const { can } = useAccess()
  const totals = useQuery(usageQuery(org, filter))
  const money = useQuery({ ...walletQuery(org), enabled: can('billing.view') })
  const failure = failureOf(totals, money)
  if (failure !== null) return <FailedCard failure={failure} what={t('totals')} />
  const wallet = money.data
  const total = totals.data?.total
  const charge = total?.charge_micros
  return (
    <KpiRow>
      {wallet !== undefined && charge !== undefined && (
        <Kpi label={t('charged')} value={<Money micros={charge} currency={wallet.currency} />} />
      )}
      <Kpi label={t('calls')} value={total === undefined ? '–' : format.number(total.calls)} />
      <Kpi label={t('inputTokens')} value={total === undefined ? '–' : <Tokens count={total.input_tokens} />} />
      <Kpi label={t('outputTokens')} value={total === undefined ? '–' : <Tokens count={total.output_tokens} />} />
    </KpiRow>
  )
}

function Course(props: {
  readonly org: string
  readonly filter: UsageFilter
  readonly bucket: 'hour' | 'day' | 'week'
  readonly unit: 'money' | 'tokens'
}) {
  const { org, filter, bucket, unit } = props
  const { t } = useTranslation('cost')
  const format = useFormat()
  const { can } = useAccess()
  const course = useQuery(usageCourseQuery(org, filter, bucket))
  const { data: wallet } = useQuery({ ...walletQuery(org), enabled: can('billing.view') })
  const isMoney = unit === 'money' && wallet !== undefined
  const failure = failureOf(course)
  if (failure !== null)
    return <FailedCard failure={failure} what={t(unit === 'money' ? 'costOverTime' : 'tokensOverTime')} />
  const currency = wallet?.currency ?? ''
  const labelOf = (at: string) => (bucket === 'hour' ? format.moment(at) : format.day(at))
  return (
    <Card>
      <StackedBars
        label={t(isMoney ? 'costOverTime' : 'tokensOverTime')}
        write={(value) => (isMoney ? format.money(value, currency) : format.compact(value))}
        series={
          isMoney
            ? [{ id: 'charge', label: t('charged'), colour: 'var(--chart-1)' }]
            : [
                { id: 'input', label: t('inputTokens'), colour: 'var(--chart-1)' },
                { id: 'output', label: t('outputTokens'), colour: 'var(--chart-2)' },
              ]
        }
        bars={(course.data?.items ?? []).map((item) => ({
          id: item.starts_at,
          label: labelOf(item.starts_at),
          tick: format.tick(item.starts_at, bucket === 'hour'),
          values: isMoney ? [item.charge_micros ?? 0] : [item.input_tokens, item.output_tokens],
        }))}
      />
    </Card>
  )
}

function Ranking(props: {
  readonly org: string
  readonly filter: UsageFilter
  readonly by: RankedBy
  readonly unit: 'money' | 'tokens'
  readonly onChoose: (by: RankedBy) => void
}) {
  const { org, filter, by, unit } = props
  const { t } = useTranslation('cost')
  const format = useFormat()
  const { can } = useAccess()
  const { data, error, refetch } = useQuery(rankingQuery(org, filter, by, unit))
  const { data: wallet } = useQuery({ ...walletQuery(org), enabled: can('billing.view') })
  // Usage knows people by their ids; whoever may know their names asks the directory.
  const nameOf = useNames(org, by === 'user' ? (data?.items ?? []).map(({ key }) => key) : [])
  const currency = wallet?.currency ?? ''
  const money = (micros: number | undefined) =>
    micros === undefined || currency === '' ? null : format.money(micros, currency)
  return (
    <Card
      title={t('ranking')}
      purpose={t('rankingPurpose')}
      actions={
        <ToggleGroup
          label={t('by')}
          value={by}
          options={RANKED_BY.map((value) => ({ value, label: t(`bys.${value}`) }))}
          onChange={props.onChoose}
        />
      }
    >
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton lines={5} />}
      {data?.items.length === 0 && (
        <EmptyState icon={ChartColumn} title={t('emptyTitle')}>
          {t('emptyText')}
        </EmptyState>
      )}
      {data !== undefined && (
        <RankedBars
          label={t('ranking')}
          rows={data.items.map((item) => ({
            id: item.key ?? 'none',
            name: item.name ?? nameOf(item.key) ?? item.key ?? t(by === 'app' ? 'direct' : 'nobody'),
            value: unit === 'money' ? (item.charge_micros ?? 0) : item.total_tokens,
            text: (unit === 'money' ? money(item.charge_micros) : null) ?? format.compact(item.total_tokens),
            note: t('callsNote', { count: item.calls, text: format.number(item.calls) }),
          }))}
        />
      )}
    </Card>
  )
}
