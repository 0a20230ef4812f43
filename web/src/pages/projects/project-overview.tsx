import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { walletQuery } from '../../api/wallet.ts'
import { Kpi, KpiRow, Money, Tokens } from '../../components/figures.tsx'
import { useFormat } from '../../components/format.ts'
import { Card } from '../../components/page.tsx'
import { ScopeLimits } from '../../components/scope-limits.tsx'
import { StackedBars } from '../../components/stacked-bars.tsx'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'
import { type Project, projectUsageQuery } from './queries.ts'

const DAYS_30_MS = 30 * 86_400_000
/** To the minute, so that the same screen asks the same question. */
const since30 = (): string => new Date(Math.floor((Date.now() - DAYS_30_MS) / 60_000) * 60_000).toISOString()

/** How a project was used in the last 30 days. */
export function ProjectOverview({ project }: { readonly project: Project }) {
  const { t } = useTranslation('projects')
  const org = useOrg()
  const format = useFormat()
  const { can } = useAccess()
  const [from] = useState(since30)
  const { data, error, refetch } = useQuery(projectUsageQuery(org, project.id, from))
  const { data: wallet } = useQuery({ ...walletQuery(org), enabled: can('billing.view') })
  if (data === undefined) {
    return (
      <Card>
        {error === null ? <Skeleton lines={6} /> : <ErrorState error={error} onRetry={() => void refetch()} />}
      </Card>
    )
  }
  const { total } = data
  const ok = total.calls - total.failed_calls
  return (
    <div className="flex flex-col gap-5">
      <KpiRow>
        <Kpi label={t('calls')} value={format.number(total.calls)} note={t('last30')} />
        <Kpi label={t('success')} value={total.calls === 0 ? '–' : format.percent(ok / total.calls)} />
        <Kpi label={t('tokens')} value={<Tokens count={total.total_tokens} />} />
        {wallet !== undefined && total.charge_micros !== undefined && (
          <Kpi label={t('costs')} value={<Money micros={total.charge_micros} currency={wallet.currency} />} />
        )}
      </KpiRow>
      <Card>
        <StackedBars
          label={t('overTime')}
          write={format.compact}
          series={[
            { id: 'ok', label: t('completed'), colour: 'var(--chart-1)' },
            { id: 'failed', label: t('failed'), colour: 'var(--chart-4)' },
          ]}
          bars={data.course.map(({ starts_at, calls, failed_calls }) => ({
            id: starts_at,
            label: format.day(starts_at),
            tick: format.tick(starts_at, false),
            values: [calls - failed_calls, failed_calls],
          }))}
        />
      </Card>
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Ranked title={t('byModel')} parts={data.models} />
        <Ranked title={t('byUseCase')} parts={data.use_cases} />
      </div>
      {can('quota.manage') && <ScopeLimits scope_kind="project" scope_id={project.id} />}
    </div>
  )
}

type Part = { readonly key: string | null; readonly name: string | null; readonly total_tokens: number }

/** Parts of the whole by tokens, largest first, as bars. */
function Ranked({ title, parts }: { readonly title: string; readonly parts: readonly Part[] }) {
  const { t } = useTranslation('projects')
  const most = Math.max(1, ...parts.map(({ total_tokens }) => total_tokens))
  return (
    <Card title={title} purpose={t('byTokens')}>
      {parts.length === 0 ? (
        <p className="text-fg2">{t('nothingYet')}</p>
      ) : (
        <ol className="flex flex-col gap-2.5">
          {parts.map(({ key, name, total_tokens }) => (
            <li key={key ?? 'none'}>
              <div className="flex items-baseline justify-between gap-3">
                <span className="min-w-0 truncate">{name ?? key ?? t('noUseCase')}</span>
                <Tokens count={total_tokens} />
              </div>
              <div aria-hidden className="mt-1 h-1.5 overflow-hidden rounded-full bg-hover2">
                <div className="h-full rounded-full bg-accent" style={{ width: `${(total_tokens / most) * 100}%` }} />
              </div>
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}
