// Rhythms as people choose them, and as cron writes them: minute hour day month weekday.

export const RHYTHMS = ['hourly', 'daily', 'weekdays', 'weekly', 'monthly', 'own'] as const
export type RhythmKind = (typeof RHYTHMS)[number]

export type Rhythm = {
  readonly kind: RhythmKind
  /** HH:MM; of an hourly rhythm only the minutes count. */
  readonly time: string
  /** 1 is Monday, 7 Sunday. */
  readonly weekday: number
  readonly day: number
  readonly cron: string
}

const FIRST: Rhythm = { kind: 'weekdays', time: '08:00', weekday: 1, day: 1, cron: '' }

/** The cron of a rhythm; its own where it was written by hand. */
export function cronOf({ kind, time, weekday, day, cron }: Rhythm): string {
  const [hour = '0', minute = '0'] = time.split(':')
  const [h, m] = [Number(hour), Number(minute)]
  switch (kind) {
    case 'hourly':
      return `${m} * * * *`
    case 'daily':
      return `${m} ${h} * * *`
    case 'weekdays':
      return `${m} ${h} * * 1-5`
    case 'weekly':
      return `${m} ${h} * * ${weekday}`
    case 'monthly':
      return `${m} ${h} ${day} * *`
    case 'own':
      return cron.trim()
  }
}

const two = (number: string): string => number.padStart(2, '0')

/** What a cron says, where it is one of the usual rhythms; else it is its own. */
export function rhythmOf(cron: string | null): Rhythm {
  if (cron === null) return FIRST
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = cron.trim().split(/\s+/)
  const own: Rhythm = { ...FIRST, kind: 'own', cron }
  if (!/^\d{1,2}$/.test(minute) || month !== '*') return own
  if (hour === '*' && day === '*' && weekday === '*')
    return { ...FIRST, kind: 'hourly', time: `00:${two(minute)}`, cron }
  if (!/^\d{1,2}$/.test(hour)) return own
  const at = { ...FIRST, time: `${two(hour)}:${two(minute)}`, cron }
  if (day === '*' && weekday === '*') return { ...at, kind: 'daily' }
  if (day === '*' && weekday === '1-5') return { ...at, kind: 'weekdays' }
  if (day === '*' && /^[1-7]$/.test(weekday)) return { ...at, kind: 'weekly', weekday: Number(weekday) }
  if (/^\d{1,2}$/.test(day) && weekday === '*') return { ...at, kind: 'monthly', day: Number(day) }
  return own
}
