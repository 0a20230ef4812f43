// Bodies of our own API: UTF-8 JSON, at most 64 levels deep, no key that could reach a prototype, no text that PostgreSQL
// cannot store.

import { readJson } from '../kernel/json-text.ts'
import { malformedRequest } from './problems.ts'

const MAX_DEPTH = 64
const QUOTE = 0x22
const BACKSLASH = 0x5c

/** Whether brackets nest deeper than allowed; strings are skipped. Linear, so hostile bodies cost no more than others. */
function isTooDeep(body: Buffer): boolean {
  let depth = 0
  for (let index = 0; index < body.length; index++) {
    const byte = body[index]
    if (byte === QUOTE) {
      for (index++; index < body.length && body[index] !== QUOTE; index++) if (body[index] === BACKSLASH) index++
    } else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > MAX_DEPTH) return true
    } else if (byte === 0x7d || byte === 0x5d) depth--
  }
  return false
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** What PostgreSQL cannot store (NUL, half a surrogate pair), or what reaches a prototype. */
const isBadText = (text: string): boolean => text.includes('\0') || !text.isWellFormed()
const isBadKey = (key: string): boolean => key === '__proto__' || isBadText(key)

function hasBadText(value: unknown): boolean {
  const waiting: unknown[] = [value]
  while (waiting.length > 0) {
    const next = waiting.pop()
    if (typeof next === 'string' && isBadText(next)) return true
    if (typeof next !== 'object' || next === null) continue
    if (!Array.isArray(next) && Object.keys(next).some(isBadKey)) return true
    for (const member of Object.values(next)) {
      if (typeof member === 'string' || typeof member === 'object') waiting.push(member)
    }
  }
  return false
}

/** Parses a body; an empty one is an empty object. Refuses with `malformed_request`, saying what is wrong. */
export function parseJsonBody(body: Buffer): unknown {
  if (body.length === 0) return {}
  if (isTooDeep(body)) throw malformedRequest({}, { detail: `The body nests deeper than ${MAX_DEPTH} levels.` })
  const text = decode(body)
  const value = parse(text)
  // Without an escape no bad text can stand in valid JSON of valid UTF-8. A reviver would do the same in a third of a
  // second for 1 MB of zeros, in which the node serves nobody.
  if ((text.includes('\\u') || text.includes('__proto__')) && hasBadText(value)) {
    throw malformedRequest({}, { detail: 'The body holds a NUL, half a surrogate pair, or a key named __proto__.' })
  }
  return value
}

function decode(body: Buffer): string {
  try {
    return decoder.decode(body)
  } catch (cause) {
    throw malformedRequest({}, { detail: 'The body is not valid UTF-8.', cause })
  }
}

function parse(text: string): unknown {
  try {
    return readJson(text)
  } catch (cause) {
    throw malformedRequest({}, { detail: 'The body is not valid JSON.', cause })
  }
}
