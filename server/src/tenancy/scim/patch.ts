// PATCH (RFC 7644, 3.5.2) in the ways that Okta and Entra really send it: operations in any case, values without a path,
// paths as names inside such values, a list to be removed beside its path, and elements that are set before they exist.

import { type Json, isJson, isName, keyIn, valueIn } from './document.ts'
import { type Filter, matches, parseFilter, readAttributePath } from './filter.ts'
import { invalidPath, invalidValue, ScimRefusal } from './refusal.ts'

const MAX_OPERATIONS = 1000

export type Operation = {
  readonly op: 'add' | 'replace' | 'remove'
  readonly path: string | null
  readonly value: unknown
}

/** The operations of a request. Refuses what is no PATCH request (400, `invalidSyntax`). */
export function readOperations(body: unknown): readonly Operation[] {
  const list = isJson(body) ? valueIn(body, 'Operations') : null
  if (!Array.isArray(list) || list.length === 0) {
    throw new ScimRefusal(400, 'The request holds no Operations.', 'invalidSyntax')
  }
  if (list.length > MAX_OPERATIONS)
    throw new ScimRefusal(400, `At most ${MAX_OPERATIONS} operations at once.`, 'tooMany')
  return list.map((each: unknown) => {
    const op = isJson(each) ? String(valueIn(each, 'op')).toLowerCase() : ''
    if (!isJson(each) || (op !== 'add' && op !== 'replace' && op !== 'remove')) {
      throw new ScimRefusal(400, 'An operation is add, replace or remove.', 'invalidSyntax')
    }
    const path = valueIn(each, 'path')
    return {
      op,
      path: typeof path === 'string' && path.trim() !== '' ? path.trim() : null,
      value: valueIn(each, 'value'),
    }
  })
}

type Path = { readonly names: readonly string[]; readonly where: Filter | null; readonly part: string | null }

function readPath(text: string): Path {
  const selective = /^([^[]+)\[(.*)\](?:\.([\w$-]+))?$/s.exec(text)
  try {
    if (selective === null) return { names: readAttributePath(text), where: null, part: null }
    const part = selective[3] ?? null
    if (part !== null && !isName(part)) throw invalidPath(`${text.slice(0, 100)} is no path.`)
    return { names: readAttributePath(selective[1] ?? ''), where: parseFilter(selective[2] ?? ''), part }
  } catch (error) {
    throw error instanceof ScimRefusal ? invalidPath(error.message) : error
  }
}

/** The document after an operation; the one given stays as it is. Refuses `invalidPath`, `invalidValue` or `noTarget`. */
export function applyOperation(document: Json, { op, path, value }: Operation): Json {
  const copy = structuredClone(document)
  if (path !== null) {
    apply(copy, op, readPath(path), value)
    return copy
  }
  if (op === 'remove') throw new ScimRefusal(400, 'Removing needs a path.', 'noTarget')
  if (!isJson(value)) throw invalidValue('Without a path the value must be an object.')
  for (const [name, each] of Object.entries(value)) apply(copy, op, readPath(name), each)
  return copy
}

function apply(document: Json, op: Operation['op'], path: Path, value: unknown): void {
  const [first = '', second, third] = path.names
  if (second === undefined) return applyTo(document, op, first, path, value)
  // A part of something that is not there yet makes it.
  const key = keyIn(document, first)
  const inner = key === null ? undefined : document[key]
  if (inner !== undefined && !isJson(inner)) {
    // `emails.value`: the part of every element.
    if (!Array.isArray(inner)) throw invalidPath(`${first} has no parts.`)
    for (const each of inner) if (isJson(each)) apply(each, op, { ...path, names: path.names.slice(1) }, value)
    return
  }
  if (inner === undefined && op === 'remove') return
  const target: Json = inner ?? {}
  apply(target, op, { ...path, names: third === undefined ? [second] : [second, third] }, value)
  document[key ?? first] = target
}

function applyTo(document: Json, op: Operation['op'], name: string, path: Path, value: unknown): void {
  const key = keyIn(document, name) ?? name
  if (path.where !== null) return applyToSome(document, op, key, path.where, path.part, value)
  const before = document[key]
  if (op === 'remove') {
    if (Array.isArray(before) && value !== undefined && value !== null) document[key] = without(before, value)
    else delete document[key]
    return
  }
  if (value === undefined) throw invalidValue(`${name} is given no value.`)
  if (Array.isArray(before) && op === 'add') document[key] = together(before, Array.isArray(value) ? value : [value])
  else if (isJson(before) && isJson(value)) document[key] = merged(before, value)
  else document[key] = value
}

const valueOf = (element: unknown): unknown => (isJson(element) ? valueIn(element, 'value') : element)

function without(list: readonly unknown[], value: unknown): readonly unknown[] {
  const gone = new Set((Array.isArray(value) ? value : [value]).map(valueOf))
  return list.filter((each) => !gone.has(valueOf(each)))
}

function together(list: readonly unknown[], added: readonly unknown[]): readonly unknown[] {
  const known = new Set(list.map(valueOf))
  return [...list, ...added.filter((each) => valueOf(each) === undefined || !known.has(valueOf(each)))]
}

function merged(before: Json, value: Json): Json {
  const after = { ...before }
  for (const [name, each] of Object.entries(value)) {
    if (!isName(name)) throw invalidPath(`${name.slice(0, 100)} is no attribute.`)
    after[keyIn(after, name) ?? name] = each
  }
  return after
}

function applyToSome(
  document: Json,
  op: Operation['op'],
  key: string,
  where: Filter,
  part: string | null,
  value: unknown,
): void {
  const before = document[key]
  const list: readonly unknown[] = Array.isArray(before) ? before : []
  const isHit = (each: unknown): each is Json => isJson(each) && matches(where, each)
  if (op === 'remove') {
    document[key] =
      part === null
        ? list.filter((each) => !isHit(each))
        : list.map((each) => (isHit(each) ? dropped(each, part) : each))
    return
  }
  const set = (each: Json): Json => {
    if (part !== null) return merged(each, { [part]: value })
    if (!isJson(value)) throw invalidValue(`An element of ${key} must be an object.`)
    return merged(each, value)
  }
  const after = list.map((each) => (isHit(each) ? set(each) : each))
  document[key] = list.some(isHit) ? after : [...after, set(seedOf(where))]
}

function dropped(element: Json, name: string): Json {
  const rest = { ...element }
  delete rest[keyIn(rest, name) ?? name]
  return rest
}

/** What an element must be to match: `[type eq "work"]` makes one of type work. */
function seedOf(where: Filter): Json {
  if (where.kind === 'and') return { ...seedOf(where.left), ...seedOf(where.right) }
  const [name] = where.kind === 'compare' && where.operator === 'eq' && where.path.length === 1 ? where.path : []
  if (name === undefined || where.kind !== 'compare') {
    throw new ScimRefusal(400, 'Nothing matches the filter of the path.', 'noTarget')
  }
  return { [name]: where.value }
}
