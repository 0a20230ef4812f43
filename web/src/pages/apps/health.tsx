import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type AppHealth, appHealthQuery } from '../../api/app-health.ts'
import { useFormat } from '../../components/format.ts'
import { Card } from '../../components/page.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'

const SECOND_MS = 1000

/** How the app has done here in the last 30 days; nothing where it has not run. */
export function Health({ app }: { readonly app: string }) {
  const { t } = useTranslation('apps')
  const org = useOrg()
  const { can } = useAccess()
  const { data } = useQuery({ ...appHealthQuery(org, app), enabled: can('insights.view') })
  const health = data?.items[0]
  if (data === undefined) return null
  return (
    <Card title={t('health.title')} purpose={t('health.purpose')}>
      {health === undefined ? <p className="text-fg2">{t('health.none')}</p> : <Figures health={health} />}
    </Card>
  )
}

function Figures({ health }: { readonly health: AppHealth }) {
  const { t } = useTranslation('apps')
  const format = useFormat()
  const told = health.helpful + health.not_helpful
  const facts: readonly (readonly [label: string, value: string])[] = [
    [t('health.runs'), format.number(health.runs)],
    ...(health.draft_p50_ms === null
      ? []
      : [[t('health.time'), `${format.number(Math.round(health.draft_p50_ms / (SECOND_MS / 10)) / 10)} s`] as const]),
    ...(health.broke_schema === 0 ? [] : [[t('health.brokeSchema'), format.number(health.broke_schema)] as const]),
  ]
  return (
    <div className="flex flex-col gap-3">
      <Share label={t('health.success')} rate={health.success_rate} of={health.drafted + health.failed} />
      <Share label={t('health.accepted')} rate={health.acceptance_rate} of={health.judged} />
      <Share label={t('health.helpful')} rate={told === 0 ? null : health.helpful / told} of={told} />
      <dl className="meta flex flex-wrap gap-x-4 gap-y-1 text-fg2">
        {facts.map(([label, value]) => (
          <div key={label} className="flex gap-1.5">
            <dt>{label}</dt>
            <dd className="font-medium text-fg tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

/** One rate as a bar, with what it is of. */
function Share({ label, rate, of }: { readonly label: string; readonly rate: number | null; readonly of: number }) {
  const { t } = useTranslation('apps')
  const format = useFormat()
  return (
    <div>
      <p className="flex items-baseline justify-between gap-2">
        <span className="text-fg2">{label}</span>
        <span className="font-medium tabular-nums">{rate === null ? '–' : format.percent(rate)}</span>
      </p>
      <div aria-hidden className="my-1 h-1.5 overflow-hidden rounded-full bg-hover2">
        <div className="h-full rounded-full bg-accent" style={{ width: `${(rate ?? 0) * 100}%` }} />
      </div>
      <p className="meta text-fg3">{t('health.of', { count: of })}</p>
    </div>
  )
}
