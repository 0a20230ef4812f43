// The test bench of the builder: inputs that are normal, at the edge, incomplete and wrong, made from the fields, each with
// what should become of it. Runs of them belong to the engine; here they meet the contract.

import type { ProblemField } from '../kernel/problem.ts'
import type { AppContract } from './contract.ts'
import type { AppField } from './field.ts'
import { inputSchemaOf } from './input-schema.ts'
import { violationsOf } from './json-schema.ts'
import { type InputMeasure, measureOf, quoteOf } from './quote.ts'

export const CASE_KINDS = ['normal', 'edge', 'missing', 'invalid', 'own'] as const
export type CaseKind = (typeof CASE_KINDS)[number]

export type TestCase = {
  readonly kind: CaseKind
  readonly title: string
  readonly input: unknown
  /** What should become of it; null for inputs that somebody brought. */
  readonly expected: 'accepted' | 'refused' | null
}

export type TestResult = TestCase & {
  readonly outcome: 'accepted' | 'refused'
  readonly violations: readonly ProblemField[]
  /** What a run with it would cost; null when it is refused. */
  readonly quote_micros: number | null
}

type Input = Readonly<Record<string, unknown>>

const FILE_ID = '00000000-0000-7000-8000-000000000001'
/** What a file is taken to weigh where nothing says how large it may be. */
const TYPICAL_FILE_BYTES = 200_000

/** Test inputs from the fields: all that a form, a program or a schedule could get wrong about each of them. */
export function casesOf({ input }: Pick<AppContract, 'input'>): readonly TestCase[] {
  const { fields } = input
  const normal: Input = Object.fromEntries(fields.map((field) => [field.name, typicalValue(field)]))
  const required: Input = Object.fromEntries(
    fields.filter((field) => field.required).map((field) => [field.name, typicalValue(field)]),
  )
  const vary = (kind: CaseKind, expected: 'accepted' | 'refused', variants: (field: AppField) => Variants) =>
    fields.flatMap((field) =>
      Object.entries(variants(field)).map(([what, value]): TestCase => {
        return { kind, expected, title: `${field.label}: ${what}`, input: { ...normal, [field.name]: value } }
      }),
    )
  return [
    { kind: 'normal', title: 'Every field filled', input: normal, expected: 'accepted' },
    { kind: 'normal', title: 'Only what is required', input: required, expected: 'accepted' },
    ...vary('edge', 'accepted', edgeValues),
    ...fields
      .filter((field) => field.required)
      .map(({ name, label }): TestCase => {
        const { [name]: _left_out, ...rest } = normal
        return { kind: 'missing', title: `Without ${label}`, input: rest, expected: 'refused' }
      }),
    {
      kind: 'missing',
      title: 'Nothing at all',
      input: {},
      expected: Object.keys(required).length > 0 ? 'refused' : 'accepted',
    },
    ...vary('invalid', 'refused', wrongValues),
    {
      kind: 'invalid',
      title: 'A field that nobody asked for',
      input: { ...normal, not_a_field_of_this_app_at_all: true },
      expected: 'refused',
    },
    { kind: 'invalid', title: 'No object', input: [], expected: 'refused' },
  ]
}

type Variants = Readonly<Record<string, unknown>>

function typicalValue(field: AppField): unknown {
  if (field.default !== undefined) return field.default
  switch (field.type) {
    case 'text':
      return textOfLength(Math.min(field.max_length ?? 40, Math.max(field.min_length ?? 0, 20)))
    case 'number':
      return field.minimum ?? Math.min(field.maximum ?? 1, 1)
    case 'date':
      return '2026-01-31'
    case 'boolean':
      return true
    case 'select':
      return field.options?.[0] ?? ''
    case 'file':
      return FILE_ID
    case 'files':
      return [FILE_ID]
  }
}

const textOfLength = (length: number): string =>
  'The quick brown fox. '.repeat(Math.ceil(length / 21) + 1).slice(0, length)

/** The longest text that is tried out; a million characters prove nothing more. */
const LONGEST_TRIED = 20_000

function edgeValues(field: AppField): Variants {
  const { min_length = 0, max_length, minimum, maximum, options = [] } = field
  switch (field.type) {
    case 'text':
      return {
        'the shortest text': textOfLength(Math.max(min_length, field.required ? 1 : 0)),
        ...(max_length !== undefined &&
          max_length <= LONGEST_TRIED && { 'the longest text': textOfLength(max_length) }),
        ...((max_length ?? 40) >= 40 &&
          min_length <= 27 && { 'other scripts and signs': 'Ünïcödé 漢字 🙂 <b>"\'{{}}</b>' }),
      }
    case 'number':
      return {
        ...(minimum !== undefined && { 'the smallest number': minimum }),
        ...(maximum !== undefined && { 'the largest number': maximum }),
      }
    case 'date':
      return { 'a leap day': '2028-02-29' }
    case 'boolean':
      return { no: false }
    case 'select':
      return { 'the last choice': options.at(-1) ?? '' }
    case 'file':
      return {}
    case 'files':
      return { 'as many files as allowed': Array.from({ length: field.max_files ?? 2 }, (_, index) => fileId(index)) }
  }
}

const fileId = (index: number): string => `00000000-0000-7000-8000-${(index + 1).toString(16).padStart(12, '0')}`

function wrongValues(field: AppField): Variants {
  const { min_length = 0, max_length, minimum, maximum } = field
  switch (field.type) {
    case 'text':
      return {
        'a number': 7,
        ...(min_length > 0 && { 'too short': textOfLength(min_length - 1) }),
        ...(max_length !== undefined && max_length < LONGEST_TRIED && { 'too long': textOfLength(max_length + 1) }),
      }
    case 'number':
      return {
        'a text': 'seven',
        ...(minimum !== undefined && { 'too small': minimum - 1 }),
        ...(maximum !== undefined && { 'too large': maximum + 1 }),
      }
    case 'date':
      return { 'no such day': '2026-02-30', 'another way of writing': '31.01.2026' }
    case 'boolean':
      return { 'a text': 'yes' }
    case 'select':
      return { 'none of the choices': `${(field.options ?? []).join('')}?` }
    case 'file':
      return { 'a path instead of a file': '/etc/passwd', 'no file': null }
    case 'files':
      return { 'one file instead of a list': FILE_ID, 'the same file twice': [FILE_ID, FILE_ID] }
  }
}

/** Puts inputs to the contract: what its schema says of each, and what a run with it would cost. */
export function runBench(
  contract: Pick<AppContract, 'input' | 'pricing'>,
  cases: readonly TestCase[],
): readonly TestResult[] {
  const schema = inputSchemaOf(contract)
  return cases.map((each) => {
    const violations = violationsOf(schema, each.input)
    if (violations.length > 0) return { ...each, outcome: 'refused', violations, quote_micros: null }
    return { ...each, outcome: 'accepted', violations, quote_micros: quoteOf(contract, measure(contract, each.input)) }
  })
}

function measure(contract: Pick<AppContract, 'input'>, input: unknown): InputMeasure {
  const value: Input = typeof input === 'object' && input !== null ? { ...input } : {}
  const { fields } = contract.input
  const bytes = Math.min(TYPICAL_FILE_BYTES, ...fields.map(({ max_bytes = TYPICAL_FILE_BYTES }) => max_bytes))
  return measureOf(contract, value, () => bytes)
}
