import { useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { toProblem } from '../../api/problem.ts'
import { useFormat } from '../../components/format.ts'
import { useOrg } from '../../session/facts.ts'
import { ComboboxField } from '../../ui/combobox.tsx'
import { TextField } from '../../ui/field.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { SelectField } from '../../ui/select.tsx'
import { nextTimesQuery } from './queries.ts'
import { cronOf, type Rhythm, RHYTHMS } from './rhythm.ts'

const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '7'] as const
// 2024-01-01 was a Monday.
const weekdayName = (language: string, weekday: string): string =>
  new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, 0, Number(weekday)))

const ZONES = Intl.supportedValuesOf('timeZone')
const zonesWith = (zone: string): readonly string[] =>
  ['UTC', ...new Set([zone, ...ZONES])].filter((each, at, all) => all.indexOf(each) === at)

/** How a rhythm reads in a list. */
export function useRhythmText(): (rhythm: Rhythm) => string {
  const { t, i18n } = useTranslation('schedules')
  return (rhythm) => {
    const { kind, time, weekday, day, cron } = rhythm
    const words = { time, minute: time.slice(3), day, weekday: weekdayName(i18n.language, String(weekday)), cron }
    return t(`reads.${kind}`, words)
  }
}

/** When a schedule begins runs: one of the usual rhythms or a cron, in a time zone, with the times that follow. */
export function RhythmFields(props: {
  readonly rhythm: Rhythm
  readonly time_zone: string
  readonly error: string | null
  readonly onRhythm: (rhythm: Rhythm) => void
  readonly onZone: (time_zone: string) => void
}) {
  const { t, i18n } = useTranslation('schedules')
  const { rhythm, time_zone, onRhythm } = props
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          label={t('rhythm')}
          value={rhythm.kind}
          options={RHYTHMS.map((value) => ({ value, label: t(`rhythms.${value}`) }))}
          onChange={(kind) => onRhythm({ ...rhythm, kind, cron: cronOf(rhythm) })}
        />
        {rhythm.kind === 'own' ? (
          <TextField
            label={t('cron')}
            hint={t('cronHint')}
            isMono
            value={rhythm.cron}
            onChange={(cron) => onRhythm({ ...rhythm, cron })}
            error={props.error}
          />
        ) : (
          <TextField
            label={t(rhythm.kind === 'hourly' ? 'minute' : 'time')}
            type="time"
            value={rhythm.time}
            onChange={(time) => onRhythm({ ...rhythm, time })}
          />
        )}
        {rhythm.kind === 'weekly' && (
          <SelectField
            label={t('weekday')}
            value={String(rhythm.weekday)}
            options={WEEKDAYS.map((value) => ({ value, label: weekdayName(i18n.language, value) }))}
            onChange={(weekday) => onRhythm({ ...rhythm, weekday: Number(weekday) })}
          />
        )}
        {rhythm.kind === 'monthly' && (
          <NumberField
            label={t('day')}
            min={1}
            max={31}
            value={rhythm.day}
            onChange={(day) => onRhythm({ ...rhythm, day: day ?? 1 })}
          />
        )}
        <ComboboxField
          label={t('zone')}
          value={time_zone}
          options={zonesWith(time_zone).map((value) => ({ value, label: value }))}
          onChange={(zone) => zone !== null && props.onZone(zone)}
        />
      </div>
      <NextTimes cron={cronOf(rhythm)} time_zone={time_zone} />
    </>
  )
}

/** The five times that follow, in the time zone of the schedule. */
function NextTimes({ cron, time_zone }: { readonly cron: string; readonly time_zone: string }) {
  const { t } = useTranslation('schedules')
  const org = useOrg()
  const asked = useDeferredValue(cron)
  const { data, error } = useQuery({ ...nextTimesQuery(org, asked, time_zone), enabled: asked.length >= 9 })
  const wrong = error === null ? null : (toProblem(error).fields[0]?.message ?? t('noTimes'))
  return (
    <section aria-label={t('nextTimes')} aria-live="polite" className="rounded-lg border bg-sunken p-3">
      <h3 className="pb-1.5 font-medium">{t('nextTimes')}</h3>
      {wrong !== null ? (
        <p className="text-bad">{t('cronWrong', { why: wrong })}</p>
      ) : (
        <Times times={data?.next_times ?? []} time_zone={time_zone} />
      )}
    </section>
  )
}

export function Times({ times, time_zone }: { readonly times: readonly string[]; readonly time_zone: string }) {
  const format = useFormat()
  const { i18n } = useTranslation()
  const write = new Intl.DateTimeFormat(i18n.language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: time_zone,
    timeZoneName: 'short',
  })
  return (
    <ol className="flex flex-col gap-0.5 tabular-nums">
      {times.map((at) => (
        <li key={at}>
          <time dateTime={at} title={format.exact(at)}>
            {write.format(new Date(at))}
          </time>
        </li>
      ))}
    </ol>
  )
}
