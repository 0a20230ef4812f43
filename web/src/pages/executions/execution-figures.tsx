import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { usageCourseQuery, usageQuery } from '../../api/usage.ts'
import { walletQuery } from '../../api/wallet.ts'
import { Kpi, KpiRow, Money, Tokens } from '../../components/figures.tsx'
import { FailedCard } from '../../components/failed-card.tsx'
import { useFormat } from '../../components/format.ts'
import { Card } from '../../components/page.tsx'
import { StackedBars } from '../../components/stacked-bars.tsx'
import { failureOf } from '../../components/states.tsx'
import { useAccess } from '../../session/facts.ts'
import type { ExecutionFilter } from './queries.ts'

type Props = { readonly org: string; readonly filter: ExecutionFilter; readonly bucket: 'hour' | 'day' | 'week' }

/** How much ran, how often it failed, what it used and cost: as totals and over time. */
export function ExecutionFigures(props: Props) {
  return (
    <>
      <Totals {...props} />
      <Course {...props} />
    </>
  )
}

const usageOf = ({ state: _state, ...usage }: ExecutionFilter) => usage

function Totals({ org, filter }: Props) {
  const { t } = useTranslation('executions')
  const format = useFormat()
  const { can } = useAccess()
  const totals = useQuery(usageQuery(org, usageOf(filter)))
  const wallet = useQuery({ ...walletQuery(org), enabled: can('billing.view') })
  const failure = failureOf(totals, wallet)
  if (failure !== null) return <FailedCard failure={failure} what={t('kpi.all')} />
  const total = totals.data?.total
  const ok = total === undefined ? 0 : total.calls - total.failed_calls
  return (
    <KpiRow>
      <Kpi label={t('kpi.calls')} value={total === undefined ? '–' : format.number(total.calls)} />
      <Kpi
        label={t('kpi.success')}
        value={total === undefined || total.calls === 0 ? '–' : format.percent(ok / total.calls)}
        {...(total !== undefined &&
          total.failed_calls > 0 && { note: t('kpi.failed', { count: total.failed_calls }), tone: 'bad' as const })}
      />
      <Kpi
        label={t('kpi.tokens')}
        value={total === undefined ? '–' : <Tokens count={total.total_tokens} />}
        {...(total !== undefined && {
          note: t('kpi.inOut', {
            input: format.compact(total.input_tokens),
            output: format.compact(total.output_tokens),
          }),
        })}
      />
      {wallet.data !== undefined && total?.charge_micros !== undefined && (
        <Kpi label={t('kpi.charged')} value={<Money micros={total.charge_micros} currency={wallet.data.currency} />} />
      )}
    </KpiRow>
  )
}

function Course({ org, filter, bucket }: Props) {
  const { t } = useTranslation('executions')
  const format = useFormat()
  const course = useQuery(usageCourseQuery(org, usageOf(filter), bucket))
  const failure = failureOf(course)
  if (failure !== null) return <FailedCard failure={failure} what={t('overTime')} />
  return (
    <Card>
      <StackedBars
        label={t('overTime')}
        write={format.compact}
        series={[
          { id: 'ok', label: t('completed'), colour: 'var(--chart-1)' },
          { id: 'failed', label: t('states.failed'), colour: 'var(--chart-4)' },
        ]}
        bars={(course.data?.items ?? []).map(({ starts_at, calls, failed_calls }) => ({
          id: starts_at,
          label: bucket === 'hour' ? format.moment(starts_at) : format.day(starts_at),
          tick: format.tick(starts_at, bucket === 'hour'),
          values: [calls - failed_calls, failed_calls],
        }))}
      />
    </Card>
  )
}
