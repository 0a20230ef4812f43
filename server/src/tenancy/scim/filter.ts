// Filters (RFC 7644, 3.4.2.2): the whole grammar, read by recursive descent and evaluated over documents.

import { type Json, isJson, isName, valueIn } from './document.ts'
import { invalidFilter } from './refusal.ts'

const LONGEST = 4000
const DEEPEST = 20

const OPERATORS = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const
type Operator = (typeof OPERATORS)[number]
type Literal = string | number | boolean | null

export type Filter =
  | { readonly kind: 'compare'; readonly path: readonly string[]; readonly operator: Operator; readonly value: Literal }
  | { readonly kind: 'present'; readonly path: readonly string[] }
  | { readonly kind: 'and' | 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'not'; readonly of: Filter }
  | { readonly kind: 'some'; readonly path: readonly string[]; readonly where: Filter }

type Token = { readonly kind: 'word' | 'text' | 'sign'; readonly text: string }

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  const shape = /\s*(?:("(?:[^"\\]|\\.)*")|([()[\]])|([^\s()[\]"]+))/gy
  while (shape.lastIndex < text.trimEnd().length) {
    const at = shape.lastIndex
    const match = shape.exec(text)
    if (match === null) throw invalidFilter(`The filter cannot be read from position ${at}.`)
    const [, quoted, sign, word] = match
    if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted })
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign })
    else tokens.push({ kind: 'word', text: word ?? '' })
  }
  return tokens
}

/** The names of an attribute path; the schema before them is left out, but for an extension's. */
export function readAttributePath(text: string): readonly string[] {
  const core = /^urn:ietf:params:scim:schemas:core:2\.0:(?:User|Group):/i.exec(text)?.[0] ?? ''
  const rest = text.slice(core.length)
  const extension = /^(urn:[\w:.-]+:User)(?::(.+))?$/i.exec(rest)
  const names = extension === null ? rest : (extension[2] ?? '')
  const path = [
    ...(extension?.[1] === undefined ? [] : [extension[1]]),
    ...names.split('.').filter((name) => name !== ''),
  ]
  const isGood = path.length > 0 && path.length <= 3 && path.every((name) => isName(name) || /^urn:/i.test(name))
  if (!isGood) throw invalidFilter(`${text.slice(0, 100)} is no attribute.`)
  return path
}

/** Reads a filter. Refuses (400, `invalidFilter`) what cannot be read, and what is longer or deeper than anybody needs. */
export function parseFilter(text: string): Filter {
  if (text.length > LONGEST) throw invalidFilter('The filter is too long.')
  const tokens = tokensOf(text)
  let at = 0
  const peek = () => tokens[at]
  const isWord = (word: string) => peek()?.kind === 'word' && peek()?.text.toLowerCase() === word
  const isSign = (sign: string) => peek()?.kind === 'sign' && peek()?.text === sign
  const take = (): Token => {
    const token = tokens[at]
    if (token === undefined) throw invalidFilter('The filter ends too early.')
    at += 1
    return token
  }
  const expect = (sign: string) => {
    if (!isSign(sign)) throw invalidFilter(`The filter lacks a ${sign}.`)
    at += 1
  }
  const either = (depth: number): Filter => {
    if (depth > DEEPEST) throw invalidFilter('The filter is too deep.')
    let left = both(depth)
    while (isWord('or')) {
      at += 1
      left = { kind: 'or', left, right: both(depth) }
    }
    return left
  }
  const both = (depth: number): Filter => {
    let left = one(depth)
    while (isWord('and')) {
      at += 1
      left = { kind: 'and', left, right: one(depth) }
    }
    return left
  }
  const inside = (depth: number): Filter => {
    expect('(')
    const found = either(depth + 1)
    expect(')')
    return found
  }
  const one = (depth: number): Filter => {
    if (isWord('not')) {
      at += 1
      return { kind: 'not', of: inside(depth) }
    }
    if (isSign('(')) return inside(depth)
    const token = take()
    if (token.kind !== 'word') throw invalidFilter('The filter lacks an attribute.')
    const path = readAttributePath(token.text)
    if (isSign('[')) {
      at += 1
      const where = either(depth + 1)
      expect(']')
      return { kind: 'some', path, where }
    }
    const word = take().text.toLowerCase()
    if (word === 'pr') return { kind: 'present', path }
    const operator = OPERATORS.find((each) => each === word)
    if (operator === undefined) throw invalidFilter(`${word.slice(0, 50)} is no operator.`)
    return { kind: 'compare', path, operator, value: literalOf(take()) }
  }
  const filter = either(0)
  if (at < tokens.length) throw invalidFilter('The filter goes on after its end.')
  return filter
}

function literalOf(token: Token): Literal {
  try {
    const value: unknown = JSON.parse(token.kind === 'word' ? token.text.toLowerCase() : token.text)
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null)
      return value
  } catch {
    // Said below.
  }
  throw invalidFilter(`${token.text.slice(0, 50)} is no value.`)
}

/** All values at a path: of a list those of each element. */
function valuesAt(document: unknown, path: readonly string[]): readonly unknown[] {
  const [name, ...rest] = path
  if (Array.isArray(document)) return document.flatMap((each: unknown) => valuesAt(each, path))
  if (name === undefined) return document === undefined || document === null ? [] : [document]
  return isJson(document) ? valuesAt(valueIn(document, name), rest) : []
}

/** Ids are compared as they are; everything else without case, as RFC 7643 has it for names and addresses. */
const EXACT = new Set(['id', 'externalid'])

/** Whether a document matches. */
export function matches(filter: Filter, document: Json): boolean {
  switch (filter.kind) {
    case 'and':
      return matches(filter.left, document) && matches(filter.right, document)
    case 'or':
      return matches(filter.left, document) || matches(filter.right, document)
    case 'not':
      return !matches(filter.of, document)
    case 'some':
      return valuesAt(document, filter.path).some((each) => isJson(each) && matches(filter.where, each))
    case 'present':
      return valuesAt(document, filter.path).some((each) => each !== '')
    case 'compare': {
      const { path, operator, value } = filter
      const isExact = EXACT.has((path.at(-1) ?? '').toLowerCase())
      const found = valuesAt(document, path).flatMap((each) => (isJson(each) ? valuesAt(each, ['value']) : [each]))
      if (operator === 'ne') return !found.some((each) => compare(each, 'eq', value, isExact))
      if (value === null) return operator === 'eq' && found.length === 0
      return found.some((each) => compare(each, operator, value, isExact))
    }
  }
}

function compare(found: unknown, operator: Operator, wanted: Literal, isExact: boolean): boolean {
  if (typeof found === 'boolean') return operator === 'eq' && String(found) === String(wanted).toLowerCase()
  if (typeof found === 'number' && typeof wanted === 'number') return compareOrder(found, operator, wanted)
  if (typeof found !== 'string' || typeof wanted !== 'string') return false
  const [one, other] = isExact ? [found, wanted] : [found.toLowerCase(), wanted.toLowerCase()]
  if (operator === 'co') return one.includes(other)
  if (operator === 'sw') return one.startsWith(other)
  if (operator === 'ew') return one.endsWith(other)
  return compareOrder(one, operator, other)
}

function compareOrder<Value extends string | number>(one: Value, operator: Operator, other: Value): boolean {
  switch (operator) {
    case 'eq':
      return one === other
    case 'gt':
      return one > other
    case 'ge':
      return one >= other
    case 'lt':
      return one < other
    case 'le':
      return one <= other
    default:
      return false
  }
}

/** The value that one attribute must equal for anything to match, so that an index can be used; null when there is none. */
export function equalTo(filter: Filter, name: string): string | null {
  if (filter.kind === 'and') return equalTo(filter.left, name) ?? equalTo(filter.right, name)
  const isIt = filter.kind === 'compare' && filter.operator === 'eq' && filter.path.join('.').toLowerCase() === name
  return isIt && typeof filter.value === 'string' ? filter.value : null
}
