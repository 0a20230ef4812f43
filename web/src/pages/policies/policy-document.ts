// A policy document as the form holds it: every field, undefined where the document says nothing.

import type { Policy, PolicyDocument, Version } from '../../api/policy.ts'
import { AREAS, type PolicyField } from '../../components/policy-fields.ts'

export type Values = Readonly<Record<PolicyField, unknown>>

const FIELDS: readonly PolicyField[] = Object.values(AREAS).flat()

function valuesOf(said: Readonly<Record<string, unknown>>): Values {
  const values: Partial<Record<PolicyField, unknown>> = {}
  for (const field of FIELDS) values[field] = said[field] ?? undefined
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every field was set above
  return values as Values
}

/** What the level's own document says now. */
export const documentOf = ({ fields }: Policy): Values =>
  valuesOf(Object.fromEntries(fields.map(({ field, own }) => [field, own])))

/** What a version of it said. */
export const documentOfVersion = ({ document }: Version): Values =>
  valuesOf(typeof document === 'object' && document !== null ? { ...document } : {})

/** The document as the API takes it. */
export const withoutUnset = (values: Values): PolicyDocument =>
  Object.fromEntries(
    Object.entries(values).flatMap(([field, value]) =>
      value === undefined
        ? []
        : [[field, Array.isArray(value) ? value.map((word) => String(word).trim()).filter(Boolean) : value]],
    ),
  )
