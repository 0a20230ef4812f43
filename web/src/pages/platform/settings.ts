// The platform's settings as their form holds them: times in minutes and hours, which the API takes in seconds.

import type { PlatformSettings } from '../../api/platform.ts'

const MINUTE_S = 60
const HOUR_S = 3600

export type SettingsDraft = Omit<PlatformSettings, 'support_address' | 'session_idle_s' | 'session_absolute_s'> & {
  readonly support_address: string
  readonly session_idle_minutes: number
  readonly session_absolute_hours: number
}

export type SettingNumber =
  | 'registrations_per_hour'
  | 'invitation_days'
  | 'one_time_password_days'
  | 'session_idle_minutes'
  | 'session_absolute_hours'

/** The least and the most of each, as the server has them. */
export const SETTING_BOUNDS: Readonly<Record<SettingNumber, readonly [number, number]>> = {
  registrations_per_hour: [1, 100_000],
  invitation_days: [1, 90],
  one_time_password_days: [1, 90],
  session_idle_minutes: [5, 1440],
  session_absolute_hours: [1, 720],
}

export function valuesOf(settings: PlatformSettings): SettingsDraft {
  const { support_address, session_idle_s, session_absolute_s, ...rest } = settings
  return {
    ...rest,
    support_address: support_address ?? '',
    session_idle_minutes: Math.round(session_idle_s / MINUTE_S),
    session_absolute_hours: Math.round(session_absolute_s / HOUR_S),
  }
}

const wholeOf = (values: SettingsDraft): PlatformSettings => {
  const { support_address, session_idle_minutes, session_absolute_hours, ...rest } = values
  const address = support_address.trim()
  return {
    ...rest,
    deployment_name: rest.deployment_name.trim(),
    accent_color: rest.accent_color.toLowerCase(),
    support_address: address === '' ? null : address,
    session_idle_s: session_idle_minutes * MINUTE_S,
    session_absolute_s: session_absolute_hours * HOUR_S,
  }
}

/** What differs from before, as the API takes it. */
export function settingsOf(values: SettingsDraft, before: SettingsDraft): Partial<PlatformSettings> {
  const was: Readonly<Record<string, unknown>> = wholeOf(before)
  return Object.fromEntries(Object.entries(wholeOf(values)).filter(([name, value]) => value !== was[name]))
}
