// The shapes that routes of an organisation's and of the platform's connections share.

import { Type } from 'typebox'
import { BASE_ROLES } from '../../access/permission.ts'
import { Id, Name, nullable, Timestamp } from '../../http/schema.ts'
import { redirectUri } from '../../identity/sso/code-exchange.ts'
import { ADMISSIONS, type Connection, CONNECTION_STATUSES } from '../../identity/sso/connection.ts'
import { PRESETS } from '../../identity/sso/preset.ts'

const Short = Type.String({ minLength: 1, maxLength: 500, pattern: '^\\P{Cc}+$' })
const Url = Type.String({ minLength: 1, maxLength: 1000, pattern: '^\\P{Cc}+$' })
/** A group as the provider writes it. */
export const GroupName = Type.String({ minLength: 1, maxLength: 256, pattern: '^\\P{Cc}+$' })

export const ConnectionView = Type.Object({
  id: Id,
  name: Type.String(),
  preset: Type.Enum(PRESETS),
  issuer: Type.String({ description: 'What tokens of the provider must name as their issuer' }),
  domain_url: nullable(Type.String({ description: "Oracle: the identity domain's address" })),
  client_id: Type.String(),
  secret_mask: nullable(Type.String({ description: 'The end of the client secret; null until one is set' })),
  scopes: Type.Array(Type.String()),
  groups_claim: Type.String(),
  admission: Type.Enum(ADMISSIONS, {
    description:
      'Who may come in for the first time: members only, whoever has a mapped group, or everybody with a verified address ' +
      'of a domain of the connection',
  }),
  trusts_mfa: Type.Boolean({ description: 'Whether every sign-in at the provider counts as two factors' }),
  adopts_members: Type.Boolean({
    description: 'Whether provisioning takes over people who were members before; never an owner',
  }),
  status: Type.Enum(CONNECTION_STATUSES),
  is_tested: Type.Boolean({ description: 'Whether a test sign-in has succeeded since the last change' }),
  tested_at: nullable(Timestamp),
  created_at: Timestamp,
  redirect_uri: Type.String({ description: 'To be registered at the provider' }),
  back_channel_logout_uri: Type.String({
    description: 'To be registered at the provider, if it logs out by back channel',
  }),
  scim_base_url: Type.String({ description: 'Where the provider provisions people' }),
})

/** A connection as it is shown. */
export function viewOf(connection: Connection, origin: string) {
  const { revision, tested_revision, tested_at } = connection
  return {
    ...connection,
    domain_url: connection.preset === 'oracle_idcs' ? connection.discovery_base : null,
    scopes: [...connection.scopes],
    is_tested: tested_revision === revision,
    tested_at,
    redirect_uri: redirectUri(origin, connection.id),
    back_channel_logout_uri: `${origin}/api/sso/connections/${connection.id}/back-channel-logout`,
    scim_base_url: `${origin}/scim/v2`,
  }
}

const settings = {
  name: Name,
  client_id: Short,
  scopes: Type.Optional(
    Type.Array(Type.String({ pattern: '^[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,100}$' }), { maxItems: 20 }),
  ),
  groups_claim: Type.Optional(Type.String({ minLength: 1, maxLength: 200, pattern: '^\\P{Cc}+$' })),
  admission: Type.Optional(Type.Enum(ADMISSIONS)),
  trusts_mfa: Type.Optional(Type.Boolean()),
  adopts_members: Type.Optional(Type.Boolean()),
}
const place = {
  tenant: Type.Optional(Type.String({ maxLength: 100, description: 'Entra ID: the directory (tenant) id' })),
  domain_url: Type.Optional(Url),
  issuer: Type.Optional(Url),
}

export const ConnectionDraft = Type.Object(
  { ...settings, preset: Type.Enum(PRESETS), ...place },
  { additionalProperties: false },
)
export const ConnectionPatch = Type.Object(
  {
    ...settings,
    name: Type.Optional(settings.name),
    client_id: Type.Optional(settings.client_id),
    preset: Type.Optional(Type.Enum(PRESETS)),
    ...place,
    status: Type.Optional(Type.Enum(['enabled', 'disabled'])),
  },
  { additionalProperties: false, minProperties: 1 },
)
export const ClientSecret = Type.Object(
  { client_secret: Type.String({ minLength: 1, maxLength: 2000, pattern: '^[\\x20-\\x7e]+$' }) },
  { additionalProperties: false },
)

export const DomainView = Type.Object({
  domain: Type.String(),
  record: Type.Object(
    { name: Type.String(), value: Type.String() },
    { description: 'The TXT record that proves the domain' },
  ),
  created_at: Timestamp,
  checked_at: nullable(Timestamp),
  verified_at: nullable(Timestamp),
  verified_by: nullable(Type.String({ description: 'dns or superadmin' })),
})
export const DomainClaim = Type.Object(
  { domain: Type.String({ minLength: 1, maxLength: 253 }) },
  { additionalProperties: false },
)
export const DomainName = Type.String({ minLength: 4, maxLength: 253, pattern: '^[a-z0-9.-]+$' })

export const ConnectionCheck = Type.Object({
  issuer: Type.String(),
  authorization_endpoint: Type.String(),
  token_endpoint: Type.String(),
  signing_algorithms: Type.Array(Type.String()),
})

export const Role = Type.Enum(BASE_ROLES)

export const BegunSignIn = Type.Object({
  authorization_url: Type.String({ description: 'Where the browser goes now' }),
})

/** A token for provisioning, without itself. */
export const TokenItem = Type.Object({
  id: Id,
  mask: Type.String(),
  created_at: Timestamp,
  expires_at: Timestamp,
  last_used_at: nullable(Timestamp),
  revoked_at: nullable(Timestamp),
})

export const TokenDraft = Type.Object(
  { days: Type.Optional(Type.Integer({ minimum: 1, maximum: 730, default: 365 })) },
  { additionalProperties: false },
)

export const NewToken = Type.Object({ ...TokenItem.properties, token: nullable(Type.String()) })
