import { Type } from 'typebox'
import { Id, nullable, Timestamp } from '../../http/schema.ts'
import { ORGANISATION_STATUSES } from '../organisation.ts'

const MetadataValue = Type.String({ maxLength: 1000, pattern: '^[^\\u0000]*$' })

/** Up to 50 words with a value each. */
export const Metadata = Type.Record(Type.String({ pattern: '^[a-z][a-z0-9_]{0,63}$' }), MetadataValue, {
  additionalProperties: false,
  maxProperties: 50,
})

/** An organisation as answers show it. */
export const Organisation = Type.Object({
  id: Id,
  name: Type.String(),
  status: Type.Enum(ORGANISATION_STATUSES),
  metadata: Type.Record(Type.String(), Type.String()),
  created_at: Timestamp,
  purge_after: nullable(Timestamp),
})
