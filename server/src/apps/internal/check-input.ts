// Check 2, the input: that every field can be asked, answered and measured.

import type { ProblemField } from '../../kernel/problem.ts'
import type { AppContract, AppInput } from '../contract.ts'
import type { AppField, FieldType } from '../field.ts'
import { schemaOfFields } from '../input-schema.ts'
import { findSchemaFaults, violationsOf } from '../json-schema.ts'

/** Which types of field may carry what. */
const BELONGS: Readonly<Partial<Record<keyof AppField, readonly FieldType[]>>> = {
  min_length: ['text'],
  max_length: ['text'],
  minimum: ['number'],
  maximum: ['number'],
  options: ['select'],
  formats: ['file', 'files'],
  max_bytes: ['file', 'files'],
  max_files: ['files'],
  default: ['text', 'number', 'date', 'boolean', 'select'],
}

/** What is wrong with the fields of the input. */
export function inputFaults(input: AppInput, governance: AppContract['governance'] | null): readonly ProblemField[] {
  const faults = [...fieldFaults(input.fields, '/input/fields'), ...classFaults(input, governance)]
  if (faults.length > 0) return faults
  return findSchemaFaults(schemaOfFields(input.fields), '/input')
}

/** What is wrong with a list of fields, also with those of a human task. */
export function fieldFaults(fields: readonly AppField[], at: string): readonly ProblemField[] {
  const names = fields.map(({ name }) => name)
  return fields.flatMap((field, index) => {
    const pointer = `${at}/${index}`
    const is_taken = names.indexOf(field.name) < index
    return [
      ...(is_taken ? [{ pointer: `${pointer}/name`, message: `another field is named ${field.name}` }] : []),
      ...misplaced(field, pointer),
      ...emptyRanges(field, pointer),
      ...defaultFaults(field, pointer),
    ]
  })
}

function misplaced(field: AppField, pointer: string): readonly ProblemField[] {
  const extra = Object.entries(BELONGS).filter(([name, types]) => name in field && !types.includes(field.type))
  const faults = extra.map(([name]) => ({ pointer: `${pointer}/${name}`, message: `says nothing of a ${field.type}` }))
  if (field.type === 'select' && field.options === undefined) {
    faults.push({ pointer: `${pointer}/options`, message: 'is missing: a select offers something' })
  }
  return faults
}

function emptyRanges(field: AppField, pointer: string): readonly ProblemField[] {
  const { min_length, max_length, minimum, maximum } = field
  const is_empty = (least: number | undefined, most: number | undefined): boolean =>
    least !== undefined && most !== undefined && least > most
  return [
    ...(is_empty(min_length, max_length)
      ? [{ pointer: `${pointer}/max_length`, message: 'is less than min_length' }]
      : []),
    ...(is_empty(minimum, maximum) ? [{ pointer: `${pointer}/maximum`, message: 'is less than minimum' }] : []),
  ]
}

function defaultFaults(field: AppField, pointer: string): readonly ProblemField[] {
  if (field.default === undefined || !BELONGS.default?.includes(field.type)) return []
  if (field.type === 'select' && field.options === undefined) return []
  const [violation] = violationsOf(schemaOfFields([field]), { [field.name]: field.default })
  return violation === undefined ? [] : [{ pointer: `${pointer}/default`, message: violation.message }]
}

/** A field must not ask for data that the governance does not let in. */
function classFaults(input: AppInput, governance: AppContract['governance'] | null): readonly ProblemField[] {
  const allowed = governance?.data_classes
  if (allowed === undefined) return []
  return input.fields.flatMap(({ data_class }, index) =>
    data_class === undefined || allowed.includes(data_class)
      ? []
      : [{ pointer: `/input/fields/${index}/data_class`, message: `is not among the data classes of the governance` }],
  )
}
