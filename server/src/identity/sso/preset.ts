// Where the providers that most companies have are found. A preset is a way of filling in the form, and knows what is
// peculiar to a provider.

import { type EgressPolicy, parseEgressUrl } from '../../kernel/egress.ts'
import { ssoPresetInvalid } from './problems.ts'

export const PRESETS = ['entra_id', 'google_workspace', 'oracle_idcs', 'other'] as const
export type Preset = (typeof PRESETS)[number]

/** What names the provider: for Entra ID the tenant, for Oracle the identity domain's URL, otherwise the issuer. */
export type ProviderPlace = {
  readonly preset: Preset
  readonly tenant?: string
  readonly domain_url?: string
  readonly issuer?: string
}

export type Place = { readonly issuer: string; readonly discovery_base: string }

/** Oracle's identity domains call themselves by one issuer, whoever they belong to. */
const ORACLE_ISSUER = 'https://identity.oraclecloud.com/'

const refuse = (pointer: string, message: string) =>
  ssoPresetInvalid({ pointer }, { detail: message, fields: [{ pointer, message }] })

/**
 * Issuer and metadata of a provider. Refuses with `sso_preset_invalid` what is missing or names no single tenant, and with
 * `egress_refused` an address that Reeve may not connect to. Plain http is for private addresses where those are allowed.
 */
export function placeOf(place: ProviderPlace, egress: EgressPolicy): Place {
  switch (place.preset) {
    case 'entra_id': {
      // "common" and "organizations" let in every tenant of Microsoft.
      const tenant = place.tenant?.trim().toLowerCase() ?? ''
      if (!/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(tenant)) {
        throw refuse('/tenant', 'must be the directory (tenant) id, such as 8a1f….-….')
      }
      const issuer = `https://login.microsoftonline.com/${tenant}/v2.0`
      return { issuer, discovery_base: issuer }
    }
    case 'google_workspace':
      return { issuer: 'https://accounts.google.com', discovery_base: 'https://accounts.google.com' }
    case 'oracle_idcs':
      return {
        issuer: place.issuer === undefined ? ORACLE_ISSUER : parseIssuer('/issuer', place.issuer, egress),
        discovery_base: parseIssuer('/domain_url', place.domain_url ?? '', egress).replace(/\/+$/, ''),
      }
    case 'other': {
      const issuer = parseIssuer('/issuer', place.issuer ?? '', egress)
      return { issuer, discovery_base: issuer.replace(/\/+$/, '') }
    }
  }
}

/** An issuer exactly as it was given: it is compared with `iss` character by character. */
function parseIssuer(pointer: string, text: string, egress: EgressPolicy): string {
  const trimmed = text.trim()
  const url = URL.canParse(trimmed) ? new URL(trimmed) : null
  if (url === null || url.search !== '' || url.hash !== '' || (url.protocol !== 'https:' && !egress.allow_private)) {
    throw refuse(pointer, 'must be an https address without query, such as https://id.example.com')
  }
  parseEgressUrl(trimmed, egress)
  return trimmed
}

/** Whether the provider says that the address is this person's and was verified. Entra says it in a claim of its own. */
export function isEmailVerified(preset: Preset, claims: Readonly<Record<string, unknown>>): boolean {
  const isTrue = (value: unknown) => value === true || value === 'true'
  if (isTrue(claims['email_verified'])) return true
  if (preset !== 'entra_id' || claims['email_verified'] !== undefined) return false
  return isTrue(claims['xms_edov']) || claims['xms_edov'] === 1 || claims['xms_edov'] === '1'
}
