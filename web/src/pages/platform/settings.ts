// The platform's settings as their form holds them: times in minutes and hours, which the API takes in seconds.

import type { PlatformSettings } from '../../api/platform.ts'

const MINUTE_S = 60
const HOUR_S = 3600

/** How the deployment looks is set on a page of its own. */
type Settings = Pick<
  PlatformSettings,
  | 'registration_is_open'
  | 'registrations_per_hour'
  | 'email_verification_is_required'
  | 'invitation_days'
  | 'one_time_password_days'
  | 'session_idle_s'
  | 'session_absolute_s'
  | 'archive_after_days'
  | 'superadmin_factor_is_required'
  | 'content_access'
>

export type SettingsDraft = Omit<Settings, 'session_idle_s' | 'session_absolute_s'> & {
  readonly session_idle_minutes: number
  readonly session_absolute_hours: number
}

export type SettingNumber =
  | 'registrations_per_hour'
  | 'invitation_days'
  | 'one_time_password_days'
  | 'session_idle_minutes'
  | 'session_absolute_hours'
  | 'archive_after_days'

/** The least and the most of each, as the server has them. */
export const SETTING_BOUNDS: Readonly<Record<SettingNumber, readonly [number, number]>> = {
  registrations_per_hour: [1, 100_000],
  invitation_days: [1, 90],
  one_time_password_days: [1, 90],
  session_idle_minutes: [5, 1440],
  session_absolute_hours: [1, 720],
  archive_after_days: [30, 3650],
}

export const valuesOf = (settings: PlatformSettings): SettingsDraft => ({
  registration_is_open: settings.registration_is_open,
  registrations_per_hour: settings.registrations_per_hour,
  email_verification_is_required: settings.email_verification_is_required,
  invitation_days: settings.invitation_days,
  one_time_password_days: settings.one_time_password_days,
  session_idle_minutes: Math.round(settings.session_idle_s / MINUTE_S),
  session_absolute_hours: Math.round(settings.session_absolute_s / HOUR_S),
  archive_after_days: settings.archive_after_days,
  superadmin_factor_is_required: settings.superadmin_factor_is_required,
  content_access: settings.content_access,
})

function wholeOf({ session_idle_minutes, session_absolute_hours, ...rest }: SettingsDraft): Settings {
  return {
    ...rest,
    session_idle_s: session_idle_minutes * MINUTE_S,
    session_absolute_s: session_absolute_hours * HOUR_S,
  }
}

/** What differs from before, as the API takes it. */
export function settingsOf(values: SettingsDraft, before: SettingsDraft): Partial<PlatformSettings> {
  const was: Readonly<Record<string, unknown>> = wholeOf(before)
  return Object.fromEntries(Object.entries(wholeOf(values)).filter(([name, value]) => value !== was[name]))
}
