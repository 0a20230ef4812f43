import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Kpi, KpiRow } from '../../components/figures.tsx'
import { useFormat } from '../../components/format.ts'
import { Card } from '../../components/page.tsx'
import { ErrorState, Skeleton } from '../../components/states.tsx'
import { figuresQuery } from './queries.ts'

const SECOND_MS = 1000
const MINUTE_MS = 60_000
const HOUR_MINUTES = 60

/** How supervision goes: how long people take, how often a draft is turned round, and who reads faster than one can. */
export function SupervisionFigures({ org }: { readonly org: string }) {
  const { t } = useTranslation('supervision')
  const format = useFormat()
  const { data, error, refetch } = useQuery(figuresQuery(org))
  if (data === undefined && error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={3} />
  const { total, apps } = data
  const time = (ms: number | null): string => {
    if (ms === null) return '–'
    if (ms < MINUTE_MS) return t('seconds', { count: Math.round(ms / SECOND_MS) })
    const minutes = Math.round(ms / MINUTE_MS)
    return minutes < HOUR_MINUTES
      ? t('minutes', { count: minutes })
      : t('hours', { count: Math.round(minutes / HOUR_MINUTES) })
  }
  const share = (rate: number | null): string => (rate === null ? '–' : format.percent(rate))
  return (
    <>
      <KpiRow>
        <Kpi label={t('kpi.decisions')} value={format.number(total.decisions)} note={t('last30')} />
        <Kpi
          label={t('kpi.time')}
          value={time(total.time_to_decision_p50_ms)}
          note={t('kpi.p90', { time: time(total.time_to_decision_p90_ms) })}
        />
        <Kpi
          label={t('kpi.reversal')}
          value={share(total.reversal_rate)}
          note={t('kpi.turned', { count: total.returned + total.rejected })}
        />
        <Kpi
          label={t('kpi.fast')}
          value={format.number(total.faster_than_reading)}
          note={t('kpi.fastNote')}
          tone={total.faster_than_reading > 0 ? 'warn' : 'plain'}
        />
      </KpiRow>
      {apps.length > 0 && (
        <Card title={t('byApp')}>
          <div className="overflow-x-auto" tabIndex={0} role="group" aria-label={t('byApp')}>
            <table className="w-full min-w-[30rem] wrap-break-word">
              <thead className="meta text-fg3">
                <tr>
                  {[t('app'), t('kpi.decisions'), t('kpi.time'), t('kpi.reversal'), t('kpi.fast')].map((name, at) => (
                    <th key={name} scope="col" className={at === 0 ? 'py-1 text-start' : 'py-1 ps-4 text-end'}>
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody className="tabular-nums">
                {apps.map((app) => (
                  <tr key={app.app_id} className="border-t">
                    <th scope="row" className="py-1.5 text-start font-normal">
                      {app.app_name}
                    </th>
                    <td className="ps-4 text-end">{format.number(app.decisions)}</td>
                    <td className="ps-4 text-end">{time(app.time_to_decision_p50_ms)}</td>
                    <td className="ps-4 text-end">{share(app.reversal_rate)}</td>
                    <td className="ps-4 text-end">{format.number(app.faster_than_reading)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Card>
      )}
    </>
  )
}
