// What the forms of the builder are written in: one control per member of a part.

import { type Json, memberAt, textOf } from './json-edit.ts'

/** Controls of one plain value. */
type PlainKind =
  | 'text'
  | 'area'
  | 'code'
  | 'number'
  | 'micros'
  | 'select'
  | 'switch'
  | 'lines'
  | 'choices'
  | 'all_or_lines'
  | 'all_or_choices'
  | 'object'
  | 'json'

/** Controls that are forms of their own. */
const WHOLE_KINDS = ['schema', 'value', 'rows', 'text_rows', 'default', 'assignee', 'app'] as const
type WholeKind = (typeof WHOLE_KINDS)[number]

/** One control of a part: which member it changes, and how. Its label is the text `f.<word>`, its hint `h.<word>`. */
type SpecOf<Kind> = {
  readonly path: string
  readonly kind: Kind
  /** Instead of the path with underscores, where that is another thing's name. */
  readonly word?: string
  readonly options?: readonly string[]
  /** The options are names that somebody chose, not words with texts. */
  readonly isVerbatim?: true
  readonly isOptional?: boolean
  /** Where it applies. A member that is there is shown all the same: only then it can be removed. */
  readonly isShown?: (value: Json) => boolean
}

export type PlainSpec = SpecOf<PlainKind>
export type WholeSpec = SpecOf<WholeKind>
export type ControlSpec = PlainSpec | WholeSpec

export const isWhole = (spec: ControlSpec): spec is WholeSpec => WHOLE_KINDS.some((kind) => kind === spec.kind)

const applies = (spec: ControlSpec, value: Json): boolean => spec.isShown?.(value) !== false

/** Whether the member can be taken out: because it may be missing, or because it does not belong there. */
export const isRemovable = (spec: ControlSpec, value: Json): boolean =>
  spec.isOptional === true || !applies(spec, value)

/** The controls of a part, one for each member: where it applies, and where something has been left behind. */
export function shownSpecs(specs: readonly ControlSpec[], value: Json): readonly ControlSpec[] {
  const applying = specs.filter((spec) => applies(spec, value))
  const paths = new Set(applying.map(({ path }) => path))
  return specs.filter((spec, at) => {
    if (applying.includes(spec)) return true
    const isFirst = specs.findIndex(({ path }) => path === spec.path) === at
    return isFirst && !paths.has(spec.path) && memberAt(value, spec.path) !== undefined
  })
}

export const isOfType =
  (...types: readonly string[]) =>
  (value: Json): boolean =>
    types.includes(textOf(value['type']))
