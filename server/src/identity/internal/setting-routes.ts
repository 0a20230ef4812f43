import { Type } from 'typebox'
import { type Route, route } from '../../http/route.ts'
import { PlatformSettings, readSettings } from '../../kernel/platform-setting.ts'
import { changeSettings } from '../platform-setting.ts'
import { pictureFormatRefused, pictureUnknown } from '../problems.ts'

const { properties } = PlatformSettings

/** What everybody may know before they sign in. */
const PublicSettings = Type.Object({
  deployment_name: properties.deployment_name,
  accent_color: properties.accent_color,
  support_address: properties.support_address,
  logo: properties.logo,
  logo_inverse: properties.logo_inverse,
  favicon: properties.favicon,
  login_headline: properties.login_headline,
  login_tagline: properties.login_tagline,
  registration_is_open: properties.registration_is_open,
  email_verification_is_required: properties.email_verification_is_required,
})

const PATH = '/api/platform/settings'

/** Settings of the platform: all of them for super-admins, and what a page before the sign-in shows. */
export function settingRoutes(): readonly Route[] {
  return [
    route({
      operation: 'deployment_view',
      method: 'GET',
      path: '/api/deployment',
      summary: 'What this deployment is called, how it looks, and whether one can register here',
      tag: 'Deployment',
      scope: 'open',
      response: PublicSettings,
      handle: (control) => control.transaction(readSettings),
    }),
    route({
      operation: 'platform_settings_view',
      method: 'GET',
      path: PATH,
      summary: 'Show the settings of the platform',
      tag: 'Platform settings',
      scope: 'platform',
      permission: 'platform.settings.manage',
      response: PlatformSettings,
      handle: readSettings,
    }),
    route({
      operation: 'platform_settings_change',
      method: 'PATCH',
      path: PATH,
      summary: 'Change settings of the platform; they hold from the next request on',
      tag: 'Platform settings',
      scope: 'platform',
      permission: 'platform.settings.manage',
      step_up: true,
      body: Type.Partial(PlatformSettings, { additionalProperties: false }),
      response: PlatformSettings,
      problems: [pictureUnknown, pictureFormatRefused],
      audit: { event: 'platform_settings.updated', written_by: 'handler' },
      handle: (tx, _actor, { body }, { origin }) => changeSettings(tx, origin, body),
    }),
  ]
}
