// The human layer: what people say about a machine's output and change in it, as records of their own over the output, each
// at its place (RFC 6901), with who and when. The output itself is never changed; it is shown with the layer applied and
// marked (requirements 1.5).

import { createHash } from 'node:crypto'
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { Id, Timestamp } from '../http/schema.ts'
import { canonicalJson } from '../kernel/canonical-json.ts'
import { newId } from '../kernel/id.ts'
import { readJson } from '../kernel/json-text.ts'
import type { ProblemField } from '../kernel/problem.ts'
import { humanLayerRefused } from './problems.ts'

const RECORD_KINDS = ['note', 'edit', 'flag', 'override'] as const

const pointer = Type.String({ maxLength: 1000, pattern: '^(/([^/~]|~[01])*)*$', description: 'RFC 6901' })
const text = Type.String({ maxLength: 5000 })

/** A record as it is asked for: one with the id of a kept record keeps who made it as long as it says the same. */
export const RecordDraft = Type.Object(
  {
    id: Type.Optional(Id),
    kind: Type.Enum([...RECORD_KINDS], {
      description:
        'note and flag say something; edit changes a value; override sets it against the machine, with a reason',
    }),
    pointer,
    value: Type.Optional(Type.Unknown({ description: 'edit, override: the value that stands there instead' })),
    text: Type.Optional(text),
  },
  { additionalProperties: false },
)
export type RecordDraft = Static<typeof RecordDraft>

export const LayerRecord = Type.Object({
  id: Id,
  kind: Type.Enum([...RECORD_KINDS]),
  pointer,
  value: Type.Optional(Type.Unknown()),
  text,
  by: Type.Union([Id, Type.Null()]),
  at: Timestamp,
})
export type LayerRecord = Static<typeof LayerRecord>
export type HumanLayer = readonly LayerRecord[]

const Layer = Compile(Type.Array(LayerRecord))

export const MAX_RECORDS = 500
const MAX_LAYER_BYTES = 1_000_000

/** Reads a layer as it is kept; null is none. */
export function parseHumanLayer(plain: Uint8Array | null): HumanLayer {
  return plain === null ? [] : Layer.Parse(readJson(Buffer.from(plain).toString('utf8')))
}

/** The bytes of a layer, to be sealed, and their hash; null for one without records. */
export function writeHumanLayer(layer: HumanLayer): { readonly plain: Buffer; readonly hash: Buffer } | null {
  if (layer.length === 0) return null
  const plain = Buffer.from(canonicalJson(layer))
  return { plain, hash: createHash('sha256').update(plain).digest() }
}

type Author = { readonly member_id: string; readonly at: Date }

/**
 * The layer that is asked for, on top of the one that is kept: records that say what they said keep their author. Refuses
 * with `human_layer_refused` a place that the output has not, a change without a value, an override without a reason, and
 * a change after which the output breaks its schema (`violations`).
 */
export function changeHumanLayer(
  kept: HumanLayer,
  drafts: readonly RecordDraft[],
  output: unknown,
  author: Author,
  violations: (value: unknown) => readonly ProblemField[],
): HumanLayer {
  const known = new Map(kept.map((each) => [each.id, each]))
  const fields = drafts.flatMap((draft, index) => faultsOf(draft, output, `/records/${index}`))
  const ids = drafts.flatMap(({ id }) => (id === undefined ? [] : [id]))
  if (new Set(ids).size !== ids.length) fields.push({ pointer: '/records', message: 'names a record twice' })
  if (fields.length > 0) throw humanLayerRefused({}, { fields })
  const layer = drafts.map((draft) => recordOf(draft, known, author))
  const broken = violations(applyHumanLayer(output, layer).value)
  if (broken.length > 0) {
    throw humanLayerRefused(
      {},
      { fields: broken.map((each) => ({ ...each, message: `the output would break its schema: ${each.message}` })) },
    )
  }
  if ((writeHumanLayer(layer)?.plain.length ?? 0) > MAX_LAYER_BYTES) {
    throw humanLayerRefused({}, { fields: [{ pointer: '/records', message: 'are more than a megabyte' }] })
  }
  return layer
}

const changesValue = ({ kind }: { readonly kind: string }): boolean => kind === 'edit' || kind === 'override'

function faultsOf(draft: RecordDraft, output: unknown, at: string): ProblemField[] {
  const hasText = (draft.text ?? '').trim() !== ''
  return [
    ...(valueAt(output, draft.pointer).is_there
      ? []
      : [{ pointer: `${at}/pointer`, message: 'leads to nothing in the output' }]),
    ...(changesValue(draft) && draft.value === undefined ? [{ pointer: `${at}/value`, message: 'is missing' }] : []),
    ...(!changesValue(draft) && draft.value !== undefined
      ? [{ pointer: `${at}/value`, message: `is not for a ${draft.kind}` }]
      : []),
    ...(draft.kind !== 'edit' && !hasText ? [{ pointer: `${at}/text`, message: 'is missing' }] : []),
  ]
}

function recordOf(draft: RecordDraft, known: ReadonlyMap<string, LayerRecord>, { member_id, at }: Author): LayerRecord {
  const { kind, value } = draft
  const said = { kind, pointer: draft.pointer, text: draft.text ?? '', ...(value !== undefined && { value }) }
  const kept = draft.id === undefined ? undefined : known.get(draft.id)
  if (kept !== undefined) {
    const { id: _id, by: _by, at: _at, ...before } = kept
    if (canonicalJson(before) === canonicalJson(said)) return kept
  }
  return { id: kept?.id ?? newId(), ...said, by: member_id, at: at.toISOString() }
}

/** How many records change the output. */
export function countChanges(layer: HumanLayer): number {
  return layer.filter(changesValue).length
}

/** How many records there are of each kind: what the log may know of them. */
export function countKinds(layer: HumanLayer): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { kind } of layer) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

export type AppliedLayer = {
  /** The output with edits and overrides in place, in the order of the records. */
  readonly value: unknown
  /** What the machine had said where a record changes it. */
  readonly before: ReadonlyMap<string, unknown>
}

/** The output as people left it. The machine's own value is not touched. */
export function applyHumanLayer(output: unknown, layer: HumanLayer): AppliedLayer {
  const before = new Map<string, unknown>()
  let value = output
  for (const record of layer) {
    if (!changesValue(record)) continue
    before.set(record.id, valueAt(value, record.pointer).value ?? null)
    value = replaceAt(value, stepsOf(record.pointer), record.value)
  }
  return { value, before }
}

const stepsOf = (text_pointer: string): readonly string[] =>
  text_pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isIndex = (step: string): boolean => /^(?:0|[1-9][0-9]{0,8})$/.test(step)

function childOf(value: unknown, step: string): { readonly is_there: boolean; readonly value: unknown } {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value
    return isIndex(step) && Number(step) < items.length
      ? { is_there: true, value: items[Number(step)] }
      : { is_there: false, value: undefined }
  }
  return isObject(value) && Object.hasOwn(value, step)
    ? { is_there: true, value: value[step] }
    : { is_there: false, value: undefined }
}

/** What stands at a place of a JSON value. */
export function valueAt(value: unknown, at: string): { readonly is_there: boolean; readonly value: unknown } {
  let found: { readonly is_there: boolean; readonly value: unknown } = { is_there: true, value }
  for (const step of stepsOf(at)) {
    if (!found.is_there) return found
    found = childOf(found.value, step)
  }
  return found
}

function replaceAt(value: unknown, [step, ...rest]: readonly string[], by: unknown): unknown {
  if (step === undefined) return by
  const child = childOf(value, step)
  // A place that an earlier record took away stays away.
  if (!child.is_there) return value
  const replaced = replaceAt(child.value, rest, by)
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value
    return items.map((each, index) => (index === Number(step) ? replaced : each))
  }
  // A name like "__proto__" is a member like any other.
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, name === step ? replaced : each]))
    : value
}
