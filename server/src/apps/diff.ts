// What changed between two contents: for reviewers, who judge a version by what is new in it.

import { isObject, pointerStep } from './internal/value.ts'

export type Difference = {
  /** Where: in the new content, or for what was removed in the old one. */
  readonly pointer: string
  readonly kind: 'added' | 'removed' | 'changed'
  readonly before: unknown
  readonly after: unknown
}

const MAX_DIFFERENCES = 500

/** The differences in reading order; nodes and fields are matched by their names, whatever their place. */
export function diffContents(before: unknown, after: unknown): readonly Difference[] {
  return differencesAt(before, after, '').slice(0, MAX_DIFFERENCES)
}

function differencesAt(before: unknown, after: unknown, pointer: string): readonly Difference[] {
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(after), ...Object.keys(before)])]
    return names.flatMap((name) => memberDifference(before[name], after[name], `${pointer}/${pointerStep(name)}`))
  }
  if (Array.isArray(before) && Array.isArray(after)) return listDifferences(before, after, pointer)
  return isSame(before, after) ? [] : [{ pointer, kind: 'changed', before, after }]
}

function memberDifference(before: unknown, after: unknown, pointer: string): readonly Difference[] {
  if (before === undefined) return [{ pointer, kind: 'added', before: null, after }]
  if (after === undefined) return [{ pointer, kind: 'removed', before, after: null }]
  return differencesAt(before, after, pointer)
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** What an item of a list is called: nodes by their id, fields by their name; null for anything else. */
function nameOf(item: unknown): string | null {
  if (!isObject(item)) return null
  const name = item['id'] ?? item['name'] ?? item['pointer']
  return typeof name === 'string' ? name : null
}

function listDifferences(
  before: readonly unknown[],
  after: readonly unknown[],
  pointer: string,
): readonly Difference[] {
  const names = [...before, ...after].map(nameOf)
  const has_names = names.every((name) => name !== null) && new Set(after.map(nameOf)).size === after.length
  if (!has_names) {
    const length = Math.max(before.length, after.length)
    return Array.from({ length }, (_, index) => index).flatMap((index) =>
      memberDifference(before[index], after[index], `${pointer}/${index}`),
    )
  }
  const old = new Map(before.map((item, index) => [nameOf(item), { item, index }]))
  const kept = new Set(after.map(nameOf))
  const moved = orderOf(before, kept).join('\n') !== orderOf(after, new Set(old.keys())).join('\n')
  return [
    ...after.flatMap((item, index) => memberDifference(old.get(nameOf(item))?.item, item, `${pointer}/${index}`)),
    ...[...old].flatMap(([name, { item, index }]) =>
      kept.has(name) ? [] : memberDifference(item, undefined, `${pointer}/${index}`),
    ),
    ...(moved ? [{ pointer, kind: 'changed' as const, before: before.map(nameOf), after: after.map(nameOf) }] : []),
  ]
}

const orderOf = (items: readonly unknown[], among: ReadonlySet<string | null>): readonly (string | null)[] =>
  items.map(nameOf).filter((name) => among.has(name))
