// Settings of the whole deployment: the one home for what a super-admin chooses and every node obeys. A module that needs
// another one adds it here, with its default; only what differs from the default is stored. Nothing is remembered between
// requests: whoever decides by a setting reads it in the transaction of the decision.

import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import type { ControlTx } from './database.ts'

/** An e-mail address as far as a schema can tell; what it is for is checked where it is used. */
const Address = Type.String({ minLength: 3, maxLength: 254, pattern: '^[^\\s@\\p{Cc}]+@[^\\s@\\p{Cc}]+$' })

/** A picture of the deployment, by what it holds: the SHA-256 of its bytes. */
export const PictureName = Type.String({ pattern: '^[0-9a-f]{64}$' })

const picture = (description: string) => Type.Union([PictureName, Type.Null()], { description })

const textOrNull = (maxLength: number, description: string) =>
  Type.Union([Type.String({ minLength: 1, maxLength, pattern: '^(?=.*\\S)\\P{Cc}+$' }), Type.Null()], { description })

/** No run is archived before this: whoever looks for old ones asks for no younger ones. */
export const LEAST_ARCHIVE_DAYS = 30

export const PlatformSettings = Type.Object(
  {
    deployment_name: Type.String({
      minLength: 1,
      maxLength: 60,
      pattern: '^(?=.*\\S)\\P{Cc}+$',
      description: 'What this deployment is called in mails and on its pages',
    }),
    accent_color: Type.String({ pattern: '^#[0-9a-f]{6}$', description: 'The colour of its buttons, as #rrggbb' }),
    support_address: Type.Union([Address, Type.Null()], {
      description: 'Where people find help; every mail names it',
    }),
    logo: picture('The logo on light ground; without one, the sign and the name'),
    logo_inverse: picture('The logo on dark ground; without one, the logo'),
    favicon: picture('The icon of the browser tab'),
    login_headline: textOrNull(80, 'What stands above the sign-in'),
    login_tagline: textOrNull(200, 'What stands below the headline'),
    registration_is_open: Type.Boolean({ description: 'Whether anybody may make an account and an organisation' }),
    registrations_per_hour: Type.Integer({
      minimum: 1,
      maximum: 100_000,
      description: 'How many registrations one network address may ask for in an hour',
    }),
    email_verification_is_required: Type.Boolean({
      description: 'Whether people prove that the mailbox is theirs before they sign in',
    }),
    one_time_password_days: Type.Integer({
      minimum: 1,
      maximum: 90,
      description: 'How many days a one-time password opens an account',
    }),
    invitation_days: Type.Integer({ minimum: 1, maximum: 90, description: 'How many days an invitation is good' }),
    session_idle_s: Type.Integer({
      minimum: 300,
      maximum: 86_400,
      description: 'After how many seconds without use a session ends, unless an organisation is stricter',
    }),
    session_absolute_s: Type.Integer({
      minimum: 900,
      maximum: 2_592_000,
      description: 'After how many seconds every session ends, unless an organisation is stricter',
    }),
    superadmin_factor_is_required: Type.Boolean({
      description: 'Whether super-admins need a second factor for everything of the platform, but in the first run',
    }),
    archive_after_days: Type.Integer({
      minimum: LEAST_ARCHIVE_DAYS,
      maximum: 3650,
      description: 'How many days after its end a run is archived: still read, listed only when asked for',
    }),
    content_access: Type.Enum(['open', 'reason_required'], {
      description: 'Whether a super-admin names a reason, told to the owners, before opening an organisation',
    }),
  },
  { additionalProperties: false },
)
export type PlatformSettings = Static<typeof PlatformSettings>

export const DEFAULT_SETTINGS: PlatformSettings = Object.freeze({
  deployment_name: 'Reeve',
  accent_color: '#4f46e5',
  support_address: null,
  logo: null,
  logo_inverse: null,
  favicon: null,
  login_headline: null,
  login_tagline: null,
  registration_is_open: true,
  registrations_per_hour: 20,
  email_verification_is_required: true,
  one_time_password_days: 7,
  invitation_days: 7,
  session_idle_s: 1800,
  session_absolute_s: 43_200,
  superadmin_factor_is_required: true,
  archive_after_days: 365,
  content_access: 'open',
})

/** The settings in force. What is stored under a name that this version does not know is left alone. */
export async function readSettings(tx: ControlTx): Promise<PlatformSettings> {
  const rows = await tx.selectFrom('kernel.platform_setting').select(['name', 'value']).execute()
  const stored = Object.fromEntries(
    rows.filter(({ name }) => Object.hasOwn(DEFAULT_SETTINGS, name)).map(({ name, value }) => [name, value]),
  )
  return Value.Parse(PlatformSettings, { ...DEFAULT_SETTINGS, ...stored })
}

/** Stores settings; the caller has checked them by the schema and writes the log entry. */
export async function writeSettings(tx: ControlTx, change: Partial<PlatformSettings>): Promise<void> {
  const rows = Object.entries(change).map(([name, value]) => ({ name, value: JSON.stringify(value) }))
  if (rows.length === 0) return
  await tx
    .insertInto('kernel.platform_setting')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet((is) => ({ value: is.ref('excluded.value'), changed_at: is.fn('now') })),
    )
    .execute()
}
