import { CalendarRange } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { Popover } from '../ui/popover.tsx'
import { ToggleGroup } from '../ui/toggle-group.tsx'
import { useFormat } from './format.ts'
import type { UrlState } from './url-state.ts'

const HOUR_MS = 3_600_000
const PRESETS = { '24h': 24, '7d': 168, '30d': 720, '90d': 2160 } as const
type Preset = keyof typeof PRESETS
const OWN = 'own'

const isPreset = (word: string | undefined): word is Preset => word !== undefined && Object.hasOwn(PRESETS, word)
const isMoment = (word: string | undefined): word is string => word !== undefined && !Number.isNaN(Date.parse(word))

export type TimeRange = {
  readonly from: string
  readonly to?: string
  readonly preset: Preset | null
  /** The width of a bar of a chart over it. */
  readonly bucket: 'hour' | 'day' | 'week'
}

/** The time a screen is about, from its address: `range=7d`, or `from` and `to`. */
export function useTimeRange(url: UrlState<'range' | 'from' | 'to'>, usual: Preset): TimeRange {
  const { range, from, to } = url.values
  return useMemo(() => {
    if (isMoment(from)) {
      const end_ms = isMoment(to) ? Date.parse(to) : Date.now()
      const hours = (end_ms - Date.parse(from)) / HOUR_MS
      return { from, ...(isMoment(to) && { to }), preset: null, bucket: bucketOf(hours) }
    }
    const preset = isPreset(range) ? range : usual
    const hours = PRESETS[preset]
    // To the minute, so that the same screen asks the same question.
    const start = new Date(Math.floor((Date.now() - hours * HOUR_MS) / 60_000) * 60_000)
    return { from: start.toISOString(), preset, bucket: bucketOf(hours) }
  }, [range, from, to, usual])
}

const bucketOf = (hours: number): TimeRange['bucket'] => (hours <= 72 ? 'hour' : hours <= 2400 ? 'day' : 'week')

/** Chooses the time: the usual ones at once, any other in a panel. */
export function TimeRangePicker({
  url,
  range,
}: {
  readonly url: UrlState<'range' | 'from' | 'to'>
  readonly range: TimeRange
}) {
  const { t } = useTranslation('words')
  const presets = Object.keys(PRESETS).filter(isPreset)
  return (
    <div className="flex items-center gap-1">
      <ToggleGroup
        label={t('timeRange')}
        value={range.preset ?? OWN}
        options={presets.map((value) => ({ value, label: t(`range.${value}`) }))}
        onChange={(next) => url.set({ range: next, from: undefined, to: undefined })}
      />
      <OwnRange url={url} range={range} />
    </div>
  )
}

function OwnRange({ url, range }: { readonly url: UrlState<'range' | 'from' | 'to'>; readonly range: TimeRange }) {
  const { t } = useTranslation('words')
  const format = useFormat()
  const [isOpen, setOpen] = useState(false)
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const own =
    range.preset === null ? `${format.day(range.from)} – ${format.day(range.to ?? new Date().toISOString())}` : null
  const apply = () => {
    const [start, end] = [new Date(from), new Date(to === '' ? Date.now() : to)]
    if (Number.isNaN(start.getTime()) || Number.isNaN(end.getTime()) || start >= end) return
    url.set({ range: undefined, from: start.toISOString(), to: end.toISOString() })
    setOpen(false)
  }
  return (
    <Popover
      label={t('ownRange')}
      isOpen={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button aria-label={t('ownRange')}>
          <CalendarRange size={15} aria-hidden />
          {own}
        </Button>
      }
    >
      <div className="flex w-64 flex-col gap-3 p-2">
        <TextField label={t('from')} type="datetime-local" value={from} onChange={setFrom} />
        <TextField label={t('to')} type="datetime-local" value={to} onChange={setTo} hint={t('toHint')} />
        <Button variant="primary" onClick={apply}>
          {t('showRange')}
        </Button>
      </div>
    </Popover>
  )
}
