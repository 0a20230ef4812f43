// Numbers, money and times as the reader reads them: their language, their time zone, and the deployment's one currency.

import { useQuery } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { meQuery } from '../session/facts.ts'
import { usePreference } from '../session/preferences.ts'
import { localeOf } from './locale.ts'

const MICROS = 1_000_000
const COMPACT_FROM = 10_000
const SECOND_MS = 1000
const KILO = 1000
const MEGA = 1_000_000
const STEPS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

export type Format = ReturnType<typeof createFormat>

function createFormat(language: string, time_zone: string) {
  const number = new Intl.NumberFormat(language)
  const compact = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 })
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 })
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: time_zone })
  const exact = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'long', timeZone: time_zone })
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: time_zone })
  const short = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: time_zone })
  const hour = new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit', timeZone: time_zone })
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'long' })
  const inMilliseconds = new Intl.NumberFormat(language, { style: 'unit', unit: 'millisecond' })
  const inSeconds = new Intl.NumberFormat(language, { style: 'unit', unit: 'second', maximumFractionDigits: 1 })
  const inKilobytes = new Intl.NumberFormat(language, { style: 'unit', unit: 'kilobyte' })
  const inMegabytes = new Intl.NumberFormat(language, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 })
  const list = new Intl.ListFormat(language, { type: 'conjunction' })
  return {
    language,
    time_zone,
    number: (value: number) => number.format(value),
    /** 12.4k; the exact figure belongs beside it. */
    compact: (value: number) => (Math.abs(value) < COMPACT_FROM ? number : compact).format(value),
    percent: (share: number) => percent.format(share),
    /** An amount in micro-units. Small charges show as many digits as they need. */
    money(amount_micros: number, currency: string) {
      const amount = amount_micros / MICROS
      const maximumFractionDigits = amount !== 0 && Math.abs(amount) < 0.01 ? 6 : 2
      return new Intl.NumberFormat(language, { style: 'currency', currency, maximumFractionDigits }).format(amount)
    },
    moment: (at: string) => moment.format(new Date(at)),
    exact: (at: string) => exact.format(new Date(at)),
    day: (at: string) => day.format(new Date(at)),
    /** Below the axis of a chart. */
    tick: (at: string, isHourly: boolean) => (isHourly ? hour : short).format(new Date(at)),
    /** How long something took: milliseconds while that is short. */
    duration: (duration_ms: number) =>
      (duration_ms < SECOND_MS ? inMilliseconds : inSeconds).format(
        duration_ms < SECOND_MS ? duration_ms : duration_ms / SECOND_MS,
      ),
    /** How large something is: kilobytes while that is little. */
    size: (bytes: number) =>
      bytes < MEGA ? inKilobytes.format(Math.ceil(bytes / KILO)) : inMegabytes.format(bytes / MEGA),
    list: (words: readonly string[]) => list.format(words),
    /** How long ago, or in how long. */
    ago(at: string, now_ms: number) {
      const seconds = (new Date(at).getTime() - now_ms) / SECOND_MS
      const step = STEPS.find(([, size]) => Math.abs(seconds) >= size)
      return step === undefined ? relative.format(0, 'second') : relative.format(Math.trunc(seconds / step[1]), step[0])
    },
  }
}

const made = new Map<string, Format>()

/** Once around the portal: finding out how somebody reads costs more than writing a figure, and a table writes hundreds. */
export const FormatContext = createContext<Format | null>(null)

/** How to write figures and times for whoever looks at this page. */
export function useFormat(): Format {
  const format = useContext(FormatContext)
  if (format === null) throw new Error('Figures are written inside of the portal only')
  return format
}

/** The format for `FormatContext`. */
export function useReadersFormat(): Format {
  const { i18n } = useTranslation()
  const { data: me } = useQuery({ ...meQuery, enabled: false })
  const [clock] = usePreference('clock')
  const own = me?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  const zone = clock === 'utc' ? 'UTC' : own
  const locale = localeOf(i18n.language, navigator.languages)
  const key = `${locale} ${zone}`
  const known = made.get(key)
  if (known !== undefined) return known
  const format = createFormat(locale, zone)
  made.set(key, format)
  return format
}
