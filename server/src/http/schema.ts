// The small schemas that every route shares.

import { type TSchema, Type } from 'typebox'

/** A UUID in the one form Reeve writes. */
export const Id = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' })

/** A name that people give to things: 1 to 200 characters, not only spaces. */
export const Name = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' })

/** An instant, ISO 8601 in UTC. */
export const Timestamp = Type.String({ format: 'date-time' })

/** A value that may be absent, written as null. */
export const nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])

/** Query parameters of every list; more are added with `Type.Object({...PageQuery.properties, …})`. */
export const PageQuery = Type.Object(
  {
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    cursor: Type.Optional(Type.String({ maxLength: 100 })),
  },
  { additionalProperties: false },
)

/** A page of items: `next_cursor` is null on the last one. */
export const pageSchema = <Schema extends TSchema>(item: Schema) =>
  Type.Object({ items: Type.Array(item), next_cursor: nullable(Type.String()) })

/** The path parameters of an organisation's route, with the ids that follow. */
export const orgParams = <Names extends string = never>(...names: readonly Names[]) =>
  Type.Object({ org: Id, ...idsOf(names) }, { additionalProperties: false })

function idsOf<Names extends string>(names: readonly Names[]): Record<Names, typeof Id> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- fromEntries forgets that every name is there
  return Object.fromEntries(names.map((name) => [name, Id])) as Record<Names, typeof Id>
}

/** Whether something has to be sent for this schema. Where nothing is required, an empty request says the same as `{}`. */
export function isRequired(schema: TSchema): boolean {
  const required: unknown = Reflect.get(schema, 'required')
  return Array.isArray(required) ? required.length > 0 : Reflect.get(schema, 'type') !== 'object'
}
