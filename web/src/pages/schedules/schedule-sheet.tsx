import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { walletQuery } from '../../api/wallet.ts'
import { CopyId } from '../../components/copy-id.tsx'
import { Money } from '../../components/figures.tsx'
import { Facts } from '../../components/page.tsx'
import { usePlaceFacts } from '../../components/run-place.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { Skeleton } from '../../components/states.tsx'
import { Moment, TimeAgo } from '../../components/time-ago.tsx'
import { useAccess, useOrg } from '../../session/facts.ts'
import { Banner } from '../../ui/banner.tsx'
import { TextLink } from '../../ui/button.tsx'
import { Sheet } from '../../ui/dialog.tsx'
import { type Schedule, scheduleRunsQuery } from './queries.ts'
import { Times, useRhythmText } from './rhythm-fields.tsx'
import { rhythmOf } from './rhythm.ts'

/** One schedule: its rhythm, the times that follow, and what became of the last ones. */
export function ScheduleSheet({
  schedule,
  onClose,
}: {
  readonly schedule: Schedule | null
  readonly onClose: () => void
}) {
  const { t } = useTranslation('schedules')
  return (
    <Sheet isOpen={schedule !== null} onClose={onClose} title={schedule?.name ?? t('title')}>
      {schedule !== null && <Contents schedule={schedule} />}
    </Sheet>
  )
}

function Contents({ schedule }: { readonly schedule: Schedule }) {
  const { t } = useTranslation('schedules')
  const org = useOrg()
  const { can } = useAccess()
  const text = useRhythmText()
  const place = usePlaceFacts(org, schedule)
  const { data: wallet } = useQuery({ ...walletQuery(org), enabled: can('billing.view') })
  return (
    <div className="flex flex-col gap-5">
      {schedule.last_refusal !== null && (
        <Banner tone="bad" title={t('lastRefused')}>
          <code className="font-mono text-[12px]">{schedule.last_refusal}</code>
        </Banner>
      )}
      <Facts
        facts={[
          { label: t('rhythm'), value: text(rhythmOf(schedule.cron)) },
          { label: t('cron'), value: <code className="font-mono text-[12px]">{schedule.cron}</code> },
          { label: t('zone'), value: schedule.time_zone },
          ...place,
          {
            label: t('mostPrice'),
            value: wallet === undefined ? '–' : <Money micros={schedule.max_price_micros} currency={wallet.currency} />,
          },
          { label: t('since'), value: <Moment at={schedule.created_at} /> },
          { label: t('id'), value: <CopyId id={schedule.id} /> },
        ]}
      />
      <section aria-label={t('nextTimes')}>
        <h3 className="pb-1.5 font-medium">{t('nextTimes')}</h3>
        {schedule.next_times.length === 0 ? (
          <p className="text-fg2">{t('noneWhilePaused')}</p>
        ) : (
          <Times times={schedule.next_times} time_zone={schedule.time_zone} />
        )}
      </section>
      <LastRuns schedule={schedule} />
    </div>
  )
}

function LastRuns({ schedule }: { readonly schedule: Schedule }) {
  const { t } = useTranslation('schedules')
  const org = useOrg()
  const { data } = useQuery(scheduleRunsQuery(org, schedule.id))
  return (
    <section aria-label={t('lastRuns')}>
      <h3 className="pb-1.5 font-medium">{t('lastRuns')}</h3>
      {data === undefined && <Skeleton />}
      {data?.items.length === 0 && <p className="text-fg2">{t('noRuns')}</p>}
      <ul className="flex flex-col divide-y">
        {data?.items.map((run) => (
          <li key={run.id} className="flex items-center gap-3 py-1.5">
            <TextLink to="/o/$org/runs/$run" params={{ org, run: run.id }} className="min-w-0 flex-1 truncate">
              {run.app_name} {run.app_version}
            </TextLink>
            <StateBadge state={run.state} />
            <span className="meta w-24 text-end text-fg3">
              <TimeAgo at={run.admitted_at} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
