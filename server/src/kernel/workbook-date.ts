// Dates in workbooks. A workbook keeps a moment as a number of days and leaves it to the format of the cell that it is one
// (ECMA-376 part 1, 18.8.30 and 18.17.4). What is read is what the cell shows, written as ISO 8601 writes it.

/** What the number of a cell counts; null for a number that is just one. */
export type Clock = 'date' | 'time' | 'moment' | 'duration' | null

/** Excel holds no longer code. */
const MAX_CODE_CHARACTERS = 255
const DAY_S = 86_400
/** 31 December 9999, the last day that a workbook knows. */
const LAST_DAY = 2_958_465

const between = (id: number, first: number, last: number): boolean => id >= first && id <= last

/** The formats that every workbook has without saying so. */
function builtInClock(id: number): Clock {
  if (between(id, 14, 17) || between(id, 27, 31) || id === 36 || between(id, 50, 54) || between(id, 57, 58))
    return 'date'
  if (between(id, 18, 21) || between(id, 32, 35) || between(id, 55, 56) || id === 45 || id === 47) return 'time'
  if (id === 22) return 'moment'
  return id === 46 ? 'duration' : null
}

/** What a format means: its code where the workbook brings one, else the one that its number stands for. */
export function clockOf(id: number, code: string | undefined): Clock {
  if (code === undefined) return builtInClock(id)
  if (code.length > MAX_CODE_CHARACTERS) return null
  const [shown = ''] = code.replaceAll(/"[^"]*"|\\.|_.|\*./g, '').split(';')
  if (/\[(?:h+|m+|s+)\]/i.test(shown)) return 'duration'
  const letters = shown.replaceAll(/\[[^\]]*\]|general|am\/pm|a\/p/gi, '').toLowerCase()
  const isTime = /[hs]/.test(letters)
  // An m beside hours or seconds is a minute, and alone a month.
  const isDate = /[yd]/.test(letters) || (!isTime && letters.includes('m'))
  if (isDate) return isTime ? 'moment' : 'date'
  return isTime ? 'time' : null
}

/** A number as the moment that it counts. What is none, or lies outside the calendar, stays as it is. */
export function momentText(value: string, clock: Clock, is_1904: boolean): string {
  const days = Number(value)
  if (clock === null || value === '' || !(days >= 0 && days < LAST_DAY + 1)) return value
  const seconds = Math.round(days * DAY_S)
  if (clock === 'duration') return hoursText(seconds)
  const time = hoursText(seconds % DAY_S)
  if (clock === 'time') return time
  const date = dateText(Math.floor(seconds / DAY_S), is_1904)
  if (date === null) return value
  return clock === 'date' ? date : `${date}T${time}`
}

const two = (count: number): string => String(count).padStart(2, '0')

const hoursText = (seconds: number): string =>
  [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':')

/** Day 1 is 1 January 1900, and day 60 a 29 February that there never was; or day 0 is 1 January 1904. */
function dateText(day: number, is_1904: boolean): string | null {
  if (!is_1904 && (day < 1 || day === 60)) return null
  const before = is_1904 ? Date.UTC(1904, 0, 1) : day < 60 ? Date.UTC(1899, 11, 31) : Date.UTC(1899, 11, 30)
  const date = new Date(before + day * DAY_S * 1000).toISOString().slice(0, 10)
  return date.startsWith('+') ? null : date
}
