// What the API says of providers and models.

import { Type } from 'typebox'
import { Id, Name, nullable, Timestamp } from '../../http/schema.ts'
import { TEST_CALL_ERRORS } from '../test-call.ts'

const Status = Type.Union([Type.Literal('enabled'), Type.Literal('disabled')])
const Tokens = Type.Integer({ minimum: 1, maximum: 10_000_000 })
const Micros = Type.Integer({ minimum: 0, maximum: 1_000_000_000_000 })
/** A name that stands in requests: no spaces, no control characters. */
const ModelName = Type.String({ minLength: 1, maxLength: 200, pattern: '^[\\x21-\\x7e]+$' })

const price = {
  input_micros_per_mtok: Micros,
  cached_input_micros_per_mtok: Micros,
  output_micros_per_mtok: Micros,
}
const bounds = {
  default_output_tokens: Tokens,
  max_output_tokens: Tokens,
  image_input_tokens: nullable(Tokens),
  audio_input_tokens: nullable(Tokens),
  file_input_tokens: nullable(Tokens),
  reasoning_tokens: Type.Integer({ minimum: 0, maximum: 10_000_000 }),
}

export const Price = Type.Object(price, { additionalProperties: false })

export const Provider = Type.Object({
  id: Id,
  name: Type.String(),
  type: Type.String(),
  base_url: Type.String(),
  has_key: Type.Boolean(),
  key_mask: nullable(Type.String({ description: 'Null as well for readers who may not set the key' })),
  status: Status,
  created_at: Timestamp,
})

export const ProviderDraft = Type.Object(
  { name: Name, type: Type.Literal('openai_compatible'), base_url: Type.String({ maxLength: 2000 }) },
  { additionalProperties: false },
)

export const ProviderChange = Type.Partial(
  Type.Object({ name: Name, base_url: Type.String({ maxLength: 2000 }), status: Status }),
  { additionalProperties: false },
)

/** The key itself: it goes in and never comes out. */
export const ProviderKey = Type.Object(
  { key: Type.String({ minLength: 1, maxLength: 4000, pattern: '^[\\x21-\\x7e]+$' }) },
  { additionalProperties: false },
)

export const Model = Type.Object({
  id: Id,
  provider_id: Id,
  provider_name: Type.String(),
  name: Type.String(),
  upstream_name: Type.String(),
  status: Status,
  price_version: Type.Integer(),
  created_at: Timestamp,
  ...price,
  ...bounds,
})

/** A model of the platform, with who may call it. */
export const PlatformModel = Type.Object({
  ...Model.properties,
  is_global: Type.Boolean({ description: 'Every organisation may call it, now and later' }),
  organisations: Type.Integer({ description: 'How many organisations it is assigned to by name' }),
})

/** A price as it was put in force. */
export const PriceVersion = Type.Object({ version: Type.Integer(), created_at: Timestamp, ...price })

export const TestCallDraft = Type.Object(
  {
    model: Type.Optional(
      Type.String({
        ...Id,
        description: 'The model that is to answer; without it the provider is asked for its models',
      }),
    ),
  },
  { additionalProperties: false },
)

export const TestCall = Type.Object({
  ok: Type.Boolean(),
  latency_ms: Type.Integer(),
  status: nullable(Type.Integer({ description: "The status of the provider's answer" })),
  error: nullable(Type.Enum(TEST_CALL_ERRORS)),
  message: nullable(Type.String({ description: 'What the provider said of its refusal' })),
  models: Type.Array(Type.String(), { description: 'What the provider says it serves' }),
})

export const ModelDraft = Type.Object(
  {
    provider_id: Id,
    name: ModelName,
    upstream_name: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    price: Price,
    ...Type.Partial(Type.Object(bounds)).properties,
  },
  { additionalProperties: false },
)

export const PlatformModelDraft = Type.Object(
  { ...ModelDraft.properties, is_global: Type.Optional(Type.Boolean()) },
  { additionalProperties: false },
)

export const ModelChange = Type.Object(
  {
    upstream_name: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    status: Type.Optional(Status),
    ...Type.Partial(Type.Object(bounds)).properties,
  },
  { additionalProperties: false },
)

export const PlatformModelChange = Type.Object(
  { ...ModelChange.properties, is_global: Type.Optional(Type.Boolean()) },
  { additionalProperties: false },
)

/** A model that the organisation may call. */
export const CallableModel = Type.Object({
  id: Id,
  name: Type.String(),
  source: Type.Union([Type.Literal('platform'), Type.Literal('organisation')]),
  status: Status,
  provider_id: Id,
  provider_name: Type.String(),
  provider_status: Status,
  price_version: Type.Integer(),
  ...price,
  ...bounds,
})

export const listOf = <Schema extends Parameters<typeof Type.Array>[0]>(item: Schema) =>
  Type.Object({ items: Type.Array(item) })
